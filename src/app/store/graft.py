"""The later steps of a report, read from a damaged database, put on top of a backup of it.

What the backup holds need not be legible any more. The later steps must be there one by one and
join: each change must begin with what the one before it led to, the first with what the backup
holds.
"""

import sqlite3
from collections import Counter

from app.report import Value
from app.store.change import Change

Items = dict[str, Value]
_TABLES = ("value_change", "narrative_change", "step")
_LATER = """
SELECT revision, item, old, new, 0 FROM {schema}.value_change
WHERE report = ?1 AND revision >= ?2
UNION ALL
SELECT revision, item, old, new, start FROM {schema}.narrative_change
WHERE report = ?1 AND revision >= ?2
ORDER BY 1, 2"""


def graft(db: sqlite3.Connection, report: int, lost: int) -> bool:
    """Put the later steps of a report in `source` on top of what `main` holds; says if they join.

    Where pages were lost, a step of several changes may have lost one without a trace, and a change
    without the content it led to has no witness: these do not.
    """
    [(base,)] = db.execute("SELECT revision FROM main.report WHERE id = ?", (report,))
    [(last,)] = db.execute("SELECT revision FROM source.report WHERE id = ?", (report,))
    first = base + 1
    later = _changes(db, "source", report, base)
    size = Counter(revision for revision, _ in later)
    sizes = [size[revision] for revision in range(first, last + 1)]
    if _steps(db, report, first) != list(range(first, last + 1)) or not _is_same(db, report):
        return False
    if set(size) - set(range(base, last + 1)) or 0 in sizes or (lost and max(sizes, default=0) > 1):
        return False
    items = content(db, "main", report)
    own = _changes(db, "main", report, base)
    grown = [change.item for number, change in later if number == base]
    if [change.item for _, change in own] == grown and base in _steps(db, report, base):
        first = base  # the last step of the backup may have grown since, so it is taken again
        for _, change in reversed(own):
            _apply(items, change.reversed())
    taken = [change for number, change in later if number >= first]
    joined = all(_apply(items, change) for change in taken)
    touched = {change.item for change in taken if change.item in items}
    if not joined or not _agrees(db, report, items, touched if lost else set()):
        return False
    _write(db, report, first, items)
    return True


def content(db: sqlite3.Connection, schema: str, report: int) -> Items:
    """Return the items of a report in one of the databases."""
    rows = db.execute(
        f"SELECT cell, value FROM {schema}.value WHERE report = ?1"
        f" UNION ALL SELECT item, body FROM {schema}.narrative WHERE report = ?1"
        f" UNION ALL SELECT 'org', org FROM {schema}.report WHERE id = ?1 AND org <> ''",
        (report,),
    )
    return dict(rows.fetchall())


def _is_same(db: sqlite3.Connection, report: int) -> bool:
    """Say whether what never changes about a report was read as the backup has it."""
    what = "SELECT form, profile, year, further FROM {}.report WHERE id = ?"
    rows = [db.execute(what.format(schema), (report,)).fetchone() for schema in ("main", "source")]
    return bool(rows[0] == rows[1])


def _changes(
    db: sqlite3.Connection, schema: str, report: int, first: int
) -> list[tuple[int, Change]]:
    rows = db.execute(_LATER.format(schema=schema), (report, first))
    return [(revision, Change(*change)) for revision, *change in rows]


def _steps(db: sqlite3.Connection, report: int, first: int) -> list[int]:
    rows = "SELECT revision FROM source.step WHERE report = ? AND revision >= ? ORDER BY 1"
    return [revision for (revision,) in db.execute(rows, (report, first))]


def _apply(items: Items, change: Change) -> bool:
    """Apply a change; says whether it began with what is there."""
    present = items.pop(change.item, None)
    if isinstance(change.old, str):
        text = str(present or "")
        joins = text[change.start : change.start + len(change.old)] == change.old
    else:
        joins = present == change.old
    after = change.applied(present)
    if after is not None:
        items[change.item] = after
    return joins


def _agrees(db: sqlite3.Connection, report: int, items: Items, needed: set[str]) -> bool:
    """Say whether what can still be read of the content is what the steps led to.

    What is `needed` must be legible: two entries are better than one in a file that lost pages.
    """
    legible = content(db, "source", report)
    return needed <= legible.keys() and all(
        items.get(item) == value for item, value in legible.items() if item != "published"
    )


def _write(db: sqlite3.Connection, report: int, first: int, items: Items) -> None:
    later = "WHERE report = ?1 AND revision >= ?2"
    for table in _TABLES:
        db.execute(f"DELETE FROM main.{table} {later}", (report, first))
        rows = f"SELECT * FROM source.{table} {later}"
        db.execute(f"INSERT INTO main.{table} {rows}", (report, first))
    rows = "SELECT * FROM source.report WHERE id = ?"
    db.execute(f"REPLACE INTO main.report {rows}", (report,))
    for table in ("value", "narrative"):
        db.execute(f"DELETE FROM main.{table} WHERE report = ?", (report,))
    for item, value in items.items():
        if item != "org":  # a column of the report, and already there
            table = "value" if isinstance(value, int) else "narrative"
            db.execute(f"INSERT INTO main.{table} VALUES (?, ?, ?)", (report, item, value))
