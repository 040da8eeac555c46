"""The one door for writes: durable, undoable, told to everybody, or refused and nothing changed."""

import os
import random
import runpy
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from app.draft import MERGE_WINDOW, Draft, keep, restored
from app.report import Invalid, Report
from app.store.failure import Busy, Conflict, Locked, Missing
from app.store.store import Store

S1, PREFACE = "narratives.s1", "narratives.preface"
CELL, TOTAL = "t3.new.natural", "t3.new.total"
ROUNDS = 20


@pytest.fixture
def store(tmp_path, clock):
    with Store.open(tmp_path / "nianbao.db", clock, patience_s=0.05) as opened:
        yield opened


@pytest.fixture
def draft(store):
    report = keep(store, Report.new("示例市档案局", 2024), "新建", "张三")
    return Draft.open(store, report, "张三")


@pytest.fixture
def heard(draft):
    steps = []
    draft.subscribe(steps.append)
    return steps


def is_durable(draft):
    fresh = Draft.open(draft._store, draft.head.report, draft.who)
    return (fresh.report, fresh.head) == (draft.report, draft.head)


def test_a_step_is_durable_told_and_named(draft, heard, clock):
    clock.pass_by(5)
    step = draft.set({CELL: 3}, "填写")
    assert heard == [step]
    assert (step.label, step.kind, step.who, step.at) == ("填写", "edit", "张三", clock())
    assert (step.revision, draft.revision, draft.saved_at) == (2, 2, clock())
    assert step.changed == {CELL, TOTAL}
    assert draft.report.figure(TOTAL) == 3
    assert is_durable(draft)


def test_one_call_is_one_step(draft, heard):
    draft.set({CELL: 3, S1: "总体情况", "cover.mail": "a@example.invalid", "org": "甲局"}, "读入")
    assert (len(heard), draft.undo_label) == (1, "读入")
    draft.undo()
    assert draft.report.items == {"org": "示例市档案局"}
    assert (draft.undo_label, draft.redo_label) == ("", "读入")
    draft.redo()
    assert draft.report.figure(CELL) == 3
    assert draft.report.org == "甲局"
    assert [step.kind for step in heard] == ["edit", "undo", "redo"]
    assert heard[1].changed >= {CELL, TOTAL, S1, "cover.mail", "org"}


def test_what_changes_nothing_is_no_step(draft, heard):
    draft.set({CELL: 3}, "填写")
    assert draft.set({CELL: 3}, "填写") is None
    assert draft.set({S1: "", "cover.mail": None}, "填写") is None
    assert draft.set({}, "填写") is None
    assert draft.redo() is None
    assert (len(heard), draft.revision) == (1, 2)


@pytest.mark.parametrize(
    "changes",
    [
        {"t9.new.natural": 1},
        {CELL: -1},
        {CELL: "3"},
        {CELL: True},
        {CELL: 10**15 + 1},
        {CELL: 3.0},
        {S1: 3},
        {"narratives.s9": "文"},
        {CELL: 4, "t2.fees.amount": -1},
    ],
    ids=str,
)
def test_what_cannot_stand_there_is_refused(draft, heard, changes):
    draft.set({CELL: 3}, "填写")
    with pytest.raises(Invalid):
        draft.set(changes, "填写")
    assert (draft.report.items[CELL], draft.revision, len(heard)) == (3, 2, 1)
    assert is_durable(draft)


def test_a_step_that_fails_changes_nothing(draft, heard, tmp_path):
    draft.set({CELL: 3}, "填写")
    before = draft.report.copy()
    other = sqlite3.connect(tmp_path / "nianbao.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    for write in (
        lambda: draft.set({CELL: 4}, "填写"),
        lambda: draft.set({S1: "甲"}, "编写", merge=True),
        draft.undo,
        lambda: draft.restore(1),
    ):
        with pytest.raises(Busy):
            write()
    other.close()
    assert (draft.report, draft.revision, len(heard)) == (before, 2, 1)
    assert draft.set({CELL: 4}, "填写").revision == 3


def test_typing_is_one_step_until_there_is_a_pause(draft, heard, clock):
    for body in ("主", "主动", "主动公", "主动公开"):
        clock.pass_by(MERGE_WINDOW.total_seconds())
        draft.set({S1: body}, "编写", merge=True)
        assert is_durable(draft)
    assert (draft.revision, draft.saved_at, len(heard)) == (2, clock(), 4)
    clock.pass_by(MERGE_WINDOW.total_seconds() + 0.001)
    draft.set({S1: "主动公开。"}, "编写", merge=True)
    assert draft.revision == 3
    draft.undo()
    assert draft.report.text(S1) == "主动公开"
    draft.undo()
    assert draft.report.text(S1) == ""


def another_item(draft):
    draft.set({"narratives.s5": "问题"}, "编写", merge=True)


def a_figure(draft):
    draft.set({CELL: 3}, "填写", merge=True)


def a_paste(draft):
    draft.set({S1: "主动公开情况"}, "粘贴")


def another_person(draft):
    draft.who = "李四"


def undo_and_redo(draft):
    draft.undo()
    draft.redo()


@pytest.mark.parametrize(
    "ends",
    [Draft.seal, another_item, a_figure, a_paste, another_person, undo_and_redo, Draft.reload],
)
def test_typing_ends_a_step_too_when(draft, ends):
    draft.set({S1: "主动"}, "编写", merge=True)
    ends(draft)
    before = draft.revision
    draft.set({S1: "主动公开，依申请公开"}, "编写", merge=True)
    assert draft.revision == before + 1
    assert is_durable(draft)


def test_a_step_never_comes_to_nothing(draft):
    draft.set({S1: "甲"}, "编写", merge=True)
    draft.set({S1: "甲乙"}, "编写", merge=True)
    draft.set({S1: ""}, "编写", merge=True)
    assert draft.revision == 3
    draft.undo()
    assert draft.report.text(S1) == "甲乙"


def test_figures_never_grow_together(draft):
    draft.set({CELL: 3}, "填写", merge=True)
    draft.set({CELL: 31}, "填写", merge=True)
    assert draft.revision == 3
    draft.undo()
    assert draft.report.items[CELL] == 3


def test_editing_the_generated_preface_is_undone_to_the_generated_one(draft):
    draft.set({"cover.address": "示例路1号"}, "填写")
    generated = draft.report.text(PREFACE)
    for more in ("一", "一二"):
        draft.set({PREFACE: generated + more}, "编写", merge=True)
    assert is_durable(draft)
    draft.undo()
    assert PREFACE not in draft.report.items
    assert draft.report.text(PREFACE) == generated


def test_a_step_clears_the_mark_of_the_figure_it_settles(draft):
    draft.set({CELL: 3, f"unsure.{CELL}": "字迹不清"}, "读入")
    draft.set({CELL: 4}, "填写")
    assert f"unsure.{CELL}" not in draft.report.items
    draft.undo()
    assert draft.report.items[f"unsure.{CELL}"] == "字迹不清"


def test_an_earlier_revision_comes_back_as_a_step(draft, heard):
    draft.set({CELL: 3, f"unsure.{CELL}": "字迹不清", S1: "甲"}, "读入")
    then = draft.report.copy()
    draft.set({CELL: 4, S1: None, "org": "乙局"}, "填写")
    later = draft.report.copy()
    step = draft.restore(2)
    assert (step.revision, draft.undo_label) == (4, "恢复到第2步")
    assert draft.report == then
    assert is_durable(draft)
    assert draft.restore(2) is None
    draft.undo()
    assert draft.report == later
    with pytest.raises(Missing):
        draft.restore(99)


def test_undo_outlives_the_program(draft, store):
    for value in (1, 2, 3):
        draft.set({CELL: value}, f"填写{value}")
    draft.undo()
    again = Draft.open(store, draft.head.report, "李四")
    assert (again.undo_label, again.redo_label) == ("填写2", "填写3")
    again.redo()
    assert again.report.items[CELL] == 3
    assert again.head.who == "李四"


def test_two_drafts_lose_nothing(draft, store):
    other = Draft.open(store, draft.head.report, "李四")
    other.set({S1: "甲"}, "编写", merge=True)
    heard = []
    draft.subscribe(heard.append)
    with pytest.raises(Conflict):
        draft.set({CELL: 3}, "填写")
    assert CELL not in draft.report.items
    step = draft.reload()
    assert heard == [step]
    assert (step.kind, step.changed, step.who) == ("reload", {S1}, "李四")
    draft.set({CELL: 3}, "填写")
    with pytest.raises(Conflict):
        other.set({S1: "甲乙"}, "编写", merge=True)
    other.reload()
    assert other.report == draft.report
    assert (other.report.text(S1), other.report.items[CELL]) == ("甲", 3)


def test_two_threads_lose_nothing(store, draft):
    """Both write until each has got twenty steps in, reloading when they lost."""

    def write(cell):
        own = Draft.open(store, draft.head.report, cell)
        for value in range(20):
            while True:
                try:
                    own.set({cell: value}, "填写")
                    break
                except (Conflict, Busy):
                    own.reload()

    cells = (CELL, "t3.granted.natural")
    threads = [threading.Thread(target=write, args=(cell,)) for cell in cells]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    draft.reload()
    assert draft.revision == 1 + 40
    for cell in cells:
        assert [past.new for past in store.history(draft.head.report, cell)] == [*range(19, -1, -1)]


def test_a_locked_report_is_for_reading(draft, store, heard):
    draft.set({CELL: 3}, "填写")
    store.move_state(draft.head, "review", "李四")
    with pytest.raises(Locked):
        draft.set({CELL: 4}, "填写")
    assert not draft.is_locked
    draft.reload()
    assert draft.is_locked
    assert draft.undo() is None
    with pytest.raises(Locked):
        draft.set({CELL: 4}, "填写")
    store.move_state(draft.head, "returned", "李四")
    draft.reload()
    draft.set({CELL: 4}, "填写")
    draft.undo()
    assert (draft.report.items[CELL], draft.undo_label) == (3, "")


def test_a_listener_that_breaks_costs_nobody_anything(draft, heard):
    def broken(step):
        raise RuntimeError(step.label)

    last = []
    end = draft.subscribe(broken)
    draft.subscribe(last.append)
    with pytest.raises(RuntimeError, match="填写"):
        draft.set({CELL: 3}, "填写")
    assert len(heard) == len(last) == 1
    assert draft.report.items[CELL] == 3
    assert is_durable(draft)
    end()
    end()
    assert draft.set({CELL: 4}, "填写") == heard[1] == last[1]


def test_a_closed_draft_tells_nobody(draft, heard):
    end = draft.subscribe(heard.append)
    draft.close()
    end()
    draft.set({CELL: 3}, "填写")
    assert heard == []


def test_last_years_report_is_that_of_the_same_unit(draft, store):
    assert draft.last_year is None
    before = Report.new("示例市档案馆", 2023)
    before.set({CELL: 8})
    keep(store, before, "新建", "张三")
    assert draft.last_year is None
    draft.set({"org": "示例市档案馆"}, "改名")
    assert draft.last_year == before


def test_findings_follow_the_steps(draft):
    assert "T3.ROWSUM" not in {finding.id for finding in draft.findings}
    draft.set({CELL: 3, TOTAL: 2}, "填写")
    assert draft.findings is draft.findings
    assert "T3.ROWSUM" in {finding.id for finding in draft.findings}
    draft.undo()
    assert "T3.ROWSUM" not in {finding.id for finding in draft.findings}


def test_what_a_file_held_besides_is_kept_exactly(store):
    report = Report.new("示例市档案局", 2024)
    report.further["附注"] = {"比例": Decimal("0.10"), "行": [1, None, "文"]}
    loaded = store.load(keep(store, report, "读入", "张三"))
    assert restored(loaded).further == report.further
    assert restored(loaded) == report


class Life(RuleBasedStateMachine):
    """Anything people do, in any order; the model is a list of contents and two stacks."""

    @initialize()
    def begin(self):
        self.folder = Path(tempfile.mkdtemp())
        self.store = Store.open(self.folder / "nianbao.db")
        report = Report.new("示例市档案局", 2024)
        self.draft = Draft.open(self.store, keep(self.store, report, "新建", "张三"), "张三")
        self.known = [None, dict(self.draft.report.items)]
        self.undone, self.done = [], []

    def teardown(self):
        if hasattr(self, "store"):
            while self.done:
                self.undo()
            self.agrees()
            self.store.close()
            shutil.rmtree(self.folder)

    def note(self, before, step):
        """Put what a call did into the model."""
        now = dict(self.draft.report.items)
        if step is None:
            assert now == before
        elif step.revision == len(self.known):
            self.known.append(now)
            self.done.append(before)
            self.undone.clear()
        else:
            self.known[-1] = now

    @rule(
        changes=st.dictionaries(
            st.sampled_from([CELL, TOTAL, "t3.granted.natural", "t2.fees.amount"]),
            st.one_of(st.none(), st.integers(0, 12)),
        ),
        text=st.one_of(st.none(), st.text("甲乙\n𠮷", max_size=4)),
    )
    def set(self, changes, text):
        before = dict(self.draft.report.items)
        more = {} if text is None else {"narratives.s5": text, "org": text or "甲局"}
        self.note(before, self.draft.set(changes | more, "填写"))

    @rule(item=st.sampled_from([S1, "org", "cover.address", PREFACE]), data=st.data())
    def type_on(self, item, data):
        before = dict(self.draft.report.items)
        text = self.draft.report.text(item)
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, len(text)))
        body = text[:start] + data.draw(st.text("甲乙丙", max_size=2)) + text[end:]
        self.note(before, self.draft.set({item: body}, "编写", merge=True))

    @rule()
    def seal(self):
        self.draft.seal()

    @precondition(lambda self: self.done)
    @rule()
    def undo(self):
        before = dict(self.draft.report.items)
        assert self.draft.undo().kind == "undo"
        assert self.draft.report.items == self.done[-1]
        self.known.append(self.done.pop())
        self.undone.append(before)

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self):
        before = dict(self.draft.report.items)
        assert self.draft.redo().kind == "redo"
        assert self.draft.report.items == self.undone[-1]
        self.known.append(self.undone.pop())
        self.done.append(before)

    @rule(data=st.data())
    def restore(self, data):
        revision = data.draw(st.integers(1, len(self.known) - 1))
        before = dict(self.draft.report.items)
        self.note(before, self.draft.restore(revision))
        assert self.draft.report.items == self.known[revision]

    @rule()
    def restart(self):
        self.store.close()
        self.store = Store.open(self.folder / "nianbao.db")
        self.draft = Draft.open(self.store, self.draft.head.report, "李四")

    @rule(state=st.sampled_from(["review", "final"]))
    def review(self, state):
        head = self.store.move_state(self.draft.head, state, "王五")
        self.store.move_state(head, "returned", "王五")
        self.draft.reload()
        self.done.clear()
        self.undone.clear()

    @rule(data=st.data())
    def look_back(self, data):
        revision = data.draw(st.integers(1, len(self.known) - 1))
        assert self.store.at(self.draft.head.report, revision) == self.known[revision]

    @invariant()
    def agrees(self):
        """What is in memory is on the disk, and the model says the same."""
        if hasattr(self, "draft"):
            assert is_durable(self.draft)
            assert self.draft.report.items == self.known[-1]
            assert self.draft.revision == len(self.known) - 1
            assert bool(self.draft.undo_label) == bool(self.done)
            assert bool(self.draft.redo_label) == bool(self.undone)


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_kill_loses_nothing_that_was_acknowledged(tmp_path, seed):
    typist = Path(__file__).with_name("typist.py")
    path, replay = tmp_path / "killed.db", tmp_path / "replay.db"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, str(typist), str(path), str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as program:
        program.stdout.readline()
        alarm = threading.Timer(random.Random(seed).uniform(0, 0.15), program.kill)
        alarm.start()
        lines = program.stdout.read().split("\n")
        alarm.join()
    acknowledged = int(lines[-2]) if len(lines) > 1 else 1
    with Store.open(path) as store:
        stamp = store.load(1).head.stamp
    assert acknowledged <= stamp <= acknowledged + 1
    runpy.run_path(str(typist))["work"](replay, seed, stamp)
    assert dump(path) == dump(replay)


def dump(path):
    """Return the whole content of a database that is sound."""
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    lines = list(db.iterdump())
    db.close()
    return lines
