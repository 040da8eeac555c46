"""How SQLite is opened."""

import threading

import pytest

from app.store.connection import connect, reading


@pytest.fixture
def engine(store, path):
    engine = connect(path, 0.05)
    yield engine
    engine.dispose()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("trusted_schema", 0)],
)
def test_every_connection_is_durable_and_strict(engine, pragma, value):
    with engine.begin() as first, reading(engine).begin() as second:
        for db in (first, second):
            assert db.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_a_reader_sees_one_state_while_somebody_writes(store, report, head):
    with store._reading.begin() as db:
        before = db.exec_driver_sql("SELECT revision FROM report").scalar()
        store.commit(head, {"t3.new.natural": 3}, {"t3.new.natural": 4}, "填写", "张三")
        assert db.exec_driver_sql("SELECT revision FROM report").scalar() == before
    assert store.load(report).head.revision == before + 1


def test_threads_may_share_a_store(store, report):
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(store.load(report).head.revision))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [1] * 4
