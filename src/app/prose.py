"""Prose as the report keeps it: one paragraph a line, no indents, no layout.

Cleans what people paste from Word, WPS and web pages; the page decides about indents and headings.
"""

import re
import unicodedata

_SPACE = " \t\u00a0\u3000\u2002\u2003\u2009\u200a\u202f"
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_BREAKS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BULLET = re.compile(r"^[•●◆■▪➢✓·\uf06c\uf0b7\uf0d8\s]+")
_RADICALS = str.maketrans(
    "⺁⺄⺇⺌⺍⺕⺗⺝⺟⺠⺢⺧⺬⺮⺷⺻⺼⻁⻄⻅⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
    "厂乙几小小彐心月母民水牛示竹羊聿月虎西见刂车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
)
"""Radicals that PDF text layers carry for characters and that NFKC leaves alone (domain C)."""


def clean(text: str) -> str:
    """Return pasted or read text as paragraphs joined by line feeds.

    Line breaks of every kind become line feeds; indents, trailing blanks, bullets, empty lines and
    invisible characters go; control characters go; everything else stays as it was typed. What is
    clean stays as it is.
    """
    lines = _INVISIBLE.sub("", _BREAKS.sub("\n", text)).split("\n")
    kept = (_BULLET.sub("", _seen(line).strip(_SPACE)) for line in lines)
    return "\n".join(line.replace("\t", "\u3000") for line in kept if line)


def plain(text: str) -> str:
    """Return text for comparing: radicals and compatibility forms as the characters they stand for.

    Used to match labels and to look for words; never for what is kept or printed.
    """
    return unicodedata.normalize("NFKC", text.translate(_RADICALS))


def length(text: str) -> int:
    """Count the characters of prose as offices count them: without blanks and line breaks."""
    return len("".join(text.split()))


def _seen(line: str) -> str:
    """Return a line without control characters."""
    if line.isprintable():  # as nearly every line; called at every key
        return line
    return "".join(ch for ch in line if ch.isprintable() or ch in _SPACE)
