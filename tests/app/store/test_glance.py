"""The same reports as the store shows, without SQLAlchemy."""

import os
import sqlite3
import subprocess
import sys

import pytest

from app.store.failure import Missing
from app.store.glance import Glance


@pytest.fixture
def glance(store, path):
    opened = Glance.open(path)
    yield opened
    opened.close()


def test_it_shows_what_the_store_shows(store, report, path):
    store.discard(store.create("2019", "hubei", 2020, {"org": "示例镇"}, "新建", "张三"))
    glance = Glance.open(path)
    assert glance.reports() == store.reports()
    assert glance.reports(is_in_bin=True) == store.reports(is_in_bin=True)
    assert glance.load(report) == store.load(report)
    glance.close()


def test_a_report_that_is_gone_is_told(glance):
    with pytest.raises(Missing, match="已不在数据库中"):
        glance.load(99)


def test_it_cannot_write(glance):
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        glance._db.execute("UPDATE report SET org = ''")


def test_nothing_is_made_where_there_is_nothing(tmp_path):
    assert Glance.open(tmp_path / "a" / "nianbao.db") is None
    (tmp_path / "empty.db").touch()
    assert Glance.open(tmp_path / "empty.db") is None
    assert [p.name for p in tmp_path.iterdir()] == ["empty.db"]
    assert (tmp_path / "empty.db").stat().st_size == 0


def test_it_waits_for_nobody_and_keeps_nobody_waiting(store, report, head, path, other_program):
    assert other_program.stdout.readline() == "held\n"
    glance = Glance.open(path)
    assert [r.id for r in glance.reports()] == [report]
    other_program.communicate()
    store.commit(head, {"t3.new.natural": 3}, {"t3.new.natural": 4}, "填写", "张三")
    assert glance.load(report).items["t3.new.natural"] == 4
    glance.close()


def test_it_sees_what_a_killed_program_left_in_the_log(path):
    writes = (
        "import os, sys; from pathlib import Path; from app.store.store import Store;"
        "store = Store.open(Path(sys.argv[1]));"
        "store.create('2021', None, 2024, {'org': '示例局'}, '新建', '张三'); os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", writes, str(path)], check=False, env=_environment())
    assert path.with_name("nianbao.db-wal").stat().st_size
    glance = Glance.open(path)
    assert [r.org for r in glance.reports()] == ["示例局"]
    glance.close()


def test_it_does_without_sqlalchemy():
    looks = "import sys, app.store, app.store.glance; sys.exit('sqlalchemy' in sys.modules)"
    subprocess.run([sys.executable, "-c", looks], check=True, env=_environment())


def _environment():
    return os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
