"""Is a database file sound? Looked at without writing a byte to it.

Three questions: do its pages hold together (SQLite's own check), does every row belong to a report,
and, where there is time for it, does the history lead to the content (`ledger`).
"""

import sqlite3
from collections import deque
from contextlib import closing
from pathlib import Path

from app.store import ledger, migration
from app.store.failure import Damaged, Foreign, telling
from app.store.listing import read

_MOST = 20
_MOMENTS = "SELECT changed_at FROM report UNION ALL SELECT at FROM step"


def left_open(path: Path) -> bool:
    """Say whether a log lies beside the database: a program has it open, or did not end well."""
    log = path.with_name(path.name + "-wal")
    return log.is_file() and log.stat().st_size > 0


def opened(path: Path) -> sqlite3.Connection:
    """Open a database for looking only."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def require(path: Path, *, thorough: bool = False) -> int:
    """Return how many reports a database holds, if it is sound; the history only if `thorough`.

    Raises:
        Damaged: it is not, in words; `__notes__` say what was found, for the log.
        Foreign: it is something else.
    """
    if is_log_foreign(path):
        raise damaged(path, ["the log beside it is that of another database"])
    with telling(path), closing(opened(path)) as db:
        found = [str(row[0]) for row in db.execute(f"PRAGMA integrity_check({_MOST})")]
        if found != ["ok"]:
            raise damaged(path, found)
        if not db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
            return 0  # made, but not yet filled with tables
        [(mark,)] = db.execute("PRAGMA application_id")
        if mark != migration.APPLICATION_ID:
            raise Foreign(f"“{path}”不是年报的数据库，程序没有改动它。请另选文件。")
        strays = [str(row) for row in db.execute("PRAGMA foreign_key_check")]
        if strays:
            raise damaged(path, strays[:_MOST])
        if thorough:
            _read_everything(db)
            if doubtful := ledger.doubtful(db):
                raise damaged(path, [f"report {report}: history" for report in sorted(doubtful)])
        return count(db)


def _read_everything(db: sqlite3.Connection) -> None:
    """Read every row: a text that is none is told by the driver, a moment that is none by us."""
    for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        deque(db.execute(f"SELECT * FROM {table}"), maxlen=0)
    for (moment,) in db.execute(_MOMENTS):
        read(moment)


def is_log_foreign(path: Path) -> bool:
    """Say whether the log beside a database is certainly that of another one.

    It would make the file into that other one. Every database has a number; the file says it at
    byte 60, the log may say another. 0 stands there before the file was written for the first time:
    then there is nothing to lose in it.
    """
    if not left_open(path):
        return False
    with path.open("rb") as file:
        file.seek(60)
        own = int.from_bytes(file.read(4))
    try:
        with closing(opened(path)) as db:
            [(told,)] = db.execute("PRAGMA user_version")
    except (sqlite3.Error, UnicodeDecodeError):
        return False
    return own not in (0, told)


def count(db: sqlite3.Connection) -> int:
    """Return how many reports there are; none before there are tables."""
    has_tables = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'report'").fetchone()
    [(number,)] = db.execute("SELECT count(*) FROM report") if has_tables else [(0,)]
    return int(number)


def damaged(path: Path, found: list[str]) -> Damaged:
    """Return the failure that a database is damaged, with what was found, for the log."""
    error = Damaged(f"数据库“{path}”已损坏，程序没有改动它。请从备份恢复，或请技术人员检查该文件。")
    for note in found:
        error.add_note(note)
    return error
