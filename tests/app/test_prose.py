"""Prose as it is kept: paragraphs, nothing of the layout they came in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import prose


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("　　第一段。\r\n　　第二段。", "第一段。\n第二段。"),
        ("第一段。\v第二段。\u2028第三段。", "第一段。\n第二段。\n第三段。"),
        ("• 一项\n● 二项", "一项\n二项"),
        ("\n\n空行\n\n\n", "空行"),
        ("有\u200b零\ufeff宽", "有零宽"),
        ("响铃\x07\x00", "响铃"),
        ("一\t二", "一\u3000二"),
        ("中 文 2024 年", "中 文 2024 年"),
        ("𬬭䶮㛃", "𬬭䶮㛃"),
    ],
)
def test_clean(pasted, kept):
    assert prose.clean(pasted) == kept


@given(st.text(max_size=200))
def test_clean_text_stays_as_it_is(text):
    once = prose.clean(text)
    assert prose.clean(once) == once


def test_plain_brings_radicals_and_wide_digits_to_what_they_mean():
    assert prose.plain("⼀⼆⽂⾏⺠⻛⻓⻔⻅２０２４（") == "一二文行民风长门见2024("


def test_length_counts_characters_without_blanks():
    assert prose.length("第一段。\n第 二\u3000段。") == 8
