"""Printing against a real CUPS server: what a queue accepts, and every refusal in words."""

import time
from io import BytesIO

import pypdfium2
import pytest

from app import printing, report_file, resources
from app.printing import NotPrinted, Order
from app.writers import document

SAMPLE = resources.root() / "samples" / "city-2024.nianbao"


@pytest.fixture(scope="module")
def report():
    return report_file.loads(SAMPLE.read_bytes(), SAMPLE.name)


@pytest.fixture(scope="module")
def pdf(report, tmp_path_factory):
    path = tmp_path_factory.mktemp("print") / "报告.pdf"
    document.write(report, path)
    return path


def texts(path):
    document = pypdfium2.PdfDocument(BytesIO(path.read_bytes()))
    return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]


def follow(job):
    """Look at a job until the printer is done with it, or in trouble."""
    give_up = time.monotonic() + 30
    while time.monotonic() < give_up:
        state = printing.progress(job)
        if state.trouble or not state.waiting:
            return state
    return pytest.fail("the job did not leave the queue")


def wait(job):
    assert follow(job) == printing.Progress(waiting=False)


def test_text_stays_text_on_the_way_through_the_printer(printer, pdf):
    job = printing.send(pdf, Order("PDF"), "示例市2024年报告")
    assert job.startswith("PDF-")
    wait(job)
    assert texts(printer.printed) == texts(pdf)


@pytest.mark.parametrize("sides", printing.SIDES)
def test_copies_and_pages_are_those_of_the_order(printer, pdf, sides):
    """Copies come out one after the other, not page by page."""
    wait(printing.send(pdf, Order("PDF", 2, sides, "1-2"), "试印"))
    wanted = texts(pdf)[:2]
    assert texts(printer.printed) == wanted * 2


def test_printers_are_told_with_what_lies_in_them(printer):
    printer.set_up("Letter", "-o", "PageSize=Letter", "-D", "三楼 文印室")
    printer.run("lpadmin", "-d", "Letter")
    first, second = printing.printers()
    assert (first.name, first.about, first.is_default) == ("Letter", "三楼 文印室", True)
    assert first.hint.startswith("打印机“三楼 文印室”默认用Letter纸，本次按A4送印")
    assert first.trouble == ""
    assert (second.name, second.paper, second.hint) == ("PDF", "A4", "")


def test_no_printer_is_told(printer, pdf):
    printer.remove_all()
    assert printing.printers() == []
    with pytest.raises(NotPrinted, match="还没有安装打印机"):
        printing.send(pdf, Order("PDF"), "试印")


def test_no_server_is_told(printer, pdf, monkeypatch):
    monkeypatch.setenv("CUPS_SERVER", "127.0.0.1:1")
    assert printing.printers() == []
    with pytest.raises(NotPrinted, match="还没有安装打印机"):
        printing.send(pdf, Order("PDF"), "试印")


def test_a_computer_without_cups_is_told(tmp_path, pdf, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not printing.is_here()
    with pytest.raises(NotPrinted, match="没有打印服务"):
        printing.printers()


def test_a_printer_that_is_gone_is_told(printer, pdf):
    with pytest.raises(NotPrinted, match="找不到打印机“旧打印机”"):
        printing.send(pdf, Order("旧打印机"), "试印")


def test_a_refusing_queue_is_told_and_gets_nothing(printer, pdf):
    printer.run("cupsreject", "PDF")
    with pytest.raises(NotPrinted, match="拒收任务"):
        printing.send(pdf, Order("PDF"), "试印")
    assert printer.run("lpstat", "-W", "all", "-o", "PDF").stdout == ""
    printer.run("cupsaccept", "PDF")
    wait(printing.send(pdf, Order("PDF"), "试印"))


def test_a_stopped_printer_is_told_with_its_reason(printer, pdf):
    printer.run("cupsdisable", "-r", "等待换墨盒", "PDF")
    with pytest.raises(NotPrinted, match="已停用（等待换墨盒）"):
        printing.send(pdf, Order("PDF"), "试印")


def test_a_printer_without_a4_is_told(printer, pdf, tmp_path):
    ppd = tmp_path / "letter.ppd"
    lines = printer.driver.read_text("latin-1").split("\n")
    ppd.write_text("\n".join(line for line in lines if " A4" not in line), "latin-1")
    printer.run("lpadmin", "-p", "Narrow", "-E", "-v", "file:///dev/null", "-P", ppd,
                "-o", "PageSize=Letter")  # fmt: skip
    with pytest.raises(NotPrinted, match="没有A4纸"):
        printing.send(pdf, Order("Narrow"), "试印")


def test_what_the_queue_itself_refuses_is_told_with_its_words(printer, tmp_path):
    empty = tmp_path / "空.pdf"
    empty.write_bytes(b"")
    with pytest.raises(NotPrinted, match="没有接受任务（"):
        printing.send(empty, Order("PDF"), "试印")


def test_a_job_that_fails_later_is_told(printer, tmp_path):
    broken = tmp_path / "坏.pdf"
    broken.write_bytes(b"%PDF-1.4\nno document at all\n")
    job = printing.send(broken, Order("PDF"), "试印")
    state = follow(job)
    assert state.waiting
    assert state.trouble


@pytest.mark.parametrize(
    ("typed", "order"),
    [("", ""), (" 1－3，5 ", "1-3,5"), ("2", "2"), ("1—2、7；3~4", "1-2,7,3-4"), ("1 2", "1,2")],
)
def test_pages_are_read_as_people_type_them(typed, order):
    assert printing.pages(typed, 7) == order


@pytest.mark.parametrize("typed", ["0", "8", "3-1", "1-9", "x", "1-", "-2", "1.5"])
def test_pages_that_there_are_not_are_refused(typed):
    with pytest.raises(NotPrinted, match="全文共7页"):
        printing.pages(typed, 7)


def test_offline_printers_are_told():
    printer = printing.Printer("P", "三楼", True, True, "", True, "A4", True)
    assert "已脱机" in printer.trouble
