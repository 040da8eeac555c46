"""The tables as the statements of the store name them; `migration` makes them.

A test compares the columns named here with those of a migrated database.
"""

from sqlalchemy import TableClause, column, table


def _table(name: str, columns: str) -> TableClause:
    return table(name, *map(column, columns.split()))


REPORT = _table(
    "report",
    "id form profile org year revision stamp undo_head redo_head state further"
    " created_at changed_at deleted_at",
)
VALUE = _table("value", "report cell value")
NARRATIVE = _table("narrative", "report item body")
STEP = _table("step", "report revision at who label kind reverses below")
VALUE_CHANGE = _table("value_change", "report revision item old new")
NARRATIVE_CHANGE = _table("narrative_change", "report revision item start old new")
SIGNOFF = _table("signoff", "id report revision at who was state note")
SIGNATURE = _table("signature", "id report move post who day opinion revision code at recorded_by")
NOTE = _table("note", "id report revision at who item excerpt body answer answered_at answered_by")
COPY = _table("copy", "id report revision code at who copies printer purpose")
SETTING = _table("setting", "name value")
TABLES = (
    REPORT, VALUE, NARRATIVE, STEP, VALUE_CHANGE, NARRATIVE_CHANGE, SIGNOFF, SIGNATURE, NOTE, COPY,
    SETTING,
)  # fmt: skip
