"""Days to the deadline of Art. 49."""

from datetime import date

import pytest

from app import deadline


@pytest.mark.parametrize(
    ("unit_type", "due"),
    [
        ("department", date(2025, 1, 31)),
        ("township", date(2025, 1, 31)),
        ("", date(2025, 1, 31)),
        ("government", date(2025, 3, 31)),
    ],
)
def test_due(unit_type, due):
    assert deadline.due(2024, unit_type) == due


@pytest.mark.parametrize(
    ("today", "says"),
    [
        (date(2024, 12, 22), "距1月31日报送截止还有40天"),
        (date(2025, 1, 31), "今天是报送截止日"),
        (date(2025, 2, 1), "已过报送截止日（2025年1月31日）"),
    ],
)
def test_sentence(today, says):
    assert deadline.sentence(2024, today) == says


def test_the_day_that_the_office_above_has_set_comes_first():
    own = date(2025, 1, 15)
    assert deadline.sentence(2024, date(2025, 1, 5), "government", own) == (
        "距1月15日报送截止还有10天"
    )
