"""A sound database of the rows that can still be read from a damaged one.

To which table a row belongs is told by its shape alone, since what said so may be lost; the tables'
own rules (keys, allowed words) refuse what only looks alike.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app import form_file
from app.clock import Clock
from app.errors import AppError
from app.store import ledger, wreck
from app.store.failure import telling
from app.store.store import Store
from app.store.wreck import Cell, Row

_PAGE = 4096
_SPAN = "SELECT min(at), max(at), max(revision) FROM step WHERE report = ?"
_HEAD = """
INSERT OR IGNORE INTO report
(id, form, profile, org, year, revision, stamp, state, further, created_at, changed_at)
VALUES (?, ?, ?, ?, ?, ?, ?, 'draft', '', ?, ?)"""
_OWN = "migration"  # made by the new database itself


@dataclass(frozen=True, slots=True)
class _Shape:
    """How the rows of a table look in the file.

    Attributes:
        columns: their names in the order they are stored: of tables without rowid, the key first.
        kinds: int or str for each, and whether it may be blank.
        numbered: the column that is the number of the row, which is stored apart; empty without.
        is_keyed: the table has no rowid.
    """

    table: str
    columns: tuple[str, ...]
    kinds: tuple[tuple[type, bool], ...]
    numbered: str
    is_keyed: bool

    def fits(self, row: Row) -> bool:
        """Say whether a row may be one of this table; columns that came later may be missing."""
        if (row.number is None) != self.is_keyed or len(row.values) > len(self.kinds):
            return False
        missing = self.kinds[len(row.values) :]
        values = (*row.values, *(None for _ in missing))
        return all(
            (isinstance(value, kind) and _is_moment(column, value))
            or (value is None and (is_blank or column == self.numbered))
            for column, (kind, is_blank), value in zip(
                self.columns, self.kinds, values, strict=True
            )
        )

    def values(self, row: Row) -> tuple[Cell, ...]:
        """Return the values to insert, as many as the row has."""
        return tuple(
            row.number if column == self.numbered else value
            for column, value in zip(self.columns, row.values, strict=False)
        )


def _is_moment(column: str, value: Cell) -> bool:
    """Say whether a value can be a moment or day, if it stands in a column for one."""
    if column != "day" and not f"_{column}".endswith("_at"):
        return True
    try:
        datetime.fromisoformat(str(value))
    except ValueError:
        return False
    return True


def gather(content: bytes, target: Path, now: Clock) -> int:
    """Make a database at `target` of what is legible in the bytes of a damaged one.

    Returns the number of pages of which something was lost; what it was cannot be known.
    """
    found = wreck.read(content)
    Store.open(target, now).close()
    with telling(target), closing(sqlite3.connect(target)) as db, db:
        shapes = list(_shapes(db))
        for row in found.rows:
            for shape in shapes:
                if shape.fits(row):
                    _insert(db, shape, shape.values(row))
        for row in found.rows:
            if row.number is None and list(map(type, row.values)) == [str, int, int]:
                _make_head(db, *row.values)
    return found.lost


def holds_reports(database: Path) -> bool:
    """Say whether anything of a report was gathered."""
    with telling(database), closing(sqlite3.connect(database)) as db:
        parts = ("SELECT 1 FROM report", "SELECT 1 FROM value", "SELECT 1 FROM narrative")
        return any(db.execute(f"{part} LIMIT 1").fetchone() for part in parts)


def _insert(db: sqlite3.Connection, shape: _Shape, values: tuple[Cell, ...]) -> None:
    names = ", ".join(shape.columns[: len(values)])
    marks = ", ".join("?" * len(values))
    db.execute(f"INSERT OR IGNORE INTO {shape.table} ({names}) VALUES ({marks})", values)


def _make_head(db: sqlite3.Connection, org: Cell, year: Cell, report: Cell) -> None:
    """List a report whose own row is lost, by its entry in the index of units and years.

    What the entry does not tell is left empty, so that nobody takes the row for the lost one.
    """
    first, last, revision = db.execute(_SPAN, (report,)).fetchone()
    with suppress(AppError):  # no form for such a year: it only looked like an entry
        form = form_file.for_year(int(str(year))).id if revision else None
        if form:
            cells = db.execute("SELECT cell FROM value WHERE report = ?", (report,))
            profile = form_file.infer_profile(form, (cell for (cell,) in cells))
            head = (report, form, profile, org, year, revision, revision, first, last)
            db.execute(_HEAD, head)


def _shapes(db: sqlite3.Connection) -> Iterator[_Shape]:
    rows = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    for table, statement in rows:
        if table != _OWN and not table.startswith("sqlite_"):
            yield _shape(db, table, str(statement).rstrip().endswith("WITHOUT ROWID"))


def _shape(db: sqlite3.Connection, table: str, is_keyed: bool) -> _Shape:
    found = db.execute(f"PRAGMA table_info({table})").fetchall()
    if is_keyed:  # the key comes first, in its own order
        found.sort(key=lambda column: (column[5] == 0, column[5] or column[0]))
    kinds = tuple(
        (int if kind == "INTEGER" else str, not strict) for _, _, kind, strict, *_ in found
    )
    keys = [name for _, name, kind, _, _, key in found if key and kind == "INTEGER"]
    numbered = keys[0] if len(keys) == 1 and not is_keyed else ""
    return _Shape(table, tuple(column[1] for column in found), kinds, numbered, is_keyed)


def apply_log(copy: Path) -> None:
    """Let SQLite bring the log beside a copy of a damaged database into it, as far as it can."""
    content = copy.read_bytes()
    if not content.startswith(wreck.MAGIC):
        # the log of a file without a head is not looked at: give it the head of an empty one
        with closing(sqlite3.connect(":memory:")) as db:
            db.execute("CREATE TABLE any (id)")
            head = bytearray(db.serialize()[:100])
        head[18:20] = b"\x02\x02"  # written and read with a log
        head[28:32] = (len(content) // _PAGE).to_bytes(4)
        copy.write_bytes(bytes(head) + content[100:])
    with suppress(sqlite3.Error, UnicodeDecodeError), closing(sqlite3.connect(copy)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def worth(database: Path, lost: int) -> tuple[int, int]:
    """Return how good a gathered database is, to compare two: fewest doubts, then most steps."""
    with telling(database), closing(sqlite3.connect(database)) as db:
        doubts = len(ledger.doubtful(db)) + lost
        [(steps,)] = db.execute("SELECT coalesce(sum(stamp), 0) FROM report")
    return -doubts, int(steps)
