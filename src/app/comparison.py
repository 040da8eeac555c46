"""Two reports, or two revisions of one, side by side: which figures and which words differ.

Content is compared, as the fingerprint has it: two reports without differences have one code.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from app import numbers
from app.fingerprint import settled
from app.form import Cell
from app.report import Report

SAME, ADDED, REMOVED = "same", "added", "removed"
BREAK = "↵"
"""Stands for the end of a paragraph within what is shown on one line."""
_SENTENCE = re.compile(r"[^。！？\n]*[。！？]+[”’）》]*\n?|[^。！？\n]+\n?|\n")
_WORD = re.compile(r"\d[\d,.]*[%％‰]?|[A-Za-z]+|.", re.DOTALL)
_ISLAND = 2
"""So few words between two changes are no common ground but chance."""
_ALIKE = 0.4
"""Below this likeness two sentences are told as one gone and one new."""


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that differs, in the smallest unit of its cell; None for a blank."""

    cell: Cell
    before: int | None
    after: int | None

    @property
    def difference(self) -> int | None:
        """How much more it is; None where one of the two is blank."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before

    @property
    def shown(self) -> tuple[str, str, str]:
        """Before, after and difference as they are printed."""
        kind, gap = self.cell.kind, self.difference
        before, after = (
            "（空）" if value is None else numbers.show(value, kind)
            for value in (self.before, self.after)
        )
        sign = "+" if gap is not None and gap > 0 else ""
        return before, after, "" if gap is None else sign + numbers.show(gap, kind)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are the same, "added" or "removed"."""

    text: str
    mark: str = SAME


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, or several, that read differently."""

    pieces: tuple[Piece, ...]

    @property
    def before(self) -> str:
        """How it read."""
        return "".join(p.text for p in self.pieces if p.mark != ADDED)

    @property
    def after(self) -> str:
        """How it reads."""
        return "".join(p.text for p in self.pieces if p.mark != REMOVED)

    @property
    def shown(self) -> tuple[str, str]:
        """Both on one line each; ends of paragraphs are seen but where both have one at the end."""
        before, after = self.before, self.after
        if before.endswith("\n") == after.endswith("\n") or not before or not after:
            before, after = before.rstrip("\n"), after.rstrip("\n")
        return before.replace("\n", BREAK), after.replace("\n", BREAK)

    @property
    def shown_pieces(self) -> tuple[Piece, ...]:
        """The pieces, each on one line, without the end of a paragraph that both sides have."""
        *pieces, last = self.pieces
        end = last.text.rstrip("\n") if last.mark == SAME else last.text
        shown = (
            Piece(p.text.replace("\n", BREAK), p.mark) for p in (*pieces, Piece(end, last.mark))
        )
        return tuple(piece for piece in shown if piece.text)


@dataclass(frozen=True, slots=True)
class TextChange:
    """A text that differs: what people call it, and the passages that do."""

    item: str
    name: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Comparison:
    """Everything in which the report `after` differs from the report `before`."""

    before: Report
    after: Report

    @cached_property
    def figures(self) -> tuple[FigureChange, ...]:
        """The figures that differ, in the order of the form."""
        cells = {**self.before.form.cells, **self.after.form.cells}
        old, new = self.before.figures(), self.after.figures()
        return tuple(
            FigureChange(about, old.get(cell), new.get(cell))
            for cell, about in cells.items()
            if old.get(cell) != new.get(cell)
        )

    @cached_property
    def texts(self) -> tuple[TextChange, ...]:
        """The texts that differ: what stands in the head, then section by section."""
        return tuple(_texts(self.before, self.after))

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return not self.figures and not self.texts

    def lines(self) -> Iterator[str]:
        """Tell every difference in a line: cell by cell, sentence by sentence."""
        for figure in self.figures:
            before, after, gap = figure.shown
            yield f"{figure.cell.name}：{before} → {after}" + (f"（{gap}）" if gap else "")
        for text in self.texts:
            for passage in text.passages:
                before, after = passage.shown
                if before and after:
                    yield f"{text.name}：“{before}”改为“{after}”"
                else:
                    yield f"{text.name}：{'增加' if after else '删去'}“{after or before}”"

    def summary(self) -> str:
        """Tell in one phrase how much differs, and the first of it."""
        if self.is_same:
            return "内容相同"
        passages = sum(len(text.passages) for text in self.texts)
        counts = ((len(self.figures), "个数"), (passages, "处文字"))
        return "改动" + "、".join(f"{count}{what}" for count, what in counts if count)


def _texts(before: Report, after: Report) -> Iterator[TextChange]:
    heads = (
        ("form", "格式", before.form.id, after.form.id),
        ("profile", "地方样式", before.form.profile or "", after.form.profile or ""),
        ("year", "年度", f"{before.year}", f"{after.year}"),
        ("org", "单位", before.org, after.org),
        ("narratives.preface", "前言", before.prose("preface"), after.prose("preface")),
    )
    sections = (
        entry
        for section in after.form.sections
        for entry in (
            (f"titles.{section.id}", f"{section.title}（标题）",
             _title(before, section.id), after.title(section.id)),
            (f"narratives.{section.id}", section.title,
             before.prose(section.id), after.prose(section.id)),
        )
    )  # fmt: skip
    for item, name, *both in (*heads, *sections):
        old, new = map(settled, both)
        if old != new:
            yield TextChange(item, name, passages(old, new))


def _title(report: Report, section_id: str) -> str:
    known = any(section.id == section_id for section in report.form.sections)
    return report.title(section_id) if known else ""


def passages(before: str, after: str) -> tuple[Passage, ...]:
    """Return the sentences in which two texts differ, with their words marked."""
    old, new = _SENTENCE.findall(before), _SENTENCE.findall(after)
    found = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if i2 - i1 == j2 - j1:
            found += [_passage(a, b) for a, b in zip(old[i1:i2], new[j1:j2], strict=True)]
        else:
            found.append(_passage("".join(old[i1:i2]), "".join(new[j1:j2])))
    return tuple(found)


def _passage(before: str, after: str) -> Passage:
    """Mark the words that differ."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if not before or not after or matcher.ratio() < _ALIKE:
        return Passage(tuple(_merged([Piece(before, REMOVED), Piece(after, ADDED)])))
    pieces: list[Piece] = []
    codes = matcher.get_opcodes()
    for number, (tag, i1, i2, j1, j2) in enumerate(codes):
        inside = 0 < number < len(codes) - 1
        if tag == "equal" and not (inside and i2 - i1 <= _ISLAND):
            pieces.append(Piece("".join(old[i1:i2])))
        else:
            pieces += [Piece("".join(old[i1:i2]), REMOVED), Piece("".join(new[j1:j2]), ADDED)]
    return Passage(tuple(_merged(pieces)))


def _merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Join what goes and what comes between two common pieces, what goes first."""
    waiting = {REMOVED: "", ADDED: ""}
    for piece in (*pieces, Piece("")):
        if piece.mark != SAME:
            waiting[piece.mark] += piece.text
            continue
        yield from (Piece(text, mark) for mark, text in waiting.items() if text)
        waiting = {REMOVED: "", ADDED: ""}
        if piece.text:
            yield piece
