"""Numbers in Chinese prose."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.checks.sentence import around, flatten, numbers_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共46 件", [("46", "件", True)]), ("１，８０８，５９５元", [("1808595", "元", True)]),
        ("占96.20%", [("96.20", "%", True)]), ("14万余条", [("140000", "条", False)]),
        ("5500余条", [("5500", "条", False)]), ("近百件", [("100", "件", False)]),
        ("约20件", [("20", "件", False)]),
        ("二十三件", [("23", "件", True)]), ("一百零五件", [("105", "件", True)]),
        ("十二件", [("12", "件", True)]), ("零件", [("0", "件", True)]), ("高效办成一件事", []),
        ("11—30件", []), ("5至8件", []), ("第20条", []), ("20件以上", [("20", "件", False)]),
        ("2.02万元", [("20200.00", "元", True)]), ("〔2021〕30号", [("30", "号", True)]),
        ("0517-83605210", []), ("收到3件，办结2件", [("3", "件", True), ("2", "件", True)]),
    ],
)  # fmt: skip
def test_numbers_and_their_units(text, expected):
    found = [(str(n.value), n.unit, n.exact) for n in numbers_in(flatten(text).text)]
    assert found == expected


@given(st.text(max_size=60))
def test_flat_text_leads_back_to_its_source(source):
    flat = flatten(source)
    assert len(flat.text) == len(flat.places)
    assert not any(ch.isspace() for ch in flat.text)
    for number in numbers_in(flat.text):
        start, end = flat.span(number.start, number.end)
        assert 0 <= start < end <= len(source)
        assert number.value == Decimal(number.value)


def test_an_excerpt_is_the_sentence_around():
    text = "第一句。收到申请3件，办结2件；第三句。"
    at = text.index("3件")
    assert text[slice(*around(text, at, at + 2))] == "收到申请3件，办结2件；"
    assert text[slice(*around(text, 0, 1))] == "第一句。"
    long = "开头，" + "很长的分句" * 20 + "，收到申请3件，" + "又很长的分句" * 20 + "。"
    at = long.index("3件")
    assert long[slice(*around(long, at, at + 2))] == "收到申请3件"
