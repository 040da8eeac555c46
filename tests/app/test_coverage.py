from pathlib import Path

import pytest

from app import coverage


def test_names_what_no_bundled_face_draws_once_and_in_order():
    assert coverage.missing("市\U00030ede政\ue001府\U00030ede") == ["\U00030ede", "\ue001"]


@pytest.mark.parametrize(
    "text", ["", "2024年 \t\u3000\n", "𬬭䶮㛃", "“——”…《》〔2019〕", "☑☐✔✗➢ⓘ", "\u200b年\ufe00"]
)
def test_nothing_is_missing(text):
    assert coverage.missing(text) == []


def test_the_whole_table_of_general_standard_characters_can_be_printed():
    table = Path(__file__).parents[2] / "packaging" / "fonts" / "characters.txt"
    characters = table.read_text(encoding="utf-8").replace("\n", "")
    assert len(characters) == len(set(characters)) == 8105
    assert coverage.missing(characters) == []


@pytest.mark.parametrize(
    ("ch", "drawn"),
    [
        ("年", "年"),
        ("\u3000", "\u3000"),
        ("\u00a0", " "),
        ("\u2003", " "),
        ("\t", " "),
        ("\ufeff", ""),
        ("\u00ad", ""),
        ("\ufe0f", ""),
        ("\U000e0100", ""),
        ("\x07", ""),
        ("\uf900", "豈"),
        ("\U0002f800", "丽"),
    ],
)
def test_what_is_put_on_paper(ch, drawn):
    assert coverage.drawn(ch) == drawn
