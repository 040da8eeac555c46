"""Whatever goes wrong with the file ends in a sentence, and nothing is overwritten."""

import os
import sqlite3
from collections import deque

import pytest

from app.store import migration
from app.store.failure import (
    Busy,
    Damaged,
    DiskFull,
    Foreign,
    StoreError,
    TooNew,
    Unwritable,
)
from app.store.glance import Glance
from app.store.store import Store

A, B = {"t3.new.natural": 3}, {"t3.new.natural": 4}


def foreign(path):
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE migration (version INTEGER, name TEXT, at TEXT)")
    db.close()


def garbage(path):
    path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(range(256)) * 40)


def short(path):
    path.write_bytes(b"SQLite format 3\0")


def newer(path):
    Store.open(path).close()
    with sqlite3.connect(path) as db:
        db.execute("INSERT INTO migration VALUES (?, 'later', '')", (migration.VERSION + 1,))
    db.close()


@pytest.mark.parametrize(
    ("make", "kind", "words"),
    [
        (foreign, Foreign, "别的程序的数据库"),
        (garbage, Foreign, "不是本程序的数据库"),
        (short, Foreign, "不是本程序的数据库"),
        (newer, TooNew, "请升级程序"),
    ],
)
@pytest.mark.parametrize("opener", [Store, Glance])
def test_what_is_not_ours_is_left_alone(tmp_path, make, kind, words, opener):
    path = tmp_path / "nianbao.db"
    make(path)
    before = path.read_bytes()
    with pytest.raises(kind, match=words):
        opener.open(path)
    assert path.read_bytes() == before


def read_all(path):
    with Store.open(path) as store:
        for listed in store.reports():
            store.load(listed.id)
            store.at(listed.id, 1)
            store.steps(listed.id)


@pytest.mark.parametrize("table", ["report", "value", "narrative", "step", "value_change"])
def test_damage_is_told_and_left_as_it_is(store, report, path, table):
    store.close()
    db = sqlite3.connect(path)
    [page] = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    [size] = db.execute("PRAGMA page_size").fetchone()
    db.close()
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : page * size] = b"\xa5" * size
    path.write_bytes(content)
    with pytest.raises(Damaged, match="已损坏"):
        read_all(path)
    assert path.read_bytes() == content


def test_a_lock_is_waited_for_and_then_told(store, report, head, other_program):
    assert other_program.stdout.readline() == "held\n"
    assert store.load(report).items["t3.new.natural"] == 3
    with pytest.raises(Busy, match="正被另一个程序占用"):
        store.commit(head, A, B, "填写", "张三")
    other_program.communicate()
    assert store.commit(head, A, B, "填写", "张三").revision == 2


def test_a_locked_database_cannot_be_opened_for_writing_but_is_not_hurt(
    store, report, path, other_program
):
    store.close()
    assert other_program.stdout.readline() == "held\n"
    with pytest.raises(Busy):
        Store.open(path, patience_s=0.05)
    other_program.communicate()
    with Store.open(path) as again:
        assert again.load(report).head.revision == 1


def test_a_read_only_file_is_told(common_user):
    path = common_user / "nianbao.db"
    with Store.open(path) as store:
        store.create("2021", None, 2024, {"org": "示例局"}, "新建", "张三")
    content = path.read_bytes()
    path.chmod(0o400)
    common_user.chmod(0o500)
    with pytest.raises(Unwritable, match="权限"):
        Store.open(path)
    common_user.chmod(0o700)
    assert path.read_bytes() == content


def test_a_file_that_becomes_read_only_refuses_the_step_only(common_user):
    path = common_user / "nianbao.db"
    store = Store.open(path)
    report = store.create("2021", None, 2024, {"org": "示例局", **A}, "新建", "张三")
    head = store.load(report).head
    store.close()
    path.chmod(0o400)
    with pytest.raises(Unwritable, match="没有变动"):
        store.commit(head, A, B, "填写", "张三")
    path.chmod(0o600)
    assert store.load(report).items["t3.new.natural"] == 3
    store.close()


def test_a_full_disk_costs_the_step_only(small_disk):
    with Store.open(small_disk / "nianbao.db") as store:
        report = store.create("2021", None, 2024, {"org": "示例局"}, "新建", "张三")
        kept = [store.load(report)]

        def type_on():
            new = f"{len(kept):02}" + "文" * 9000
            old = kept[-1].items.get("narratives.s1")
            step = ({"narratives.s1": old}, {"narratives.s1": new}, "填写", "张三")
            store.commit(kept[-1].head, *step)
            kept.append(store.load(report))

        with pytest.raises(DiskFull, match="磁盘已满"):
            deque(iter(type_on, object()), maxlen=0)
        assert len(kept) > 2
        assert store.load(report) == kept[-1]


def test_a_disk_that_refuses_costs_the_step_only(store, report, head, path):
    resource = pytest.importorskip("resource")
    size = path.with_name("nianbao.db-wal").stat().st_size
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    text = {"narratives.s2": "文" * 50_000}
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20_000, limits[1]))
    try:
        with pytest.raises(StoreError, match=r"磁盘|没有保存"):
            store.commit(head, {"narratives.s2": None}, text, "填写", "张三")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert store.load(report).head == head
    assert store.commit(head, {"narratives.s2": None}, text, "填写", "张三").revision == 2


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps an open file from being moved")
@pytest.mark.parametrize("fate", ["moved", "deleted", "replaced"])
def test_a_file_that_is_taken_away_swallows_nothing(store, report, head, path, fate):
    other = path.with_name("other.db")
    if fate == "deleted":
        path.unlink()
    else:
        path.rename(other)
    if fate == "replaced":
        path.write_bytes(other.read_bytes())
    for _ in range(2):
        with pytest.raises(Unwritable, match="没有保存"):
            store.commit(head, A, B, "填写", "张三")
    if fate != "deleted":
        other.replace(path)
        assert store.commit(head, A, B, "填写", "张三").revision == 2


def test_a_text_that_cannot_be_written_is_told(store, report, head):
    broken = {"narratives.s2": "半个表情\ud83d"}
    with pytest.raises(StoreError, match="无法保存的字符"):
        store.commit(head, {"narratives.s2": None}, broken, "填写", "张三")
    assert store.load(report).head == head


def test_a_mistake_of_our_own_is_no_sentence(store):
    with store._writing.begin() as db, pytest.raises(Exception, match="no such table") as told:
        db.exec_driver_sql("SELECT * FROM nowhere")
    assert not isinstance(told.value, StoreError)
