"""From desk to desk: one report from the first figure to a paper that is out of date.

The real window, a real database, a real CUPS server with a printer that prints into a file.
"""

import re
from io import BytesIO

import pypdfium2
import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QPushButton

from app import cli, fingerprint, printing, report_file, resources
from app.circulation import Circulation
from app.draft import keep
from ui import bridge
from ui.printing.dialog import PrintDialog
from ui.signoff.copy_log import CopyLogDialog
from ui.signoff.note import NoteDialog
from ui.signoff.paper import PaperDialog
from ui.signoff.reason import ReasonDialog
from ui.signoff.signature import SignatureDialog
from ui.window import Window

SAMPLE = resources.root() / "samples" / "city-2024.nianbao"
CELL = "t3.new.natural"


@pytest.fixture
def window(qtbot, tmp_path):
    window = Window(tmp_path / "nianbao.db")
    window.show_list(None)
    window.show()
    window.start()
    report = report_file.loads(SAMPLE.read_bytes(), SAMPLE.name)
    report.set({CELL: None})
    window.open_report(keep(window.store, report, "读入", "张三"))
    yield window
    window.close()
    bridge.wait_for_tasks()


def ok(dialog):
    box = dialog.findChild(QDialogButtonBox)
    role = QDialogButtonBox.ButtonRole.AcceptRole
    next(b for b in box.buttons() if box.buttonRole(b) == role).click()


def because(reason):
    def act(dialog):
        dialog.reason.setPlainText(reason)
        ok(dialog)

    return act


def type_in(window, figure):
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    window.view.show_item(CELL)
    for key in f"{figure}\r":
        QTest.keyClick(window.focusWidget(), key)
    window.view.flush()


def sign(window, answer, who):
    def act(dialog):
        dialog.who.setText(who)
        ok(dialog)

    answer(SignatureDialog, act)
    window.menu.trigger("sign")


def go(window, answer, action, reason=""):
    answer(ReasonDialog, because(reason))
    window.menu.trigger(action)


def note(window, body):
    window.view.show_item(CELL)
    window.menu.trigger("notes")
    dialog = window.findChild(NoteDialog)
    dialog.who.setText("李科长")
    dialog.body.setText(body)
    next(b for b in dialog.findChildren(QPushButton) if "添加" in b.text()).click()
    return dialog


def print_report(window, answer, qtbot):
    jobs = []

    def act(dialog):
        dialog.printed.connect(lambda order, job, purpose: jobs.append(job))
        dialog.copies.setValue(2)
        dialog.purpose.setCurrentText("签字盖章")
        dialog.print_button.click()

    answer(PrintDialog, act, ready=lambda dialog: dialog.print_button.isEnabled())
    window.menu.trigger("print")
    qtbot.waitUntil(lambda: not printing.progress(jobs[0]).waiting, timeout=30_000)


def test_a_report_goes_from_desk_to_desk(window, answer, printer, qtbot, tmp_path):
    draft, way = window.draft, Circulation(window.store, window.draft)
    type_in(window, 3010)
    assert draft.report.figure(CELL) == 3010

    go(window, answer, "send")
    type_in(window, 7)
    assert draft.report.figure(CELL) == 3010  # locked
    sign(window, answer, "李四")
    dialog = note(window, "与台账不符，应为3001")
    go(window, answer, "give_back", "表三第一行有误")
    assert not way.in_force()

    type_in(window, 3001)
    dialog.list.setCurrentCell(0, 0)
    dialog.answer.setText("已按台账改为3001")
    next(b for b in dialog.findChildren(QPushButton) if "答复" in b.text()).click()
    dialog.close()
    go(window, answer, "send")
    for who in ("李四", "王五", "赵六", "钱七"):
        sign(window, answer, who)
    assert way.unsigned() == ()
    go(window, answer, "finish")
    assert draft.head.state == "final"
    assert way.notes()[0].answer == "已按台账改为3001"

    print_report(window, answer, qtbot)
    (copy,) = way.copies()
    assert (copy.copies, copy.printer, copy.purpose) == (2, "PDF", "签字盖章")
    the_paper_says_what_the_report_says(printer.printed, draft.report, draft.revision)
    the_paper_is_that_of_the_file(copy.code, draft.report, tmp_path)

    go(window, answer, "give_back", "新增一件申请")
    type_in(window, 3002)
    the_window_says_that_the_paper_is_out_of_date(window, answer, copy.code)


def the_paper_says_what_the_report_says(printed, report, revision):
    pages = [
        "".join(page.get_textpage().get_text_bounded().split())
        for page in pypdfium2.PdfDocument(BytesIO(printed.read_bytes()))
    ]
    count = len(pages) // 2  # two copies in one file
    assert pages[:count] == pages[count:]
    code = fingerprint.code(report)
    for number, text in enumerate(pages[:count], 1):
        assert f"第{revision}步核对码{code}第{number}页共{count}页" in text
    feet = re.compile(r"—\d+—|第\d+步核对码.{16}第\d+页共\d+页")
    text = "".join(feet.sub("", page) for page in pages[:count])
    for part in ("preface", *(section.id for section in report.form.sections)):
        for paragraph in report.prose(part).split("\n"):
            assert "".join(paragraph.split()) in text
    for table in report.form.tables.values():
        for row in table.rows:
            assert "".join(report.shown(cell) for cell in row) in text


def the_paper_is_that_of_the_file(code, report, tmp_path):
    path = tmp_path / "报告.nianbao"
    path.write_text(report_file.dumps(report), "utf-8")
    assert cli.main(["verify", code, str(path)]) == 0
    report = report.copy()
    report.set({CELL: 3002})
    path.write_text(report_file.dumps(report), "utf-8")
    assert cli.main(["verify", code, str(path)]) == 1


def the_window_says_that_the_paper_is_out_of_date(window, answer, code):
    name = window.draft.report.form.cells[CELL].name

    def look(dialog):
        assert dialog.list.texts()[0][0] == "✗ 已过时"
        assert name in dialog.told.text()
        dialog.reject()

    answer(CopyLogDialog, look)
    window.menu.trigger("copies")

    def scan(dialog):
        QTest.keyClicks(dialog.code, code.lower() + "\r")
        assert name in dialog.changes.toPlainText()
        assert "3002" in dialog.changes.toPlainText()
        dialog.reject()

    answer(PaperDialog, scan)
    window.menu.trigger("paper")
