"""Rows read from the pages are those that SQLite reads; of damaged pages, only true ones."""

import random
import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.store import wreck

values = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.text("甲乙a\n𠮷", max_size=40),
    st.integers(0, 20_000).map(lambda length: "长" * length),
)


def made(path, rows, keyed, size=4096):
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA page_size = {size}")
        end = "k INTEGER PRIMARY KEY, a, b" + (") WITHOUT ROWID" if keyed else ")")
        db.execute(f"CREATE TABLE t ({end}")
        db.executemany("INSERT INTO t VALUES (?, ?, ?)", rows)
    db.close()
    return path.read_bytes()


def read(content, keyed):
    found = wreck.read(content)
    if keyed:
        return [row.values for row in found.rows if row.number is None], found.lost
    return [(row.number, *row.values[1:]) for row in found.rows if len(row.values) == 3], found.lost


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(values, values), max_size=60),
    st.booleans(),
    st.sampled_from([512, 4096, 16384]),
)
def test_every_row_of_a_sound_file_is_read(tmp_path_factory, pairs, keyed, size):
    rows = [(k, a, b) for k, (a, b) in enumerate(pairs)]
    content = made(tmp_path_factory.mktemp("w") / "a.db", rows, keyed, size)
    found, lost = read(content, keyed)
    assert sorted(found, key=lambda row: row[0]) == rows
    assert lost == 0


def test_pages_that_were_given_back_do_not_count(tmp_path):
    path = tmp_path / "a.db"
    made(path, [(k, "文" * 600, None) for k in range(200)], keyed=True)
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA secure_delete = OFF")
        db.execute("DELETE FROM t WHERE k > 2")
    db.close()
    found, lost = read(path.read_bytes(), keyed=True)
    assert sorted(k for k, _, _ in found) == [0, 1, 2]
    assert lost == 0


@pytest.fixture
def big(tmp_path):
    rows = [(k, k * 7, "文" * (k % 50)) for k in range(3000)]
    return {row[0]: row for row in rows}, made(tmp_path / "a.db", rows, keyed=True)


def test_what_stood_in_other_pages_is_read_all_the_same(big):
    rows, content = big
    pages = range(2, len(content) // 4096)
    for page in pages:
        spoilt = bytearray(content)
        spoilt[page * 4096 : (page + 1) * 4096] = bytes(4096)
        found, lost = read(bytes(spoilt), keyed=True)
        assert all(rows[row[0]] == row for row in found)
        assert len(found) >= len(rows) - 200
        assert lost == 1


def test_a_file_without_a_head_or_cut_off_is_read_as_far_as_it_goes(big):
    rows, content = big
    found, _ = read(bytes(100) + content[100:], keyed=True)
    assert len(found) == len(rows)
    found, lost = read(content[: len(content) // 2 + 77], keyed=True)
    assert len(rows) > len(found) > len(rows) // 3
    assert all(rows[row[0]] == row for row in found)
    assert lost >= 1


@pytest.mark.parametrize("seed", range(40))
def test_nothing_crashes_it(big, seed):
    _, content = big
    choose = random.Random(seed)
    spoilt = bytearray(content)
    for _ in range(choose.choice([1, 30, 3000])):
        spoilt[choose.randrange(len(spoilt))] = choose.randrange(256)
    wreck.read(bytes(spoilt))


@given(st.binary(max_size=9000))
def test_any_bytes_are_read(content):
    wreck.read(content)
    wreck.read(wreck.MAGIC + content)
