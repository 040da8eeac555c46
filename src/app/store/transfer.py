"""Take reports over from one database into another that knows less of them.

The source is a salvaged database, so nothing in it is believed: a report is taken over with its
history only if that history leads to its content and nothing of it can be missing. Of every other
report the content is handed out, with what is doubtful in it marked.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from app.report import Value
from app.store import ledger
from app.store.failure import telling
from app.store.graft import content, graft

_FACTS = ("signoff", "signature", "note", "copy")
_PARTS = ("step", "value", "narrative", "value_change", "narrative_change")
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
    """What was taken over.

    Attributes:
        newer: reports.
        facts: how many moves, signatures, notes and prints beside.
        nameless: how many reports are left of which only steps are known.
    """

    newer: tuple[Newer, ...]
    facts: int
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
            if is_new:
                is_whole = not lost and report not in doubtful and _add(db, report)
            else:
                is_whole = graft(db, report, lost)
            if not is_whole:
                newer = replace(newer, items=_content(db, report, rebuilt, is_new))
            found.append(newer)
        for report, *known in db.execute(_HEADLESS).fetchall():
            items = _content(db, report, rebuilt, is_new=False)
            found.append(replace(Newer(*known), items=items))
        [(nameless,)] = db.execute(_NAMELESS)
        facts = _add_facts(db)
        db.execute("COMMIT")
    return Transfer(tuple(found), facts, int(nameless))


def _add(db: sqlite3.Connection, report: int) -> bool:
    """Take a report over that the target does not have; False if its id was given away."""
    if db.execute("SELECT 1 FROM main.report WHERE id = ?", (report,)).fetchone():
        return False
    for table, key in (("report", "id"), *((table, "report") for table in _PARTS)):
        rows = f"SELECT * FROM source.{table} WHERE {key} = ?"
        db.execute(f"INSERT INTO main.{table} {rows}", (report,))
    return True


def _add_facts(db: sqlite3.Connection) -> int:
    """Take over what was recorded about reports that both have; returns how much that was."""
    both = (
        "SELECT r.id FROM main.report r JOIN source.report s"
        " ON (s.id, s.created_at) = (r.id, r.created_at)"
    )
    added = 0
    for table in _FACTS:
        rows = f"SELECT * FROM source.{table} WHERE report IN ({both})"
        # not where the target has given the number to something about another report
        rows += f" AND (id, report) NOT IN (SELECT f.id, s.report FROM main.{table} f"
        rows += f" JOIN source.{table} s ON s.id = f.id WHERE s.report <> f.report)"
        new = f"SELECT count(*) FROM ({rows} EXCEPT SELECT * FROM main.{table})"
        added += db.execute(new).fetchone()[0]
        db.execute(f"REPLACE INTO main.{table} {rows}")
    return added


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
    items = content(db, "source", report)
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
    for item, value in {} if is_new else content(db, "main", report).items():
        if item not in items and item not in led:
            items[item] = value
            if isinstance(value, int):
                marks[f"unsure.{item}"] = _FROM_BACKUP
    return items | marks
