"""From desk to desk in the window: what the menus offer, lock, record and refuse."""

from datetime import date

import pypdfium2
import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLabel, QMessageBox, QPushButton

from app import report_file, resources, signoff
from app.circulation import Circulation
from app.draft import keep
from ui.history.compare import CompareDialog
from ui.signoff import command as signoff_command
from ui.signoff.chain import ChainDialog
from ui.signoff.circulation import CirculationDialog
from ui.signoff.copy_log import CopyLogDialog
from ui.signoff.note import NoteDialog
from ui.signoff.paper import PaperDialog
from ui.signoff.reason import ReasonDialog
from ui.signoff.signature import SignatureDialog

SAMPLE = resources.root() / "samples" / "city-2024.nianbao"


@pytest.fixture
def window(window):
    report = report_file.loads(SAMPLE.read_bytes(), SAMPLE.name)
    window.open_report(keep(window.store, report, "读入", "张三"))
    return window


@pytest.fixture
def way(window):
    return Circulation(window.store, window.draft)


def ok(dialog):
    buttons = dialog.findChild(QDialogButtonBox).buttons()
    role = QDialogButtonBox.ButtonRole.AcceptRole
    box = dialog.findChild(QDialogButtonBox)
    next(b for b in buttons if box.buttonRole(b) == role).click()


def with_reason(text):
    def act(dialog):
        dialog.reason.setPlainText(text)
        ok(dialog)

    return act


def press(dialog, words):
    next(b for b in dialog.findChildren(QPushButton) if words in b.text()).click()


def type_in(window, text):
    """Type where the focus is, which may wander to an editor that opens."""
    for key in text:
        QTest.keyClick(window.focusWidget(), key)


def enabled(window):
    names = ("send", "sign", "finish", "publish", "give_back")
    return [name for name in names if window.menu[name].isEnabled()]


def test_the_menu_offers_what_the_state_allows(window, answer):
    assert enabled(window) == ["send"]
    assert window.menu["circulation"].iconText() == "状态：草稿"
    answer(ReasonDialog, ok)
    window.menu.trigger("send")
    assert enabled(window) == ["sign", "finish", "give_back"]
    assert window.menu["circulation"].iconText() == "状态：送审"
    assert window.windowTitle().endswith("· 送审")
    answer(ReasonDialog, with_reason("先行公开"))
    window.menu.trigger("finish")
    assert enabled(window) == ["sign", "publish", "give_back"]

    def on_the_20th(dialog):
        dialog.day.setDate(QDate(2025, 1, 20))
        ok(dialog)

    answer(ReasonDialog, on_the_20th)
    window.menu.trigger("publish")
    assert window.draft.report.text("published") == "2025-01-20"
    assert enabled(window) == ["sign", "give_back"]


def test_a_report_under_review_cannot_be_edited_and_can_again_when_returned(window, answer):
    window.view.show_item("t3.new.natural")
    answer(ReasonDialog, ok)
    window.menu.trigger("send")
    type_in(window, "7\r")
    window.view.flush()
    assert window.draft.report.figure("t3.new.natural") == 3001
    assert not window.menu["undo"].isEnabled()
    answer(ReasonDialog, with_reason("请核对"))
    window.menu.trigger("give_back")
    window.view.show_item("t3.new.natural")
    type_in(window, "3002\r")
    window.view.flush()
    assert window.draft.report.figure("t3.new.natural") == 3002


def test_a_reason_is_asked_for_where_it_is_needed(window, answer, way):
    way.go(signoff.SEND)

    def cannot_yet(dialog):
        buttons = dialog.findChild(QDialogButtonBox).buttons()
        assert sorted(b.isEnabled() for b in buttons) == [False, True]
        assert "经办人" in dialog.findChildren(QLabel)[0].text()  # what lapses
        dialog.reject()

    answer(ReasonDialog, cannot_yet)
    window.menu.trigger("give_back")
    assert window.draft.head.state == "review"


def test_what_stops_the_final_copy_is_told_before_anything_is_typed(window, answer, way):
    window.draft.set({"t3.new.total": 1}, "改")
    way.go(signoff.SEND)
    told = []
    answer(QMessageBox, lambda box: (told.append(box.text()), box.accept()))
    window.menu.trigger("finish")
    assert "还不能定稿" in told[0]


def test_signatures_are_entered_and_seen_to_lapse(window, answer, way):
    way.go(signoff.SEND)

    def fill(dialog):
        assert dialog.post.currentData() == "科室负责人"  # the desk that is due
        dialog.who.setText("李四")
        dialog.day.setDate(QDate(2025, 1, 8))
        dialog.opinion.setCurrentText("情况属实")
        ok(dialog)

    answer(SignatureDialog, fill)
    window.menu.trigger("sign")
    signed = way.in_force()["科室负责人"]
    assert (signed.who, signed.day, signed.opinion) == ("李四", date(2025, 1, 8), "情况属实")

    def look_and_return(dialog):
        assert [
            "科室负责人",
            "✓ 已签署",
            "李四",
            "2025年1月8日",
            "情况属实",
        ] in dialog.posts.texts()
        answer(ReasonDialog, with_reason("表三有误"))
        press(dialog, "退回")
        assert "✗ 已失效" in [row[1] for row in dialog.posts.texts()]
        assert dialog.moves.texts()[0][2:] == ["送审 → 退回", "1", "表三有误"]
        assert "送审…" in [b.text() for b in dialog.findChildren(QPushButton)]
        dialog.reject()

    answer(CirculationDialog, look_and_return)
    window.menu.trigger("circulation")
    assert not window.draft.is_locked


def test_notes_without_an_answer_are_told_before_the_report_goes_on(window, answer, way):
    way.note("t3.new.natural", "", "请核对", "李科长")

    def look(dialog):
        assert "批注1条，未答复1条" in dialog.state.text()
        dialog.reject()

    answer(CirculationDialog, look)
    window.menu.trigger("circulation")
    told = []
    answer(ReasonDialog, lambda d: (told.append(d.findChildren(QLabel)[0].text()), d.reject()))
    window.menu.trigger("send")
    assert "还有1条批注没有答复" in told[0]


def test_the_desks_can_be_set(window, answer, way):
    def change(dialog):
        dialog.table.setCurrentCell(1, 0)
        press(dialog, "删除")
        dialog.table.item(0, 0).setText("起草人")
        dialog.table.setCurrentCell(0, 0)
        press(dialog, "下移")
        press(dialog, "增加")
        ok(dialog)

    answer(ChainDialog, change)
    window.menu.trigger("chain")
    assert [post.title for post in way.chain] == ["分管领导", "起草人", "保密审查人", "主要负责人"]


def test_notes_stand_on_cells_and_sentences_and_lead_back_to_them(window, way, qtbot):
    window.view.show_item("t3.new.natural")
    window.menu.trigger("notes")
    dialog = window.findChild(NoteDialog)
    dialog.who.setText("李科长")
    dialog.body.setText("请与台账核对")
    press(dialog, "添加批注")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    text = window.draft.report.prose("s1")
    start = text.index("举行新闻发布会")
    window.view.show_item("narratives.s1", start, start)
    assert window.view.section_tab().narrative.hasFocus()
    window.menu.trigger("notes")
    assert window.findChild(NoteDialog) is dialog
    dialog.body.setText("场次有误")
    press(dialog, "添加批注")
    first, second = way.notes()
    assert (first.item, first.excerpt, first.who) == ("t3.new.natural", "", "李科长")
    assert second.item == "narratives.s1"
    assert second.excerpt.endswith("住房等问题。")
    assert "举行新闻发布会12场" in second.excerpt
    dialog.list.setCurrentCell(0, 0)
    press(dialog, "转到该处")
    assert window.view.current_item() == "t3.new.natural"
    dialog.list.setCurrentCell(1, 0)
    press(dialog, "转到该处")
    selected = window.view.section_tab().narrative.textCursor().selection().toPlainText()
    assert selected == second.excerpt
    dialog.answer.setText("已核实为12场")
    press(dialog, "答复")
    assert way.notes()[1].answer == "已核实为12场"
    assert dialog.list.texts()[1][4].startswith("已核实为12场")
    window.close_report()
    qtbot.waitUntil(lambda: window.findChild(NoteDialog) is None)


@pytest.mark.parametrize(
    ("position", "sentence"),
    [(0, "甲乙。"), (2, "甲乙。"), (3, "“丙！”"), (7, "丁"), (9, "丁")],
)
def test_the_sentence_under_the_cursor(position, sentence):
    assert signoff_command.sentence_at("甲乙。“丙！”丁", position) == sentence


def test_a_paper_is_checked_by_its_code(window, answer, way):
    code = way.code
    window.draft.set({"t3.new.natural": 3002}, "改")

    def check(dialog):
        dialog.code.setText(code[:-1] + ("0" if code[-1] != "0" else "1"))
        QTest.keyClick(dialog.code, Qt.Key.Key_Return)
        assert "输错" in dialog.told.text()
        dialog.code.setText(code.lower())
        QTest.keyClick(dialog.code, Qt.Key.Key_Return)
        assert "第1步的内容，此后改动2个数" in dialog.told.text()
        shown = dialog.changes.toPlainText()
        name = window.draft.report.form.cells["t3.new.natural"].name
        assert all(words in shown for words in (name, "3001", "3002", "+1"))
        dialog.code.setText(way.code)
        QTest.keyClick(dialog.code, Qt.Key.Key_Return)
        assert "与报告现在的内容一致" in dialog.told.text()
        dialog.code.setText("8J91-Q9V5-2KRS-1")
        QTest.keyClick(dialog.code, Qt.Key.Key_Return)
        assert "核对码没有输错" in dialog.told.text()
        dialog.reject()

    answer(PaperDialog, check)
    window.menu.trigger("paper")


def test_a_paper_of_another_report_leads_there(window, answer, way):
    way.log(1, way.code, 1, "打印机", "送审")
    first = window.draft.head.report
    copied = window.store.copy(first, "复制", "张三")
    window.open_report(copied)
    window.draft.set({"t3.new.natural": 1}, "改")

    def check(dialog):
        dialog.code.setText(code)
        dialog.trace()
        press(dialog, "打开那份报告")

    code = way.code
    window.draft.set({"org": "示例市第二人民政府"}, "改")
    revisions = window.store.revisions(copied)
    assert code in {way.code} | {r for r, _ in revisions}
    window.open_report(first)
    window.draft.set({"t3.new.business": 1}, "改")
    theirs = Circulation(window.store, window.draft)
    theirs.log(window.draft.revision, theirs.code, 1, "打印机", "送审")
    code = theirs.code
    window.open_report(copied)
    answer(PaperDialog, check)
    window.menu.trigger("paper")
    assert window.draft.head.report == first


def test_the_log_says_which_paper_is_out_of_date_and_why(window, answer, way):
    way.log(1, way.code, 3, "三楼打印机", "签字盖章")

    def fresh(dialog):
        assert dialog.list.texts()[0][0] == "✓ 与现在一致"
        assert dialog.list.texts()[0][5:] == ["3", "三楼打印机", "签字盖章"]
        dialog.reject()

    answer(CopyLogDialog, fresh)
    window.menu.trigger("copies")
    window.draft.set({"t3.new.natural": 3002}, "改")

    def stale(dialog):
        assert dialog.list.texts()[0][0] == "✗ 已过时"
        assert window.draft.report.form.cells["t3.new.natural"].name in dialog.told.text()
        assert "3001" in dialog.changes.toPlainText()
        dialog.reject()

    answer(CopyLogDialog, stale)
    window.menu.trigger("copies")


def test_revisions_and_reports_are_compared_side_by_side(window, answer):
    window.draft.set({"narratives.s5": "问题一。"}, "改写")
    other = window.store.copy(window.draft.head.report, "复制", "张三")
    window.draft.set({"t3.new.natural": 3002}, "改数")

    def choose(dialog):
        assert "改动2个数。" in dialog.told.text()
        dialog.before.setCurrentIndex(2)  # the first revision
        assert "处文字" in dialog.told.text()
        assert "问题一。" in dialog.view.toPlainText()
        dialog.before.setCurrentIndex(dialog.sides().index(("report", other)))
        assert "改动2个数。" in dialog.told.text()
        dialog.before.setCurrentIndex(0)
        assert dialog.view.toPlainText() == "两者内容相同。"
        dialog.reject()

    answer(CompareDialog, choose)
    window.menu.trigger("compare")


def test_the_copy_for_publication_is_refused_or_clean(window, answer, tmp_path, monkeypatch, qtbot):
    target = tmp_path / "公开.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    window.draft.set({"t3.new.total": 1}, "改")
    told = []
    answer(QMessageBox, lambda box: (told.append(box.text()), box.accept()))
    window.menu.trigger("publication")
    assert "不能生成公开用的文件" in told[0]
    window.draft.undo()
    window.menu.trigger("publication")
    qtbot.waitUntil(target.exists, timeout=10_000)


def test_the_blank_form_carries_no_code(window, tmp_path, monkeypatch, qtbot):
    target = tmp_path / "空白表.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    window.menu.trigger("blank")
    qtbot.waitUntil(target.exists, timeout=10_000)
    text = "".join(
        page.get_textpage().get_text_bounded()
        for page in pypdfium2.PdfDocument(target.read_bytes())
    )
    assert "收到和处理" in text
    assert "核对码" not in text


def test_there_is_no_correction_of_what_was_never_published(window, answer):
    told = []
    answer(QMessageBox, lambda box: (told.append(box.text()), box.accept()))
    window.menu.trigger("correction")
    assert "还没有公开过" in told[0]
