"""History and content are two entries of the same: what is altered in one of them is noticed."""

import sqlite3

import pytest

from app.store import ledger
from app.store.store import Store

FIGURE, TEXT = "t3.new.natural", "narratives.s1"


@pytest.fixture
def file(store, report, head, path):
    """A database with a history of several kinds of steps, closed."""
    items = store.load(report).items
    steps = [{FIGURE: 4, TEXT: "甲丙丁"}, {TEXT: None, "org": "乙局"}, {FIGURE: None}, {FIGURE: 9}]
    for after in steps:
        before = {item: items.get(item) for item in after}
        head = store.commit(head, before, after, "填写", "张三")
        items = store.load(report).items
    head, _ = store.undo(head, items, "张三")
    head = store.commit(head, {TEXT: None}, {TEXT: "一"}, "编写", "张三")
    head = store.merge(head, TEXT, "", "一二")
    head = store.move_state(head, "review", "张三")
    head = store.move_state(head, "final", "张三")
    store.move_state(head, "published", "张三", published="2025-01-20")
    store.close()
    return path


def doubtful(path, *statements):
    with sqlite3.connect(path) as db:
        for statement in statements:
            assert db.execute(statement).rowcount == 1
        found = ledger.doubtful(db)
    db.close()
    return found


def test_what_the_store_wrote_is_without_doubt(file):
    assert doubtful(file) == set()


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO value VALUES (1, 't3.new.natural', 8)",
        "INSERT INTO value VALUES (1, 't3.new.total', 8)",
        "UPDATE narrative SET body = '一三' WHERE item = 'narratives.s1'",
        "DELETE FROM narrative WHERE item = 'narratives.s1'",
        "UPDATE report SET org = '丙局'",
        "UPDATE report SET revision = revision + 1",
        "UPDATE value_change SET new = 7 WHERE revision = 1",
        "UPDATE value_change SET old = 7 WHERE revision = 2",
        "DELETE FROM value_change WHERE revision = 4",
        "DELETE FROM value_change WHERE revision = 6",
        "UPDATE narrative_change SET new = '己' WHERE revision = 2",
        "UPDATE narrative_change SET start = 3 WHERE revision = 2",
        "DELETE FROM narrative_change WHERE revision = 7",
        "DELETE FROM step WHERE revision = 3",
    ],
)
def test_whatever_is_altered_behind_its_back_is_noticed(file, statement):
    assert doubtful(file, statement) == {1}


def test_only_the_report_that_was_hit_is_in_doubt(file):
    with Store.open(file) as store:
        other = store.create("2021", None, 2023, {"org": "丁局", FIGURE: 3}, "新建", "张三")
    assert doubtful(file, f"UPDATE value SET value = 5 WHERE report = {other}") == {other}
