"""A day in words."""

from datetime import date


def chinese_date(day: date) -> str:
    """Write a date as official documents do: 2025年1月20日, without zeros in front."""
    return f"{day.year}年{day.month}月{day.day}日"
