"""The automatic numbers of Word paragraphs: “一、”, “1.” stand in no text but in a list."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from app.readers.archive import Archive

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_DEEPEST = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its number is written, in which text, from which start."""

    format: str
    text: str
    start: int


@dataclass(slots=True)
class Numbers:
    """Counts the lists of a document while its paragraphs are read in order."""

    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    _at: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, archive: Archive) -> "Numbers":
        """Return the lists that a document defines; none where it defines none."""
        numbers = cls()
        if "word/numbering.xml" in archive.names:
            numbers.lists = _lists(archive.tree("word/numbering.xml"))
        if numbers.lists and "word/styles.xml" in archive.names:
            numbers.styles = _styles(archive.tree("word/styles.xml"))
        return numbers

    def before(self, paragraph: "etree._Element") -> str:
        """Return the number that Word prints before a paragraph, and count it."""
        if not self.lists:
            return ""
        list_id, level = self._of(paragraph)
        levels = self.lists.get(list_id)
        if not levels or level not in levels:
            return ""
        at = self._at[list_id]
        at[level] = at.get(level, levels[level].start - 1) + 1
        for deeper in [n for n in at if n > level]:
            del at[deeper]
        text = levels[level].text
        for number in range(_DEEPEST):
            mark = f"%{number + 1}"
            if mark in text and number in levels:
                value = at.get(number, levels[number].start)
                text = text.replace(mark, _written(value, levels[number].format))
        return text if levels[level].format != "bullet" else ""

    def _of(self, paragraph: "etree._Element") -> tuple[str, int]:
        number = paragraph.find(f"{_W}pPr/{_W}numPr")
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        found = ("", 0) if style is None else self.styles.get(style.get(_W + "val", ""), ("", 0))
        if number is None:
            return found
        list_id = _value(number, "numId") or found[0]
        level = _value(number, "ilvl")
        return list_id, int(level) if level.isdigit() else found[1]


def _lists(root: "etree._Element") -> dict[str, dict[int, Level]]:
    abstract = {}
    for element in root.findall(f"{_W}abstractNum"):
        levels = {}
        for level in element.findall(f"{_W}lvl"):
            depth, start = level.get(_W + "ilvl", "0"), _value(level, "start") or "1"
            if depth.isdigit() and start.isdigit():
                text = _value(level, "lvlText")
                levels[int(depth)] = Level(_value(level, "numFmt"), text, int(start))
        abstract[element.get(_W + "abstractNumId", "")] = levels
    return {
        element.get(_W + "numId", ""): abstract.get(_value(element, "abstractNumId"), {})
        for element in root.findall(f"{_W}num")
    }


def _styles(root: "etree._Element") -> dict[str, tuple[str, int]]:
    found = {}
    for style in root.findall(f"{_W}style"):
        number = style.find(f"{_W}pPr/{_W}numPr")
        if number is not None:
            level = _value(number, "ilvl")
            found[style.get(_W + "styleId", "")] = (
                _value(number, "numId"), int(level) if level.isdigit() else 0
            )  # fmt: skip
    return found


def _value(element: "etree._Element", name: str) -> str:
    found = element.find(_W + name)
    return "" if found is None else str(found.get(_W + "val", ""))


def _written(number: int, form: str) -> str:
    writers: dict[str, Callable[[int], str]] = {
        "chineseCounting": chinese,
        "chineseCountingThousand": chinese,
        "japaneseCounting": chinese,
        "ideographDigital": chinese,
        "decimalEnclosedCircleChinese": lambda n: chr(0x2460 + n - 1) if 0 < n <= 20 else str(n),
        "decimalEnclosedCircle": lambda n: chr(0x2460 + n - 1) if 0 < n <= 20 else str(n),
        "upperLetter": lambda n: chr(ord("A") + (n - 1) % 26),
        "lowerLetter": lambda n: chr(ord("a") + (n - 1) % 26),
        "none": lambda _: "",
    }
    return writers.get(form, str)(number)


def chinese(number: int) -> str:
    """Write a number up to 99 in Chinese: 十二."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    text = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return text + (_DIGITS[ones] if ones else "")
