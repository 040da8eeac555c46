"""Headings in prose look on screen as they are printed."""

import pytest
from PySide6.QtGui import QTextDocument

from ui.prose import heading


@pytest.fixture
def dressed(qapp):
    """Return the parts of a paragraph that are dressed, with their faces."""
    document = QTextDocument()
    highlighter = heading.HeadingHighlighter(document)

    def dress(text):
        document.setPlainText(text)
        highlighter.rehighlight()
        coded = text.encode("utf-16-le")
        return [
            (coded[2 * r.start : 2 * (r.start + r.length)].decode("utf-16-le"), family(r.format))
            for r in document.firstBlock().layout().formats()
        ]

    return dress


def family(looks):
    families = looks.fontFamilies()
    return families[0] if families else ""


def test_level_2_ends_at_the_first_stop(dressed):
    assert dressed("（一）主动公开情况。全年公开12条。") == [
        ("（一）主动公开情况。", heading.kai())
    ]
    assert dressed("（二）主动公开情况") == [("（二）主动公开情况", heading.kai())]
    assert dressed("　　（三）𬬭情况。全年") == [("（三）𬬭情况。", heading.kai())]


def test_of_level_3_only_the_number(dressed):
    assert dressed("1.加强培训。") == [("1.", "")]


@pytest.mark.parametrize("text", ["全年公开12条。", "", "1.5万件", "2024年（一）"])
def test_other_paragraphs_are_plain(dressed, text):
    assert dressed(text) == []


def test_there_is_a_face_for_it(qapp):
    assert heading.kai()
