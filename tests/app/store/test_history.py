"""What was, who did it and when."""

import pytest

from app.store.failure import Missing

S1 = "narratives.s1"


@pytest.fixture
def contents(store, report, head, clock):
    """Steps of several kinds; returns the content after each, the first at index 1."""
    known = [None, store.load(report).items]

    def note(new):
        clock.pass_by(1)
        items = store.load(report).items
        known.append(items)
        return new

    def put(head, **after):
        before = {item: known[-1].get(item) for item in after}
        return note(store.commit(head, before, after, "填写", "李四"))

    head = put(head, **{"t3.new.natural": 4, "t3.new.total": 9})
    head = put(head, **{S1: "甲丙丁戊"})
    head = put(head, **{"org": "示例市档案馆", S1: None})
    head = note(store.undo(head, known[-1], "王五")[0])
    head = put(head, **{"t3.new.natural": None})
    head = note(store.undo(head, known[-1], "王五")[0])
    note(store.redo(head, known[-1], "王五")[0])
    return known


def test_every_earlier_revision_can_be_shown(store, report, contents):
    for revision in range(1, len(contents)):
        assert store.at(report, revision) == contents[revision]


@pytest.mark.parametrize("revision", [0, -1, 9])
def test_a_revision_that_never_was_is_told(store, report, contents, revision):
    with pytest.raises(Missing, match="没有第"):
        store.at(report, revision)


def test_the_life_of_a_figure(store, report, contents):
    past = store.history(report, "t3.new.natural")
    assert [(p.revision, p.kind, p.who, p.old, p.new) for p in past] == [
        (8, "redo", "王五", 4, None),
        (7, "undo", "王五", None, 4),
        (6, "edit", "李四", 4, None),
        (2, "edit", "李四", 3, 4),
        (1, "create", "张三", None, 3),
    ]


def test_the_life_of_a_text_is_told_in_whole_texts(store, report, contents):
    assert [(p.revision, p.old, p.new) for p in store.history(report, S1)] == [
        (5, None, "甲丙丁戊"),
        (4, "甲丙丁戊", None),
        (3, "甲乙丙丁", "甲丙丁戊"),
        (1, None, "甲乙丙丁"),
    ]
    assert [p.new for p in store.history(report, "org", limit=2)] == [
        "示例市档案局",
        "示例市档案馆",
    ]


def test_steps_tell_what_they_changed(store, report, contents, clock):
    steps = store.steps(report)
    assert [s.revision for s in steps] == list(range(8, 0, -1))
    assert steps[4].changed == {"org", S1}
    assert (steps[0].label, steps[0].kind, steps[0].who) == ("填写", "redo", "王五")
    assert (clock() - steps[0].at).total_seconds() == 1


def test_steps_come_in_pages(store, report, contents):
    first = store.steps(report, limit=3)
    second = store.steps(report, before=first[-1].revision, limit=3)
    assert [s.revision for s in first + second] == [8, 7, 6, 5, 4, 3]
    assert store.steps(report, before=1) == []
