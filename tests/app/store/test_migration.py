"""Tables are brought up to date once, recorded, or not at all."""

import sqlite3

import pytest
from sqlalchemy import text

from app.store import migration, schema
from app.store.connection import connect
from app.store.store import Store


@pytest.fixture
def engine(store, path):
    engine = connect(path, 0.05)
    yield engine
    engine.dispose()


def recorded(path):
    with sqlite3.connect(path) as db:
        found = db.execute("SELECT version, name, at FROM migration ORDER BY version").fetchall()
    db.close()
    return found


def second_tables(db):
    db.exec_driver_sql("CREATE TABLE more (id INTEGER PRIMARY KEY)")


def broken_tables(db):
    db.exec_driver_sql("CREATE TABLE half (id INTEGER PRIMARY KEY)")
    raise RuntimeError("power cut")


def test_each_migration_is_recorded_with_its_moment(store, path, clock):
    moment = clock().isoformat(timespec="milliseconds")
    wanted = [(n + 1, m.__name__, moment) for n, m in enumerate(migration.MIGRATIONS)]
    assert recorded(path) == wanted


def test_what_was_done_is_not_done_again(store, path, clock):
    before = recorded(path)
    clock.pass_by(60)
    Store.open(path, clock).close()
    assert recorded(path) == before


def test_only_what_is_missing_is_done(engine, path, clock):
    clock.pass_by(60)
    migration.run(engine, clock, (*migration.MIGRATIONS, second_tables))
    versions = [(version, name) for version, name, _ in recorded(path)]
    assert versions[-1] == (migration.VERSION + 1, "second_tables")
    assert len(versions) == migration.VERSION + 1


def test_a_migration_that_breaks_leaves_nothing(engine, path, clock):
    before = recorded(path)
    with pytest.raises(RuntimeError):
        migration.run(engine, clock, (*migration.MIGRATIONS, broken_tables))
    assert recorded(path) == before
    with engine.begin() as db:
        assert not db.execute(text("SELECT 1 FROM sqlite_master WHERE name = 'half'")).all()


@pytest.mark.parametrize("table", schema.TABLES, ids=lambda table: table.name)
def test_the_statements_name_the_columns_there_are(store, path, table):
    db = sqlite3.connect(path)
    found = {row[1] for row in db.execute(f"PRAGMA table_info({table.name})")}
    db.close()
    assert {column.name for column in table.columns} == found
