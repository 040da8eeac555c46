"""The store: every report, its history and the settings in one SQLite file; all SQL is in here.

- `place`: where the file lies, who may read it, and why not on a network drive
- `failure`: what can go wrong, each with its sentence
- `listing`: a report in the list; `record`: what else the store hands out
- `change`: what one step did to one item
- `glance`: the list and one report without SQLAlchemy, for the first paint
- `schema`, `migration`: the tables and how they came to be
- `soundness`, `ledger`: whether a file and the history in it hold together
- `snapshot`: verified copies; `wreck`, `salvage`, `transfer`: what is left of a damaged database
- `store`: the `Store` itself; `history`: what it can tell about the past

Importing this package must stay cheap: SQLAlchemy (200 ms) comes with `app.store.store` only.
"""

from app.store.place import default_path

__all__ = ["default_path"]
