"""The first day of a clerk, at the real window: from last year's Word file to the printer.

first_day.py write LAST_YEAR.docx           a report of the year before, as this program writes it
first_day.py live DATABASE LAST_YEAR.docx   the day, in a process of its own; says what came about

`FirstDay` is also what the pictures of the manual are taken of (packaging/screenshots.py).
"""

import faulthandler
import json
import sys
from pathlib import Path

from clerk import CTRL, exact, open_window, press, say, type_text, wait_until
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from app import report_file, resources
from app.writers import document
from ui import bridge
from ui.findings.detail import WrappingButton
from ui.printing.dialog import PrintDialog
from ui.review.dialog import ReviewDialog

SAMPLE = resources.root() / "samples" / "city-2024.nianbao"
SLIP = "t3.unable_absent.natural"
"""The figure of which two digits are typed the wrong way round: 764 for 746."""
SENTENCES = (
    "通过政府网站、政务新媒体公开政府信息5300余条，全年制发规章1件、行政规范性文件8件。",
    "健全接收、登记、办理、答复、归档全流程制度，全年新收政府信息公开申请3119件，答复文书逐件审核。",
    "公文起草时同步确定公开属性，坚持先审查、后公开，定期清理已经公开的信息。",
    "优化政府网站政府信息公开专栏，改进检索功能，在政务服务大厅设置查阅点。",
    "将政府信息公开纳入工作考核，开展社会评议，组织培训4期；没有发生责任追究的情形。",
)
"""What is written under the headings that the outline brings."""
IMPROVEMENTS = (
    "（一）存在的主要问题。政策解读的形式还不够丰富，个别答复文书的说理不够充分，基层经办人员变动较多。",
    "（二）改进情况。增加图解、问答等解读形式，编印答复文书示范文本，新任经办人员先培训后上岗。",
)
MOST_FINDINGS = 20
OTHER = "本年度没有收取信息处理费。没有其他需要报告的事项。"


def last_year():
    """A report of the year before as this program writes it: that of the sample, a year back."""
    content = json.loads(SAMPLE.read_text("utf-8").replace("2024年", "2023年"))
    content["year"] = 2023
    for key in ("mark", "published"):
        del content[key]
    return report_file.loads(json.dumps(content).encode(), SAMPLE.name)


def this_year(carried_in, last):
    """Figures that agree with one another, with what was carried over and was in force before."""
    sample = report_file.loads(SAMPLE.read_bytes(), SAMPLE.name)
    for cell, value in carried_in.items():
        column = cell.rpartition(".")[2]
        pending = sample.figure(f"t3.new.{column}") + value - sample.figure(f"t3.outcomes.{column}")
        sample.set({cell: value, f"t3.carried_out.{column}": pending})
    for kind in ("rules", "normative"):
        made, ended = (sample.figure(f"t2.{kind}.{what}") for what in ("made", "repealed"))
        sample.set({f"t2.{kind}.in_force": last.figure(f"t2.{kind}.in_force") + made - ended})
    return {cell: sample.shown(cell) for cell in sample.figures()}


class FirstDay:
    """The steps, one method each; `photo(widget, name)` is called where something is to be seen."""

    def __init__(self, window, file, photo=lambda widget, name: None):
        self.window, self.file, self.photo = window, file, photo

    @property
    def report(self):
        return self.window.draft.report

    def read_last_year(self):
        """Step 1 and 2: the welcome page, the second way, the review."""
        self.photo(self.window, "day-1")
        QFileDialog.getOpenFileName = staticmethod(lambda *_: (str(self.file), ""))
        self.in_dialog(ReviewDialog, self._review)
        press(Qt.Key.Key_Tab)
        press(Qt.Key.Key_Space)
        wait_until(lambda: self.window.draft is not None)
        wait_until(lambda: QApplication.activeModalWidget() is None)

    def _review(self, dialog):
        self.photo(dialog, "day-2")
        if dialog.acceptance.leftovers:
            press(Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
        press(Qt.Key.Key_Return, CTRL)

    def carried_over(self):
        """Step 3: this year's report is there; what was carried over stands in the table."""
        self.show_section("s3")
        self.photo(self.window, "day-3")
        cells = self.report.form.cells
        return {
            c: self.report.figure(c)
            for c in cells
            if c.startswith("t3.carried_in.") and c not in self.report.form.total_of
        }

    def fill_in(self, figures):
        """Step 4: every table with the keys, figure by figure; one of them wrong."""
        form = self.report.form
        for section in (s for s in form.sections if s.table):
            self.show_section(section.id)
            table = self.window.view.section_tab().table
            cells = [c for row in form.tables[section.table].rows for c in row]
            table.go_to(cells[0])
            for cell in (c for c in cells if c not in form.total_of):
                assert table.current_cell() == cell
                typed = figures[cell]
                if cell == SLIP:
                    assert typed == "746"
                    typed = "764"
                type_text(typed)
                press(Qt.Key.Key_Tab)
                if cell == "t3.partial.other":
                    self.photo(self.window, "day-4")

    def write(self):
        """Step 5: the prose, in the headings that the outline brings."""
        self.show_section("s1")
        tab = self.window.view.section_tab()
        QTest.mouseClick(tab._outline, Qt.MouseButton.LeftButton)
        lines = tab.narrative.toPlainText().split("\n")
        for number, sentence in enumerate(SENTENCES[: len(lines)]):
            cursor = tab.narrative.textCursor()
            cursor.setPosition(tab.narrative.document().findBlockByNumber(number).position())
            cursor.movePosition(cursor.MoveOperation.EndOfBlock)
            tab.narrative.setTextCursor(cursor)
            type_text(sentence)
        self.photo(self.window, "day-5")
        self.show_section("s5")
        type_text(IMPROVEMENTS[0])
        press(Qt.Key.Key_Return)
        type_text(IMPROVEMENTS[1])
        self.show_section("s6")
        type_text(OTHER)
        self.window.view.flush()

    def mend(self):
        """Step 6: F8 goes to the figure that is wrong, one click puts it right."""
        found = self.errors()
        self.window.view.setCurrentIndex(0)
        for _ in range(MOST_FINDINGS):
            press(Qt.Key.Key_F8)
            if (at := self.window.view.current_item()) == SLIP:
                break
        QTest.qWait(50)
        self.photo(self.window, "day-6")
        buttons = self.window.findings.detail.findChildren(WrappingButton)
        right = next(b for b in buttons if "746" in b.text())
        QTest.mouseClick(right, Qt.MouseButton.LeftButton)
        QApplication.processEvents()
        return found, at

    def preview(self):
        """Step 7: the pages as they will be printed."""
        press(Qt.Key.Key_F9)
        wait_until(lambda: self.window.view.preview.view.page_count > 0)
        QTest.qWait(200)
        self.photo(self.window, "day-7")

    def print(self):
        """Step 8: through the printer of the desktop."""
        self.in_dialog(PrintDialog, self._print, ready=lambda d: d.print_button.isEnabled())
        press(Qt.Key.Key_P, CTRL)

    def _print(self, dialog):
        self.photo(dialog, "day-8")
        dialog.printed.connect(lambda order, job, purpose: say(job=job, printer=order.printer))
        press(Qt.Key.Key_Return)

    # ── within ──────────────────────────────────────────────────────────────────────────────

    def errors(self):
        findings = self.window.checking.findings
        return sorted({f.id for f in findings if f.severity == "error" and f.cells})

    def show_section(self, section):
        view = self.window.view
        for _ in range(view.count()):
            if view.current_section() == section:
                break
            press(Qt.Key.Key_PageDown, CTRL)
        view.focus_tab()
        QApplication.processEvents()

    def in_dialog(self, kind, act, ready=lambda dialog: True):
        """Do something in the dialog of a kind that comes up."""
        timer = QTimer(self.window)

        def look():
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, kind) and dialog.isVisible() and ready(dialog):
                dialog.activateWindow()
                QTest.qWaitForWindowActive(dialog)
                timer.stop()
                act(dialog)

        timer.timeout.connect(look)
        timer.start(50)


def write(path):
    document.write(last_year(), Path(path))


def live(database, file):
    window = open_window(database)
    day = FirstDay(window, Path(file))
    say(reports=len(window.store.reports()))
    day.read_last_year()
    years = sorted(listed.year for listed in window.store.reports())
    say(years=years, org=day.report.org, year=day.report.year)
    carried = day.carried_over()
    say(carried_in=carried)
    day.fill_in(this_year(carried, window.draft.last_year))
    day.write()
    bridge.wait_for_tasks()
    window.checking.run_all()
    found, at = day.mend()
    say(found=found, at=at == SLIP, left=day.errors(), mended=day.report.figure(SLIP))
    bridge.wait_for_tasks()
    window.checking.run_all()
    errors = [f.id for f in window.checking.findings if f.severity == "error"]
    say(errors=errors, prose={p: day.report.prose(p) for p in ("s1", "s5", "s6")})
    day.preview()
    say(pages=window.view.preview.view.page_count)
    day.print()
    wait_until(lambda: QApplication.activeModalWidget() is None)
    say(figures=exact(day.report), revision=day.window.draft.revision)
    window.close()


if __name__ == "__main__":
    faulthandler.dump_traceback_later(100, exit=True)  # rather than hang
    {"write": write, "live": live}[sys.argv[1]](*sys.argv[2:])
