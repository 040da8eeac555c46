"""What goes along with a report: signatures that lapse, notes that are answered, prints."""

from datetime import date

import pytest

from app.store.failure import Conflict, Missing
from app.store.record import Copy

DAY = date(2025, 1, 6)


@pytest.fixture
def facts(store):
    return store.circulation


@pytest.fixture
def reviewed(store, head):
    return store.move_state(head, "review", "张三")


def sign(facts, head, post="科室负责人", who="李四"):
    facts.sign(head, post, who, DAY, "属实", "CODE", "张三")


def test_a_signature_is_kept_with_who_entered_it(facts, reviewed, clock):
    sign(facts, reviewed)
    (kept,) = facts.signatures(reviewed.report)
    assert (kept.post, kept.who, kept.day, kept.opinion) == ("科室负责人", "李四", DAY, "属实")
    assert (kept.revision, kept.code, kept.recorded_by) == (reviewed.revision, "CODE", "张三")
    assert kept.at == clock()
    assert not kept.lapsed


def test_signatures_lapse_when_the_report_goes_back_and_stay_so(store, facts, reviewed):
    sign(facts, reviewed)
    returned = store.move_state(reviewed, "returned", "王五", "表三有误")
    assert [s.lapsed for s in facts.signatures(reviewed.report)] == [True]
    again = store.move_state(returned, "review", "张三")
    sign(facts, again, "分管领导")
    assert [s.lapsed for s in facts.signatures(reviewed.report)] == [True, False]
    store.move_state(again, "final", "张三")
    assert [s.lapsed for s in facts.signatures(reviewed.report)] == [True, False]


def test_nobody_signs_what_they_have_not_seen(store, facts, head, reviewed):
    with pytest.raises(Conflict):
        sign(facts, head)
    returned = store.move_state(reviewed, "returned", "王五", "表三有误")
    with pytest.raises(Conflict):
        sign(facts, returned)
    assert facts.signatures(head.report) == []


def test_notes_are_listed_and_answered(store, facts, head, clock):
    facts.note(head, "t3.new.natural", "", "请与台账核对", "李科长")
    facts.note(head, "narratives.s1", "乙丙", "措辞不妥", "王局长")
    first, second = facts.notes(head.report)
    clock.pass_by(60)
    facts.answer(second.id, "已改", "张三")
    first, second = facts.notes(head.report)
    assert (first.item, first.excerpt, first.answer, first.answered_at) == (
        "t3.new.natural", "", "", None,
    )  # fmt: skip
    assert (second.excerpt, second.who, second.body) == ("乙丙", "王局长", "措辞不妥")
    assert (second.answer, second.answered_by, second.answered_at) == ("已改", "张三", clock())
    with pytest.raises(Missing):
        facts.answer(999, "已改", "张三")


def test_the_log_of_prints_is_found_by_report_and_by_code(store, facts, head, clock):
    other = store.copy(head.report, "复制", "张三")
    prints = [
        Copy(report, 1, code, clock(), "张三", 2, "打印机", "送审")
        for report, code in ((head.report, "A"), (other, "A"), (head.report, "B"))
    ]
    for each in prints:
        facts.log(each)
    assert facts.copies(head.report) == [prints[2], prints[0]]
    assert facts.copies_with("A") == [prints[1], prints[0]]
    assert facts.copies_with("C") == []


def test_nothing_is_recorded_about_a_report_in_the_bin(store, facts, head):
    store.discard(head.report)
    with pytest.raises(Missing):
        facts.note(head, "t3.new.natural", "", "请核对", "李科长")


def test_what_was_recorded_goes_with_the_report(store, facts, reviewed, clock):
    sign(facts, reviewed)
    facts.note(reviewed, "org", "", "名称", "李四")
    facts.log(Copy(reviewed.report, 1, "A", clock(), "张三", 1, "打印机", "存档"))
    store.move_state(reviewed, "returned", "王五", "撤回")
    store.discard(reviewed.report)
    store.empty_bin()
    assert facts.copies_with("A") == []
