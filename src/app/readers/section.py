"""Sections: which lines are the titles of sections, and the prose that belongs to each."""

import re
from collections.abc import Iterable, Sequence

from app import prose
from app.form import Form, Section
from app.readers.label import core, han, likeness, ordinal
from app.readers.line import Line, of_text
from app.readers.script import simplified

_NUMERAL = re.compile(r"\s*[一二三四五六七八九十]{1,2}\s*[、.．,，:：]\s*\S")
_RUN_IN = re.compile(
    r"\s*[一二三四五六七八九十]\s*[、.．,，]\s*(?P<title>[^。：:，,；\n]{4,36}?)(?P<gap>[。：:]|[\s\u3000]+)(?P<rest>.{8,})",
    re.DOTALL,
)
_LONGEST_TITLE = 40
_MORE_THAN_TITLE = 16
"""Local titles add words (因政府信息公开工作被申请…), but not a sentence."""


def mark_titles(form: Form, lines: Sequence[Line]) -> list[Line]:
    """Return the lines with the titles of sections marked; titles with text run in are parted.

    Of several chains the last is taken: a table of contents stands before the report.
    """
    parted = [part for line in lines for part in _part(form, line)]
    candidates = [(n, s) for n, line in enumerate(parted) if (s := _section(form, line))]
    order = [section.id for section in form.sections]
    chosen: dict[str, int] = {}
    limit = len(parted)
    for section in reversed(order):
        places = [n for n, found in candidates if found == section and n < limit]
        if places:
            chosen[section] = limit = places[-1]
    _add_numbered(form, parted, chosen)
    for section, number in chosen.items():
        parted[number].section = section
    return parted


def title(line: Line, section: Section) -> str:
    """Return the title of a section as the file words it, empty where it says the same.

    Numbers, spaces and punctuation make no difference in substance.
    """
    text = prose.clean(re.sub(r"\s+", "", line.text)).rstrip("。：:")
    if han(text) == han(section.title) or core(text) == core(section.title):
        return ""
    return text


def prose_of(lines: Iterable[Line]) -> str:
    """Return lines as the paragraphs of a narrative."""
    return prose.clean("\n".join(line.text for line in lines))


def _part(form: Form, line: Line) -> list[Line]:
    """Part a paragraph that begins with the title of a section from its text."""
    match = None if line.grid else _RUN_IN.fullmatch(line.text)
    if not match:
        return [line]
    head = of_text(line.text[: match.end("title")], line.place, line.path)
    if not _section(form, head):
        return [line]
    return [head, of_text(match["rest"], line.place, line.path)]


def _section(form: Form, line: Line) -> str:
    """Return the section whose title a line is by its keywords, else an empty text."""
    text = _single(line)
    if not text:
        return ""
    own = core(text)
    numbered = bool(_NUMERAL.match(simplified(text)))
    for section in form.sections:
        standard = core(section.title)
        if not all(word in own for word in section.keywords):
            continue
        if numbered and len(own) <= len(standard) + _MORE_THAN_TITLE:
            return section.id
        if not re.match(r"\s*[（(\d]", text) and likeness(own, standard) >= 0.75:
            return section.id
    return ""


def _add_numbered(form: Form, lines: Sequence[Line], chosen: dict[str, int]) -> None:
    """Find titles in words of their own by their number, between the titles that are known."""
    if len(chosen) < 2:
        return
    order = [section.id for section in form.sections]
    for place, section in enumerate(form.sections):
        if section.id in chosen:
            continue
        before = max((chosen[s] for s in order[:place] if s in chosen), default=-1)
        after = min((chosen[s] for s in order[place + 1 :] if s in chosen), default=len(lines))
        for number in range(before + 1, after):
            text = _single(lines[number])
            if text and _NUMERAL.match(text) and ordinal(text) == ordinal(section.title):
                words = set(core(text)) & set(core(section.title) + "".join(section.keywords))
                if len(words) >= 2:
                    chosen[section.id] = number
                    break


def _single(line: Line) -> str:
    """Return the text of a line that could be a title, else nothing."""
    filled = [piece.text for piece in line.pieces if piece.text]
    if line.grid is not None and len(filled) != 1:
        return ""
    text = line.text.strip()
    if len(text) > _LONGEST_TITLE + 12 or len(han(text)) > _LONGEST_TITLE:
        return ""
    return "" if re.search(r"[。；！？].", text) else text
