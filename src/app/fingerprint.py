"""The fingerprint: a short code that tells whether a paper and a file say the same.

What is content, how it is written before it is hashed, and how the code is made of the hash:
docs/fingerprint.md. Nothing about looks is content: fonts, dates of printing, watermarks.
"""

import hashlib
import json
import unicodedata
from functools import lru_cache

from app import numbers, prose
from app.errors import AppError
from app.report import Report

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Base 32 after Douglas Crockford: no I, L, O and U."""
LENGTH = 12
"""So many symbols, 5 bits each, before the check symbol."""
_GROUP = 4
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})
_DASHES = frozenset("-‐‑‒–—―−－_·.")
_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_POLYNOMIAL = 0b100101
"""x⁵ + x² + 1, primitive over GF(2): the powers of x are 31 different symbols."""


class Mistyped(AppError):
    """What was typed is no code: a symbol is wrong, missing, or two have changed places."""


def canonical(report: Report) -> bytes:
    """Return the content of a report as the bytes that are hashed."""
    form = report.form
    cells = ",".join(
        f"{_json(cell)}:{numbers.exact(value, form.cells[cell].kind):f}"
        for cell, value in sorted(report.figures().items())
    )
    sections = [section.id for section in form.sections]
    narratives = {part: settled(report.prose(part)) for part in ("preface", *sections)}
    titles = {section.id: settled(report.text(f"titles.{section.id}")) for section in form.sections}
    standard = {section.id: section.title for section in form.sections}
    parts = {
        "cells": f"{{{cells}}}",
        "format": _json(form.id),
        "narratives": _json({part: text for part, text in narratives.items() if text}),
        "org": _json(settled(report.org)),
        "profile": _json(form.profile),
        "titles": _json({i: text for i, text in titles.items() if text not in ("", standard[i])}),
        "year": _json(report.year),
    }
    return ("{" + ",".join(f'"{key}":{value}' for key, value in parts.items()) + "}").encode()


def code(report: Report) -> str:
    """Return the code of a report: "XXXX-XXXX-XXXX-X"."""
    digest = hashlib.sha256(canonical(report)).digest()
    number = int.from_bytes(digest[:8], "big") >> 4  # the first 60 bits
    symbols = "".join(SYMBOLS[number >> shift & 31] for shift in range(5 * LENGTH - 5, -1, -5))
    return _grouped(symbols + SYMBOLS[_check(symbols)])


def read(text: str) -> str:
    """Return a code as it is printed, from how people type, paste or scan it.

    Case, blanks, dashes and full-width forms do not matter; I and L are read as 1, O as 0.

    Raises:
        Mistyped: it cannot be the code of anything.
    """
    plain = unicodedata.normalize("NFKC", text).upper().translate(_READ_AS)
    symbols = "".join(ch for ch in plain if not ch.isspace() and ch not in _DASHES)
    wrong = sorted({ch for ch in symbols if ch not in SYMBOLS})
    if wrong:
        raise Mistyped(f"核对码里不会有“{''.join(wrong)}”，请对照纸上的核对码重新输入。")
    if len(symbols) != LENGTH + 1:
        raise Mistyped(
            f"核对码应为{LENGTH + 1}位，输入了{len(symbols)}位，请对照纸上的核对码重新输入。"
        )
    if _check(symbols[:-1]) != SYMBOLS.index(symbols[-1]):
        raise Mistyped("核对码输错了（末位校验不符），请对照纸上的核对码逐位检查后重新输入。")
    return _grouped(symbols)


@lru_cache(maxsize=64)
def settled(text: str) -> str:
    """Return a text as it counts: paragraphs trimmed and joined by line feeds, NFC."""
    return unicodedata.normalize("NFC", prose.clean(text))


def _check(symbols: str) -> int:
    """The value c of the check symbol: Σ sᵢ·x^(12−i) + c = 0 in GF(32).

    Every symbol is weighed with a power of x of its own, and all these differ. So one wrong symbol,
    and any two different symbols that have changed places, leave a rest.
    """
    rest = 0
    for symbol in symbols:
        rest = _times_x(rest ^ SYMBOLS.index(symbol))
    return rest


def _times_x(value: int) -> int:
    return value << 1 ^ (_POLYNOMIAL if value & 16 else 0)


def _grouped(symbols: str) -> str:
    return "-".join(symbols[i : i + _GROUP] for i in range(0, len(symbols), _GROUP))
