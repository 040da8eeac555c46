"""Reports in every ugly form that a container can give them: all figures right, none invented."""

import re

import pytest

from app.readers import read

RADICALS = str.maketrans("一二文行人工大长门见民", "⼀⼆⽂⾏⼈⼯⼤⻓⻔⻅⺠")
TRADITIONAL = str.maketrans(
    "规范废现处决数单万业费类会组织总计结转办开关区实务内过执询没补属国机构给与项据应额",
    "規範廢現處決數單萬業費類會組織總計結轉辦開關區實務內過執詢沒補屬國機構給與項據應額",
)
LABELS = {
    "radicals": lambda text: text.translate(RADICALS),
    "traditional": lambda text: text.translate(TRADITIONAL),
    "other-numbers": lambda text: re.sub(r"^(\d)\.", r"\1、", text),
    "half-width": lambda text: text.replace("（", "(").replace("）", ")").replace("，", ","),
    "blanks": lambda text: re.sub(r"(?<=^[^（(]{2})(?=.)", " ", text),
    "no-numbers": lambda text: re.sub(r"^(?:[一二三四]、|（[一二三四五六七]）|\d\.)", "", text),
}


@pytest.fixture
def through(tmp_path):
    """Write text to a file of some name and read it."""

    def go(text, name="报告.txt", encoding="utf-8"):
        path = tmp_path / name
        path.write_text(text, encoding=encoding)
        return read(path)

    return go


def test_tabs_keep_blanks(gappy, through, same):
    same(through(gappy.tabs(), "报告.tsv"), gappy)


@pytest.mark.parametrize("mark", ["\t", " | ", "   "], ids=["tabs", "bars", "blanks"])
def test_ragged_rows(writer, through, same, mark):
    same(through(writer.ragged(mark)), writer)


def test_ragged_rows_at_single_blanks(writer, through, same):
    same(through(writer.ragged(" ")), writer)


def test_one_cell_a_line(writer, through, same):
    same(through(writer.lines()), writer)


@pytest.mark.parametrize("mark", ["/", "—", "-", "无"])
def test_marks_for_not_filled_in(gappy, through, same, mark):
    gappy.blank = mark
    same(through(gappy.lines()), gappy)
    same(through(gappy.ragged()), gappy)


@pytest.mark.parametrize("kind", LABELS)
def test_labels_in_other_characters(writer, through, same, kind):
    writer.label = LABELS[kind]
    for text in (writer.tabs(), writer.ragged(), writer.lines()):
        same(through(text), writer)


def test_labels_broken_over_lines(writer, through, same):
    writer.label = lambda text: text if len(text) < 6 else text[:4] + "\n" + text[4:]
    same(through(writer.lines()), writer)
    same(through(writer.html(), "报告.html"), writer)


@pytest.mark.parametrize("shape", ["tabs", "ragged", "lines", "html"])
def test_a_local_column_is_dropped_when_it_is_a_sum(writer, through, same, shape):
    writer.extra = True
    proposal = through(getattr(writer, shape)(), "报告.html" if shape == "html" else "报告.txt")
    same(proposal, writer)


def test_web_pages(gappy, through, same):
    same(through(gappy.html(), "报告.htm"), gappy)


def test_tables_cut_in_two(gappy, through, same):
    same(through(gappy.html(cut=True), "报告.html"), gappy)


def test_word(gappy, tmp_path, same):
    gappy.docx(tmp_path / "报告.docx")
    same(read(tmp_path / "报告.docx"), gappy)


def test_word_with_a_local_column(writer, tmp_path, same):
    writer.extra = True
    writer.docx(tmp_path / "报告.docx")
    same(read(tmp_path / "报告.docx"), writer)


@pytest.mark.parametrize("merged", [True, False], ids=["merged", "unmerged"])
@pytest.mark.parametrize("sheets", [True, False], ids=["sheets", "one-sheet"])
@pytest.mark.parametrize("texts", [True, False], ids=["texts", "numbers"])
def test_excel(gappy, tmp_path, same, merged, sheets, texts):
    gappy.xlsx(tmp_path / "报告.xlsx", merged=merged, sheets=sheets, texts=texts)
    same(read(tmp_path / "报告.xlsx"), gappy)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(writer, through, same, encoding):
    same(through(writer.ragged(), encoding=encoding), writer)
    page = writer.html().replace("utf-8", "gb2312" if encoding == "gb18030" else encoding)
    same(through(page, "报告.html", encoding), writer)


def test_wrong_suffixes_do_no_harm(writer, through, tmp_path, same):
    same(through(writer.html(), "报告.xls"), writer)
    same(through(writer.html(), "报告.doc"), writer)
    writer.docx(tmp_path / "报告.pdf")
    same(read(tmp_path / "报告.pdf"), writer)


def test_markdown_with_tables_of_html(gappy, through, same):
    text = gappy.tabs()
    page = gappy.html()
    tables = iter(re.findall(r"<table border=1>.*?</table>", page, re.DOTALL))
    lines = [line for line in text.split("\n") if "\t" not in line]
    for number, line in enumerate(lines):
        if line.startswith(("二、", "三、", "四、")):
            lines[number] = f"## {line}\n\n{next(tables)}\n"
    same(through("\n".join(lines), "报告.md"), gappy)


def test_a_form_of_a_later_year_is_read_without_a_line_of_code(later_form, scribe, through, same):
    writer = scribe(2027, None, seed=3)
    assert writer.form.id == "2027"
    for text in (writer.tabs(), writer.ragged(), writer.lines()):
        same(through(text), writer, prose=False)
