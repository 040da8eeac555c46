"""A store on disk, a report in it, and the things that go wrong around it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.store.store import Store


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "年报" / "nianbao.db"


@pytest.fixture
def store(path, clock) -> Iterator[Store]:
    with Store.open(path, clock, patience_s=0.05) as opened:
        yield opened


@pytest.fixture
def report(store) -> int:
    items = {"org": "示例市档案局", "t3.new.natural": 3, "narratives.s1": "甲乙丙丁"}
    return store.create("2021", None, 2024, items, "新建", "张三")


@pytest.fixture
def head(store, report):
    return store.load(report).head


@pytest.fixture
def other_program(path):
    """Another program that holds the lock of the database until the test is over."""
    holds = (
        "import sqlite3, sys; db = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "db.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", holds, str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        yield program
        program.communicate()
