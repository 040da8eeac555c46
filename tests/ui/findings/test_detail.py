"""What is known of the selected finding: repairs, suspects, and the 说明 written in place."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from app import form_file
from app.checks.finding import Finding, Mend, Suspect
from ui.findings.detail import FindingDetail, WrappingButton
from ui.findings.entry import entries

TOTAL, NATURAL, OTHER = "t3.new.total", "t3.new.natural", "t3.new.other"
WRONG = Finding(
    "T3.ROWSUM", "error", "s3", "总计应为35，现为53。", (TOTAL, NATURAL, OTHER),
    suspects=(Suspect(TOTAL, 35, "两位数字颠倒"), Suspect(NATURAL, 48, "改后等式成立")),
    mends=(Mend("改为35", {TOTAL: 35}),), cause="t3.new.total",
)  # fmt: skip
DOUBT = Finding(
    "TXT.NUM", "warning", "s1", "正文与表格不一致。", excerpt="收到申请3119件",
    item="narratives.s1", start=4, end=12,
)  # fmt: skip


@pytest.fixture
def detail(qtbot):
    shown = FindingDetail()
    shown.form = form_file.load("2021")
    window = QWidget()
    qtbot.addWidget(window)
    shown.setParent(window)
    shown.resize(300, 300)
    with qtbot.waitActive(window):
        window.show()
    yield shown
    window.close()


def show(detail, *findings):
    detail.show_entry(entries(findings)[0])


def words(detail):
    return "\n".join(label.text() for label in detail.findChildren(QLabel) if label.isVisible())


def button(detail, text):
    return next(b for b in detail.findChildren(QPushButton) if b.text() == text)


def field(detail):
    return detail.findChild(QLineEdit)


def test_it_is_hidden_while_nothing_is_selected(detail):
    assert detail.isHidden()
    show(detail, WRONG)
    assert detail.isVisible()
    detail.show_entry(None)
    assert detail.isHidden()


def test_a_repair_is_a_button(qtbot, detail):
    show(detail, WRONG)
    with qtbot.waitSignal(detail.mend_requested) as asked:
        qtbot.mouseClick(button(detail, "改为35"), Qt.MouseButton.LeftButton)
    assert asked.args == [WRONG.mends[0]]


def test_suspects_are_named_with_value_and_reason(qtbot, detail):
    show(detail, WRONG)
    told = words(detail)
    assert "“一、本年新收政府信息公开申请数量：总计”</a>应为35（两位数字颠倒）" in told
    assert "自然人”</a>应为48（改后等式成立）" in told
    label = next(x for x in detail.findChildren(QLabel) if "自然人" in x.text())
    with qtbot.waitSignal(detail.jump_requested) as asked:
        label.linkActivated.emit("0")
    assert asked.args[0].suspects == (WRONG.suspects[1],)


def test_the_others_of_one_cause_are_told(detail):
    show(detail, WRONG, Finding("T3.BALANCE", "error", "s3", "左右不等。", cause="t3.new.total"))
    assert "同一原因：左右不等。" in words(detail)
    assert "T3.ROWSUM" not in words(detail)  # no word of a clerk
    assert detail.widget().toolTip() == "规则 T3.ROWSUM"


def test_words_are_not_taken_for_markup(detail):
    show(detail, Finding("NARR.PLACE", "warning", "s1", "有空缺。", excerpt="<b>XX</b>", item="x"))
    assert "&lt;b&gt;XX&lt;/b&gt;" in words(detail)


def test_an_explanation_is_written_in_place(qtbot, detail):
    show(detail, DOUBT)
    qtbot.mouseClick(button(detail, "说明…"), Qt.MouseButton.LeftButton)
    assert field(detail).hasFocus()
    field(detail).setText(" 含上年结转 ")
    with qtbot.waitSignal(detail.explanation_requested) as asked:
        qtbot.keyClick(field(detail), Qt.Key.Key_Return)
    assert asked.args == [(DOUBT,), "含上年结转"]
    assert not field(detail).isVisible()


def test_an_explanation_can_be_changed_and_taken_back(qtbot, detail):
    explained = Finding("TXT.NUM", "warning", "s1", "不一致。", explanation="含上年结转")
    show(detail, explained)
    assert "已说明：含上年结转" in words(detail)
    qtbot.mouseClick(button(detail, "修改说明…"), Qt.MouseButton.LeftButton)
    assert field(detail).text() == "含上年结转"
    with qtbot.assertNotEmitted(detail.explanation_requested):
        qtbot.keyClick(field(detail), Qt.Key.Key_Return)
    qtbot.mouseClick(button(detail, "修改说明…"), Qt.MouseButton.LeftButton)
    field(detail).clear()
    with qtbot.waitSignal(detail.explanation_requested) as asked:
        qtbot.mouseClick(button(detail, "确定"), Qt.MouseButton.LeftButton)
    assert asked.args == [(explained,), ""]


def test_esc_leaves_the_explanation(qtbot, detail):
    show(detail, DOUBT)
    qtbot.mouseClick(button(detail, "说明…"), Qt.MouseButton.LeftButton)
    with qtbot.assertNotEmitted(detail.explanation_requested):
        qtbot.keyClick(field(detail), Qt.Key.Key_Escape)
    assert not field(detail).isVisible()
    assert button(detail, "说明…").hasFocus()


def test_what_cannot_be_explained_is_not_asked_for(detail):
    show(detail, WRONG)
    assert field(detail) is None


@pytest.mark.parametrize("has_focus", [True, False])
def test_an_update_does_not_disturb_the_writing(qtbot, detail, has_focus):
    show(detail, DOUBT)
    qtbot.mouseClick(button(detail, "说明…"), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(field(detail), "abc")
    if not has_focus:
        field(detail).clearFocus()
    show(detail, Finding("TXT.NUM", "warning", "s1", "仍不一致。", item="narratives.s1"))
    assert field(detail).isVisible()
    assert field(detail).text() == "abc"
    assert field(detail).hasFocus() is has_focus
    show(detail, Finding("TXT.PCT", "warning", "s1", "另一处。", item="narratives.s1"))
    assert not field(detail).isVisible()


def test_it_follows_the_colours(qtbot, qapp, detail):
    from ui.style import theme

    show(detail, WRONG, Finding("T3.BALANCE", "error", "s3", "左右不等。", cause="t3.new.total"))
    palette = qapp.palette()
    dark = qapp.palette()
    dark.setColor(dark.ColorRole.Window, Qt.GlobalColor.black)
    try:
        qapp.setPalette(dark)
        qtbot.waitUntil(lambda: theme.DARK.quiet in words(detail))
    finally:
        qapp.setPalette(palette)


def test_a_long_button_goes_on_in_a_second_line(qtbot):
    narrow = WrappingButton("以表格为准，文字改为1362；" * 3)
    qtbot.addWidget(narrow)
    one_line = WrappingButton("改为1362").heightForWidth(400)
    assert narrow.heightForWidth(200) > 2 * one_line
    assert narrow.heightForWidth(2000) == one_line
    narrow.resize(200, narrow.heightForWidth(200))
    with qtbot.waitExposed(narrow):
        narrow.show()
    assert narrow.minimumSizeHint().width() < 200
