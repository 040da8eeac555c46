"""Which characters can be printed on any workstation: those of the bundled faces.

Needs no ReportLab and parses no font, so that a check may ask on every key.
"""

import json
import unicodedata
from functools import cache
from typing import Any

from app import resources

MISSING = "〓"
"""What is printed for a character that no face has."""
_SPACES = " \u3000"


@cache
def manifest() -> dict[str, Any]:
    """Return resources/fonts/manifest.json, written by packaging/fonts/make_fonts.py."""
    text = (resources.root() / "fonts" / "manifest.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def missing(text: str) -> list[str]:
    """Return the characters of `text` that no bundled face can draw, each once, in order."""
    wanted = dict.fromkeys(drawn(ch) for ch in dict.fromkeys(text))
    return [ch for ch in wanted if ch and ch not in _SPACES and ord(ch) not in _printable()]


def drawn(ch: str) -> str:
    """Return what is put on paper for a character: itself, a space, or "" for an invisible one.

    Invisible are joiners, direction marks, variation selectors and controls that come along with
    text pasted from the web; a tab and the many spaces of Unicode are one space; a compatibility
    ideograph is the character it repeats.
    """
    if ch in _SPACES or "!" <= ch <= "~" or "\u4e00" <= ch <= "\u9fff":
        return ch
    if ch == "\t" or unicodedata.category(ch) == "Zs":
        return " "
    same = unicodedata.normalize("NFC", ch)
    ch = same if len(same) == 1 else ch
    selector = "\ufe00" <= ch <= "\ufe0f" or "\U000e0100" <= ch <= "\U000e01ef"
    return "" if selector or unicodedata.category(ch) in ("Cc", "Cf") else ch


@cache
def _printable() -> frozenset[int]:
    """Return the code points with ink in the fallback faces."""
    codes: set[int] = set()
    for run in manifest()["printable"].split():
        first, _, last = run.partition("-")
        codes.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(codes)
