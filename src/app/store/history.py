"""What the store can tell about the past of a report; nothing here writes."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Select, bindparam, literal, select

from app.report import Value
from app.store.change import Change
from app.store.listing import read
from app.store.record import Move, Past, Step
from app.store.schema import NARRATIVE_CHANGE, SIGNOFF, STEP, VALUE_CHANGE

_LAST = 2**62
_V, _N = VALUE_CHANGE.c, NARRATIVE_CHANGE.c
_FIGURES = select(_V.revision, _V.item, _V.old, _V.new, literal(0)).where(
    _V.report == bindparam("report"), _V.revision.between(bindparam("first"), bindparam("last"))
)
_TEXTS = select(_N.revision, _N.item, _N.old, _N.new, _N.start).where(
    _N.report == bindparam("report"), _N.revision.between(bindparam("first"), bindparam("last"))
)
_ALL = (_FIGURES, _TEXTS)
_OF_ITEM = (
    _FIGURES.where(_V.item == bindparam("item")),
    _TEXTS.where(_N.item == bindparam("item")),
)
_STEPS = (
    select(STEP.c.revision, STEP.c.at, STEP.c.who, STEP.c.label, STEP.c.kind)
    .where(
        STEP.c.report == bindparam("report"),
        STEP.c.revision.between(bindparam("first"), bindparam("last")),
    )
    .order_by(STEP.c.revision.desc())
    .limit(bindparam("limit"))
)
_MOVES = (
    select(*(SIGNOFF.c[name] for name in ("revision", "at", "who", "was", "state", "note")))
    .where(SIGNOFF.c.report == bindparam("report"))
    .order_by(SIGNOFF.c.id)
)


def changes(db: Connection, report: int, revision: int) -> list[Change]:
    """Return what one step did."""
    between = {"report": report, "first": revision, "last": revision}
    return [change for _, change in _changes(db, _ALL, between)]


def at(
    db: Connection, report: int, present: Mapping[str, Value], revision: int
) -> dict[str, Value]:
    """Return the items as they were after a step, walking back from the present ones."""
    items: dict[str, Value | None] = dict(present)
    between = {"report": report, "first": revision + 1, "last": _LAST}
    for _, change in _changes(db, _ALL, between):
        items[change.item] = change.reversed().applied(items.get(change.item))
    return {item: value for item, value in items.items() if value is not None}


def all_changes(db: Connection, report: int) -> list[tuple[int, Change]]:
    """Return everything that was ever changed, with the revisions that did, the latest first."""
    return _changes(db, _ALL, {"report": report, "first": 1, "last": _LAST})


def revisions(
    last: int, present: Mapping[str, Value], past: list[tuple[int, Change]]
) -> Iterator[tuple[int, dict[str, Value]]]:
    """Yield each revision with its items, walking back from the present ones through `past`."""
    items: dict[str, Value | None] = dict(present)
    position = 0
    for revision in range(last, 0, -1):
        yield revision, {item: value for item, value in items.items() if value is not None}
        while position < len(past) and past[position][0] == revision:
            change = past[position][1]
            items[change.item] = change.reversed().applied(items.get(change.item))
            position += 1


def steps(db: Connection, report: int, before: int | None, limit: int) -> list[Step]:
    """Return steps, the latest first; those before a revision, if one is given."""
    last = _LAST if before is None else before - 1
    found = db.execute(_STEPS, {"report": report, "first": 1, "last": last, "limit": limit}).all()
    if not found:
        return []
    between = {"report": report, "first": found[-1].revision, "last": found[0].revision}
    touched: dict[int, set[str]] = {row.revision: set() for row in found}
    for revision, change in _changes(db, _ALL, between):
        touched[revision].add(change.item)
    return [
        Step(
            row.revision,
            read(row.at),
            row.who,
            row.label,
            row.kind,
            frozenset(touched[row.revision]),
        )
        for row in found
    ]


def of_item(
    db: Connection, report: int, item: str, present: Value | None, limit: int
) -> list[Past]:
    """Return what became of one item, the latest first, with its whole values."""
    between = {"report": report, "item": item, "first": 1, "last": _LAST}
    found = _changes(db, _OF_ITEM, between)[:limit]
    past, new = [], present
    for revision, change in found:
        old = change.reversed().applied(new)
        only = {"report": report, "first": revision, "last": revision, "limit": 1}
        row = db.execute(_STEPS, only).one()
        past.append(Past(revision, read(row.at), row.who, row.label, row.kind, old, new))
        new = old
    return past


def moves(db: Connection, report: int) -> list[Move]:
    """Return the moves of a report from state to state, the earliest first."""
    rows = db.execute(_MOVES, {"report": report})
    return [Move(row.revision, read(row.at), *row[2:]) for row in rows]


def _changes(
    db: Connection, statements: tuple[Select[Any], ...], values: Mapping[str, object]
) -> list[tuple[int, Change]]:
    """Return changes with the revisions that made them, the latest first."""
    rows = (row for statement in statements for row in db.execute(statement, values))
    found = [(revision, Change(*change)) for revision, *change in rows]
    return sorted(found, key=lambda pair: pair[0], reverse=True)
