"""The first day: from an empty home and last year's Word file to this year's report on paper.

The real window in a process of its own, the keyboard, a real CUPS server, the PDF it printed.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest

from app import printing
from app.readers import read

CLERK = Path(__file__).with_name("first_day.py")
SOURCE = Path(__file__).parents[2] / "src"


@pytest.fixture
def home(printer, tmp_path):
    """The home of somebody who starts the program for the first time."""
    folder = tmp_path / "home"
    folder.mkdir()
    own = {name: str(folder / name) for name in ("XDG_DATA_HOME", "XDG_STATE_HOME")}
    return {**os.environ, "HOME": str(folder), "PYTHONPATH": str(SOURCE), **own}


@pytest.fixture(params=["own", "real"])
def last_years_file(request, home, tmp_path):
    """Last year's report in Word: as this program writes it, and as an office published it."""
    if request.param == "real":
        return request.getfixturevalue("shared") / "data" / "reports" / "huaian-2024.docx"
    path = tmp_path / "2023年政府信息公开工作年度报告.docx"
    subprocess.run([sys.executable, str(CLERK), "write", str(path)], env=home, check=True)
    return path


def test_from_last_years_word_file_to_paper(last_years_file, home, printer, printed_figures):
    last = read(last_years_file).report()
    database = Path(home["HOME"]) / "nianbao.db"
    day = subprocess.run(
        [sys.executable, str(CLERK), "live", str(database), str(last_years_file)],
        env=home, capture_output=True, encoding="utf-8", timeout=280, check=False,
    )  # fmt: skip
    assert day.returncode == 0, day.stderr
    said = [json.loads(line) for line in day.stdout.splitlines()]
    empty, begun, carried, mended, checked, shown, printed, end = said

    assert empty == {"reports": 0}
    assert begun == {"years": [last.year, last.year + 1], "org": last.org, "year": last.year + 1}
    assert carried["carried_in"] == {
        cell.replace("carried_out", "carried_in"): last.figure(cell)
        for cell in last.form.cells
        if cell.startswith("t3.carried_out.") and cell not in last.form.total_of
    }
    assert any(carried["carried_in"].values())
    assert "T3.BALANCE" in mended["found"]
    assert mended["at"]
    assert (mended["left"], mended["mended"]) == ([], 746)
    assert checked["errors"] == []
    assert printed["printer"] == "PDF"
    wait_for(lambda: not printing.progress(printed["job"]).waiting)
    the_paper_says_it_all(printer.printed, last, checked["prose"], shown["pages"], end)
    with pdfplumber.open(printer.printed) as pdf:
        assert printed_figures(pdf, last.form) == end["figures"]


def the_paper_says_it_all(paper, last, prose, pages, end):
    with pypdfium2.PdfDocument(paper) as pdf:
        assert len(pdf) == pages
        text = "".join("".join(page.get_textpage().get_text_bounded().split()) for page in pdf)
    assert f"{last.org}{last.year + 1}年政府信息公开工作年度报告" in text
    assert f"第{end['revision']}步" in text
    for part in prose.values():
        for paragraph in part.split("\n"):
            assert paragraph[:12] in text  # a foot may stand in the middle of a long one


def wait_for(condition, patience_s=20):
    end = time.monotonic() + patience_s
    while not condition():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)
