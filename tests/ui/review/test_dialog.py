"""The review: unsure cells first, confirmed and corrected by keys, the source lit beside them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractSpinBox, QWidget

from app import form_file
from app.readers import read
from app.report import Report
from ui.review.dialog import INTO, LAST_YEAR, NEW, ReviewDialog
from ui.review.model import CHOICE, MERGING, OLD, PLACE, READING, SOURCE, STATE, VALUE

ORG = "示例市示例区人民政府"
FEE, LETTER, ABOUT = "t2.fees.amount", "t3.granted.business", "t3.partial.research"


@pytest.fixture
def review(qtbot):
    """Open a review of a file."""

    def opened(path, present=None, is_locked=False, there=()):
        dialog = ReviewDialog(
            read(path),
            path,
            present,
            is_locked,
            lambda org, year: (org, year) in there,
            lambda _: None,
        )
        qtbot.addWidget(dialog)
        with qtbot.waitActive(dialog):
            dialog.show()
            dialog.activateWindow()
        return dialog

    return opened


def rows(dialog):
    return [row.item or row.heading for row in dialog.model.rows]


def told(dialog, item, column):
    index = dialog.model.index(dialog.model.row_of(item), dialog.model.columns.index(column))
    return index.data()


def press(qtbot, dialog, *keys):
    for key in keys:
        qtbot.keyClick(dialog.list._delegate.open_editor or dialog.list, key)


def type_figure(qtbot, dialog, text):
    qtbot.keyClicks(dialog.list, text[0])
    qtbot.keyClicks(dialog.list._delegate.open_editor, text[1:])


def test_what_is_doubtful_stands_first_with_source_place_and_reason(review, ugly):
    dialog = review(ugly)
    assert rows(dialog)[:5] == ["需要核对", FEE, LETTER, ABOUT, "封面与前言"]
    assert dialog.model.columns == READING
    assert dialog.list.current_item == FEE
    assert [told(dialog, FEE, c) for c in (VALUE, SOURCE, PLACE)] == [
        "25.1",
        "251000元",
        "表格1第14行",
    ]
    assert "按单位换算" in told(dialog, FEE, STATE)
    assert "“3O”不是数" in told(dialog, LETTER, STATE)
    assert told(dialog, "t3.new.natural", STATE) == "确定"


def test_the_whole_form_follows_in_its_order(review, ugly):
    dialog = review(ugly)
    shown = [item for item in rows(dialog) if item in dialog.acceptance.report.form.cells]
    assert sorted(shown) == sorted(dialog.acceptance.report.form.cells)
    assert "narratives.s5" in rows(dialog)


def test_enter_confirms_and_leads_on(review, ugly, qtbot):
    dialog = review(ugly)
    press(qtbot, dialog, Qt.Key.Key_Return)
    assert not dialog.acceptance.is_open(FEE)
    assert told(dialog, FEE, STATE) == "✓ 已确认"
    assert dialog.list.current_item == LETTER
    assert dialog.model.index(0, 0).data() == "需要核对：还有2项"


def test_typing_corrects_and_leads_on(review, ugly, qtbot):
    dialog = review(ugly)
    dialog.list.go_to(LETTER)
    type_figure(qtbot, dialog, "30")
    press(qtbot, dialog, Qt.Key.Key_Return)
    assert dialog.acceptance.report.figure(LETTER) == 30
    assert told(dialog, LETTER, STATE) == "✓ 已改正"
    assert dialog.list.current_item == ABOUT
    assert dialog.list._delegate.open_editor is None


def test_a_refused_entry_stays_with_its_sentence_and_esc_restores(review, ugly, qtbot):
    dialog = review(ugly)
    dialog.list.go_to(LETTER)
    type_figure(qtbot, dialog, "3x")
    press(qtbot, dialog, Qt.Key.Key_Return)
    assert "“3x”不是数" in dialog.list._delegate.open_editor.sentence
    dialog.accept()
    assert dialog.isVisible()
    press(qtbot, dialog, Qt.Key.Key_Escape)
    assert dialog.list._delegate.open_editor is None
    assert dialog.acceptance.is_open(LETTER)
    assert dialog.isVisible()


def test_f2_edits_what_was_read(review, ugly, qtbot):
    dialog = review(ugly)
    press(qtbot, dialog, Qt.Key.Key_F2)
    assert dialog.list._delegate.open_editor.text() == "25.1"


def test_f8_leads_round_what_is_open(review, ugly, qtbot):
    dialog = review(ugly)
    visited = []
    for _ in range(4):
        qtbot.keyClick(dialog, Qt.Key.Key_F8)
        visited.append(dialog.list.current_item)
    assert visited == [LETTER, ABOUT, FEE, LETTER]
    qtbot.keyClick(dialog, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert dialog.list.current_item == FEE


def test_the_cell_is_lit_in_the_source(review, ugly):
    dialog = review(ugly)
    for item, source in ((LETTER, "3O"), (ABOUT, "约12"), (FEE, "251000元")):
        dialog.list.go_to(item)
        assert dialog.source.content.lit_text() == source
    dialog.list.go_to("narratives.s5")
    assert dialog.source.content.lit_text().startswith("存在的问题")


def test_the_place_is_framed_on_the_page_of_a_pdf(review, written, qtbot):
    dialog = review(written("pdf"))
    pages = dialog.source.pages
    dialog.list.go_to("t4.review.upheld")
    assert pages.page == dialog.acceptance.readings["t4.review.upheld"].place.page
    qtbot.waitUntil(lambda: not pages.sheet.image.isNull(), timeout=15_000)
    frame = pages.sheet.frame
    assert pages.sheet.rect().contains(frame.toRect())
    assert 5 < frame.width() < 200
    scale = pages.sheet.width()
    pages.zoom(1)
    qtbot.waitUntil(lambda: pages.sheet.width() > scale, timeout=15_000)
    assert pages.sheet.frame.width() > frame.width()


def test_unit_and_year_can_be_put_right(review, ugly, qtbot):
    dialog = review(ugly, there=[("示例县人民政府", 2023)])
    dialog.head.org.clear()
    qtbot.keyClicks(dialog.head.org, "x")
    dialog.head.org.setText("示例县人民政府")
    dialog.head.org.textEdited.emit("示例县人民政府")
    dialog.head.year.setValue(2023)
    assert (dialog.acceptance.report.org, dialog.acceptance.report.year) == ("示例县人民政府", 2023)
    assert "已有该单位2023年的报告" in dialog.hint.text()


def test_unit_and_year_in_doubt_are_confirmed_like_figures(review, tmp_path, qtbot):
    path = tmp_path / "示例市档案局2023年政府信息公开工作年度报告.txt"
    path.write_text(
        "一、总体情况\n情况良好。\n二、主动公开政府信息情况\n规章 0 0 0\n行政规范性文件 1 0 2\n"
        "行政许可 3\n五、存在的主要问题及改进情况\n有。",
        "utf-8",
    )
    dialog = review(path)
    assert rows(dialog)[:2] == ["需要核对", "year"]
    assert told(dialog, "year", VALUE) == "2023年"
    assert "年度取自文件名" in told(dialog, "year", STATE)
    assert dialog.head.year.value() == 2023
    press(qtbot, dialog, Qt.Key.Key_F2)
    assert dialog.focusWidget() is dialog.head.year
    press(qtbot, dialog, Qt.Key.Key_Return)
    assert not dialog.acceptance.is_open("year")
    assert told(dialog, "year", STATE) == "✓ 已确认"
    assert not any(item.startswith("unsure.") for item in dialog.acceptance.report.items)


def test_an_unknown_unit_has_to_be_typed(review, tmp_path, qtbot):
    path = tmp_path / "报告.txt"
    path.write_text(
        "2024年\n一、总体情况\n情况良好。\n规章 0 0 0\n行政许可 3\n行政强制 1\n", "utf-8"
    )
    dialog = review(path)
    assert dialog.list.current_item == "org"
    press(qtbot, dialog, Qt.Key.Key_Return)
    assert dialog.acceptance.is_open("org")
    assert dialog.focusWidget() is dialog.head.org
    qtbot.keyClicks(dialog.head.org, "ABC")
    assert told(dialog, "org", STATE) == "✓ 已改正"
    assert dialog.acceptance.report.org == "ABC"


def test_another_form_reads_the_file_again(review, written):
    dialog = review(written("docx", year=2020))
    assert dialog.acceptance.report.form.profile is None
    hubei = next(n for n in range(dialog.head.form.count())
                 if dialog.head.form.itemData(n).profile == "hubei")  # fmt: skip
    dialog.head.form.setCurrentIndex(hubei)
    dialog.head.form.activated.emit(hubei)
    assert dialog.acceptance.report.form.profile == "hubei"
    assert set(rows(dialog)) >= set(dialog.acceptance.report.form.cells)
    assert dialog.head.form.currentIndex() == hubei


def test_a_form_that_does_not_belong_to_the_year_is_told(review, written):
    dialog = review(written("docx", year=2024))
    dialog.head.year.setValue(2020)
    assert form_file.for_year(2020).source in dialog.hint.text()


def test_leftovers_are_decided_before_it_is_accepted(review, ugly, qtbot):
    dialog = review(ugly)
    assert dialog.leftovers.table.rowCount() == 2
    dialog.accept()
    assert dialog.isVisible()
    assert "都不放入" in dialog.told.text()
    dialog.leftovers.leave_all_button.click()
    assert not dialog.leftovers.isVisible()
    dialog.accept()
    assert not dialog.isVisible()
    assert dialog.result() == ReviewDialog.DialogCode.Accepted


def test_without_unit_it_is_not_accepted(review, written):
    dialog = review(written("docx"))
    dialog.head.org.clear()
    dialog.head.org.textEdited.emit("")
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.told.text() == "请先填写单位。"


def test_ctrl_enter_accepts_and_enter_alone_does_not(review, written, qtbot):
    dialog = review(written("docx"))
    press(qtbot, dialog, Qt.Key.Key_Return)
    qtbot.keyClick(dialog.head.org, Qt.Key.Key_Return)
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.result() == ReviewDialog.DialogCode.Accepted


# ── where it goes ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("org", "year", "is_locked", "destination"),
    [
        (ORG, 2024, False, INTO),
        ("", 2024, False, INTO),
        (ORG, 2024, True, NEW),
        (ORG, 2025, False, LAST_YEAR),
        (ORG, 2025, True, LAST_YEAR),
        (ORG, 2030, False, NEW),
        ("示例县人民政府", 2024, False, NEW),
    ],
)
def test_the_likely_destination_is_offered(review, written, org, year, is_locked, destination):
    dialog = review(written("docx"), Report.new(org, year), is_locked)
    assert dialog.destination == destination


def test_without_an_open_report_it_can_only_be_new(review, written):
    dialog = review(written("docx"))
    assert [b.isEnabled() for b in dialog._choose_from.values()] == [True, False, False]


def test_last_year_says_what_is_adapted(review, written):
    dialog = review(written("docx"), Report.new("示例区政府", 2030))
    dialog.choose(LAST_YEAR)
    assert "将作为2029年的报告保存" in dialog.hint.text()
    assert "单位将记为“示例区政府”" in dialog.hint.text()


@pytest.fixture
def merged(review, written, invented):
    """A file beside an open report that differs from it in two figures and one section."""
    present = invented()
    before = {"t3.new.natural": present.figure("t3.new.natural") + 3, "t2.fees.amount": None}
    present.set({**before, "narratives.s6": "别的事项。"})
    return review(written("docx"), present), before


def test_merging_shows_what_stands_and_what_was_read(merged):
    dialog, before = merged
    assert dialog.model.columns == MERGING
    items = rows(dialog)
    differing = items[: items.index("与当前报告相同")]
    total = "t3.new.total"
    assert differing == ["与当前报告不同", "t2.fees.amount", "t3.new.natural", total,
                         "narratives.s6"]  # fmt: skip
    assert told(dialog, "t3.new.natural", OLD) == str(before["t3.new.natural"])
    assert told(dialog, "t3.new.natural", VALUE) == str(before["t3.new.natural"] - 3)
    assert dialog.told.text().startswith("不同4项，采用4项")


def test_space_takes_over_or_keeps(merged, qtbot):
    dialog, _ = merged
    dialog.list.go_to("t2.fees.amount")
    press(qtbot, dialog, Qt.Key.Key_Space)
    assert "t2.fees.amount" not in dialog.merging.changes()
    assert "采用3项" in dialog.told.text()
    assert "保留现有的" in dialog.model.words("t2.fees.amount")
    press(qtbot, dialog, Qt.Key.Key_Space)
    assert "t2.fees.amount" in dialog.merging.changes()


def test_differences_of_prose_are_marked(merged):
    dialog, _ = merged
    dialog.list.go_to("narratives.s6")
    html = dialog.detail.toHtml()
    assert "line-through" in html
    assert "underline" in html
    assert "全年未收取信息处理费。" in dialog.detail.toPlainText()


def test_a_corrected_figure_is_taken_over(merged, qtbot):
    dialog, _ = merged
    dialog.list.go_to("t2.fees.amount")
    press(qtbot, dialog, Qt.Key.Key_Space)
    type_figure(qtbot, dialog, "7.5")
    press(qtbot, dialog, Qt.Key.Key_Return)
    assert dialog.merging.changes()["t2.fees.amount"] == 7_500_000


def test_switching_back_shows_the_form_again(merged):
    dialog, _ = merged
    dialog.choose(NEW)
    assert dialog.model.columns == READING
    assert dialog.merging is None


def test_another_year_beside_the_open_report_is_told(review, written):
    dialog = review(written("docx", year=2023), Report.new(ORG, 2024))
    dialog.choose(INTO)
    assert "文件是2023年的，当前报告是2024年的" in dialog.hint.text()


def test_every_control_has_a_name_and_rows_speak(review, ugly):
    dialog = review(ugly)
    for widget in dialog.findChildren(QWidget):
        if isinstance(widget.parent(), QAbstractSpinBox):
            continue  # the field inside of it never has the focus itself
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            spoken = QAccessible.queryAccessibleInterface(widget)
            assert spoken.text(QAccessible.Text.Name), widget
    words = dialog.model.index(1, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "25.1" in words
    assert "原文“251000元”" in words
    assert "表格1第14行" in words
    assert CHOICE not in dialog.model.columns
