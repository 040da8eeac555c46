"""The panel at the right over the real checker: counts, filters, F8, mending, calm."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton

from app import checks
from app.checks.finding import Finding, Mend
from ui.findings.panel import FindingsPanel

NOTHING = "核对通过，未发现问题。"


@pytest.fixture
def panel(qtbot, draft):
    shown = FindingsPanel()
    qtbot.addWidget(shown)
    shown.set_form(draft.report.form)
    shown.resize(316, 700)
    with qtbot.waitActive(shown):
        shown.show()
    return shown


def finding(severity, section, message, rule="TXT.NUM", **more):
    return Finding(rule, severity, section, message, (f"t3.new.{message}",), **more)


SOME = [
    finding("error", "s3", "甲"),
    finding("error", "s4", "乙"),
    finding("warning", "s1", "丙"),
    finding("hint", "s1", "丁"),
    finding("warning", "s1", "戊", explanation="有理由"),
    finding("warning", "s2", "己", rule="CELL.BLANK"),
]


def listed(panel):
    model = panel.list.model()
    return [model.index(k).data() for k in range(model.rowCount())]


def choose(panel, words):
    box = panel.findChild(QComboBox)
    box.setCurrentIndex(box.findText(words))


def said(panel):
    texts = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    return "".join(texts).replace("\u2060", "").replace("\u00a0", " ")


def test_counts_are_told_in_signs_and_words(panel):
    panel.set_findings(SOME, 12)
    for count in ("✗</b>2 错", "！</b>1 疑", "ⓘ</b>1 提示", "未填 12", "已说明 1"):
        assert count in said(panel)


def test_all_findings_are_listed_under_their_sections(panel):
    panel.set_findings(SOME, 0)
    assert listed(panel) == [
        *("一 总体情况", "疑问：丙", "提示：丁", "疑问：戊已说明：有理由"),
        *("二 主动公开", "未填：己"),
        *("三 依申请公开", "错误：甲"),
        *("四 复议诉讼", "错误：乙"),
    ]


@pytest.mark.parametrize(
    ("words", "messages"),
    [
        ("全部", "丙丁戊己甲乙"),
        ("错误", "甲乙"),
        ("疑问", "丙戊"),
        ("提示", "丁"),
        ("未填", "己"),
        ("本节", "丙丁戊"),
    ],
)
def test_the_filter(panel, words, messages):
    panel.set_section("s1")
    panel.set_findings(SOME, 0)
    choose(panel, words)
    shown = [text.partition("：")[2][0] for text in listed(panel) if "：" in text]
    assert "".join(shown) == messages


def test_this_section_follows_the_tab(panel):
    panel.set_findings(SOME, 0)
    choose(panel, "本节")
    assert "这一类没有问题" in said(panel)
    panel.set_section("s3")
    assert listed(panel) == ["三 依申请公开", "错误：甲"]


def test_nothing_found_is_said_calmly(panel):
    assert NOTHING in said(panel)
    panel.set_findings(SOME, 3)
    assert NOTHING not in said(panel)
    panel.set_findings([], 3)
    assert "还有3格未填" in said(panel)
    panel.set_findings([], 0)
    assert NOTHING in said(panel)
    assert not panel.list.isVisible()


def test_next_and_previous_go_round_and_jump(panel):
    panel.set_findings(SOME[:4], 0)
    jumps = []
    panel.jump_requested.connect(lambda found: jumps.append(found.message))
    for _ in range(5):
        panel.next()
    panel.previous()
    assert "".join(jumps) == "丙丁甲乙丙乙"
    panel.set_findings([], 0)
    panel.next()
    assert len(jumps) == 6


def test_enter_jumps(qtbot, panel):
    panel.set_findings(SOME, 0)
    panel.setFocus()
    assert panel.list.hasFocus()
    qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.jump_requested) as jump:
        qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert jump.args[0] == panel.list.current_entry().first


def test_the_same_findings_again_change_nothing(qtbot, panel):
    panel.set_findings(SOME, 3)
    with qtbot.assertNotEmitted(panel.list.model().rowsInserted):
        panel.set_findings(list(SOME), 3)


def test_a_repair_from_the_panel_settles_what_the_checker_found(qtbot, draft, panel):
    row = {f"t3.new.{kind}": 0 for kind in "business research charity legal other".split()}
    draft.set({"t3.new.natural": 35, "t3.new.total": 53, **row}, "录入")

    def check():
        rowsums = [f for f in checks.run(draft.report) if f.id == "T3.ROWSUM"]
        panel.set_findings(rowsums, len(draft.report.blanks()))

    draft.subscribe(lambda step: check())
    panel.mend_requested.connect(lambda mend: draft.set(mend.changes, mend.label))
    check()
    panel.next()
    assert "总计" in panel.list.current_entry().first.message
    mend = panel.detail.findChildren(QPushButton)[0]
    qtbot.mouseClick(mend, Qt.MouseButton.LeftButton)
    assert draft.report.figure("t3.new.total") == draft.report.figure("t3.new.natural")
    assert "未发现问题" in said(panel)
    assert panel.detail.isHidden()
    draft.undo()
    assert listed(panel)


def test_the_keyboard_stays_in_the_panel_once_a_repair_is_made(qtbot, panel):
    def mend(severity, message):
        return finding(severity, "s3", message, mends=(Mend("改正", {}),))

    panel.set_findings([mend("error", "甲"), mend("error", "乙")], 0)
    for rest, focus in (([mend("error", "乙")], panel.list), ([], panel.findChild(QComboBox))):
        panel.next()
        panel.detail.findChild(QPushButton).setFocus()
        panel.set_findings(rest, 0)
        assert focus.hasFocus()


def test_an_explanation_is_asked_for(qtbot, panel):
    panel.set_findings(SOME[2:3], 0)
    panel.next()
    begin = panel.detail.findChild(QPushButton)
    qtbot.mouseClick(begin, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(panel.focusWidget(), "abc")
    with qtbot.waitSignal(panel.explanation_requested) as asked:
        qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Return)
    assert asked.args == [(SOME[2],), "abc"]


def test_every_control_has_a_name(panel):
    assert panel.list.accessibleName()
    assert panel.detail.accessibleName()
    assert panel.findChild(QComboBox).accessibleName()
