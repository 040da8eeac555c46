"""A first look at the store with Python's own sqlite3: the list of reports, and one report.

SQLAlchemy costs 200 ms to import, and the window wants to be drawn before that. A glance makes,
migrates and locks nothing. The statements are those of the `Store`, so that both see the same.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from app.store import migration
from app.store.failure import Foreign, Missing, TooNew, telling
from app.store.listing import Listed, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from app.report import Value
    from app.store.record import Head, Loaded

    Row = Sequence[Any]

LIST = """
SELECT id, org, year, form, profile, state, revision, changed_at, deleted_at IS NOT NULL
FROM report WHERE (deleted_at IS NOT NULL) = :is_in_bin
ORDER BY year DESC, org, id DESC"""
HEAD = """
SELECT r.id, r.org, r.revision, r.stamp, r.state, r.changed_at, last.who,
       undo.revision, undo.label, undo.below, redo.revision, redo.label, redo.below,
       r.form, r.profile, r.year, r.further
FROM report r
JOIN step last ON last.report = r.id AND last.revision = r.revision
LEFT JOIN step undo ON undo.report = r.id AND undo.revision = r.undo_head
LEFT JOIN step redo ON redo.report = r.id AND redo.revision = r.redo_head
WHERE r.id = :report"""
ITEMS = (
    "SELECT cell, value FROM value WHERE report = :report",
    "SELECT item, body FROM narrative WHERE report = :report",
)


class Glance:
    """A database opened for looking only.

    Raises, in every method: StoreError.
    """

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self._db = db
        self._path = path

    @classmethod
    def open(cls, path: Path) -> Glance | None:
        """Open a database; None while there is nothing to show: no file, or one to be migrated.

        Raises:
            Foreign, TooNew: it is not ours to read.
        """
        if not path.is_file() or path.stat().st_size == 0:
            return None
        with telling(path):
            db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        glance = cls(db, path)
        try:
            version = glance.version()
        except BaseException:
            db.close()
            raise
        if version < migration.VERSION:
            db.close()
            return None
        return glance

    def version(self) -> int:
        """Return the version of the tables, 0 in an empty database.

        Raises:
            Foreign, TooNew: it is not ours to read.
        """
        if not self._rows("SELECT 1 FROM sqlite_master LIMIT 1"):
            return 0
        if self._rows("PRAGMA application_id") != [(migration.APPLICATION_ID,)]:
            raise Foreign(
                f"“{self._path}”是别的程序的数据库，没有改动它。请另选文件作为年报数据库。"
            )
        [(version,)] = self._rows("SELECT count(*) FROM migration")
        if version > migration.VERSION:
            raise TooNew(
                f"数据库“{self._path}”由更新版本的程序建立，本程序不能读取，没有改动它。"
                "请升级程序后再打开。"
            )
        return int(version)

    def reports(self, is_in_bin: bool = False) -> list[Listed]:
        """Return the reports, the latest year first; else those in the bin."""
        return listed(self._rows(LIST, {"is_in_bin": is_in_bin}))

    def load(self, report: int) -> Loaded:
        """Return one report.

        Raises:
            Missing: there is none with this id.
        """
        head, *parts = (self._rows(part, {"report": report}) for part in (HEAD, *ITEMS))
        return loaded(head, *parts)

    def setting(self, name: str) -> str:
        """Return a setting, empty where none was kept."""
        kept = self._rows("SELECT value FROM setting WHERE name = :name", {"name": name})
        return str(kept[0][0]) if kept else ""

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def _rows(self, statement: str, values: Mapping[str, object] | None = None) -> list[Row]:
        with telling(self._path):
            return self._db.execute(statement, values or {}).fetchall()


def listed(rows: Iterable[Row]) -> list[Listed]:
    """Turn the rows of `LIST` into reports of the list."""
    return [
        Listed(report, org, year, form, profile, state, revision, read(changed_at), bool(in_bin))
        for report, org, year, form, profile, state, revision, changed_at, in_bin in rows
    ]


def head_of(row: Row) -> Head:
    """Turn a row of `HEAD` into where the report stands."""
    from app.store.record import Head, Top  # noqa: PLC0415  (after the first paint)

    report, org, revision, stamp, state, changed_at, who = row[:7]
    undo = Top(*row[7:10]) if row[7] is not None else None
    redo = Top(*row[10:13]) if row[10] is not None else None
    return Head(report, org, revision, stamp, state, read(changed_at), who, undo, redo)


def loaded(found: Sequence[Row], *parts: Iterable[Row]) -> Loaded:
    """Put a report together from the rows of `HEAD` and of each of `ITEMS`.

    Raises:
        Missing: there is no head.
    """
    from app.store.record import Loaded  # noqa: PLC0415  (after the first paint)

    if not found:
        raise Missing("这份报告已不在数据库中，可能已从回收站清除。请刷新报告列表。")
    [row] = found
    items: dict[str, Value] = {item: value for part in parts for item, value in part}
    if row[1]:
        items["org"] = row[1]
    form, profile, year, further = row[13:]
    return Loaded(head_of(row), form, profile, year, items, further)
