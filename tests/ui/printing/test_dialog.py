"""The print dialog over a real CUPS server: ready, refused, tried again, recorded."""

from io import BytesIO

import pypdfium2
import pytest
from PIL import ImageOps, ImageStat
from PySide6.QtPrintSupport import QPrinter

from app import printing, report_file, resources
from app.printing import NotPrinted, Order
from app.writers import pdf
from app.writers.fonts import Fonts
from app.writers.page import compose
from ui import bridge
from ui.printing import service as print_service
from ui.printing.dialog import Document, PrintDialog
from ui.printing.job import JobWatch
from ui.printing.service import Cups, Images

SAMPLE = resources.root() / "samples" / "city-2024.nianbao"


@pytest.fixture(scope="module")
def content():
    report = report_file.loads(SAMPLE.read_bytes(), SAMPLE.name)
    return pdf.render(compose(report), Fonts.find(folders=()))


@pytest.fixture
def asking(qtbot, content, request):
    """Return a function that opens the dialog and waits until it is ready."""

    def open_dialog(way=None):
        dialog = PrintDialog(Document("试印", lambda: content), way or Cups())
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: not dialog.told.text().startswith("正在"), timeout=20_000)
        return dialog

    yield open_dialog
    bridge.wait_for_tasks()


def send(qtbot, dialog):
    """Press 打印 and return what the queue accepted, or what the dialog says."""
    accepted = []
    dialog.printed.connect(lambda *facts: accepted.append(facts))
    dialog.print_button.click()
    qtbot.waitUntil(lambda: bool(accepted) or dialog.told.text().startswith("✗"), timeout=20_000)
    return accepted[0] if accepted else dialog.told.text()


def test_a_document_goes_to_the_chosen_printer(printer, asking, qtbot):
    dialog = asking()
    assert dialog.told.text() == "可以打印。共5页。"
    dialog.copies.setValue(3)
    dialog.sides.setCurrentIndex(1)
    dialog.pages.setText("1－2")
    dialog.purpose.setCurrentText("存档")
    order, job, purpose = send(qtbot, dialog)
    assert order == Order("PDF", 3, "two-sided-long-edge", "1-2")
    assert purpose == "存档"
    assert job.startswith("PDF-")
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: not printing.progress(job).waiting, timeout=20_000)
    assert len(pypdfium2.PdfDocument(BytesIO(printer.printed.read_bytes()))) == 2 * 3


def test_a_failure_stays_in_the_dialog_and_can_be_tried_again(printer, asking, qtbot):
    dialog = asking()
    printer.run("cupsreject", "PDF")
    assert "拒收任务" in send(qtbot, dialog)
    assert dialog.isVisible()
    printer.run("cupsaccept", "PDF")
    assert send(qtbot, dialog)[1].startswith("PDF-")


def test_wrong_pages_are_told_and_nothing_is_sent(printer, asking, qtbot):
    dialog = asking()
    dialog.pages.setText("4-9")
    assert "全文共5页" in send(qtbot, dialog)
    assert printer.run("lpstat", "-W", "all", "-o", "PDF").stdout == ""


def test_without_a_printer_nothing_can_be_sent_until_one_is_found(printer, asking, qtbot):
    printer.remove_all()
    dialog = asking()
    assert "没有找到打印机" in dialog.told.text()
    assert not dialog.print_button.isEnabled()
    printer.set_up("PDF")
    dialog.look()
    qtbot.waitUntil(dialog.print_button.isEnabled, timeout=20_000)
    assert dialog.printer.currentText() == "PDF"


def test_what_to_see_to_is_told_of_the_chosen_printer(printer, asking):
    printer.set_up("Letter", "-o", "PageSize=Letter", "-D", "三楼")
    printer.set_up("Stopped")
    printer.run("cupsdisable", "-r", "换墨盒", "Stopped")
    dialog = asking()
    dialog.printer.setCurrentText("三楼")
    assert dialog.told.text().startswith("！打印机“三楼”默认用Letter纸")
    dialog.printer.setCurrentText("Stopped")
    assert dialog.told.text().startswith("✗ 打印机“Stopped”已停用（换墨盒）")


def test_a_document_that_cannot_be_made_is_told(qtbot):
    def broken():
        raise NotPrinted("排版没有做成。")

    dialog = PrintDialog(Document("试印", broken), Images())
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.told.text() == "✗ 排版没有做成。", timeout=10_000)
    assert not dialog.print_button.isEnabled()


# ── what becomes of a job ───────────────────────────────────────────────────────────────────


def test_a_job_is_followed_until_it_is_printed(printer, qtbot, content, monkeypatch):
    said, foot = watched(qtbot, monkeypatch)
    job = Cups().send(content, Order("PDF"), "试印")
    JobWatch(foot, Cups(), job).start()
    qtbot.waitUntil(lambda: said == ["打印完成。"], timeout=20_000)


def test_trouble_on_the_way_is_told(printer, qtbot, content, monkeypatch):
    said, foot = watched(qtbot, monkeypatch)
    job = Cups().send(b"%PDF-1.4\nno document at all\n", Order("PDF"), "试印")
    JobWatch(foot, Cups(), job).start()
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    assert said[0].startswith("打印机报告：")
    printer.run("cancel", job)
    qtbot.waitUntil(lambda: said[-1] == "打印完成。", timeout=20_000)
    bridge.wait_for_tasks()


def watched(qtbot, monkeypatch):
    """A window with a foot, and what it said."""
    from PySide6.QtWidgets import QWidget

    said = []
    foot = QWidget()
    foot.say = said.append
    qtbot.addWidget(foot)
    monkeypatch.setattr("ui.printing.job._EVERY_MS", 20)
    return said, foot


# ── pages as images ─────────────────────────────────────────────────────────────────────────


def test_pages_are_drawn_as_they_are(qtbot, content, tmp_path):
    """On a printer that writes into a file: the same size, the same ink."""
    target = tmp_path / "images.pdf"
    device = QPrinter(QPrinter.PrinterMode.HighResolution)
    device.setOutputFileName(str(target))
    print_service.draw(content, device, "2,4-5")
    wanted, drawn = pypdfium2.PdfDocument(content), pypdfium2.PdfDocument(target.read_bytes())
    assert len(drawn) == 3
    for position, number in enumerate((2, 4, 5)):
        width, height = drawn[position].get_size()
        assert (width, height) == pytest.approx((595, 842), abs=1)
        pictures = [
            page.render(scale=300 / 72).to_pil().convert("L").resize((2480, 3508))
            for page in (wanted[number - 1], drawn[position])
        ]
        inks = [ImageOps.invert(picture) for picture in pictures]
        boxes = [ink.point(lambda level: 255 * (level > 100)).getbbox() for ink in inks]
        assert boxes[1] == pytest.approx(boxes[0], abs=8)
        sums = [ImageStat.Stat(ink).sum[0] for ink in inks]
        assert sums[1] == pytest.approx(sums[0], rel=0.1)


def test_a_printer_that_is_not_there_is_told_without_cups(qtbot, content):
    assert Images().printers() == []
    with pytest.raises(NotPrinted, match="找不到打印机"):
        Images().send(content, Order("三楼"), "试印")


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_device_that_refuses_is_told(qtbot, content, tmp_path):
    device = QPrinter(QPrinter.PrinterMode.HighResolution)
    device.setOutputFileName(str(tmp_path / "没有" / "images.pdf"))
    with pytest.raises(NotPrinted, match="没有接受任务"):
        print_service.draw(content, device)


@pytest.mark.parametrize(
    ("pages", "numbers"), [("", [1, 2, 3]), ("2", [2]), ("1-2", [1, 2]), ("3,1-2", [3, 1, 2])]
)
def test_page_numbers_of_an_order(pages, numbers):
    assert list(print_service.numbers(pages, 3)) == numbers
