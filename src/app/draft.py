"""The open report: the one door through which its content changes.

`Draft.set` validates, commits, changes memory and tells the listeners, in this order. If the commit
fails nothing has changed, and the sentence says why; once `set` returns, the step is on the disk.
One call is one step: one transaction, one entry of undo, one entry of the history, one notice. So
there is no save button and no dirty flag.

Prose that is typed on is the exception: `merge=True` lets a step grow while it is the last one, of
this draft and of the same item, and not older than `MERGE_WINDOW`. `seal` ends that: a pause, the
end of a paragraph, a paste, a loss of focus, a print.

A draft belongs to one thread; hand a copy of its report to any other.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Self

from app import exact_json, form_file
from app.report import Report, Value
from app.store.listing import EDITABLE, STATES
from app.store.record import Head, Loaded, Step

if TYPE_CHECKING:  # neither rules nor SQLAlchemy for a first look at a report
    from app.checks import Finding
    from app.store.store import Store

MERGE_WINDOW = timedelta(seconds=3)
Listener = Callable[[Step], None]


def keep(store: Store, report: Report, label: str, who: str) -> int:
    """Keep a report that is not in the store yet, new or read from a file; returns its id."""
    form, further = report.form, exact_json.dumps(report.further)
    return store.create(form.id, form.profile, report.year, report.items, label, who, further)


def restored(loaded: Loaded) -> Report:
    """Make a report of what the store holds.

    Raises:
        NoForm: its form is not installed (any more).
    """
    form = form_file.load(loaded.form, loaded.profile, loaded.year)
    further = json.loads(loaded.further, parse_float=Decimal, parse_constant=Decimal)
    return Report(form, loaded.year, dict(loaded.items), further)


@dataclass(frozen=True, slots=True)
class _Typing:
    """The step that typing may extend: its item, and what that held before the step."""

    item: str
    base: str


class Draft:
    """A report opened for work.

    Attributes:
        report: the content, totals included; changed by this draft only.
        who: whose name the next steps carry.

    Raises, in every method that writes: StoreError (Conflict: call `reload` and try again).
    """

    _store: Store
    """Where steps go; there from `write_to` on."""

    def __init__(self, loaded: Loaded) -> None:
        self.report = restored(loaded)
        self.who = ""
        self._head = loaded.head
        self._typing: _Typing | None = None
        self._listeners: list[Listener] = []
        self._findings: tuple[int, list[Finding]] | None = None
        self._last_year: tuple[str, Report | None] | None = None

    @classmethod
    def open(cls, store: Store, report: int, who: str) -> Self:
        """Open a report of the store.

        Raises:
            Missing: there is none with this id.
            NoForm: its form is not installed.
        """
        draft = cls(store.load(report))
        draft.write_to(store, who)
        return draft

    def write_to(self, store: Store, who: str) -> None:
        """Let steps go to a store, under a name; until then a draft can only be looked at."""
        self._store, self.who = store, who

    @property
    def head(self) -> Head:
        """Where the report stands in the store."""
        return self._head

    @property
    def revision(self) -> int:
        """The number of the last step."""
        return self._head.revision

    @property
    def saved_at(self) -> datetime:
        """When the last step became durable."""
        return self._head.changed_at

    @property
    def is_locked(self) -> bool:
        """Say whether the state of the report keeps its content as it is."""
        return self._head.state not in EDITABLE

    @property
    def undo_label(self) -> str:
        """What `undo` would take back; empty where there is nothing."""
        return self._head.undo.label if self._head.undo else ""

    @property
    def redo_label(self) -> str:
        """What `redo` would do again; empty where there is nothing."""
        return self._head.redo.label if self._head.redo else ""

    @property
    def last_year(self) -> Report | None:
        """The report of the same unit for the year before, as it was when first asked for."""
        org = self.report.org
        if self._last_year is None or self._last_year[0] != org:
            found = self._store.find(org, self.report.year - 1)
            self._last_year = (org, None if found is None else restored(self._store.load(found)))
        return self._last_year[1]

    @property
    def findings(self) -> list[Finding]:
        """Everything the checks find in the report as it is now."""
        if self._findings is None or self._findings[0] != self._head.stamp:
            from app import checks  # noqa: PLC0415  (a report is shown before it is checked)

            self._findings = (self._head.stamp, checks.run(self.report, self.last_year))
        return self._findings[1]

    def set(
        self, changes: Mapping[str, Value | None], label: str, merge: bool = False
    ) -> Step | None:
        """Change items (None blanks) as one step called `label`; None if nothing differs.

        Raises:
            Invalid: an item or value cannot stand in this report; nothing has changed.
        """
        after = self.report.resolve(changes)
        if not after:
            return None
        typed = self._typed_item(after) if merge else ""
        if self._typing and self._continues(self._typing, typed, after):
            body = str(after[typed] or "")
            head = self._store.merge(self._head, typed, self._typing.base, body)
        else:
            head = self._commit(after, label)
            base = str(self.report.items.get(typed) or "")
            self._typing = _Typing(typed, base) if typed else None
        return self._step(head, after, label, "edit")

    def seal(self) -> None:
        """Let the last step stay as it is: what is typed next is a step of its own."""
        self._typing = None

    def undo(self) -> Step | None:
        """Take the last step back, as a step; None if there is none."""
        if not self._head.undo:
            return None
        label = self.undo_label
        self.seal()
        head, after = self._store.undo(self._head, self.report.items, self.who)
        return self._step(head, after, label, "undo")

    def redo(self) -> Step | None:
        """Do again what was undone last, as a step; None if there is nothing."""
        if not self._head.redo:
            return None
        label = self.redo_label
        self.seal()
        head, after = self._store.redo(self._head, self.report.items, self.who)
        return self._step(head, after, label, "redo")

    def restore(self, revision: int) -> Step | None:
        """Bring the content of an earlier revision back, as a step; None if nothing differs.

        Raises:
            Missing: there is no such revision.
        """
        after = self._difference(self._store.at(self._head.report, revision))
        self.seal()
        if not after:
            return None
        label = f"恢复到第{revision}步"
        return self._step(self._commit(after, label), after, label, "edit")

    def reload(self) -> Step:
        """Read the report again, after it was changed elsewhere; every listener is told."""
        loaded = self._store.load(self._head.report)
        self.seal()
        self._last_year = None
        return self._step(loaded.head, self._difference(loaded.items), "重新载入", "reload")

    def move(self, state: str, note: str = "", published: str = "") -> Step:
        """Let the report go to another state, as a fact that cannot be undone.

        Whether it may is for `signoff` to say. `published` is the day of publication (ISO).
        """
        self.seal()
        after = self.report.resolve({"published": published}) if published else {}
        day = published if after else ""
        moved = self._store.move_state(self._head, state, self.who, note, day)
        return self._step(moved, after, STATES[state], "move")

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after every step; returns what ends that.

        All listeners are called even if one raises. Its exception then comes out of the call that
        made the step, which is durable and in memory all the same.
        """
        self._listeners.append(listener)

        def end() -> None:
            with suppress(ValueError):  # ended before, or the draft was closed
                self._listeners.remove(listener)

        return end

    def close(self) -> None:
        """Tell nobody any more; there is nothing to save."""
        self.seal()
        self._listeners.clear()

    def _commit(self, after: Mapping[str, Value | None], label: str) -> Head:
        before = {item: self.report.items.get(item) for item in after}
        return self._store.commit(self._head, before, after, label, self.who)

    def _typed_item(self, after: Mapping[str, Value | None]) -> str:
        """Return the one text that changes; empty where it is more than one, or a figure."""
        texts = [item for item in after if item not in self.report.form.cells]
        return texts[0] if len(after) == len(texts) == 1 else ""

    def _continues(self, typing: _Typing, typed: str, after: Mapping[str, Value | None]) -> bool:
        """Say whether a change of one text belongs to the step made last.

        What leads back to where that step began does not: a step that changes nothing would be one
        that undo seems to pass over.
        """
        return (
            typed == typing.item
            and (after[typed] or "") != typing.base
            and self.who == self._head.who
            and abs(self._store.now() - self._head.changed_at) <= MERGE_WINDOW
        )

    def _difference(self, items: Mapping[str, Value]) -> dict[str, Value | None]:
        """Return the changes that lead from the present content to other items."""
        present = self.report.items
        both = present.keys() | items.keys()
        return {i: items.get(i) for i in sorted(both) if present.get(i) != items.get(i)}

    def _step(self, head: Head, after: Mapping[str, Value | None], label: str, kind: str) -> Step:
        """Bring memory to what is on the disk, and tell the listeners."""
        changed = self.report.apply(after)
        self._head = head
        step = Step(head.revision, head.changed_at, head.who, label, kind, changed)
        with ExitStack() as calls:  # calls them all, whatever one of them raises
            for listener in reversed(self._listeners):
                calls.callback(listener, step)
        return step
