"""The tariff of 国办函〔2020〕109号, step by step."""

import pytest

from app import fee
from app.fee import Charge
from app.form_file import load


@pytest.mark.parametrize(
    ("applications", "yuan"),
    [(0, 0), (10, 0), (11, 100), (30, 2000), (31, 2200), (40, 4000), (41, 4300), (50, 7000),
     (51, 7400), (60, 11_000)],
)  # fmt: skip
def test_the_price_by_item_rises_from_the_31st(applications, yuan):
    assert fee.by_item(applications) == Charge(max(applications - 10, 0), yuan)


@pytest.mark.parametrize(
    ("pages", "yuan"),
    [(0, 0), (30, 0), (31, 10), (100, 700), (101, 720), (200, 2700), (201, 2740), (300, 6700)],
)
def test_the_price_by_page_rises_in_three_steps(pages, yuan):
    assert fee.by_page(pages) == Charge(int(pages > 30), yuan)


def test_charges_add_up():
    charges = [fee.by_item(12), fee.by_page(40), Charge(0, 0)]
    assert fee.total(charges) == Charge(3, 300)


def test_the_sentence_says_that_nothing_was_taken():
    assert fee.sentence(2024) == "2024年，本机关未收取政府信息公开信息处理费。"
    assert fee.sentence(2024, [fee.by_item(10)]) == fee.sentence(2024)


def test_the_sentence_names_the_offices_where_there_are_several():
    charges = [Charge(2, 2000, "示例市公安局"), Charge(1, 1940, "示例市财政局")]
    assert fee.sentence(2024, charges) == (
        "2024年，共对3件政府信息公开申请收取信息处理费3940元，"
        "其中，示例市公安局2件2000元，示例市财政局1件1940元。"
    )
    assert "其中" not in fee.sentence(2024, charges[:1])
    assert "其中" not in fee.sentence(2024, [charges[0], Charge(1, 1940)])


@pytest.mark.parametrize(("form", "applies"), [("2019", False), ("2021", True)])
def test_only_forms_since_the_tariff_tell_of_the_fee(form, applies):
    assert fee.applies(load(form)) is applies
