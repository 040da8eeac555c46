"""The store: every report in one SQLite file; what people do to it is written here.

Every write is one transaction that shows where the report stood when it was read (`Head`): if
somebody else wrote in between, or it is locked or in the bin, nothing is written. How a step is
written is in `step`, what the past was in `history`.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine, bindparam, delete, insert, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert

from app import clock
from app.clock import Clock
from app.report import Value
from app.store import glance, history, migration, place, snapshot, soundness, step
from app.store.change import Change
from app.store.circulation import Circulation
from app.store.connection import connect, reading
from app.store.failure import Locked, Missing
from app.store.listing import EDITABLE, STATES, Listed, read, written
from app.store.record import Head, Loaded, Move, Past, Step
from app.store.schema import REPORT, SETTING, SIGNOFF
from app.store.step import Act, Items

PATIENCE_S = 2.0
"""How long a write waits for another program before it gives up, in seconds."""

_LIST, _HEAD = text(glance.LIST), text(glance.HEAD)
_ITEMS = tuple(map(text, glance.ITEMS))
_CREATE = insert(REPORT).returning(REPORT.c.id)
_FIND = (
    select(REPORT.c.id)
    .where(
        REPORT.c.org == bindparam("org"),
        REPORT.c.year == bindparam("year"),
        REPORT.c.deleted_at.is_(None),
    )
    .order_by(REPORT.c.changed_at.desc(), REPORT.c.id.desc())
)
_MOVE = (
    update(REPORT)
    .where(
        REPORT.c.id == bindparam("report_"),
        REPORT.c.stamp == bindparam("seen"),
        REPORT.c.deleted_at.is_(None),
    )
    .values(state=bindparam("to"), stamp=REPORT.c.stamp + 1, undo_head=None, redo_head=None)
)
_BIN = (
    update(REPORT)
    .where(REPORT.c.id == bindparam("report_"))
    .values(stamp=REPORT.c.stamp + 1, deleted_at=bindparam("at"))
)
_setting = upsert(SETTING)
_SET = _setting.on_conflict_do_update(["name"], set_={"value": _setting.excluded.value})


class Store:
    """All reports of one database.

    Safe to use from several threads. Raises, in every method: StoreError.
    """

    def __init__(self, path: Path, engine: Engine, now: Clock) -> None:
        self.path = path
        self.now = now
        self._writing = engine
        self._reading = reading(engine)
        self.circulation = Circulation(self._writing, self._reading, now)

    @classmethod
    def open(cls, path: Path, now: Clock = clock.now, patience_s: float = PATIENCE_S) -> Self:
        """Open a database, bringing its tables up to date; make it where there is none.

        Raises:
            Misplaced: it cannot lie there.
            Foreign, TooNew: it is not ours to write; it was not touched.
            Damaged: what was left by a program that did not end well is not sound.
            NotCopied: its tables are older, and no copy could be made before changing them.
        """
        place.prepare(path)
        if soundness.left_open(path):
            soundness.require(path)  # before the log becomes part of the file
        if look := glance.Glance.open(path):  # refuses before anything is written
            look.close()
        else:  # new, or about to be migrated
            snapshot.take(path, snapshot.folder_beside(path), now)
        engine = connect(path, patience_s)
        try:
            migration.run(engine, now)
        except BaseException:
            engine.dispose()
            raise
        return cls(path, engine, now)

    def close(self) -> None:
        """Let go of the file."""
        self._writing.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # What is there

    def reports(self, is_in_bin: bool = False) -> list[Listed]:
        """Return the reports, the latest year first; else those in the bin."""
        with self._reading.begin() as db:
            return glance.listed(db.execute(_LIST, {"is_in_bin": is_in_bin}))

    def load(self, report: int) -> Loaded:
        """Return one report.

        Raises:
            Missing: there is none with this id.
        """
        with self._reading.begin() as db:
            return self._load(db, report)

    def find(self, org: str, year: int) -> int | None:
        """Return the report of a unit for a year, the one changed last; None without any."""
        with self._reading.begin() as db:
            return db.execute(_FIND, {"org": org, "year": year}).scalars().first()

    def at(self, report: int, revision: int) -> dict[str, Value]:
        """Return the items of a report as they were after a step.

        Raises:
            Missing: there is no such report or step.
        """
        with self._reading.begin() as db:
            loaded = self._load(db, report)
            if not 1 <= revision <= loaded.head.revision:
                raise Missing(f"这份报告没有第{revision}步，无法查看或恢复。")
            return history.at(db, report, loaded.items, revision)

    def revisions(self, report: int) -> Iterator[tuple[int, dict[str, Value]]]:
        """Yield every revision of a report with its items, the latest first."""
        with self._reading.begin() as db:
            loaded = self._load(db, report)
            past = history.all_changes(db, report)
        return history.revisions(loaded.head.revision, loaded.items, past)

    def steps(self, report: int, before: int | None = None, limit: int = 200) -> list[Step]:
        """Return the steps of a report, the latest first; those before a revision, if given."""
        with self._reading.begin() as db:
            return history.steps(db, report, before, limit)

    def history(self, report: int, item: str, limit: int = 200) -> list[Past]:
        """Return what became of one item of a report, the latest first."""
        with self._reading.begin() as db:
            present = self._load(db, report).items.get(item)
            return history.of_item(db, report, item, present, limit)

    def moves(self, report: int) -> list[Move]:
        """Return the moves of a report from state to state, the earliest first."""
        with self._reading.begin() as db:
            return history.moves(db, report)

    # What people do to the content

    def create(
        self,
        form: str,
        profile: str | None,
        year: int,
        items: Mapping[str, Value],
        label: str,
        who: str,
        further: str = "{}",
    ) -> int:
        """Keep a new report and return its id; `items` holds the unit as "org"."""
        act = self._act(who, label)
        with self._writing.begin() as db:
            report: int = db.execute(
                _CREATE,
                {
                    "form": form,
                    "profile": profile,
                    "org": items.get("org", ""),
                    "year": year,
                    "revision": 1,
                    "stamp": 1,
                    "state": "draft",
                    "further": further,
                    "created_at": written(act.at),
                    "changed_at": written(act.at),
                },
            ).scalar_one()
            step.first(db, report, items, act)
            return report

    def copy(self, report: int, label: str, who: str) -> int:
        """Make a draft with the content of a report and return its id."""
        of = self.load(report)
        return self.create(of.form, of.profile, of.year, of.items, label, who, of.further)

    def commit(self, head: Head, before: Items, after: Items, label: str, who: str) -> Head:
        """Write a step; `before` and `after` hold the whole values of the same items.

        Raises:
            Conflict, Locked, Missing: the report may not be written; nothing was.
        """
        with self._writing.begin() as db:
            return step.edit(db, head, before, after, self._act(who, label))

    def merge(self, head: Head, item: str, base: str, body: str) -> Head:
        """Let the last step, which led one text from `base` to what it is, lead to `body`.

        Raises:
            Conflict, Locked, Missing: the report may not be written; nothing was.
        """
        with self._writing.begin() as db:
            return step.merge(
                db, head, Change.between(item, base, body), body, self._act(head.who).at
            )

    def undo(self, head: Head, items: Mapping[str, Value], who: str) -> tuple[Head, Items]:
        """Take the top step back; `items` is the present content. Returns what changed, too.

        Raises:
            Conflict, Locked, Missing: the report may not be written; nothing was.
        """
        return self._turn(head, items, who, "undo")

    def redo(self, head: Head, items: Mapping[str, Value], who: str) -> tuple[Head, Items]:
        """Do again what was undone last, as `undo`."""
        return self._turn(head, items, who, "redo")

    # What people do to reports as a whole

    def move_state(
        self, head: Head, state: str, who: str, note: str = "", published: str = ""
    ) -> Head:
        """Move a report to another state; what was done before cannot be undone any more.

        `published` is the day of publication where the move enters it, as a step of its own.

        Raises:
            Conflict, Missing: the report was changed or deleted elsewhere.
        """
        moved = {"report": head.report, "at": written(self.now()), "who": who, "note": note}
        moved |= {"was": head.state, "state": state}
        with self._writing.begin() as db:
            if published:
                head = self._publish(db, head, published, who)
            claim = {"report_": head.report, "seen": head.stamp, "to": state}
            if db.execute(_MOVE, claim).rowcount != 1:
                raise step.refusal(db, head.report)
            db.execute(insert(SIGNOFF), moved | {"revision": head.revision})
            return self._load(db, head.report).head

    def discard(self, report: int) -> None:
        """Put a report into the bin.

        Raises:
            Locked: it is under review or final.
        """
        with self._writing.begin() as db:
            state = self._load(db, report).head.state
            if state not in EDITABLE:
                raise Locked(f"这份报告的状态是“{STATES[state]}”，不能删除。需要删除请先退回。")
            db.execute(_BIN, {"report_": report, "at": written(self.now())})

    def recover(self, report: int) -> None:
        """Take a report out of the bin."""
        with self._writing.begin() as db:
            self._load(db, report)
            db.execute(_BIN, {"report_": report, "at": None})

    def empty_bin(self) -> None:
        """Delete what is in the bin, with its history, for good."""
        with self._writing.begin() as db:
            db.execute(delete(REPORT).where(REPORT.c.deleted_at.is_not(None)))

    # Settings

    def setting(self, name: str) -> str:
        """Return a setting, empty where none was kept."""
        with self._reading.begin() as db:
            kept = select(SETTING.c.value).where(SETTING.c.name == name)
            return str(db.execute(kept).scalar() or "")

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting."""
        with self._writing.begin() as db:
            db.execute(_SET, {"name": name, "value": value})

    def _publish(self, db: Connection, head: Head, day: str, who: str) -> Head:
        """Enter the day of publication into a report that is locked otherwise."""
        before = self._load(db, head.report).items.get("published")
        act = self._act(who, "登记公开日期")
        return step.edit(
            db, head, {"published": before}, {"published": day}, act, even_in=head.state
        )

    def _act(self, who: str, label: str = "") -> Act:
        return Act(who, read(written(self.now())), label)  # the moment as it will be read again

    def _load(self, db: Connection, report: int) -> Loaded:
        head, *items = (db.execute(part, {"report": report}).all() for part in (_HEAD, *_ITEMS))
        return glance.loaded(head, *items)

    def _turn(
        self, head: Head, items: Mapping[str, Value], who: str, kind: str
    ) -> tuple[Head, Items]:
        with self._writing.begin() as db:
            return step.turn(db, head, items, self._act(who), kind)
