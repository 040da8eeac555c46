"""Figures as people type them (domain notes, part C), exact in both directions."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import numbers
from app.form import AMOUNT, COUNT, SIGNED
from app.numbers import NotAFigure


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("0", COUNT, 0),
        ("3001", COUNT, 3001),
        ("３，００１", COUNT, 3001),
        ("1,808,595", COUNT, 1808595),
        ("1 808 595", COUNT, 1808595),
        ("1\u00a0808\u3000595", COUNT, 1808595),
        (" 3001 \n", COUNT, 3001),
        ("3 001件", COUNT, 3001),
        ("3001件", COUNT, 3001),
        ("12项", COUNT, 12),
        ("1万", COUNT, 10000),
        ("1.0", COUNT, 1),
        ("375万", AMOUNT, 375_000_000),
        ("375万元", AMOUNT, 375_000_000),
        ("251000元", AMOUNT, 25_100_000),
        ("127.33亿元", AMOUNT, 1_273_300_000_000),
        ("96171.6", AMOUNT, 96_171_600_000),
        ("12345.6789", AMOUNT, 12_345_678_900),
        ("0.000001", AMOUNT, 1),
        ("−8", SIGNED, -8),
        ("－8", SIGNED, -8),
        ("-8", SIGNED, -8),
        ("减8", SIGNED, -8),
        ("减少8", SIGNED, -8),
        ("+1036", SIGNED, 1036),
        ("增3", SIGNED, 3),
    ],
)
def test_what_people_type_is_understood(text, kind, value):
    assert numbers.parse(text, kind).value == value


@pytest.mark.parametrize("text", ["", " ", "/", "／", "-", "－", "—", "——", "无", "\u3000"])
def test_blank_is_not_zero(text):
    assert numbers.parse(text, COUNT).value is None


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    [
        ("1,23", COUNT, "分隔符"),
        ("12,34,567", COUNT, "分隔符"),
        ("1O", COUNT, "字母"),
        ("3l", COUNT, "字母"),
        ("-8", COUNT, "负数"),
        ("-1", AMOUNT, "负数"),
        ("1.5", COUNT, "不是整数"),
        ("0.0000001", AMOUNT, "不足1分"),
        ("1.0000000000000000000000000000000000000001", AMOUNT, "不足1分"),
        ("abc", COUNT, "不是数"),
        ("5500余", COUNT, "不是数"),
        ("1e5", COUNT, "不是数"),
        ("²", COUNT, "不是数"),
        ("①", COUNT, "不是数"),
        ("12 34", COUNT, "分隔符"),
        ("375万", SIGNED, None),
        ("1000000000000001", COUNT, "过大"),
        ("9" * 70, COUNT, "过长"),
        ("200000亿", AMOUNT, "过大"),
    ],
)
def test_what_is_no_figure_is_refused_in_words(text, kind, says):
    if says is None:
        assert numbers.parse(text, kind).value == 3_750_000
        return
    with pytest.raises(NotAFigure, match=says):
        numbers.parse(text, kind)


def test_conversion_is_told():
    assert numbers.parse("375万", AMOUNT).note == "375万 → 375（万元）"
    assert numbers.parse("251000元", AMOUNT).note == "251000元 → 25.1（万元）"
    assert numbers.parse("25.1", AMOUNT).note == ""
    assert numbers.parse("12件", COUNT).note == ""


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [
        (None, COUNT, ""),
        (0, COUNT, "0"),
        (3985758, COUNT, "3985758"),
        (-8, SIGNED, "-8"),
        (0, AMOUNT, "0"),
        (96_171_600_000, AMOUNT, "96171.6"),
        (1, AMOUNT, "0.000001"),
        (7_730_280_000, AMOUNT, "7730.28"),
        (375_000_000, AMOUNT, "375"),
    ],
)
def test_figures_are_shown_as_the_form_prints_them(value, kind, shown):
    assert numbers.show(value, kind) == shown


@given(st.integers(0, numbers.LARGEST), st.sampled_from([COUNT, SIGNED, AMOUNT]))
def test_what_is_shown_is_read_back(value, kind):
    assert numbers.parse(numbers.show(value, kind), kind).value == value
    assert numbers.from_exact(numbers.exact(value, kind), kind) == value


@given(st.integers(-numbers.LARGEST, -1))
def test_negative_changes_are_read_back(value):
    assert numbers.parse(numbers.show(value, SIGNED), SIGNED).value == value


@given(st.text(max_size=80), st.sampled_from([COUNT, SIGNED, AMOUNT]))
def test_any_text_is_a_figure_a_blank_or_refused(text, kind):
    try:
        outcome = numbers.parse(text, kind).value
    except NotAFigure as refused:
        outcome = str(refused)
    assert isinstance(outcome, str) or outcome is None or abs(outcome) <= numbers.LARGEST


@pytest.mark.parametrize("number", ["1.5", "NaN", "Infinity", "-1", "1e-999999", "1e999999"])
def test_numbers_of_files_are_held_to_the_same_rules(number):
    with pytest.raises(NotAFigure):
        numbers.from_exact(Decimal(number), COUNT)
