"""The table of all lines: on the terminal, in build/bench.json, in docs/benchmarks.md."""

import json
import os
import platform
from collections.abc import Sequence
from datetime import date

from tests.bench.line import Line
from tests.bench.place import BUILD, ROOT

HEAD = f"{'':2}{'what':60} {'ours':>10} {'reference':>10} {'ratio':>7} {'target':>9}  reference is"
_MARK = {True: "✓", False: "✗", None: "–"}
_INTRODUCTION = """\
# Benchmarks

Written by `make bench`; the same figures are in `build/bench.json`. Each line stands beside a floor
or a peer that was measured in turn with it in the same run (A B A B …, medians): milliseconds
belong to the computer, ratios to the program. How each is measured: `tests/bench`. On a virtual
machine the ratios of the start vary by a tenth or two from one run to the next.

"""


def row(line: Line) -> str:
    """Return a line for the terminal."""
    ratio = f"{line.ratio:.2f} ×" if line.ratio else ""
    return (
        f"{_MARK[line.is_met]} {line.name:60} {_shown(line.ours, line.unit):>10} "
        f"{_shown(line.reference, line.unit):>10} {ratio:>7} {line.target_text:>9}  "
        f"{line.reference_is}"
    )


def write(lines: Sequence[Line]) -> None:
    """Write the JSON file and the page."""
    BUILD.mkdir(exist_ok=True)
    text = json.dumps([_entry(line) for line in lines], ensure_ascii=False, indent=1)
    (BUILD / "bench.json").write_text(text + "\n", encoding="utf-8")
    (ROOT / "docs" / "benchmarks.md").write_text(_page(lines), encoding="utf-8")


def _entry(line: Line) -> dict[str, object]:
    return {
        "name": line.name,
        "ours": line.ours,
        "reference": line.reference,
        "reference_is": line.reference_is,
        "ratio": line.ratio,
        "target": line.target_text,
        "unit": line.unit,
    }


def _page(lines: Sequence[Line]) -> str:
    head = ("", "what", "ours", "reference", "ratio", "target", "reference is")
    rows = [head, ("---",) * len(head)]
    for line in lines:
        ratio = f"{line.ratio:.2f} ×" if line.ratio else ""
        figures = (_shown(line.ours, line.unit), _shown(line.reference, line.unit), ratio)
        rows.append((_MARK[line.is_met], line.name, *figures, line.target_text, line.reference_is))
    table = "".join(f"| {' | '.join(cells)} |\n" for cells in rows)
    missed = "".join(
        f"- {x.name}: {x.why or 'not looked into yet'}.\n" for x in lines if x.is_met is False
    )
    return _INTRODUCTION + f"{_where()}\n\n{table}" + (missed and f"\n## Missed\n\n{missed}")


def _where() -> str:
    """Where and how it was measured: alone, or in turn with what else the computer has to do."""
    alone = os.sched_getscheduler(0) == os.SCHED_FIFO
    how = "measured before anything else (`chrt -f`)" if alone else "measured among them"
    return (
        f"Last run: {date.today().isoformat()}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores, Python {platform.python_version()}; "
        f"{os.getloadavg()[0]:.1f} processes wanted a core, {how}."
    )


def _shown(figure: float | None, unit: str) -> str:
    if figure is None:
        return ""
    if isinstance(figure, int):
        return f"{figure:,} {unit}"
    return f"{figure:.{0 if figure >= 100 else 1 if figure >= 10 else 2}f} {unit}"
