"""Tables filled in by keys, as a clerk does: what the report holds then, and what is shown."""

import sqlite3
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from app import checks
from app.checks.finding import Finding, Suspect
from app.draft import Draft, keep
from app.report import Report
from ui.table.cell_editor import CellEditor
from ui.table.model import ACCESSIBLE, INCOMPLETE, TOOL_TIP, TableModel
from ui.table.view import LOCKED, TableView

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")
KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def commit(text):
    """What an input method sends when it is done with some characters."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    return event


class Clerk:
    """A table in a window with a second field, and hands on the keys."""

    def __init__(self, qtbot, draft, table_id):
        self.qtbot, self.draft = qtbot, draft
        self.window = QWidget()
        layout = QVBoxLayout(self.window)
        self.field = QLineEdit()
        self.table = TableView(draft, table_id)
        layout.addWidget(self.table)
        layout.addWidget(self.field)
        qtbot.addWidget(self.window)
        self.window.resize(900, 640)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.table.setFocus()
        self.said = []
        self.table.said.connect(self.said.append)

    @property
    def editor(self):
        """The open editor, None while nothing is typed."""
        editor = self.table.findChild(CellEditor)
        return editor if editor is not None and editor.isVisible() else None

    @property
    def current(self):
        return self.table.current_cell()

    @property
    def figures(self):
        return self.draft.report.figures()

    @property
    def steps(self):
        """How many steps were made since the report was new."""
        return self.draft.revision

    def types(self, text, *keys):
        for character in text:  # the first opens the editor, to which the next go
            if character.isascii():
                self.qtbot.keyClicks(QApplication.focusWidget(), character)
            else:
                QApplication.sendEvent(QApplication.focusWidget(), commit(character))
        self.presses(*keys)

    def presses(self, *keys, with_=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            self.qtbot.keyClick(QApplication.focusWidget(), key, with_)

    def pastes(self, text):
        QGuiApplication.clipboard().setText(text)
        self.presses(KEY.Key_V, with_=CONTROL)

    def selects(self, first, last):
        """Select from one cell to another, both in the same row or column, by Shift and arrows."""
        self.table.go_to(first)
        boxes = [self.place(cell).box for cell in (first, last)]
        rows, columns = boxes[1].row - boxes[0].row, boxes[1].column - boxes[0].column
        self.presses(*[KEY.Key_Down] * rows, *[KEY.Key_Right] * columns, with_=SHIFT)

    def place(self, cell):
        return self.table.model().grid.of_cell[cell]

    def shown(self, cell):
        return self.table.model().data(self.table.model().index_of(cell))

    def about(self, cell, role):
        return self.table.model().data(self.table.model().index_of(cell), role)


@pytest.fixture
def clerk(qtbot, draft):
    """Return the maker of a table with hands; without a report, of the common draft."""
    return lambda table_id="t3", of=None: Clerk(qtbot, of or draft, table_id)


@pytest.fixture
def draft_of(store):
    """Return the maker of a draft of a year and profile, with some items in it."""

    def make(year, profile=None, items=None):
        report = Report.new("示例市档案局", year, profile)
        report.set(items or {})
        return Draft.open(store, keep(store, report, "新建", "张三"), "张三")

    return make


# ── typing ──────────────────────────────────────────────────────────────────────────────────


def test_typing_replaces_and_enter_goes_down(clerk):
    hand = clerk()
    hand.types("12", KEY.Key_Enter)
    hand.types("3", KEY.Key_Return)
    assert hand.figures["t3.new.natural"] == 12
    assert hand.figures["t3.carried_in.natural"] == 3
    assert hand.current == "t3.granted.natural"
    assert hand.editor is None
    assert hand.draft.undo_label == "填写“二、上年结转政府信息公开申请数量：自然人”"
    hand.presses(KEY.Key_Up, KEY.Key_Up)
    hand.types("7", KEY.Key_Return)
    assert hand.figures["t3.new.natural"] == 7


def test_tab_passes_totals_and_goes_on_in_the_next_row(clerk):
    hand = clerk()
    hand.types("1", *[KEY.Key_Tab] * 6)
    assert hand.current == "t3.carried_in.natural"
    hand.presses(KEY.Key_Backtab)
    assert hand.current == "t3.new.other"
    hand.presses(KEY.Key_Backtab, with_=SHIFT)
    assert hand.current == "t3.new.legal"


def test_proofreading_stops_at_totals(clerk):
    hand = clerk()
    hand.table.proofreading = True
    hand.presses(*[KEY.Key_Tab] * 6)
    assert hand.current == "t3.new.total"
    hand.types("9", KEY.Key_Tab)
    assert hand.figures["t3.new.total"] == 9
    assert hand.current == "t3.carried_in.natural"


@pytest.mark.parametrize(("proofreading", "last"), [(False, "other_misc"), (True, "outcomes")])
def test_enter_passes_totals_and_shift_leads_back(clerk, proofreading, last):
    hand = clerk()
    hand.table.proofreading = proofreading
    hand.table.go_to("t3.carried_out.natural")
    hand.presses(KEY.Key_Return, with_=SHIFT)
    assert hand.current == f"t3.{last}.natural"
    hand.presses(KEY.Key_Return)
    assert hand.current == ("t3.carried_out.natural")
    hand.presses(KEY.Key_Return)
    assert hand.current == ("t3.carried_out.natural")


def test_tab_leaves_the_table_at_its_ends(clerk):
    hand = clerk("t4")
    hand.table.go_to("t4.suit_after_review.pending")
    hand.types("5", KEY.Key_Tab)
    assert hand.figures["t4.suit_after_review.pending"] == 5
    assert hand.field.hasFocus()
    hand.presses(KEY.Key_Backtab)
    assert hand.table.hasFocus()
    assert hand.current == "t4.suit_after_review.pending"


@pytest.mark.parametrize(
    ("year", "cell", "typed", "value", "shown"),
    [
        (2024, "t2.rules.made", "３，００１", 3001, "3001"),
        (2024, "t2.rules.made", " 1 808 595 件", 1808595, "1808595"),
        (2024, "t2.fees.amount", "375万", 375_000_000, "375"),
        (2024, "t2.fees.amount", "251000元", 25_100_000, "25.1"),
        (2024, "t2.fees.amount", "96171.6", 96_171_600_000, "96171.6"),
        (2020, "t2.licences.change", "减8", -8, "-8"),
        (2020, "t2.procurement.amount", "375", 375_000_000, "375万元"),
    ],
)
def test_figures_as_people_type_them(clerk, draft_of, year, cell, typed, value, shown):
    hand = clerk("t2", draft_of(year))
    hand.table.go_to(cell)
    hand.types(typed, KEY.Key_Return)
    assert hand.figures[cell] == value
    assert hand.shown(cell) == shown


def test_a_conversion_is_told(clerk):
    hand = clerk("t2")
    hand.table.go_to("t2.fees.amount")
    hand.types("251000元", KEY.Key_Return)
    assert hand.said == ["已换算：251000元 → 25.1（万元）"]


def test_what_means_not_filled_is_told_not_taken_for_nought(clerk):
    hand = clerk()
    hand.types("无", KEY.Key_Return)
    assert "t3.new.natural" not in hand.figures
    assert hand.said == ["“无”按未填处理；确实没有的，请填0。"]


def test_f2_edits_what_is_there_and_esc_restores(clerk):
    hand = clerk()
    hand.types("12", KEY.Key_Return, KEY.Key_Up, KEY.Key_F2)
    assert hand.editor.text() == "12"
    hand.presses(KEY.Key_End)
    hand.types("3", KEY.Key_Escape)
    assert hand.figures["t3.new.natural"] == 12
    assert hand.table.hasFocus()
    hand.presses(KEY.Key_F2, KEY.Key_End)
    hand.types("5", KEY.Key_Tab)
    assert hand.figures["t3.new.natural"] == 125
    assert hand.steps == 3


def test_opening_and_leaving_an_editor_types_no_total(clerk):
    hand = clerk()
    hand.types("12", KEY.Key_Return)
    hand.table.go_to("t3.new.total")
    hand.presses(KEY.Key_F2)
    assert hand.editor.text() == "12"
    hand.presses(KEY.Key_Return)
    assert hand.draft.report.is_worked_out("t3.new.total")


def test_emptying_an_editor_blanks_the_cell(clerk):
    hand = clerk()
    hand.types("12", KEY.Key_Return, KEY.Key_Up, KEY.Key_F2, KEY.Key_Backspace, KEY.Key_Backspace)
    hand.presses(KEY.Key_Return)
    assert "t3.new.natural" not in hand.figures
    assert hand.draft.undo_label == "清空“一、本年新收政府信息公开申请数量：自然人”"


@pytest.mark.parametrize("typed", ["abc", "-3", "1.5", "1,23", "12O", "9" * 17])
@pytest.mark.parametrize("key", [KEY.Key_Return, KEY.Key_Tab, KEY.Key_Down])
def test_a_refused_entry_stays_with_its_sentence(clerk, typed, key):
    hand = clerk()
    hand.types("4", KEY.Key_Return, KEY.Key_Up)
    hand.types(typed, key)
    assert hand.editor.text() == typed
    assert hand.editor.hasFocus()
    assert hand.said[-1] in hand.editor.sentence
    assert hand.editor.accessibleDescription() == hand.said[-1]
    assert hand.figures["t3.new.natural"] == 4
    assert hand.current == "t3.new.natural"
    hand.presses(KEY.Key_A, with_=CONTROL)
    hand.types("6")
    assert hand.editor.sentence == ""
    hand.presses(KEY.Key_Return)
    assert hand.figures["t3.new.natural"] == 6


def test_a_refused_entry_holds_the_table(clerk, qtbot):
    hand = clerk()
    hand.types("abc")
    hand.field.setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.waitUntil(hand.editor.hasFocus)
    assert not hand.table.go_to("t3.granted.natural")
    other = hand.table.visualRect(hand.table.model().index_of("t3.new.legal")).center()
    qtbot.mouseClick(hand.table.viewport(), Qt.MouseButton.LeftButton, pos=other)
    rows = hand.table.verticalHeader().viewport()
    qtbot.mouseClick(rows, Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
    hand.table.fill_zero("table")
    assert hand.editor.text() == "abc"
    assert hand.current == "t3.new.natural"
    assert hand.steps == 1
    qtbot.waitUntil(hand.editor.hasFocus)
    hand.presses(KEY.Key_Escape)
    assert hand.editor is None
    assert hand.table.go_to("t3.granted.natural")


def test_another_window_is_not_a_trap(clerk, qtbot):
    hand = clerk()
    hand.types("abc")
    other = QLineEdit()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    assert hand.editor.text() == "abc"
    assert hand.said == []
    hand.window.activateWindow()
    hand.editor.setFocus()
    qtbot.waitUntil(hand.editor.hasFocus)
    hand.presses(KEY.Key_Escape)
    assert hand.editor is None


def test_leaving_for_another_field_keeps_the_entry(clerk):
    hand = clerk()
    hand.types("8")
    hand.field.setFocus(Qt.FocusReason.MouseFocusReason)
    assert hand.figures["t3.new.natural"] == 8
    assert hand.editor is None
    assert hand.field.hasFocus()


def test_a_failing_store_leaves_what_was_typed(clerk, database):
    hand = clerk()
    with sqlite3.connect(database, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        hand.types("12", KEY.Key_Return)
        assert hand.editor.text() == "12"
        assert "占用" in hand.editor.sentence
        assert "t3.new.natural" not in hand.figures
        other.execute("ROLLBACK")
    hand.presses(KEY.Key_Return)
    assert hand.figures["t3.new.natural"] == 12
    other.close()


def test_a_report_changed_elsewhere_keeps_what_was_typed(clerk, store):
    hand = clerk()
    Draft.open(store, hand.draft.head.report, "李四").set({"t3.new.natural": 99}, "改")
    hand.types("12", KEY.Key_Return)
    assert hand.editor.text() == "12"
    hand.draft.reload()
    assert hand.editor.text() == "12"
    assert hand.shown("t3.new.natural") == "99"
    hand.presses(KEY.Key_Return)
    assert hand.figures["t3.new.natural"] == 12


# ── input methods ───────────────────────────────────────────────────────────────────────────


def test_committed_text_opens_the_editor_and_is_kept(clerk):
    hand = clerk()
    hand.types("4", KEY.Key_Return, KEY.Key_Up)
    QApplication.sendEvent(hand.table, commit("３２"))
    assert hand.editor.text() == "３２"
    QApplication.sendEvent(QApplication.focusWidget(), commit("１"))
    hand.presses(KEY.Key_Return)
    assert hand.figures["t3.new.natural"] == 321


def test_what_is_being_composed_is_not_lost(clerk):
    hand = clerk()
    QApplication.sendEvent(hand.table, QInputMethodEvent("shi", []))
    assert hand.editor is not None
    assert not hand.table.finish()
    QApplication.sendEvent(hand.table, commit("十"))
    assert hand.editor.text() == "十"
    hand.editor.setFocus()
    hand.presses(KEY.Key_Escape)
    assert hand.editor is None


# ── totals ──────────────────────────────────────────────────────────────────────────────────


def test_totals_follow_and_say_what_they_lack(clerk):
    hand = clerk()
    hand.types("12", KEY.Key_Return)
    assert hand.shown("t3.new.total") == "≥12"
    assert INCOMPLETE in hand.about("t3.new.total", TOOL_TIP)
    hand.presses(KEY.Key_Up)
    hand.table.fill_zero("row")
    assert hand.shown("t3.new.total") == "12"
    assert INCOMPLETE not in hand.about("t3.new.total", TOOL_TIP)


def test_delete_gives_a_typed_total_back_to_working_out(clerk):
    hand = clerk()
    hand.types("12", KEY.Key_Return)
    hand.table.go_to("t3.new.total")
    hand.types("99", KEY.Key_Return)
    assert hand.shown("t3.new.total") == "99"
    hand.table.go_to("t3.new.total")
    hand.presses(KEY.Key_Delete)
    assert hand.shown("t3.new.total") == "≥12"
    hand.presses(KEY.Key_Delete)
    assert hand.steps == 4


# ── selections ──────────────────────────────────────────────────────────────────────────────


def test_delete_blanks_the_selection_as_one_step(clerk):
    hand = clerk()
    hand.types("1", KEY.Key_Tab)
    hand.types("2", KEY.Key_Tab)
    hand.types("3", KEY.Key_Tab)
    hand.selects("t3.new.natural", "t3.new.legal")
    hand.presses(KEY.Key_Delete)
    assert hand.figures == {}
    assert hand.draft.undo_label == "清空 3 格"
    hand.draft.undo()
    assert [hand.shown(f"t3.new.{c}") for c in ("natural", "business", "research")] == list("123")


@pytest.mark.parametrize(
    ("scope", "count", "label"),
    [
        ("row", 5, "填0（一、本年新收政府信息公开申请数量）"),
        ("selection", 2, "填0（2 格）"),
        ("table", 24 * 6 - 1, "填0（表三）"),
    ],
)
def test_fill_zero(clerk, scope, count, label):
    hand = clerk()
    hand.types("7", KEY.Key_Tab)
    hand.selects("t3.new.natural", "t3.new.research")
    hand.table.fill_zero(scope)
    items = hand.draft.report.items
    assert sum(value == 0 for value in items.values()) == count
    assert not items.keys() & hand.draft.report.form.total_of.keys()
    assert hand.draft.undo_label == label
    assert hand.said == [f"已填0：{count}格。"]
    assert hand.steps == 3
    hand.table.fill_zero(scope)
    assert hand.said[-1] == "没有需要填0的空格。"
    assert hand.steps == 3


def test_fill_zero_leaves_what_a_file_held(clerk, draft_of):
    hand = clerk("t3", draft_of(2024, items={"refused.t3.new.legal": "若干"}))
    hand.table.fill_zero("row")
    assert "t3.new.legal" not in hand.figures
    assert "没有填0" in hand.said[0]


# ── the clipboard ───────────────────────────────────────────────────────────────────────────


def test_copying_gives_the_shown_figures_as_excel_takes_them(clerk, draft_of):
    items = {"t3.new.natural": 1, "t3.new.other": 5, "t3.carried_in.natural": 2}
    hand = clerk("t3", draft_of(2024, items=items))
    hand.selects("t3.new.natural", "t3.carried_in.total")
    hand.presses(KEY.Key_C, with_=CONTROL)
    assert QGuiApplication.clipboard().text() == "1\t\t\t\t\t5\t6\n2\t\t\t\t\t\t2\n"
    assert hand.steps == 1


def test_cutting_is_one_step(clerk, draft_of):
    hand = clerk("t3", draft_of(2024, items={"t3.new.natural": 1, "t3.new.business": 2}))
    hand.selects("t3.new.natural", "t3.new.business")
    hand.presses(KEY.Key_X, with_=CONTROL)
    assert QGuiApplication.clipboard().text() == "1\t2\n"
    assert hand.figures == {}
    assert hand.draft.undo_label == "剪切 2 格"
    hand.table.go_to("t3.granted.legal")
    hand.presses(KEY.Key_V, with_=CONTROL)
    assert hand.figures["t3.granted.other"] == 2
    assert hand.draft.undo_label == "粘贴 2 格"


def test_pasting_is_one_step(clerk):
    hand = clerk()
    hand.pastes("1\t2\t3\t4\t5\t6\t21\r\n２\t\t\t\t\t\t2\r\n")
    assert hand.figures["t3.new.total"] == 21
    assert hand.figures["t3.carried_in.natural"] == 2
    assert (hand.steps, hand.draft.undo_label) == (2, "粘贴 9 格")
    assert hand.said == ["已粘贴9格。"]
    hand.pastes("1\t2\t3\t4\t5\t\t21\n")
    assert hand.draft.undo_label == "粘贴“一、本年新收政府信息公开申请数量：其他”"
    assert hand.said[-1] == "已粘贴1格；其中清空1格。"
    hand.pastes("1\t2")
    assert hand.said[-1] == "粘贴的数与表中相同，没有改动。"
    assert hand.steps == 3


def test_one_figure_is_pasted_into_the_selection(clerk):
    hand = clerk()
    hand.selects("t3.new.natural", "t3.carried_in.research")
    hand.pastes("0")
    assert sum(value == 0 for value in hand.draft.report.items.values()) == 6


def test_a_refused_paste_changes_nothing(clerk):
    hand = clerk()
    hand.pastes("1\t2\nabc\t3")
    assert hand.figures == {}
    assert hand.said[0].startswith("没有粘贴：第2行第1列")
    assert hand.steps == 1


def test_pasting_into_an_open_editor_is_text(clerk):
    hand = clerk()
    hand.types("1")
    hand.pastes("23")
    hand.presses(KEY.Key_Return)
    assert hand.figures["t3.new.natural"] == 123


# ── moving ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("table", "start", "key", "end"),
    [
        ("t2", "t2.rules.in_force", KEY.Key_Down, "t2.normative.in_force"),
        ("t2", "t2.normative.in_force", KEY.Key_Down, "t2.licences.decisions"),
        ("t2", "t2.licences.decisions", KEY.Key_Up, "t2.normative.made"),
        ("t2", "t2.licences.decisions", KEY.Key_Down, "t2.penalties.decisions"),
        ("t2", "t2.rules.made", KEY.Key_Left, "t2.rules.made"),
        ("t2", "t2.rules.made", KEY.Key_End, "t2.rules.in_force"),
        ("t2", "t2.rules.in_force", KEY.Key_Home, "t2.rules.made"),
        ("t3", "t3.new.natural", KEY.Key_PageUp, "t3.new.natural"),
        ("t3", "t3.outcomes.natural", KEY.Key_PageDown, "t3.carried_out.natural"),
        ("t4", "t4.review.total", KEY.Key_Right, "t4.suit_direct.upheld"),
    ],
)
def test_arrows_lead_from_figure_to_figure(clerk, table, start, key, end):
    hand = clerk(table)
    hand.table.go_to(start)
    hand.presses(key)
    assert hand.current == end


@pytest.mark.parametrize(
    ("key", "end"), [(KEY.Key_End, "t3.carried_out.total"), (KEY.Key_Home, "t3.new.natural")]
)
def test_control_leads_to_the_ends_of_the_table(clerk, key, end):
    hand = clerk()
    hand.table.go_to("t3.granted.legal")
    hand.presses(key, with_=CONTROL)
    assert hand.current == end


def test_page_down_goes_a_page(clerk):
    hand = clerk()
    hand.window.resize(900, 300)  # whatever the face, not all rows are in view
    QApplication.processEvents()
    hand.presses(KEY.Key_PageDown)
    gone = hand.place(hand.current).y - hand.place("t3.new.natural").y
    assert abs(gone - hand.table.viewport().height()) < 40


@pytest.mark.parametrize(
    ("table", "names"),
    [
        ("t2", ["规章", "行政规范性文件", "行政许可", "行政处罚", "行政强制", "行政事业性收费"]),
        ("t4", ["行政复议", "未经复议直接起诉", "复议后起诉"]),
    ],
)
def test_rows_to_go_to(clerk, table, names):
    hand = clerk(table)
    rows = hand.table.rows()
    assert [name for name, _ in rows] == names
    with hand.qtbot.waitSignal(hand.table.current_changed) as signal:
        hand.table.go_to(rows[-1][1])
    assert signal.args == [hand.current] == [rows[-1][1]]
    assert hand.table.hasFocus()


def test_a_click_on_a_label_selects_its_row(clerk, qtbot):
    hand = clerk("t2")
    label = hand.table.model().grid.label("t2.normative.made").rect().center()
    qtbot.mouseClick(hand.table.viewport(), Qt.MouseButton.LeftButton, pos=label)
    assert hand.table.selected_cells() == [
        f"t2.normative.{c}" for c in ("made", "repealed", "in_force")
    ]
    head = hand.table.model().grid.column_head("t2.fees.amount").rect().center()
    qtbot.mouseClick(hand.table.viewport(), Qt.MouseButton.LeftButton, pos=head)
    assert hand.current == "t2.normative.made"


# ── locked ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "act",
    [
        lambda hand: hand.types("5"),
        lambda hand: hand.presses(KEY.Key_F2),
        lambda hand: hand.presses(KEY.Key_Delete),
        lambda hand: hand.pastes("5"),
        lambda hand: hand.table.fill_zero("table"),
    ],
)
def test_a_locked_table_says_why(clerk, draft_of, act):
    hand = clerk("t3", draft_of(2024, items={"t3.new.natural": 3}))
    hand.table.set_locked(True)
    act(hand)
    assert hand.editor is None
    assert hand.said == [LOCKED]
    assert hand.steps == 1
    hand.table.set_locked(False)
    hand.types("5", KEY.Key_Return)
    assert hand.figures["t3.new.natural"] == 5


def test_locking_closes_the_editor(clerk):
    hand = clerk()
    hand.types("abc")
    hand.table.set_locked(True)
    assert hand.editor is None
    assert hand.steps == 1


# ── what is wrong ───────────────────────────────────────────────────────────────────────────

BROKEN = Finding(
    "T3.ROWSUM",
    "error",
    "s3",
    "合计应为 5，现为 <7>",
    cells=("t3.new.total", "t3.new.natural"),
    suspects=(Suspect("t3.new.total", 5, "与各栏之和不符"),),
)


def test_findings_speak_in_tool_tips_and_to_readers(clerk):
    hand = clerk()
    hand.table.set_findings([BROKEN])
    for cell in BROKEN.cells:
        assert hand.about(cell, TOOL_TIP).startswith("<p>✗ 错误：合计应为 5，现为 &lt;7&gt;")
        assert "✗ 错误：合计应为 5" in hand.about(cell, ACCESSIBLE)
    hand.table.set_findings([])
    assert "错误" not in hand.about("t3.new.total", ACCESSIBLE)


def test_only_cells_whose_marks_differ_are_told(clerk, qtbot):
    hand = clerk()
    told = []
    hand.table.model().dataChanged.connect(lambda a, b: told.append((a, b)))
    hand.table.set_findings([BROKEN])
    model = hand.table.model()
    assert {model.cell(a) for a, b in told} == set(BROKEN.cells)
    assert all(a == b for a, b in told)
    told.clear()
    hand.table.set_findings([replace(BROKEN)])
    assert told == []


def test_an_edit_tells_only_the_cells_that_change(clerk):
    hand = clerk()
    told = []
    model = hand.table.model()
    model.dataChanged.connect(lambda a, b: told.append(model.cell(a)))
    hand.types("5", KEY.Key_Return)
    assert set(told) == {"t3.new.natural", "t3.new.total"}


def test_words_for_a_reader(clerk, draft_of):
    items = {"t2.fees.amount": 1_000_000, "unsure.t2.rules.made": "字迹不清", "t2.rules.made": 3}
    hand = clerk("t2", draft_of(2024, items=items))
    assert (
        hand.about("t2.fees.amount", ACCESSIBLE)
        == "行政事业性收费：本年收费金额（单位：万元），1万元"
    )
    assert hand.about("t2.rules.made", ACCESSIBLE).endswith("3件，？ 读取时不能确定：字迹不清")
    assert hand.about("t2.rules.repealed", ACCESSIBLE) == "规章：本年废止件数，未填"
    assert hand.table.accessibleName() == "主动公开政府信息情况"


@pytest.mark.parametrize(
    ("year", "profile"), [(2020, None), (2020, "hubei"), (2024, None), (2024, "single_other")]
)
@pytest.mark.parametrize("table", ["t2", "t3", "t4"])
def test_the_model_is_sound_and_every_box_is_read(
    qtbot, qtmodeltester, draft_of, year, profile, table
):
    draft = draft_of(year, profile)
    view = TableView(draft, table)
    qtbot.addWidget(view)
    model = view.model()
    assert isinstance(model, TableModel)
    qtmodeltester.check(model)
    cells = {c for c, cell in draft.report.form.cells.items() if cell.table == table}
    indexes = [
        model.index(r, c) for r in range(model.rowCount()) for c in range(model.columnCount())
    ]
    assert {model.cell(i) for i in indexes} - {""} == cells
    for index in indexes:
        words = model.data(index, ACCESSIBLE)
        assert words or model.place(index).box.columns > 1
    checks.run(draft.report)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("t3", {"自然人", "三、本年度办理结果/（一）予以公开", "（一）予以公开：自然人，12件"}),
        ("t4", {"行政复议：结果维持", "复议后起诉：结果维持"}),
    ],
)
def test_a_reader_finds_heads_labels_and_figures(clerk, draft_of, table, words):
    hand = clerk(table, draft_of(2024, items={"t3.granted.natural": 12}))
    reader = QAccessible.queryAccessibleInterface(hand.table)
    children = [reader.child(i) for i in range(reader.childCount())]
    names = {child.text(QAccessible.Text.Name) for child in children if child}
    assert words <= names


def test_a_form_nobody_knows_can_be_filled_in(clerk, later_form, draft_of):
    hand = clerk("t9", draft_of(2027))
    hand.types("3", KEY.Key_Tab)
    hand.types("4", KEY.Key_Tab)
    assert hand.figures["t9.open_days.sum"] == 7
    assert hand.current == "t9.briefings.online"


def test_undo_is_shown(clerk):
    hand = clerk()
    hand.types("12", KEY.Key_Return)
    hand.draft.undo()
    assert hand.shown("t3.new.natural") == ""
    assert hand.shown("t3.new.total") == ""


@pytest.mark.parametrize("closes_first", [False, True])
def test_a_closed_table_hears_nothing_more(qtbot, draft, closes_first):
    view = TableView(draft, "t3")
    heard = []
    view.model().dataChanged.connect(heard.append)
    if closes_first:
        draft.close()
    view.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    draft.set({"t3.new.natural": 1}, "填写")
    assert heard == []


def test_the_editor_grows_with_what_is_typed(clerk):
    hand = clerk("t4")
    hand.types("1")
    narrow = hand.editor.width()
    hand.types("234567890123")
    assert hand.editor.width() > narrow
    assert hand.table.viewport().rect().contains(hand.editor.geometry())
    QTest.keyClick(hand.editor, KEY.Key_Escape)
