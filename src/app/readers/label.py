"""Labels: the words of a form as an index, and which row or column a read text stands for.

Labels are compared without spaces, punctuation, numbering and bracketed hints; radicals,
compatibility forms and traditional characters count as the characters they stand for (domain
notes, part C).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from app import prose
from app.form import Form, GridCell, Table
from app.readers.script import simplified

LIKE = 0.78
"""How alike a misprinted label must be (share of characters in common) to be taken for one."""
LIKE_NEXT = 0.6
"""The same for the very row that comes next: a slip there misleads nobody."""
MOST_PIECES = 12
_MOST_ALIKE = 300
"""How often likeness is looked for in one file: it is slow, and a report has 40 labels."""
_LONGEST = 260

_BRACKETED = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")
_NUMBERED = re.compile(
    r"^\s*(?:\((?P<a>[一二三四五六七八九十\d]{1,3})\)|(?P<b>[一二三四五六七八九十]{1,3})\s*[、.,:]"
    r"|(?P<c>\d{1,2})\s*[、.,):])"
)
_NOT_HAN = re.compile(r"[^\u3400-\u9fff\U00020000-\U0003ffff]")


@lru_cache(maxsize=20_000)
def han(text: str) -> str:
    """Return the Chinese characters of a text in their simplified form, nothing else."""
    return _NOT_HAN.sub("", simplified(prose.plain(text)))


@lru_cache(maxsize=20_000)
def core(text: str) -> str:
    """Return what makes a label: its characters without numbering and bracketed hints."""
    plain = re.sub(r"\s", "", simplified(prose.plain(text)))
    while (match := _NUMBERED.match(plain)) and match.end() < len(plain):
        plain = plain[match.end() :]
    shorter = _BRACKETED.sub("", plain)
    while shorter != plain:
        plain, shorter = shorter, _BRACKETED.sub("", shorter)
    return _NOT_HAN.sub("", plain)


def ordinal(text: str) -> str:
    """Return the number that a label begins with (“3”, “三”), else an empty text."""
    match = _NUMBERED.match(re.sub(r"\s", "", prose.plain(text)))
    return next((part for part in match.groups() if part), "") if match else ""


@lru_cache(maxsize=20_000)
def likeness(one: str, other: str) -> float:
    """Return the share of characters that two texts have in common in the same order, 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


@dataclass(frozen=True)
class Row:
    """A row of figures of a form: its cells, the labels before it and the heads over each cell."""

    table: str
    number: int
    cells: tuple[str, ...]
    labels: tuple[str, ...]
    heads: tuple[tuple[str, ...], ...]
    ordinal: str

    @property
    def label(self) -> str:
        """The row's own label as a core; empty for a row under heads only."""
        return self.labels[-1] if self.labels else ""


@dataclass(frozen=True)
class Match:
    """The row that texts stand for, and how many of the last texts make its label.

    `doubt` says in words why it may be another row, else it is empty.
    """

    row: Row
    pieces: int
    doubt: str = ""


class Index:
    """The labels of one form, made for looking up."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.rows: list[Row] = []
        self.words: dict[str, str] = {}
        for table in form.tables.values():
            self._add(table)
        self.by_label: dict[str, list[Row]] = {}
        for row in self.rows:
            if row.labels:
                self.by_label.setdefault(row.label, []).append(row)
        self.unlabelled = [row for row in self.rows if not row.labels]
        self.heads = {head for row in self.rows for path in row.heads for head in path}
        self.groups = {label for row in self.rows for label in row.labels[:-1]}
        self.table_sections = {section.id for section in form.sections if section.table}
        self._vocabulary = "\n".join(self.words.values())
        self._by_table = {
            table: "\n".join(
                text for key, text in self.words.items() if key.startswith(table + "/")
            )
            for table in form.tables
        }
        self._seen: dict[str, bool] = {}
        self._alike_left = _MOST_ALIKE

    def _add(self, table: Table) -> None:
        heads = [b for b in table.boxes if b.kind in ("head", "note", "band")]
        for box in table.boxes:
            if box.text:
                self.words[f"{table.id}/{box.row}/{box.column}"] = han(box.text)
                self.words[f"{table.id}/{box.row}/{box.column}/core"] = core(box.text)
        for number in range(table.row_count):  # heads run together
            texts = [b.text for b in sorted(heads, key=lambda b: b.column) if b.row == number]
            self.words[f"{table.id}/{number}"] = han("".join(texts))
        by_row: dict[int, list[GridCell]] = {}
        for box in table.boxes:
            if box.kind == "figure":
                by_row.setdefault(box.row, []).append(box)
        for number, figures in sorted(by_row.items()):
            labels = [b for b in table.boxes if b.kind == "label" and covers_row(b, number)]
            labels.sort(key=lambda b: b.column)
            figures.sort(key=lambda b: b.column)
            self.rows.append(
                Row(
                    table=table.id,
                    number=len(self.rows),
                    cells=tuple(b.cell for b in figures),
                    labels=tuple(core(b.text) for b in labels),
                    heads=tuple(_over(heads, b) for b in figures),
                    ordinal=ordinal(labels[-1].text) if labels else "",
                )
            )

    def begin(self) -> None:
        """Begin with another file."""
        self._alike_left = _MOST_ALIKE

    def is_word(self, text: str) -> bool:
        """Say whether a text is (a part of) what is printed in the tables besides figures."""
        known = self._seen.get(text)
        if known is None:
            whole, short = han(text), core(text)
            known = bool(whole) and (
                whole in self._vocabulary or (bool(short) and short in self._vocabulary)
            )
            self._seen[text] = known
        return known

    def is_row_label(self, text: str) -> bool:
        """Say whether a text is exactly the label of a row."""
        return core(text) in self.by_label

    def section_of(self, row: Row) -> str:
        """Return the section in which the table of a row stands."""
        return self.form.tables[row.table].section

    def match(self, pieces: Sequence[str], after: Row | None) -> Match | None:
        """Tell the row for which the last of these texts stand.

        Args:
            pieces: the texts read since the last figure, the nearest last.
            after: the row that came before, to prefer what follows it.
        """
        if not pieces:
            return None
        return (
            self._headed(pieces)
            or self._exact(pieces, after)
            or self._with_group(pieces, after)
            or self._alike(pieces, after)
            or self._numbered(pieces, after)
        )

    def _headed(self, pieces: Sequence[str]) -> Match | None:
        """A row without label: what stands before it are the heads of its table."""
        for row in self.unlabelled:
            heads = [text for path in row.heads for text in path]
            wanted = "".join(dict.fromkeys(heads))
            read = 0
            text = ""
            for piece in reversed(pieces):
                own = han(piece)
                if not own or own not in self._by_table[row.table]:
                    break
                read += 1
                text = own + text
            if len(text) >= len(wanted) and read >= min(len(row.cells) // 3, 5):
                return Match(row, read)
        return None

    def _exact(self, pieces: Sequence[str], after: Row | None) -> Match | None:
        text = ""
        for count, piece in enumerate(reversed(pieces[-MOST_PIECES:]), 1):
            text = piece + text
            if len(text) > _LONGEST:
                break
            rows = self.by_label.get(core(text)) or self.by_label.get(
                core(piece) + core(text[len(piece) :])
            )
            if rows:
                return Match(_nearest(rows, after), count)
        return None

    def _with_group(self, pieces: Sequence[str], after: Row | None) -> Match | None:
        """The label together with (pieces of) the groups it stands in."""
        text = ""
        for count, piece in enumerate(reversed(pieces[-MOST_PIECES:]), 1):
            text = piece + text
            if len(text) > _LONGEST:
                break
            own = core(text)
            fitting = [
                row for row in self.rows
                if row.label and own.endswith(row.label)
                and _is_group(own.removesuffix(row.label), row.labels[:-1])
            ]  # fmt: skip
            if fitting:
                longest = max(len(row.label) for row in fitting)
                rows = [row for row in fitting if len(row.label) == longest]
                return Match(_nearest(rows, after), count)
        return None

    def _alike(self, pieces: Sequence[str], after: Row | None) -> Match | None:
        """A misprinted, shortened or reworded label."""
        self._alike_left -= 1
        best: tuple[float, Row, int, str] | None = None
        text = ""
        if self._alike_left < 0:
            return None
        for count, piece in enumerate(reversed(pieces[-4:]), 1):
            text = piece + text
            own = core(text)
            if not 2 <= len(own) <= 60:
                continue
            for row in self.rows:
                if not row.label:
                    continue
                score = _score(own, row.label)
                follows = _follows(row, after)
                if follows and row.ordinal == ordinal(text):
                    score += 0.1
                wanted = LIKE_NEXT if follows else LIKE
                if score >= wanted and (best is None or score > best[0] + 1e-9):
                    best = (score, row, count, text)
        if best is None:
            return None
        score, row, count, text = best
        sure = _follows(row, after) and row.ordinal == ordinal(text) and score >= LIKE
        return Match(row, count, "" if sure else f"行名“{text.strip()}”与表样不尽相同")

    def _numbered(self, pieces: Sequence[str], after: Row | None) -> Match | None:
        """A local label with the right number in the right group: 2.逾期不缴费."""
        text = pieces[-1]
        number = ordinal(text)
        if after is None or not number or not core(text):
            return None
        for row in self.rows:
            if (
                row.ordinal == number
                and row.number > after.number
                and row.table == after.table
                and len(row.labels) > 1
                and (row.labels[:-1] == after.labels[:-1] or row.labels[-2] in map(core, pieces))
            ):
                return Match(row, 1, f"行名“{text.strip()}”与表样不同，按序号认定")
        return None


def covers_row(box: GridCell, row: int) -> bool:
    """Say whether a box of a form reaches over a row."""
    return box.row <= row < box.row + box.rows


def _over(heads: Sequence[GridCell], figure: GridCell) -> tuple[str, ...]:
    """The heads over a figure from the top, those of its own block only."""
    above = [
        b for b in heads
        if b.kind == "head" and b.row < figure.row
        and b.column <= figure.column < b.column + b.columns
    ]  # fmt: skip
    bands = [b.row for b in heads if b.kind == "band" and b.row < figure.row]
    start = max(bands, default=-1)
    return tuple(core(b.text) for b in sorted(above, key=lambda b: b.row) if b.row > start)


def _nearest(rows: Sequence[Row], after: Row | None) -> Row:
    """Of rows with the same label, the first that follows."""
    later = [row for row in rows if after is None or row.number > after.number]
    return (later or list(rows))[0]


def _follows(row: Row, after: Row | None) -> bool:
    return after is not None and row.number == after.number + 1


def _is_group(text: str, groups: tuple[str, ...]) -> bool:
    """Say whether a text is made of ends and beginnings of group labels: a cell cut by a page."""
    if not groups:
        return False
    whole = "".join(groups)
    return len(text) <= len(whole) and (text in whole or set(text) <= set(whole))


def _score(own: str, label: str) -> float:
    if len(own) >= 4 and len(own) * 5 >= len(label) and own in label:
        return 0.8
    return likeness(own, label)
