"""A store of 10,000 reports: one of them opened, and the list of them."""

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from tests.bench import content
from tests.bench.line import Line, Target, in_turn
from tests.bench.place import WORK, child, environment

from app.draft import Draft, keep
from app.store import glance, migration
from app.store.store import Store

COUNT = 10_000
FLOOR = "Python's sqlite3 with the same statements, rows only"


def lines(display: str | None) -> Iterator[Line]:
    """Measure in turn with bare sqlite3 on the same file."""
    path = _database()
    raw = sqlite3.connect(path)
    pick = random.Random(1)

    def rows() -> None:
        report = {"report": pick.randint(1, COUNT)}
        for statement in (glance.HEAD, *glance.ITEMS):
            raw.execute(statement, report).fetchall()

    with Store.open(path) as store:
        one = in_turn(lambda: Draft.open(store, pick.randint(1, COUNT), "张三"), rows, 101)
        yield Line("open one report of 10,000", Target(5), *one, FLOOR)
        listed = in_turn(store.reports, lambda: _list(raw))
        yield Line("the list of 10,000 reports, read", Target(100), *listed, FLOOR)
    shown = float(child("list.py", path, env=environment(display)))
    floor = in_turn(lambda: _list(raw), lambda: None)[0]
    yield Line("the list of 10,000 reports, read and painted", Target(100), shown, floor, FLOOR)


def _list(raw: sqlite3.Connection) -> object:
    return raw.execute(glance.LIST, {"is_in_bin": False}).fetchall()


def _database() -> Path:
    """Return the store; it is built once for each version of the tables, in half a minute."""
    path = WORK / f"many-{migration.VERSION}" / "nianbao.db"
    if path.exists():
        return path
    built = path.with_name("building.db")
    with Store.open(built) as store:
        keep(store, content.report(2024, characters=1500), "新建", "张三")
    with sqlite3.connect(built) as raw:
        for table in _tables(raw):
            _multiply(raw, table)
    raw.close()
    built.rename(path)
    return path


def _tables(raw: sqlite3.Connection) -> list[str]:
    """The tables that hold what belongs to a report."""
    names = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return [name for (name,) in names if "report" in _columns(raw, name) or name == "report"]


def _columns(raw: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]


def _multiply(raw: sqlite3.Connection, table: str) -> None:
    """Let every report have what the first one has, under its own number and name."""
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < {COUNT})"
    columns = _columns(raw, table)
    other = {"id": "i", "report": "i", "org": "'示例市第' || i || '局'", "year": "2015 + i % 10"}
    if table != "report":
        other = {"report": "i"}
    chosen = ", ".join(other.get(column, column) for column in columns)
    raw.execute(f"INSERT INTO {table} {numbers} SELECT {chosen} FROM {table}, n")
