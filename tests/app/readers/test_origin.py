"""Every figure that was read can be shown where it stands in its file."""

import pdfplumber
import pytest

from app.readers import read
from app.readers.extract import Extract, Grid, Paragraph, Place
from app.readers.origin import Origins
from app.writers import document

KINDS = ("docx", "xlsx", "html", "pdf")


@pytest.fixture
def written(tmp_path, invented):
    """Write an invented report into a file of a kind."""

    def write(kind, **what):
        path = tmp_path / f"报告.{kind}"
        document.write(invented(**what), path)
        return path

    return write


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("year", [2020, 2024])
def test_every_figure_is_found_in_its_own_box(kind, year, written):
    proposal = read(written(kind, year=year))
    origins = Origins(proposal.extract)
    assert len(proposal.readings) > 100
    for reading in proposal.readings:
        origin = origins.find(reading.place, reading.source)
        assert [box.text.strip() for box in origin.boxes] == [reading.source], reading


def test_figures_of_one_row_are_told_apart(written):
    proposal = read(written("docx"))
    origins = Origins(proposal.extract)
    boxes = [origins.find(r.place, r.source).boxes[0] for r in proposal.readings]
    blocks = [origins.find(r.place, r.source).block for r in proposal.readings]
    assert len(set(zip(blocks, boxes, strict=True))) == len(proposal.readings)


def test_areas_of_a_pdf_are_where_its_figures_are_printed(written):
    path = written("pdf")
    proposal = read(path)
    origins = Origins(proposal.extract)
    with pdfplumber.open(path) as pdf:
        for reading in proposal.readings[::7]:
            area = origins.find(reading.place, reading.source).area
            cut = pdf.pages[reading.place.page - 1].crop(area)
            assert cut.extract_text().strip() == reading.source


@pytest.mark.parametrize("kind", KINDS)
def test_prose_is_found_by_its_beginning(kind, written):
    proposal = read(written(kind))
    origins = Origins(proposal.extract)
    text = proposal.texts["narratives.s5"]
    origin = origins.find(origins.holding(text), text)
    block = proposal.extract.blocks[origin.block]
    shown = block.text if isinstance(block, Paragraph) else origin.boxes[0].text
    assert "存在的问题主要是公开形式" in shown
    assert origins.holding("文件里没有的话") is None
    assert origins.holding("") is None


def test_a_figure_in_running_text_leads_to_its_line(tmp_path, invented):
    proposal = read(written_lines(tmp_path, invented()))
    origins = Origins(proposal.extract)
    for reading in proposal.readings:
        block = proposal.extract.blocks[origins.find(reading.place, reading.source).block]
        assert not isinstance(block, Grid)
        assert reading.source in block.text


def written_lines(folder, report):
    """The report as text, a row of a table a line."""
    lines = [f"{report.org}{report.year}年政府信息公开工作年度报告"]
    for section in report.form.sections:
        lines.append(report.title(section.id))
        for row in report.form.tables[section.table].rows if section.table else ():
            label = report.form.cells[row[0]].row.replace("/", " ")
            lines.append("  ".join([label, *map(report.shown, row)]))
    path = folder / "报告.txt"
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_what_is_nowhere_is_not_found():
    assert Origins(Extract((Paragraph("一", Place(paragraph=1)),))).find(Place(row=3), "1") is None
