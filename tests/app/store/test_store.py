"""Reports are kept, listed, found, copied, deleted and locked."""

import pytest

from app.store.failure import Conflict, Locked, Missing
from app.store.store import Store

OLD, NEW = {"t3.new.natural": 3}, {"t3.new.natural": 4}
ITEMS = {
    "org": "示例市档案局",
    "t2.fees.amount": 961_716_000_000,
    "t3.new.natural": 0,
    "narratives.s1": "（一）主动公开。\n一共 3 件。𠮷\0",
    "titles.s5": "五、问题及改进",
    "cover.telephone": "0000-1234567",
    "explanations.1": '{"text": "如实填写"}',
}


def make(store, org="示例市档案局", year=2024, **items):
    return store.create("2021", None, year, {"org": org} | items, "新建", "张三")


def refused(store, head):
    """What a write says for a report that was seen at `head`."""
    with pytest.raises((Conflict, Locked, Missing)) as told:
        store.commit(head, OLD, NEW, "填写", "张三")
    return told.type


def test_what_was_kept_is_loaded(store, clock):
    report = store.create("2021", "single_other", 2024, ITEMS, "从“甲.docx”读入", "张三", "余下的")
    loaded = store.load(report)
    assert loaded.items == ITEMS
    assert (loaded.form, loaded.profile, loaded.year) == ("2021", "single_other", 2024)
    assert loaded.further == "余下的"
    head = loaded.head
    assert (head.report, head.org, head.revision, head.state) == (report, ITEMS["org"], 1, "draft")
    assert (head.changed_at, head.who, head.undo, head.redo) == (clock(), "张三", None, None)


def test_it_survives_a_restart(store, path, clock):
    report = make(store, **ITEMS)
    before = store.load(report)
    store.close()
    with Store.open(path, clock) as again:
        assert again.load(report) == before


def test_a_report_without_a_unit_is_kept(store):
    report = store.create("2021", None, 2024, {}, "新建", "张三")
    assert store.load(report).items == {}
    assert store.reports()[0].org == ""


def test_the_list_begins_with_the_latest_year(store, clock):
    made = [make(store, "乙局", 2023), make(store, "乙局", 2024), make(store, "甲局", 2024)]
    listed = store.reports()
    assert [(r.year, r.org, r.id) for r in listed] == [
        (2024, "乙局", made[1]),
        (2024, "甲局", made[2]),
        (2023, "乙局", made[0]),
    ]
    assert {r.changed_at for r in listed} == {clock()}
    assert not any(r.is_in_bin for r in listed)


def test_a_step_moves_the_list_on_but_a_state_does_not(store, report, head, clock):
    clock.pass_by(60)
    head = store.commit(head, OLD, NEW, "填写", "张三")
    changed_at = clock()
    clock.pass_by(60)
    store.move_state(head, "review", "李四")
    [listed] = store.reports()
    assert (listed.revision, listed.state, listed.changed_at) == (2, "review", changed_at)


def test_last_years_report_is_found_by_unit_and_year(store, clock):
    earlier = make(store, "甲局", 2023)
    clock.pass_by(1)
    make(store, "乙局", 2023)
    later = make(store, "甲局", 2023)
    assert store.find("甲局", 2023) == later
    store.discard(later)
    assert store.find("甲局", 2023) == earlier
    assert store.find("甲局", 2022) is None


def test_a_copy_is_a_draft_of_its_own(store, report, head):
    head = store.move_state(head, "final", "李四")
    other = store.copy(report, "复制", "王五")
    copied = store.load(other)
    assert copied.items == store.load(report).items
    assert (copied.head.state, copied.head.revision, copied.head.who) == ("draft", 1, "王五")
    store.commit(copied.head, OLD, NEW, "填写", "王五")
    assert store.load(report).head == head


def test_the_unit_can_be_renamed(store, report, head):
    renamed = store.commit(head, {"org": "示例市档案局"}, {"org": "示例市档案馆"}, "改名", "张三")
    assert store.load(report).items["org"] == renamed.org == store.reports()[0].org
    assert store.at(report, 1)["org"] == "示例市档案局"
    undone, _ = store.undo(renamed, store.load(report).items, "张三")
    assert undone.org == store.load(report).items["org"] == "示例市档案局"


@pytest.mark.parametrize("state", ["review", "final", "published"])
def test_a_locked_report_does_not_change(store, report, head, state):
    head = store.commit(head, OLD, NEW, "填写", "张三")
    locked = store.move_state(head, state, "李四", "同意")
    before = store.load(report)
    assert refused(store, locked) == Locked
    assert refused(store, head) == Locked
    with pytest.raises(Locked):
        store.undo(head, before.items, "张三")
    with pytest.raises(Locked, match="不能删除"):
        store.discard(report)
    assert store.load(report) == before


def test_undo_does_not_cross_a_state(store, report, head):
    head = store.commit(head, OLD, NEW, "填写", "张三")
    head, _ = store.undo(head, store.load(report).items, "张三")
    head = store.move_state(head, "review", "李四")
    head = store.move_state(head, "returned", "李四", "请核对")
    assert (head.undo, head.redo) == (None, None)
    assert store.load(report).head == head
    assert store.commit(head, OLD, NEW, "填写", "张三").undo.below is None


def test_moves_tell_who_and_when(store, report, head, clock):
    clock.pass_by(60)
    head = store.move_state(head, "review", "李四")
    clock.pass_by(60)
    store.move_state(head, "returned", "王五", "请核对")
    moves = store.moves(report)
    assert [(m.was, m.state, m.who, m.note, m.revision) for m in moves] == [
        ("draft", "review", "李四", "", 1),
        ("review", "returned", "王五", "请核对", 1),
    ]
    assert moves[1].at == clock()


def test_the_loser_of_two_writes_loses_nothing_else(store, report, head, path, clock):
    with Store.open(path, clock) as other:
        won = other.commit(head, OLD, NEW, "填写", "李四")
    before = store.load(report)
    assert refused(store, head) == Conflict
    with pytest.raises(Conflict):
        store.move_state(head, "review", "张三")
    assert store.load(report) == before
    assert before.head == won


def test_the_bin_gives_back_what_it_holds(store, report, head):
    before = store.load(report)
    store.discard(report)
    assert store.reports() == []
    [listed] = store.reports(is_in_bin=True)
    assert (listed.id, listed.is_in_bin) == (report, True)
    assert refused(store, store.load(report).head) == Missing
    store.recover(report)
    assert [r.id for r in store.reports()] == [report]
    assert store.load(report).items == before.items
    assert refused(store, head) == Conflict


def test_an_emptied_bin_is_empty(store, report, head):
    kept = make(store, "乙局")
    store.move_state(store.commit(head, OLD, NEW, "填写", "张三"), "returned", "李四")
    store.discard(report)
    store.empty_bin()
    assert [r.id for r in store.reports()] == [kept]
    assert refused(store, head) == Missing
    with pytest.raises(Missing):
        store.load(report)
    with pytest.raises(Missing):
        store.recover(report)
    with store._reading.begin() as db:
        for table in ("value", "narrative", "step", "value_change", "narrative_change", "signoff"):
            count = f"SELECT count(*) FROM {table} WHERE report = {report}"
            assert db.exec_driver_sql(count).scalar() == 0


def test_settings_are_kept(store, path):
    assert store.setting("who") == ""
    store.set_setting("who", "张三")
    store.set_setting("who", "李四")
    store.close()
    with Store.open(path) as again:
        assert again.setting("who") == "李四"
