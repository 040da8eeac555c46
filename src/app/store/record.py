"""What the store hands out: plain values, without any SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from app.report import Value


@dataclass(frozen=True, slots=True)
class Top:
    """The step on top of a stack of undo or redo, and the one beneath it."""

    revision: int
    label: str
    below: int | None


@dataclass(frozen=True, slots=True)
class Head:
    """Where a report stands; whoever writes shows the one they have read.

    `revision` counts the steps, `stamp` every write, also those that make no step of their own.
    `changed_at` and `who` are of the last step.
    """

    report: int
    org: str
    revision: int
    stamp: int
    state: str
    changed_at: datetime
    who: str
    undo: Top | None
    redo: Top | None


@dataclass(frozen=True, slots=True)
class Loaded:
    """A report as it is stored; `further` is what else its file held, as JSON."""

    head: Head
    form: str
    profile: str | None
    year: int
    items: dict[str, Value]
    further: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step in the life of a report.

    `kind` is "create", "edit", "undo" or "redo"; `changed` names the items that differ after it. In
    a notice of the draft these include worked-out totals, and the kind may be "reload" or "move".
    """

    revision: int
    at: datetime
    who: str
    label: str
    kind: str
    changed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Past:
    """What one step did to one item: its whole value before and after, None for a blank."""

    revision: int
    at: datetime
    who: str
    label: str
    kind: str
    old: Value | None
    new: Value | None


@dataclass(frozen=True, slots=True)
class Move:
    """A report went from one state to another: who let it, when, at which revision."""

    revision: int
    at: datetime
    who: str
    was: str
    state: str
    note: str


@dataclass(frozen=True, slots=True)
class Signature:
    """A desk has signed on paper: who, on which day, in which words; who entered that, and when.

    `lapsed`: the report was opened again since, so what they signed is not what there is.
    """

    post: str
    who: str
    day: date
    opinion: str
    revision: int
    code: str
    at: datetime
    recorded_by: str
    lapsed: bool


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on a cell or on a sentence (`excerpt` of a text item), and the answer to it."""

    id: int
    revision: int
    at: datetime
    who: str
    item: str
    excerpt: str
    body: str
    answer: str
    answered_at: datetime | None
    answered_by: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A print that a queue accepted: of which content, by whom, how many, where, what for."""

    report: int
    revision: int
    code: str
    at: datetime
    who: str
    copies: int
    printer: str
    purpose: str
