"""The words of a report: which lines make the preface and the prose of each section.

What belongs to the page around a report (navigation, dates, print buttons) is left over, not lost.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from app.form import Form
from app.readers import heading, section
from app.readers.label import han
from app.readers.line import Line
from app.readers.proposal import Leftover
from app.report import PREFACE, narrative


@dataclass(frozen=True, slots=True)
class Content:
    """The text items of a report, and the lines that found no place in it."""

    texts: dict[str, str]
    leftovers: tuple[Leftover, ...]


def content(form: Form, lines: Sequence[Line], org: str) -> Content:
    """Sort the lines that are not part of tables or title into preface and sections."""
    texts: dict[str, str] = {}
    left: list[Leftover] = []
    body = _body(lines)
    parts = list(_parts(lines))
    for number, (title, rest) in enumerate(parts):
        about = form.section(title.section) if title else None
        edge = title is None or number == len(parts) - 1
        kept = []
        for line in rest:
            if why := _stranger(line, body, edge=edge):
                left.append(Leftover(line.text, line.place, why))
            else:
                kept.append(line)
        if number == len(parts) - 1 and title is not None:
            kept = _signed(kept, org, texts)
        item = narrative(about.id) if about else PREFACE
        if text := section.prose_of(kept):
            texts[item] = text
        if title and about and (own := section.title(title, about)):
            texts[f"titles.{about.id}"] = own
    if texts.get(PREFACE):
        texts.update({f"cover.{k}": v for k, v in heading.cover(texts[PREFACE]).items()})
    return Content(texts, tuple(left))


def _parts(lines: Sequence[Line]) -> Iterable[tuple[Line | None, list[Line]]]:
    """Part the lines at the titles of sections; what stands before the report's title falls out."""
    title: Line | None = None
    rest: list[Line] = []
    for line in lines:
        if line.section:
            yield title, rest
            title, rest = line, []
        elif not line.is_used:
            rest.append(line)
    yield title, rest


def _stranger(line: Line, body: tuple[int, ...], *, edge: bool) -> str:
    """Say why a line is no prose of the report; empty where it is."""
    if line.path[: len(body)] != body:
        return "页面其他文字"
    if line.grid is not None and line.filled > 1:
        return "不是本报告的表格行"
    if not han(line.text) and not any(ch.isdigit() for ch in line.text):
        return "不是报告文字"
    if edge and heading.is_furniture(line.text):
        return "页面其他文字"
    return ""


def _body(lines: Sequence[Line]) -> tuple[int, ...]:
    """Return the part of a web page in which all titles and tables of the report stand."""
    anchors = [line.path for line in lines if line.section or (line.is_used and line.grid)]
    if len(set(map(id, anchors))) < 2:
        return ()
    levels = takewhile(lambda level: len(set(level)) == 1, zip(*anchors, strict=False))
    return tuple(level[0] for level in levels)


def _signed(kept: list[Line], org: str, texts: dict[str, str]) -> list[Line]:
    """Take date and unit under the report out of the last section's prose."""
    if kept and (date := heading.published(kept[-1].text)):
        texts["published"] = date
        kept = kept[:-1]
        if kept and heading.is_signature(kept[-1].text, org):
            kept = kept[:-1]
    elif (
        len(kept) > 1
        and heading.is_signature(kept[-1].text, org)
        and (date := heading.published(kept[-2].text))
    ):
        texts["published"] = date
        kept = kept[:-2]
    return kept
