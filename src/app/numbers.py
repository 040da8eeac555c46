"""Figures as people type and print them.

Inside the program a figure is an int in the smallest unit of its cell: 件 or 项 for counts, 分 for
amounts (1 万元 = 1,000,000 分), so that sums are exact. No figure passes through binary floats.
What input looks like in real reports, and how it is to be taken: domain notes, part C.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Context, Decimal

from app.errors import AppError
from app.form import AMOUNT, SIGNED

FEN_PER_WAN = 1_000_000
"""分 in one 万元."""
LARGEST = 10**15
"""No figure may be larger: 件, 项 or 分."""
BLANKS = frozenset({"", "/", "-", "--", "无", "空", "*"})
"""What stands in reports for “not filled in”; blank is not zero."""

_WIDE = Context(prec=100)
"""Shifting the point must not round: longer figures are refused before."""
_LONGEST = 60
_MINUS = dict.fromkeys(map(ord, "-−－—–﹣‐‑"), "-")
_SCALE = {"": 0, "元": -4, "百元": -2, "千元": -1, "万": 0, "万元": 0, "百万": 2, "百万元": 2}
_SCALE |= {"千万": 3, "千万元": 3, "亿": 4, "亿元": 4, "分": -6, "角": -5}
_COUNT_UNITS = {"": 0, "件": 0, "项": 0, "件次": 0, "个": 0, "条": 0, "次": 0, "宗": 0}
_COUNT_UNITS |= {"万": 4, "万件": 4, "万项": 4}
_PATTERN = re.compile(r"(?P<sign>[+-]?)(?P<body>\d[\d.,' ]*|\.\d+)(?P<unit>[^\d.,' ]*)")
_GROUPED = re.compile(r"\d{1,3}(?:([,' ])\d{3})(?:\1\d{3})*(?:\.\d+)?")
_PLAIN = re.compile(r"\d+(?:\.\d*)?|\.\d+")
_WORDS = {"减少": "-", "减": "-", "负": "-", "增加": "+", "增": "+"}


class NotAFigure(AppError):
    """What was typed cannot be taken as a figure of this cell."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that was understood: `value` in the smallest unit, None for a blank.

    `note` says in words what was converted (“375万 → 375（万元）”), else it is empty.
    """

    value: int | None
    note: str = ""


def parse(text: str, kind: str) -> Figure:
    """Read a figure for a cell of a kind, with the widths, separators, units and signs people type.

    Raises:
        NotAFigure: it is no figure, or not one that this kind of cell can hold.
    """
    if len(text) > _LONGEST:
        raise NotAFigure("输入的内容过长，不是数，请填数字；不填请留空。")
    plain = _normalise(text)
    if plain in BLANKS:
        return Figure(None)
    for word, sign in _WORDS.items():
        if plain.startswith(word):
            plain = sign + plain.removeprefix(word)
            break
    match = _PATTERN.fullmatch(plain)
    if not match:
        raise NotAFigure(_refusal(text))
    number = _exact(text, match["body"].strip())
    unit = match["unit"].strip("()（）")
    if match["sign"] == "-":
        number = -number
    value, converted = _scaled(text, number, unit, kind)
    if value < 0 and kind != SIGNED:
        raise NotAFigure(f"“{text.strip()}”是负数，这里只能填0或正数。")
    if abs(value) > LARGEST:
        raise NotAFigure(f"“{text.strip()}”过大，请核对数字和单位。")
    note = f"{text.strip()} → {show(value, kind)}" if converted else ""
    if note and kind == AMOUNT:
        note += "（万元）"
    return Figure(value, note)


def show(value: int | None, kind: str) -> str:
    """Write a figure as the form prints it: no separators, amounts in 万元 without idle zeros."""
    if value is None:
        return ""
    return str(value) if kind != AMOUNT else format(exact(value, kind), "f")


def exact(value: int, kind: str) -> Decimal:
    """Return a figure in the printed unit of its cell, exact; amounts without idle zeros."""
    if kind != AMOUNT:
        return Decimal(value)
    whole, rest = divmod(abs(value), FEN_PER_WAN)
    digits = f"{whole}.{rest:06d}".rstrip("0").rstrip(".")
    return Decimal(digits if value >= 0 else "-" + digits)


def from_exact(number: Decimal | int, kind: str) -> int:
    """Return a figure in the smallest unit of its cell.

    Raises:
        NotAFigure: it is not whole in that unit, negative where it may not be, or too large.
    """
    scaled = Decimal(number)
    if not scaled.is_finite() or abs(scaled) > LARGEST:
        raise NotAFigure(f"“{str(number)[:_LONGEST]}”过大或不是数，请核对数字和单位。")
    if len(scaled.as_tuple().digits) > _LONGEST:
        raise NotAFigure(_too_fine(str(number)[:_LONGEST], kind))
    if kind == AMOUNT:
        scaled = scaled.scaleb(6, _WIDE)
    if scaled != scaled.to_integral_value():
        raise NotAFigure(_too_fine(str(number), kind))
    if scaled < 0 and kind != SIGNED:
        raise NotAFigure(f"“{number}”是负数，这里只能填0或正数。")
    if abs(scaled) > LARGEST:
        raise NotAFigure(f"“{number}”过大，请核对数字和单位。")
    return int(scaled)


def _normalise(text: str) -> str:
    """Bring full-width and look-alike characters to plain ones and drop outer blanks."""
    if any(unicodedata.category(ch) == "No" for ch in text):
        return text  # ² or ① would turn into a digit
    plain = unicodedata.normalize("NFKC", text).translate(_MINUS)
    plain = re.sub(r"[\s\u200b\ufeff]+", " ", plain).strip()
    plain = plain.replace("，", ",").replace("。", ".").replace("’", "'")
    return re.sub(r"(?<=[+-]) +| +(?=[^\d ])", "", plain)


def _exact(text: str, body: str) -> Decimal:
    """Read digits with their separators; a grouping that is none is refused, not guessed."""
    if _GROUPED.fullmatch(body):
        return Decimal(re.sub(r"[,' ]", "", body))
    if _PLAIN.fullmatch(body):
        return Decimal(body)
    raise NotAFigure(f"“{text.strip()}”中的分隔符位置不对，请去掉分隔符重新输入。")


def _scaled(text: str, number: Decimal, unit: str, kind: str) -> tuple[int, bool]:
    """Return the figure in the smallest unit, and whether a unit changed what is printed."""
    scales = _SCALE if kind == AMOUNT else _COUNT_UNITS
    if unit not in scales:
        raise NotAFigure(_refusal(text))
    scale = scales[unit]
    scaled = number.scaleb(scale + (6 if kind == AMOUNT else 0), _WIDE)
    if scaled != scaled.to_integral_value():
        raise NotAFigure(_too_fine(text.strip(), kind))
    return int(scaled), scale != 0 or unit == "万"


def _too_fine(text: str, kind: str) -> str:
    if kind == AMOUNT:
        return f"“{text}”不足1分，金额以万元填写，最多六位小数。"
    return f"“{text}”不是整数，这里只能填整数。"


def _refusal(text: str) -> str:
    shown = text.strip()
    if re.search(r"\d[OolI]|[OolI]\d", shown):
        return f"“{shown}”中夹有字母（O或l），请改为数字0或1。"
    return f"“{shown}”不是数，请填数字；不填请留空。"
