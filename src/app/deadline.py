"""When a report is due: 《政府信息公开条例》 Art. 49.

Departments hand in and publish by 31 January of the next year; a government's own report is
published by 31 March. Townships are not named there and in practice keep to January.
"""

from datetime import date

from app.day import chinese_date


def due(year: int, unit_type: str = "") -> date:
    """Return the day by which the law wants the report of a year handed in or published."""
    return date(year + 1, 3, 31) if unit_type == "government" else date(year + 1, 1, 31)


def sentence(year: int, today: date, unit_type: str = "", own: date | None = None) -> str:
    """Return what the foot of the window says; `own` is the day the office above has set."""
    day = own or due(year, unit_type)
    left = (day - today).days
    if left > 0:
        return f"距{day.month}月{day.day}日报送截止还有{left}天"
    if left == 0:
        return "今天是报送截止日"
    return f"已过报送截止日（{chinese_date(day)}）"
