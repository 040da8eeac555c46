"""One edit in the window: from the key to paint, checks and disk."""

import json
from collections.abc import Iterator

from tests.bench import content
from tests.bench.line import Line, Target, left_out
from tests.bench.place import WORK, child, environment

from app.draft import keep
from app.store.store import Store

PEER = "a plain QTableView with raw sqlite3, nothing checked"
WHY = (
    "every edit of this full report breaks sums anew: the rules with their suspects take a third, "
    "the disk a third, marks and paint of a row and a column the rest"
)
OPENS = "an editor is made, shown and given the focus; the plain table takes as long"
KEYS = {
    "enter": ("Enter: painted, equations checked, durable on disk", Target(4), WHY),
    "enter, all": ("the same until texts are checked and findings listed", Target(10), WHY),
    "first digit": ("a digit that opens the editor", Target(5), OPENS),
    "further digit": ("a further digit", Target(5), ""),
}


def lines(display: str | None) -> Iterator[Line]:
    """Measure in turn with the plain table, in one process."""
    if display is None:
        yield from (left_out(name, target, "no Xvfb") for name, target, _ in KEYS.values())
        return
    ours, plain = (WORK / name / "nianbao.db" for name in ("edit", "plain"))
    for database in (ours, plain):
        database.parent.mkdir(exist_ok=True)
        for file in database.parent.glob(f"{database.name}*"):
            file.unlink()
    with Store.open(ours) as store:
        keep(store, content.report(2024), "新建", "张三")
    medians = json.loads(child("edit.py", ours, plain, env=environment(display)))
    for key, (name, target, why) in KEYS.items():
        yield Line(name, target, *medians[key], PEER, why=why)
