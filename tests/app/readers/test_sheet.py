"""Excel files: figures as Excel shows them, merged boxes, formulas, hidden sheets."""

import openpyxl
import pytest

from app.readers import old_sheet, sheet
from app.readers.extract import TooLarge


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("96171.600000000006", "96171.6"),
        ("0.1", "0.1"),
        ("3001", "3001"),
        ("3.001E3", "3001"),
        ("1E-3", "0.001"),
        ("12345678901234567", "12345678901234600"),
        ("-8", "-8"),
        ("#REF!", "#REF!"),
    ],
)
def test_figures_are_those_that_excel_shows(stored, shown):
    assert sheet.exact(stored) == shown


@pytest.fixture
def extract(tmp_path):
    def go(fill):
        book = openpyxl.Workbook()
        fill(book)
        path = tmp_path / "表.xlsx"
        book.save(path)
        return sheet.read(path.read_bytes(), path.name)

    return go


def test_hidden_sheets_stay_out(extract):
    def fill(book):
        book.active["A1"] = "看得见"
        book.create_sheet("藏").sheet_state = "hidden"
        book["藏"]["A1"] = "看不见"

    [grid] = extract(fill).blocks
    assert [box.text for box in grid.row(0)] == ["看得见"]


def test_a_formula_without_its_result_is_blank_and_told(extract):
    def fill(book):
        book.active.append(["总计", "=SUM(C1:D1)", 1, 2])

    found = extract(fill)
    assert [box.text for box in found.blocks[0].row(0)] == ["总计", "", "1", "2"]
    assert "公式" in found.notes[0]


def test_merged_areas_are_one_box_and_places_are_those_of_the_sheet(extract):
    def fill(book):
        book.active["B4"] = "并"
        book.active["D5"] = 7
        book.active.merge_cells("B4:C5")

    [grid] = extract(fill).blocks
    assert grid.matrix[0][1] is grid.matrix[1][2]
    assert str(grid.row_place(1)) == "工作表“Sheet”第5行"


def test_a_sheet_of_another_size_is_refused(extract):
    with pytest.raises(TooLarge):
        extract(lambda book: book.active.cell(5000, 1, 1))


def test_old_files_that_are_none_are_told():
    with pytest.raises(old_sheet.Unreadable, match="坏"):
        old_sheet.read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "坏.xls")
