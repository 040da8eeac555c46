"""How the tables came to be: one function a version, each recorded with its name and moment.

A migration that was ever shipped is never edited; a change of the tables is a new one at the end.
The statements are plain SQL that a server database would take too; what only SQLite knows
(`WITHOUT ROWID`, the pragma) stands at the end of a statement or on its own.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from app.store.listing import written

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Connection, Engine

    from app.clock import Clock

    Migration = Callable[[Connection], None]

APPLICATION_ID = 0x6E62616F
"""Marks the file as ours in its header ("nbao")."""


def first_tables(db: Connection) -> None:
    """Reports, their figures and texts, and the history of both."""
    db.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    for statement in _FIRST_TABLES.split(";"):
        db.exec_driver_sql(statement)


def circulation_tables(db: Connection) -> None:
    """Signatures, notes, and the log of copies."""
    for statement in _CIRCULATION_TABLES.split(";"):
        db.exec_driver_sql(statement)


MIGRATIONS: Sequence[Migration] = (first_tables, circulation_tables)
VERSION = len(MIGRATIONS)
"""The version of the tables that this program writes and reads."""


def run(engine: Engine, now: Clock, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Bring the tables up to date; each migration and its record are one transaction.

    Another program may be doing the same: whoever gets the lock second finds it done.
    """
    while True:
        with engine.begin() as db:
            db.exec_driver_sql(_RECORD)
            done = db.exec_driver_sql("SELECT count(*) FROM migration").scalar_one()
            if done >= len(migrations):
                _name(db)
                return
            migrate = migrations[done]
            migrate(db)
            db.exec_driver_sql(
                "INSERT INTO migration (version, name, at) VALUES (?, ?, ?)",
                (done + 1, migrate.__name__, written(now())),
            )


def _name(db: Connection) -> None:
    """Give a database a number of its own, so that the log of another is told apart."""
    if db.exec_driver_sql("PRAGMA user_version").scalar_one() == 0:
        number = 1 + int.from_bytes(os.urandom(4)) // 4
        db.exec_driver_sql(f"PRAGMA user_version = {number}")


_RECORD = """
CREATE TABLE IF NOT EXISTS migration (
    version INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    at TEXT NOT NULL
)"""
_FIRST_TABLES = """
CREATE TABLE report (
    id INTEGER PRIMARY KEY,
    form TEXT NOT NULL,
    profile TEXT,
    org TEXT NOT NULL,
    year INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    stamp INTEGER NOT NULL,
    undo_head INTEGER,
    redo_head INTEGER,
    state TEXT NOT NULL CHECK (state IN ('draft', 'review', 'returned', 'final', 'published')),
    further TEXT NOT NULL,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted_at TEXT
);
CREATE INDEX report_of_unit ON report (org, year);
CREATE TABLE value (
    report INTEGER NOT NULL REFERENCES report (id) ON DELETE CASCADE,
    cell TEXT NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (report, cell)
) WITHOUT ROWID;
CREATE TABLE narrative (
    report INTEGER NOT NULL REFERENCES report (id) ON DELETE CASCADE,
    item TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (report, item)
) WITHOUT ROWID;
CREATE TABLE step (
    report INTEGER NOT NULL REFERENCES report (id) ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    label TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('create', 'edit', 'undo', 'redo')),
    reverses INTEGER,
    below INTEGER,
    PRIMARY KEY (report, revision)
) WITHOUT ROWID;
CREATE TABLE value_change (
    report INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    item TEXT NOT NULL,
    old INTEGER,
    new INTEGER,
    PRIMARY KEY (report, revision, item),
    FOREIGN KEY (report, revision) REFERENCES step (report, revision) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE TABLE narrative_change (
    report INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    item TEXT NOT NULL,
    start INTEGER NOT NULL,
    old TEXT NOT NULL,
    new TEXT NOT NULL,
    PRIMARY KEY (report, revision, item),
    FOREIGN KEY (report, revision) REFERENCES step (report, revision) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE TABLE signoff (
    id INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report (id) ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    was TEXT NOT NULL,
    state TEXT NOT NULL,
    note TEXT NOT NULL
);
CREATE INDEX signoff_of_report ON signoff (report, id);
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID
"""
_CIRCULATION_TABLES = """
CREATE TABLE signature (
    id INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report (id) ON DELETE CASCADE,
    move INTEGER NOT NULL REFERENCES signoff (id) ON DELETE CASCADE,
    post TEXT NOT NULL,
    who TEXT NOT NULL,
    day TEXT NOT NULL,
    opinion TEXT NOT NULL,
    revision INTEGER NOT NULL,
    code TEXT NOT NULL,
    at TEXT NOT NULL,
    recorded_by TEXT NOT NULL
);
CREATE INDEX signature_of_report ON signature (report, id);
CREATE TABLE note (
    id INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report (id) ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    item TEXT NOT NULL,
    excerpt TEXT NOT NULL,
    body TEXT NOT NULL,
    answer TEXT NOT NULL,
    answered_at TEXT,
    answered_by TEXT NOT NULL
);
CREATE INDEX note_of_report ON note (report, id);
CREATE TABLE copy (
    id INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report (id) ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    code TEXT NOT NULL,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    copies INTEGER NOT NULL,
    printer TEXT NOT NULL,
    purpose TEXT NOT NULL
);
CREATE INDEX copy_of_report ON copy (report, id);
CREATE INDEX copy_with_code ON copy (code)"""
