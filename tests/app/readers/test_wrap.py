"""Hard line breaks of text copied from a PDF are joined; everything else stays."""

from app.readers.extract import Paragraph, Place
from app.readers.wrap import unwrapped

SENTENCE = "全年主动公开政府信息，办理依申请公开，管理政府信息，建设公开平台，落实监督保障，"


def blocks(texts):
    return [Paragraph(text, Place(line=number)) for number, text in enumerate(texts, 1)]


def broken(paragraph, width=28):
    return [paragraph[n : n + width] for n in range(0, len(paragraph), width)]


def test_broken_lines_are_joined_and_page_numbers_go():
    first, second = SENTENCE * 4 + "完成任务。", "（二）" + SENTENCE * 5 + "继续努力。"
    pages = [*broken(first), "- 1 -", *broken(second)]
    assert [block.text for block in unwrapped(blocks(pages))] == [first, second]


def test_text_with_a_paragraph_a_line_stays():
    texts = [SENTENCE * count + "好。" for count in range(1, 12)]
    assert [block.text for block in unwrapped(blocks(texts))] == texts


def test_rows_of_tables_are_not_joined():
    rows = ["规章 0 0 0", "行政规范性文件 1 0 2", "一、本年新收政府信息公开申请数量 1 0 0 0 0 0 1"]
    lines = [*broken(SENTENCE * 9 + "好。"), *rows]
    assert [block.text for block in unwrapped(blocks(lines))][1:] == rows
