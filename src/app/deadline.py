"""When a report is due: 《政府信息公开条例》 Art. 49.

Departments hand in and publish by 31 January of the next year; a government's own report is
published by 31 March. Townships are not named there and in practice keep to January.
"""

from datetime import date


def due(year: int, unit_type: str = "") -> date:
    """Return the day by which the report of a year must be handed in or published."""
    return date(year + 1, 3, 31) if unit_type == "government" else date(year + 1, 1, 31)


def days_left(year: int, today: date, unit_type: str = "") -> int:
    """Return the days from today to the day it is due; negative once it has passed."""
    return (due(year, unit_type) - today).days


def sentence(year: int, today: date, unit_type: str = "") -> str:
    """Return what the foot of the window says about the deadline."""
    left = days_left(year, today, unit_type)
    day = due(year, unit_type)
    if left > 0:
        return f"距{day.month}月{day.day}日报送截止还有{left}天"
    if left == 0:
        return "今天是报送截止日"
    return f"已过报送截止日（{day.year}年{day.month}月{day.day}日）"
