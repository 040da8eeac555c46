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
    "every edit of this full report breaks sums anew: of some 9 ms the rules with their suspects "
    "take 3, the marks in table, prose, tabs and panel 2, their paint and layout 3, the disk 1; "
    "the plain table takes as long for its paint alone"
)
OPENS = "an editor is made, shown and given the focus; the plain table takes as long"
KEYS = {
    "enter": ("Enter: painted, checked, durable on disk", Target(4), WHY),
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
