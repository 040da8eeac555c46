"""Prose as it is kept: nothing but paragraphs, and no character lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import prose

ODD = "ab12。·•\t\u3000\u00a0\u200b\n\r\v\x01\x1f\x85\u2028甲𬬭"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("　　甲。\r\n\r\n  乙\v丙\u2028丁 \n", "甲。\n乙\n丙\n丁"),
        ("● 甲\n· · 乙\n\uf0d8丙", "甲\n乙\n丙"),
        ("甲\u00a0乙\u200b丙\ufeff", "甲\u00a0乙丙"),
        ("企业\t3", "企业\u30003"),
        ("甲\x00\x07乙", "甲乙"),
        ("甲·乙", "甲·乙"),
        ("  \n\n", ""),
    ],
)
def test_clean(text, kept):
    assert prose.clean(text) == kept


@given(st.text(st.one_of(st.sampled_from(ODD), st.characters())))
def test_what_is_clean_stays_as_it_is(text):
    kept = prose.clean(text)
    assert prose.clean(kept) == kept


@given(st.text(st.one_of(st.sampled_from(ODD), st.characters(categories=("L", "N", "P")))))
def test_no_word_is_lost(text):
    def words(of):
        return [ch for ch in of if ch.isalnum()]

    assert words(prose.clean(text)) == words(text)


def test_length_is_counted_without_blanks():
    assert prose.length("全年 12 条。\n　甲") == 7


def test_plain_text_has_no_look_alikes():
    assert prose.plain("⼀、⺠⽣３") == "一、民生3"
