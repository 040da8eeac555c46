"""From the start of the process: the first paint, and the last draft open for editing."""

import json
import shutil
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench import content
from tests.bench.line import ROUNDS, Line, Target, left_out
from tests.bench.place import WORK, child, environment

from app.draft import keep
from app.store.store import Store
from ui.report import tabs

PAINTED = "first paint: menus, tabs, list of reports"
SHOWN = "last draft shown; what is typed from here on reaches it"
WRITABLE = "last draft written to: SQLAlchemy imported"
FLOOR = "a bare PySide6 main window, same run"
MOMENTS = {
    "first_paint": (
        PAINTED,
        Target(1.3, is_ratio=True),
        "what the bare window does without: sqlite3 (3 ms), a Chinese face (2), menus, list and "
        "tabs with the names of PySide6 that they need (18), their paint (8)",
    ),
    "shown": (
        SHOWN,
        Target(3, is_ratio=True),
        "`Qt` and `QStyle` of PySide6 (25 ms), our own modules (60), the form (15), eight tabs "
        "with three tables (50), their paint (20)",
    ),
    "writable": (
        WRITABLE,
        Target(3, is_ratio=True),
        "SQLAlchemy takes longer to import (140 ms) than a bare window to appear; keys wait "
        "meanwhile and none is lost. The rules follow, 100 ms later",
    ),
}
REPORTS, CELL = 6, "t3.partial.natural"


def lines(display: str | None) -> Iterator[Line]:
    """Measure in turn with the bare window."""
    if display is None:
        yield from (left_out(name, target, "no Xvfb") for name, target, _ in MOMENTS.values())
        return
    database = WORK / "home" / "data" / "nianbao" / "nianbao.db"
    _fill(database)
    env = environment(display)
    _ours(env), _bare(env)
    runs = [(_bare(env), _ours(env)) for _ in range(ROUNDS)]
    floor = statistics.median(bare for bare, _ in runs)
    for moment, (name, target, why) in MOMENTS.items():
        ours = statistics.median(ours[moment] for _, ours in runs)
        yield Line(name, target, ours, floor, FLOOR, why=why)


def _bare(env: dict[str, str]) -> float:
    began = time.monotonic()
    return (float(child("bare.py", env=env)) - began) * 1000


def _ours(env: dict[str, str]) -> dict[str, float]:
    began = time.monotonic()
    said = json.loads(child("start.py", REPORTS, CELL, env=env))
    return {name: (said[name] - began) * 1000 for name in MOMENTS}


def _fill(database: Path) -> None:
    """A few reports, as an office has them; the last one was left at a figure."""
    shutil.rmtree(database.parent, ignore_errors=True)
    with Store.open(database) as store:
        for year in range(2025 - REPORTS, 2025):
            report = content.report(year, characters=1500)
            last = keep(store, report, "新建", "张三")
        store.set_setting("last_report", str(last))
        store.set_setting("last_tabs", "\n".join(tabs.labels(report.form)))
        store.set_setting(f"last_item.{last}", CELL)
