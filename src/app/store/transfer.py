"""Take reports over from one database into another that knows less of them.

The source is a salvaged database, so nothing in it is believed: a report is taken over with its
history only if that history leads to its content and no page that held some of it can have been
lost. Of every other report only the content is handed out, with what is doubtful in it marked.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from app.report import Value
from app.store import ledger
from app.store.failure import telling

_CHANGES = ("value_change", "narrative_change")
_NEWER = """
SELECT r.id, r.form, r.profile, r.org, r.year, r.revision, b.revision
FROM source.report r LEFT JOIN main.report b ON (b.id, b.created_at) = (r.id, r.created_at)
WHERE b.id IS NULL OR b.stamp < r.stamp"""
_HEADLESS = """
SELECT b.id, b.form, b.profile, b.org, b.year, max(s.revision), b.revision
FROM main.report b JOIN source.step s ON s.report = b.id
WHERE b.id NOT IN (SELECT id FROM source.report)
GROUP BY b.id HAVING max(s.revision) > b.revision"""
_NAMELESS = """
SELECT count(DISTINCT report) FROM source.step
WHERE report NOT IN (SELECT id FROM source.report UNION SELECT id FROM main.report)"""
_FROM_BACKUP = "在损坏的数据库中已无法读出，取自备份"
_TWO_VALUES = "在损坏的数据库中两处记录不一致"


@dataclass(frozen=True, slots=True)
class Newer:
    """A report of which the source knows more than the target.

    Attributes:
        revision: the last step the source knows of.
        kept: the last step the target has; None where it does not have the report.
        items: None where it was taken over with its history; else the content that could still be
            read, to be kept as a report of its own.
    """

    form: str
    profile: str | None
    org: str
    year: int
    revision: int
    kept: int | None
    items: dict[str, Value] | None = None


@dataclass(frozen=True, slots=True)
class Transfer:
    """What was taken over, and how many reports are left of which only steps are known."""

    newer: tuple[Newer, ...]
    nameless: int


def take_over(source: Path, target: Path, lost: int) -> Transfer:
    """Take over what the source knows more of; `lost` is how many pages of it could not be read."""
    with telling(target), closing(sqlite3.connect(target, isolation_level=None)) as db:
        db.execute("ATTACH ? AS source", (str(source),))
        db.execute("BEGIN IMMEDIATE")
        with telling(source), closing(sqlite3.connect(source)) as alone:
            doubtful = ledger.doubtful(alone)
            rebuilt = _Rebuilt(ledger.figures(alone), ledger.texts(alone)[0])
        found = []
        for report, *known in db.execute(_NEWER).fetchall():
            newer = Newer(*known)
            is_new = newer.kept is None
            is_certain = report not in doubtful and (not lost or _continues(db, report, is_new))
            if not (is_certain and _replace(db, report, is_new)):
                newer = replace(newer, items=_content(db, report, rebuilt, is_new))
            found.append(newer)
        for report, *known in db.execute(_HEADLESS).fetchall():
            items = _content(db, report, rebuilt, is_new=False)
            found.append(replace(Newer(*known), items=items))
        [(nameless,)] = db.execute(_NAMELESS)
        db.execute("COMMIT")
    return Transfer(tuple(found), int(nameless))


def _continues(db: sqlite3.Connection, report: int, is_new: bool) -> bool:
    """Say whether nothing of a report can be missing, although pages were lost.

    All that the target has is there, and each step since then has its one change: a step of more
    could have lost one of them without a trace. The last step the target has may have grown.
    """
    if is_new:
        return False
    for table in ("step", *_CHANGES):
        earlier = "report = ?1 AND revision < (SELECT revision FROM main.report WHERE id = ?1)"
        if db.execute(
            f"SELECT * FROM main.{table} WHERE {earlier}"
            f" EXCEPT SELECT * FROM source.{table} WHERE report = ?1",
            (report,),
        ).fetchone():
            return False
    several = " UNION ALL ".join(
        f"SELECT revision FROM source.{table} WHERE report = ?1" for table in _CHANGES
    )
    return not db.execute(
        f"SELECT revision FROM ({several})"
        " WHERE revision >= (SELECT revision FROM main.report WHERE id = ?1)"
        " GROUP BY revision HAVING count(*) > 1",
        (report,),
    ).fetchone()


def _replace(db: sqlite3.Connection, report: int, is_new: bool) -> bool:
    """Put the source's rows of a report in place of the target's.

    Says whether that could be done: not where the target has given one of their ids away.
    """
    db.execute("SAVEPOINT replacing")
    try:
        for table, key in _tables(db):
            if not is_new:
                db.execute(f"DELETE FROM main.{table} WHERE {key} = ?", (report,))
            of_report = f"FROM source.{table} WHERE {key} = ?"
            db.execute(f"INSERT INTO main.{table} SELECT * {of_report}", (report,))
    except sqlite3.IntegrityError:
        db.execute("ROLLBACK TO replacing")
        return False
    finally:
        db.execute("RELEASE replacing")
    return True


def _tables(db: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Return the tables that hold something of a report, with the column that says of which."""
    yield "report", "id"
    for (table,) in db.execute(
        "SELECT name FROM main.sqlite_master WHERE type = 'table'"
    ).fetchall():
        if any(row[1] == "report" for row in db.execute(f"PRAGMA main.table_info({table})")):
            yield table, "report"


@dataclass(frozen=True, slots=True)
class _Rebuilt:
    """What the changes of the source lead to, by report and item."""

    figures: dict[ledger.Key, int | None]
    texts: dict[ledger.Key, str]


def _content(
    db: sqlite3.Connection, report: int, rebuilt: _Rebuilt, is_new: bool
) -> dict[str, Value]:
    """Return the content of a report as far as it can be known, doubtful figures marked.

    What the source holds counts first, then what its changes lead to, then what the target holds.
    """
    items = _items(db, "source", report)
    led = {
        item: value
        for part in (rebuilt.texts, rebuilt.figures)
        for (owner, item), value in part.items()
        if owner == report
    }
    marks: dict[str, Value] = {}
    for item, value in led.items():
        if item in items and not isinstance(value, str) and items[item] != value:
            marks[f"unsure.{item}"] = _TWO_VALUES
        elif item not in items and value not in (None, ""):
            items[item] = value
    for item, value in {} if is_new else _items(db, "main", report).items():
        if item not in items and item not in led:
            items[item] = value
            if isinstance(value, int):
                marks[f"unsure.{item}"] = _FROM_BACKUP
    return items | marks


def _items(db: sqlite3.Connection, schema: str, report: int) -> dict[str, Value]:
    rows = db.execute(
        f"SELECT cell, value FROM {schema}.value WHERE report = ?1"
        f" UNION ALL SELECT item, body FROM {schema}.narrative WHERE report = ?1"
        f" UNION ALL SELECT 'org', org FROM {schema}.report WHERE id = ?1 AND org <> ''",
        (report,),
    )
    return dict(rows.fetchall())
