"""How a step is written: all functions work inside the transaction of their caller.

Undo and redo are two stacks threaded through the append-only steps: each step knows the one `below`
it, the report knows the two tops, and an undo is itself a step, which lies on the stack of what can
be redone. So both survive a restart, and ten thousand steps cost no more than ten.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from app.report import Value
from app.store import history
from app.store.change import Change
from app.store.failure import Conflict, Locked, Missing
from app.store.listing import EDITABLE, STATES, written
from app.store.record import Head, Top
from app.store.schema import NARRATIVE, NARRATIVE_CHANGE, REPORT, STEP, VALUE, VALUE_CHANGE

Items = Mapping[str, Value | None]


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did: who, when, and what it is called in the menu and the history."""

    who: str
    at: datetime
    label: str


_CLAIM = (
    update(REPORT)
    .where(
        REPORT.c.id == bindparam("report_"),
        REPORT.c.stamp == bindparam("seen"),
        or_(*(REPORT.c.state == state for state in (*sorted(EDITABLE), bindparam("even_in")))),
        REPORT.c.deleted_at.is_(None),
    )
    .values(
        stamp=REPORT.c.stamp + 1,
        revision=bindparam("revision_"),
        undo_head=bindparam("undo"),
        redo_head=bindparam("redo"),
        org=bindparam("org_"),
        changed_at=bindparam("at"),
    )
)
_STEP = insert(STEP)
_MERGED_STEP = (
    update(STEP)
    .where(STEP.c.report == bindparam("report_"), STEP.c.revision == bindparam("revision_"))
    .values(at=bindparam("at_"))
)
_VALUE_CHANGE = insert(VALUE_CHANGE)
_NARRATIVE_CHANGE = insert(NARRATIVE_CHANGE)
_MERGED_CHANGE = (
    update(NARRATIVE_CHANGE)
    .where(
        NARRATIVE_CHANGE.c.report == bindparam("report_"),
        NARRATIVE_CHANGE.c.revision == bindparam("revision_"),
        NARRATIVE_CHANGE.c.item == bindparam("item_"),
    )
    .values(start=bindparam("start_"), old=bindparam("old_"), new=bindparam("new_"))
)
_value = upsert(VALUE)
_PUT_VALUE = _value.on_conflict_do_update(["report", "cell"], set_={"value": _value.excluded.value})
_narrative = upsert(NARRATIVE)
_PUT_NARRATIVE = _narrative.on_conflict_do_update(
    ["report", "item"], set_={"body": _narrative.excluded.body}
)
_BLANK_VALUE = delete(VALUE).where(
    VALUE.c.report == bindparam("report"), VALUE.c.cell == bindparam("item")
)
_BLANK_NARRATIVE = delete(NARRATIVE).where(
    NARRATIVE.c.report == bindparam("report"), NARRATIVE.c.item == bindparam("item")
)
_TOP = select(STEP.c.revision, STEP.c.label, STEP.c.below).where(
    STEP.c.report == bindparam("report"), STEP.c.revision == bindparam("revision")
)
_STATE = select(REPORT.c.state, REPORT.c.deleted_at).where(REPORT.c.id == bindparam("report"))


def first(db: Connection, report: int, items: Items, act: Act) -> None:
    """Write the step that a new report begins with; it cannot be undone."""
    _record(db, report, 1, act, "create")
    _write(db, report, 1, {}, items)


def edit(
    db: Connection, head: Head, before: Items, after: Items, act: Act, even_in: str = ""
) -> Head:
    """Write a step; `before` and `after` hold the whole values of the same items.

    `even_in` names a locked state in which this step is allowed all the same.
    """
    below = head.undo.revision if head.undo else None
    top = Top(head.revision + 1, act.label, below)
    head = _advance(db, head, act, after, undo=top, redo=None, even_in=even_in)
    _record(db, head.report, top.revision, act, "edit", below=below)
    _write(db, head.report, top.revision, before, after)
    return head


def turn(db: Connection, head: Head, items: Items, act: Act, kind: str) -> tuple[Head, Items]:
    """Undo or redo (`kind`) the step on top of its stack; `items` is the present content.

    Returns:
        Where the report stands now, and the whole values of the items that changed.
    """
    source, target = (head.undo, head.redo) if kind == "undo" else (head.redo, head.undo)
    if source is None:
        raise ValueError(f"nothing to {kind}")
    changes = [c.reversed() for c in history.changes(db, head.report, source.revision)]
    after = {c.item: c.applied(items.get(c.item)) for c in changes}
    below = target.revision if target else None
    top = Top(head.revision + 1, source.label, below)
    rest = _top(db, head.report, source.below)
    act = replace(act, label=source.label)
    undo, redo = (rest, top) if kind == "undo" else (top, rest)
    head = _advance(db, head, act, after, undo=undo, redo=redo)
    _record(db, head.report, top.revision, act, kind, reverses=source.revision, below=below)
    _write(db, head.report, top.revision, {item: items.get(item) for item in after}, after)
    return head, after


def merge(db: Connection, head: Head, change: Change, body: str, at: datetime) -> Head:
    """Let the last step, an edit of one text, lead to `body` instead; `change` is all it does."""
    after = {change.item: body or None}
    if head.undo is None or head.undo.revision != head.revision:
        raise ValueError("only the step on top can take a further change")
    act = Act(head.who, at, head.undo.label)
    head = _advance(db, head, act, after, undo=head.undo, redo=None, merged=True)
    key = {"report_": head.report, "revision_": head.revision}
    db.execute(_MERGED_STEP, key | {"at_": written(at)})
    parts = {"item_": change.item, "start_": change.start, "old_": change.old, "new_": change.new}
    db.execute(_MERGED_CHANGE, key | parts)
    _put(db, head.report, after)
    return head


def refusal(db: Connection, report: int) -> Exception:
    """Return the reason why a report that was seen can no longer be written."""
    row = db.execute(_STATE, {"report": report}).first()
    if row is None or row.deleted_at is not None:
        return Missing(
            "这份报告已被删除（在回收站里或已清除），本次修改没有保存。可先从回收站恢复。"
        )
    if row.state not in EDITABLE:
        name = STATES[row.state]
        return Locked(f"这份报告的状态是“{name}”，内容已锁定，本次修改没有保存。需要修改请先退回。")
    return Conflict("这份报告刚刚在别处被修改过，本次修改没有保存。请重新载入报告后再改。")


def _advance(
    db: Connection,
    head: Head,
    act: Act,
    after: Items,
    *,
    undo: Top | None,
    redo: Top | None,
    merged: bool = False,
    even_in: str = "",
) -> Head:
    """Move the report on, if nobody else has and it may be changed; this comes before any other."""
    new = Head(
        report=head.report,
        org=str(after.get("org", head.org) or ""),
        revision=head.revision if merged else head.revision + 1,
        stamp=head.stamp + 1,
        state=head.state,
        changed_at=act.at,
        who=act.who,
        undo=undo,
        redo=redo,
    )
    claimed = db.execute(
        _CLAIM,
        {
            "report_": head.report,
            "seen": head.stamp,
            "even_in": even_in,
            "revision_": new.revision,
            "undo": undo.revision if undo else None,
            "redo": redo.revision if redo else None,
            "org_": new.org,
            "at": written(act.at),
        },
    )
    if claimed.rowcount != 1:
        raise refusal(db, head.report)
    return new


def _record(
    db: Connection,
    report: int,
    revision: int,
    act: Act,
    kind: str,
    reverses: int | None = None,
    below: int | None = None,
) -> None:
    db.execute(
        _STEP,
        {
            "report": report,
            "revision": revision,
            "at": written(act.at),
            "who": act.who,
            "label": act.label,
            "kind": kind,
            "reverses": reverses,
            "below": below,
        },
    )


def _write(db: Connection, report: int, revision: int, before: Items, after: Items) -> None:
    """Write the changes of a step and the values they lead to."""
    key = {"report": report, "revision": revision}
    figures, texts = [], []
    for item in after:
        change = Change.between(item, before.get(item), after[item])
        row = key | {"item": item, "old": change.old, "new": change.new}
        if change.is_text:
            texts.append(row | {"start": change.start})
        else:
            figures.append(row)
    if figures:
        db.execute(_VALUE_CHANGE, figures)
    if texts:
        db.execute(_NARRATIVE_CHANGE, texts)
    _put(db, report, after)


def _put(db: Connection, report: int, after: Items) -> None:
    """Keep whole values; the name of the unit is a column of the report and already there."""
    kept = {item: value for item, value in after.items() if item != "org"}
    if values := {i: v for i, v in kept.items() if isinstance(v, int)}:
        db.execute(_PUT_VALUE, [{"report": report, "cell": i, "value": values[i]} for i in values])
    if texts := {i: v for i, v in kept.items() if isinstance(v, str)}:
        db.execute(_PUT_NARRATIVE, [{"report": report, "item": i, "body": texts[i]} for i in texts])
    if blanks := [{"report": report, "item": i} for i, v in kept.items() if v is None]:
        db.execute(_BLANK_VALUE, blanks)
        db.execute(_BLANK_NARRATIVE, blanks)


def _top(db: Connection, report: int, revision: int | None) -> Top | None:
    if revision is None:
        return None
    return Top(*db.execute(_TOP, {"report": report, "revision": revision}).one())
