"""How steps are threaded: undo and redo survive a restart, typing grows one step."""

import pytest

from app.store.failure import Conflict
from app.store.store import Store


def put(store, head, item, value):
    before = store.load(head.report).items.get(item)
    return store.commit(head, {item: before}, {item: value}, f"填写{value}", "张三")


def undo(store, head):
    return store.undo(head, store.load(head.report).items, "李四")[0]


def redo(store, head):
    return store.redo(head, store.load(head.report).items, "李四")[0]


def content(store, report, item="t3.new.natural"):
    return store.load(report).items.get(item)


def test_undo_and_redo_walk_the_same_way(store, report, head):
    for value in (4, None, 6):
        head = put(store, head, "t3.new.natural", value)
    seen = []
    while head.undo:
        head = undo(store, head)
        seen.append(content(store, report))
    while head.redo:
        head = redo(store, head)
        seen.append(content(store, report))
    assert seen == [None, 4, 3, 4, None, 6]
    assert head.revision == 1 + 3 + 6


def test_they_survive_a_restart(store, report, head, path, clock):
    for value in (4, 5):
        head = put(store, head, "t3.new.natural", value)
    head = undo(store, head)
    store.close()
    with Store.open(path, clock) as again:
        head = again.load(report).head
        assert (head.undo.label, head.redo.label) == ("填写4", "填写5")
        head = redo(again, head)
        assert content(again, report) == 5
        head = undo(again, undo(again, head))
        assert (content(again, report), head.undo, head.redo.label) == (3, None, "填写4")


def test_a_new_step_ends_what_could_be_redone(store, report, head):
    head = undo(store, put(store, head, "t3.new.natural", 4))
    head = put(store, head, "t3.new.natural", 5)
    assert head.redo is None
    assert content(store, report) == 5
    assert undo(store, head).redo.label == "填写5"


def test_what_a_write_returns_is_what_is_stored(store, report, head):
    for write in (put, put, undo, redo, undo, undo):
        more = ("narratives.s1", f"甲{head.revision}丁") if write is put else ()
        head = write(store, head, *more)
        assert store.load(report).head == head


@pytest.mark.parametrize("turn", ["undo", "redo"])
def test_nothing_to_turn_is_a_mistake_of_the_caller(store, report, head, turn):
    with pytest.raises(ValueError, match=turn):
        getattr(store, turn)(head, {}, "张三")


def test_one_step_carries_figures_texts_and_blanks(store, report, head):
    before = {"t3.new.natural": 3, "t3.new.total": None, "narratives.s1": "甲乙丙丁"}
    before |= {"cover.mail": None}
    after = {"t3.new.natural": None, "t3.new.total": 8, "narratives.s1": None}
    after |= {"cover.mail": "office@example.invalid"}
    was = store.load(report).items
    head = store.commit(head, before, after, "粘贴", "张三")
    assert store.load(report).items == {
        "org": "示例市档案局", "t3.new.total": 8, "cover.mail": "office@example.invalid",
    }  # fmt: skip
    _, changed = store.undo(head, store.load(report).items, "张三")
    assert changed == before
    assert store.load(report).items == was


def test_typing_grows_one_step(store, report, head, clock):
    item, base = "narratives.s1", "甲乙丙丁"
    head = store.commit(head, {item: base}, {item: "甲子乙丙丁"}, "编写", "张三")
    clock.pass_by(1)
    for body in ("甲子丑乙丙丁", "甲子丑寅乙丙丁"):
        head = store.merge(head, item, base, body)
        assert store.load(report).head == head
    assert (head.revision, head.changed_at) == (2, clock())
    assert store.steps(report)[0].at == store.history(report, item)[0].at == clock()
    with store._reading.begin() as db:
        kept = "SELECT start, old, new FROM narrative_change WHERE revision = 2"
        assert db.exec_driver_sql(kept).all() == [(1, "", "子丑寅")]
    undo(store, head)
    assert content(store, report, item) == base


def test_typing_can_end_in_a_blank(store, report, head):
    item = "narratives.s1"
    head = store.commit(head, {item: "甲乙丙丁"}, {item: "甲"}, "编写", "张三")
    head = store.merge(head, item, "甲乙丙丁", "")
    assert item not in store.load(report).items
    undo(store, head)
    assert content(store, report, item) == "甲乙丙丁"


def test_growing_a_step_is_a_write_like_any_other(store, report, head):
    item = "narratives.s1"
    head = store.commit(head, {item: "甲乙丙丁"}, {item: "甲"}, "编写", "张三")
    store.merge(head, item, "甲乙丙丁", "甲乙")
    with pytest.raises(Conflict):
        store.merge(head, item, "甲乙丙丁", "甲丙")
    assert content(store, report, item) == "甲乙"


def test_only_the_step_on_top_grows(store, report, head):
    item = "narratives.s1"
    head = undo(store, put(store, head, item, "甲"))
    with pytest.raises(ValueError, match="on top"):
        store.merge(head, item, "甲乙丙丁", "甲乙")
