"""The history as the second entry of every figure and text: both must say the same.

SQLite keeps no checksums, so a bit that flips inside a figure goes unnoticed by it. But each value
stands twice, in `value` or `narrative` as it is and in the changes that led there: where these two
disagree, or a change does not begin where the one before it ended, something was damaged.
"""

import sqlite3
from collections.abc import Iterator

from app.store.change import Change
from app.store.listing import STATES

_STEPS = """
SELECT r.id FROM report r LEFT JOIN step s ON s.report = r.id
GROUP BY r.id
HAVING count(s.revision) <> r.revision OR min(s.revision) <> 1 OR max(s.revision) <> r.revision"""
_EMPTY_STEPS = """
SELECT s.report FROM step s WHERE s.revision > 1
AND NOT EXISTS (SELECT 1 FROM value_change c WHERE (c.report, c.revision) = (s.report, s.revision))
AND NOT EXISTS
    (SELECT 1 FROM narrative_change c WHERE (c.report, c.revision) = (s.report, s.revision))"""
# SQLite's own check passes over such rules where a file is opened for reading only
_WORDS = f"""
SELECT id FROM report WHERE state NOT IN ({", ".join(map(repr, STATES))})
UNION SELECT report FROM step WHERE kind NOT IN ('create', 'edit', 'undo', 'redo')"""
_FIGURES = """
SELECT report FROM (
    SELECT c.report, c.old, c.new,
        lag(c.new) OVER item AS before, lead(c.revision) OVER item IS NULL AS is_last,
        (SELECT v.value FROM value v WHERE (v.report, v.cell) = (c.report, c.item)) AS present
    FROM value_change c WINDOW item AS (PARTITION BY c.report, c.item ORDER BY c.revision)
) WHERE old IS NOT before OR (is_last AND new IS NOT present)
UNION
SELECT v.report FROM value v
WHERE (v.report, v.cell) NOT IN (SELECT report, item FROM value_change)"""
_TEXT_CHANGES = """
SELECT report, item, old, new, start FROM narrative_change
WHERE item <> 'published' ORDER BY report, item, revision"""  # the day may come by a move, no step
_TEXTS = """
SELECT report, item, body FROM narrative WHERE item <> 'published'
UNION ALL SELECT id, 'org', org FROM report WHERE org <> ''"""

_PARTS = (_WORDS, _STEPS, _EMPTY_STEPS, _FIGURES)
Key = tuple[int, str]


def doubtful(db: sqlite3.Connection) -> set[int]:
    """Return the reports whose content is not what their own history leads to."""
    found = {report for part in _PARTS for (report,) in db.execute(part)}
    kept = {(report, item): body for report, item, body in db.execute(_TEXTS)}
    led, broken = texts(db)
    differing = {key for key in kept.keys() | led.keys() if kept.get(key, "") != led.get(key, "")}
    return found | {report for report, _ in broken | differing}


def texts(db: sqlite3.Connection) -> tuple[dict[Key, str], set[Key]]:
    """Return what the changes of each text lead to, blank or not, and those that do not join."""
    led: dict[Key, str] = {}
    broken: set[Key] = set()
    for key, change in _text_changes(db):
        text = led.get(key, "")
        if text[change.start : change.start + len(str(change.old))] != change.old:
            broken.add(key)
        led[key] = str(change.applied(text) or "")
    return led, broken


def figures(db: sqlite3.Connection) -> dict[Key, int | None]:
    """Return what the changes of each figure lead to, blank or not."""
    rows = db.execute("SELECT report, item, new FROM value_change ORDER BY revision")
    return {(report, item): new for report, item, new in rows}


def _text_changes(db: sqlite3.Connection) -> Iterator[tuple[Key, Change]]:
    for report, item, old, new, start in db.execute(_TEXT_CHANGES):
        yield (report, item), Change(item, old, new, start)
