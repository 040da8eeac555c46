"""Damaged files: noticed, set aside, and everything that is said to be whole is whole.

An office of six reports with a backup goes on working; then its file is spoilt in one of many ways.
"""

import random
import shutil
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from app import backup, clock, rescue
from app.draft import Draft, keep
from app.report import Report
from app.store import soundness
from app.store.failure import Damaged, Foreign
from app.store.store import Store

PAGE = 4096
CELLS = ("t3.new.natural", "t3.granted.natural", "t2.fees.amount", "t4.review.upheld")


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A database, its backup, and thirty steps after it; nothing of it is opened again."""
    path = tmp_path_factory.mktemp("office") / "nianbao.db"
    choose = random.Random(4)
    with Store.open(path) as store:
        for year in range(2020, 2025):
            report = Report.new("示例市档案局", year)
            report.set({cell: choose.randrange(500) for cell in CELLS if cell in report.form.cells})
            report.set({f"narratives.s{n}": f"{year}年主动公开。" * 200 for n in range(1, 7)})
            keep(store, report, "新建", "张三")
        backup.make(path, None, clock.now)
        keep(store, Report.new("示例市文物局", 2024), "新建", "李四")
        for _ in range(30):
            draft = Draft.open(store, choose.randrange(1, 7), "张三")
            cell = choose.choice([c for c in CELLS if c in draft.report.form.cells])
            draft.set({cell: choose.randrange(1000)}, "填写")
            text = draft.report.text("narratives.s1")[: choose.randrange(900)]
            draft.set({"narratives.s1": text + "又写了几句。" * 20}, "编写")
    return path


@pytest.fixture(scope="module")
def known(office):
    return contents(office)


@pytest.fixture
def copy(office, tmp_path):
    """Lay a fresh copy of the office; returns the database."""

    def lay():
        folder = tmp_path / "copy"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(office.parent, folder)
        return folder / office.name

    return lay


def contents(path):
    """Return what each report holds and each step of it did; by unit and year."""
    with Store.open(path) as store:
        found = {}
        for listed in store.reports():
            loaded = store.load(listed.id)
            steps = [store.at(listed.id, n) for n in range(1, loaded.head.revision + 1)]
            found.setdefault((listed.org, listed.year), []).append((loaded.items, steps))
    return found


# ── ways to spoil a file ────────────────────────────────────────────────────────────────────


def one_bit(content, choose):
    at = choose.randrange(len(content))
    content[at] ^= 1 << choose.randrange(8)


def some_bits(content, choose):
    for _ in range(choose.randrange(2, 40)):
        one_bit(content, choose)


def one_page(content, choose):
    at = choose.randrange(len(content) // PAGE) * PAGE
    content[at : at + PAGE] = bytes(PAGE)


def some_pages(content, choose):
    for _ in range(choose.randrange(2, 8)):
        one_page(content, choose)


def one_sector(content, choose):
    at = choose.randrange(len(content) // 512) * 512
    content[at : at + 512] = choose.randbytes(512)


def a_stretch(content, choose):
    at = choose.randrange(len(content))
    length = min(choose.randrange(1, 65536), len(content) - at)
    content[at : at + length] = choose.choice([bytes, choose.randbytes])(length)


def the_head(content, choose):
    length = choose.choice([16, 100, 512, PAGE])
    content[:length] = bytes(length)


def the_end(content, choose):
    del content[choose.randrange(len(content)) :]


def two_pages_swapped(content, choose):
    one, two = (choose.randrange(1, len(content) // PAGE) * PAGE for _ in range(2))
    first, second = content[one : one + PAGE], content[two : two + PAGE]
    content[one : one + PAGE], content[two : two + PAGE] = second, first


WAYS = [
    one_bit, some_bits, one_page, some_pages, one_sector, a_stretch, the_head, the_end,
    two_pages_swapped,
]  # fmt: skip


def notice(path):
    """Say how damage comes to light: on opening, at the daily check, or not at all."""
    try:
        Store.open(path).close()
    except (Damaged, Foreign):
        return "on opening"
    try:
        backup.make(path, None, clock.now, thorough=True)
    except (Damaged, Foreign):
        return "at the check"
    return ""


@pytest.mark.parametrize("spoil", WAYS, ids=lambda way: way.__name__)
def test_damage_is_noticed_and_what_is_called_whole_is_whole(copy, known, rounds, count, spoil):
    choose = random.Random(spoil.__name__)
    for _ in range(rounds(2, 150)):
        path = copy()
        content = bytearray(path.read_bytes())
        spoil(content, choose)
        path.write_bytes(content)
        when = notice(path)
        if when:
            before = path.read_bytes()
            outcome = rescued(path, known)
            assert next(path.parent.glob("*set-aside*")).read_bytes() == before
        else:
            assert contents(path) == known  # no figure, no text and no step of them differs
            outcome = {"without effect": 1}
        count(f"damage: {spoil.__name__}", tried=1, **{when or "not noticed": 1}, **outcome)


def rescued(path, known):
    """Rescue a database; returns what became of the reports."""
    with rescue.examine(path, path, clock.now) as found:
        lines = found.lines()
        backup.restore(found.result, path, clock.now)
    soundness.require(path, thorough=True)
    assert found.base is not None
    result = contents(path)
    outcome = Counter()
    for key, [(items, steps)] in known.items():
        there = result.get(key, [])
        named = any(f"“{key[0]}”{key[1]}年" in line for line in lines)
        if (items, steps) in there:
            outcome["reports whole"] += 1
        elif any(same(items, saved) for saved, _ in there):
            outcome["content whole"] += 1
        elif there:
            outcome["in part, told" if named else "as in the backup"] += 1
        else:
            outcome["lost, told"] += 1
        if not named and (items, steps) not in there:
            assert "可能已经丢失" in lines[-1]
        if any(f"“{key[0]}”{key[1]}年" in line and "完整" in line for line in lines):
            assert (items, steps) in there
    return outcome


def same(items, saved):
    return items == {i: v for i, v in saved.items() if not i.startswith("unsure.")}


# ── the log ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def log_of_another(tmp_path_factory, typist):
    """The log that a killed program left beside another database of this program."""
    path = tmp_path_factory.mktemp("other") / "nianbao.db"
    with typist(path, 9) as program:
        for _ in range(150):
            program.stdout.readline()
        program.kill()
    return path.with_name("nianbao.db-wal").read_bytes()


def test_a_log_of_another_database_is_noticed_before_it_becomes_part_of_the_file(
    copy, known, log_of_another, rounds, count
):
    choose = random.Random(2)
    for _ in range(rounds(3, 60)):
        path = copy()
        log = log_of_another[: 32 + 4120 * choose.randrange(30, len(log_of_another) // 4120)]
        path.with_name("nianbao.db-wal").write_bytes(log)
        before = path.read_bytes()
        with pytest.raises((Damaged, Foreign)):
            Store.open(path)
        assert path.read_bytes() == before
        outcome = rescued(path, known)
        assert outcome == {"reports whole": len(known)}
        count("log of another database", tried=1, lost=0, **{"on opening": 1}, **outcome)


def test_a_lost_index_of_the_log_costs_nothing(copy, known, typist, tmp_path, count):
    with typist(tmp_path / "a.db", 3) as program:
        for _ in range(30):
            stamp = int(program.stdout.readline())
        program.kill()
    for spoil in (Path.unlink, lambda path: path.write_bytes(bytes(32768))):
        spoil(tmp_path / "a.db-shm")
        with Store.open(tmp_path / "a.db") as store:
            assert store.load(1).head.stamp >= stamp
            (tmp_path / "a.db-shm").touch()
        with suppress(FileNotFoundError):
            (tmp_path / "a.db-shm").unlink()
        (tmp_path / "a.db-shm").touch()
    count("index of the log lost or zeroed", tried=2, lost=0)
