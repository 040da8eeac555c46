"""Make the database of a schema version, to be kept in tests/data when that version is released.

old_database.py VERSION FOLDER      writes v1.db and, as v1.json, what is in it

What is kept is never made anew: it is what users have. The content was written by the program of
that version, as far as its tables go.
"""

import json
import runpy
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from app.draft import Draft, keep
from app.report import Report
from app.store import migration
from app.store.connection import connect
from app.store.store import Store

STEPS = 60


def make(path, version):
    moments = count()
    begin = datetime(2025, 1, 6, tzinfo=UTC)
    now = lambda: begin + timedelta(seconds=next(moments))  # noqa: E731
    path.touch(0o600)
    engine = connect(path, 1)
    migration.run(engine, now, migration.MIGRATIONS[:version])
    with Store(path, engine, now) as store:
        typist = runpy.run_path(str(Path(__file__).parents[1] / "app" / "typist.py"))["Typist"]
        for year in (2023, 2024):
            report = keep(store, Report.new("示例市档案局", year), "新建", "张三")
            at_work = typist(Draft.open(store, report, "张三"), year)
            at_work.paste = at_work.fill_in
            while at_work.draft.head.revision < STEPS:
                at_work.act()
            if version >= 2:
                store.circulation.note(at_work.draft.head, "t3.new.natural", "", "请核实", "李四")
        store.move_state(at_work.draft.head, "review", "李四", "请审核")
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("VACUUM")


def content(path):
    """What is in a database, as the store tells it: content and history of each report."""
    with Store.open(path) as store:
        return [
            {
                "report": [listed.org, listed.year, listed.form, listed.state],
                "items": store.load(listed.id).items,
                "steps": [[s.revision, s.who, s.label, s.kind] for s in store.steps(listed.id)],
                "notes": [[n.item, n.body, n.who] for n in store.circulation.notes(listed.id)],
                "moves": [[m.who, m.state, m.note] for m in store.moves(listed.id)],
            }
            for listed in store.reports()
        ]


if __name__ == "__main__":
    version, folder = int(sys.argv[1]), Path(sys.argv[2])
    target = folder / f"v{version}.db"
    make(target, version)
    copy = folder / "copy.db"
    copy.write_bytes(target.read_bytes())
    text = json.dumps(content(copy), ensure_ascii=False, indent=1, sort_keys=True)
    target.with_suffix(".json").write_text(text + "\n", "utf-8")
    for rest in folder.glob("copy*"):
        for path in [*rest.iterdir()] if rest.is_dir() else []:
            path.unlink()
        rest.rmdir() if rest.is_dir() else rest.unlink()
