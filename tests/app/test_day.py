"""Days in words."""

from datetime import date

from app.day import chinese_date


def test_dates_have_no_zeros_in_front():
    assert chinese_date(date(2025, 1, 5)) == "2025年1月5日"
