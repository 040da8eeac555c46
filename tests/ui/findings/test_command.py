"""The menu 核对: the calculator of 信息处理费 and the check sheet."""

import pytest
from PySide6.QtCore import Qt

from app.fee import sentence
from app.report import Report
from app.writers import check_sheet, pdf
from app.writers.check_sheet import Checked
from app.writers.fonts import Fonts
from ui import bridge, command
from ui.findings import command as check_command
from ui.findings.fee import BY_PAGE, FeeDialog
from ui.window import Window


@pytest.fixture
def opened(qtbot, database):
    window = Window(database)
    window.show_list(None)
    window.start()
    command.begin_report(window, "示例市人民政府", 2024, None, "government")
    yield window
    window.close()
    bridge.wait_for_tasks()


@pytest.fixture
def dialog(qtbot):
    dialog = FeeDialog(2024)
    qtbot.addWidget(dialog)
    return dialog


def test_nothing_charged_is_a_sentence_too(dialog):
    assert dialog.sentence.text() == "2024年，本机关未收取政府信息公开信息处理费。"


def test_charges_add_up_to_one_sentence(dialog, qtbot):
    dialog.amount.setValue(12)
    assert dialog.worth.text() == "应收200元"
    dialog.add()
    dialog.way.setCurrentText(BY_PAGE)
    dialog.amount.setValue(40)
    assert dialog.amount.suffix() == "页"
    dialog.office.setText("示例区财政局")
    dialog.add()
    whole = "2024年，共对3件政府信息公开申请收取信息处理费300元。"
    assert dialog.sentence.text() == whole
    dialog._table.setCurrentCell(1, 0)
    dialog.remove()
    assert "2件政府信息公开申请收取信息处理费200元" in dialog.sentence.text()


def test_sentence_goes_into_the_report_as_one_step(opened, qtbot):
    draft = opened.draft
    draft.set({"narratives.s6": "没有其他事项。"}, "编辑")
    before = draft.revision
    check_command.put_sentence(opened, "s6", sentence(2024))
    assert draft.revision == before + 1
    assert draft.report.text("narratives.s6") == f"没有其他事项。\n{sentence(2024)}"
    other = "2024年，共对2件政府信息公开申请收取信息处理费200元。"
    check_command.put_sentence(opened, "s6", other)
    assert draft.report.text("narratives.s6") == f"没有其他事项。\n{other}"
    opened.menu.trigger("undo")
    opened.menu.trigger("undo")
    assert draft.report.text("narratives.s6") == "没有其他事项。"


def test_dialog_hands_its_sentence_over(dialog, qtbot):
    with qtbot.waitSignal(dialog.sentence_accepted) as handed:
        dialog.show()
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert handed.args == [sentence(2024)]


def test_check_sheet_tells_findings_explanations_and_both_years(opened):
    draft = opened.draft
    draft.set({"t3.new.natural": 10, "t3.new.total": 9, "t3.granted.natural": 4}, "填写")
    before = Report.new("示例市人民政府", 2023)
    before.set({"t3.granted.natural": 7})
    page = check_sheet.compose(
        Checked(draft.report.copy(), draft.revision, tuple(draft.findings), before)
    )
    texts = [box.text for block in page.blocks if hasattr(block, "boxes") for box in block.boxes]
    assert any("总计应等于自然人" in text for text in texts)
    assert "核对人" in texts
    row = texts.index("（一）予以公开：自然人")
    assert texts[row + 1 : row + 4] == ["4", "7", "-3"]
    assert pdf.render(page, Fonts.find(folders=())).startswith(b"%PDF")
