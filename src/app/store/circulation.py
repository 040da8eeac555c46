"""What goes along with a report from desk to desk: signatures, notes, the log of copies.

These are facts, not content: recorded once, never undone, and no part of a step.
"""

from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, Row, bindparam, func, insert, select, update

from app.clock import Clock
from app.store.failure import Conflict, Missing
from app.store.listing import EDITABLE, read, written
from app.store.record import Copy, Head, Note, Signature
from app.store.schema import COPY, NOTE, REPORT, SIGNATURE, SIGNOFF

_STANDS = select(REPORT.c.state, REPORT.c.stamp).where(
    REPORT.c.id == bindparam("report"), REPORT.c.deleted_at.is_(None)
)
_ROUND = select(func.max(SIGNOFF.c.id)).where(
    SIGNOFF.c.report == bindparam("report"), SIGNOFF.c.state == "review"
)
_SIGNATURES = (
    select(SIGNATURE).where(SIGNATURE.c.report == bindparam("report")).order_by(SIGNATURE.c.id)
)
_NOTES = select(NOTE).where(NOTE.c.report == bindparam("report")).order_by(NOTE.c.id)
_ANSWER = (
    update(NOTE)
    .where(NOTE.c.id == bindparam("note"))
    .values(answer=bindparam("text"), answered_at=bindparam("moment"), answered_by=bindparam("by"))
)
_COPIES = select(COPY).order_by(COPY.c.id.desc())


class Circulation:
    """Everything that is recorded about a report beside its content.

    Raises, in every method: StoreError.
    """

    def __init__(self, writing: Engine, reading: Engine, now: Clock) -> None:
        self._writing, self._reading, self._now = writing, reading, now

    def sign(
        self, head: Head, post: str, who: str, day: date, opinion: str, code: str, by: str
    ) -> None:
        """Record that somebody signed, at their desk, the paper of the report as it stands.

        Raises:
            Conflict, Missing: the report was changed, deleted, or is not under review (any more).
        """
        signed = {"report": head.report, "post": post, "who": who, "day": day.isoformat()}
        signed |= {"opinion": opinion, "revision": head.revision, "code": code}
        with self._writing.begin() as db:
            state, stamp = _stands(db, head.report)
            if stamp != head.stamp or state in EDITABLE:
                raise Conflict(
                    "报告已不在送审中，或刚刚在别处变动过，签署没有登记。请重新载入后再登记。"
                )
            move = db.execute(_ROUND, {"report": head.report}).scalar_one()
            signed |= {"move": move, "at": written(self._now()), "recorded_by": by}
            db.execute(insert(SIGNATURE), signed)

    def signatures(self, report: int) -> list[Signature]:
        """Return every signature of a report, the earliest first, lapsed ones included."""
        with self._reading.begin() as db:
            state, _ = _stands(db, report)
            last = db.execute(_ROUND, {"report": report}).scalar()
            rows = db.execute(_SIGNATURES, {"report": report}).all()
        return [
            Signature(
                row.post, row.who, date.fromisoformat(row.day), row.opinion, row.revision, row.code,
                read(row.at), row.recorded_by, lapsed=state in EDITABLE or row.move != last,
            )
            for row in rows
        ]  # fmt: skip

    def note(self, head: Head, item: str, excerpt: str, body: str, who: str) -> None:
        """Keep a remark on a cell, or on a sentence of a text."""
        kept = {"report": head.report, "revision": head.revision, "at": written(self._now())}
        kept |= {"who": who, "item": item, "excerpt": excerpt, "body": body}
        with self._writing.begin() as db:
            _stands(db, head.report)
            db.execute(insert(NOTE), kept | {"answer": "", "answered_at": None, "answered_by": ""})

    def answer(self, note: int, text: str, who: str) -> None:
        """Answer a note; an earlier answer gives way."""
        answered = {"note": note, "text": text, "moment": written(self._now()), "by": who}
        with self._writing.begin() as db:
            if db.execute(_ANSWER, answered).rowcount != 1:
                raise Missing("这条批注已不在数据库中，答复没有保存。请重新打开批注列表。")

    def notes(self, report: int) -> list[Note]:
        """Return the notes on a report, the earliest first."""
        with self._reading.begin() as db:
            return [_note(row) for row in db.execute(_NOTES, {"report": report})]

    def log(self, copy: Copy) -> None:
        """Record a print that a queue has accepted."""
        row = {name: getattr(copy, name) for name in Copy.__slots__}
        with self._writing.begin() as db:
            db.execute(insert(COPY), row | {"at": written(copy.at)})

    def copies(self, report: int) -> list[Copy]:
        """Return the prints of a report, the latest first."""
        with self._reading.begin() as db:
            rows = db.execute(_COPIES.where(COPY.c.report == report))
            return [_copy(row) for row in rows]

    def copies_with(self, code: str) -> list[Copy]:
        """Return the prints, of whatever report, that carry a code, the latest first."""
        with self._reading.begin() as db:
            return [_copy(row) for row in db.execute(_COPIES.where(COPY.c.code == code))]


def _stands(db: Connection, report: int) -> tuple[str, int]:
    """Return state and stamp of a report.

    Raises:
        Missing: it is in the bin or gone.
    """
    found = db.execute(_STANDS, {"report": report}).first()
    if found is None:
        raise Missing("这份报告已被删除（在回收站里或已清除），没有登记。可先从回收站恢复。")
    return found.state, found.stamp


def _note(row: Row[Any]) -> Note:
    answered = read(row.answered_at) if row.answered_at else None
    return Note(
        row.id, row.revision, read(row.at), row.who, row.item, row.excerpt, row.body, row.answer,
        answered, row.answered_by,
    )  # fmt: skip


def _copy(row: Row[Any]) -> Copy:
    return Copy(
        row.report, row.revision, row.code, read(row.at), row.who, row.copies, row.printer,
        row.purpose,
    )  # fmt: skip
