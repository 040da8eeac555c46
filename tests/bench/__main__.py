"""Measure how fast the program is: `python -m tests.bench` (or `make bench`).

Every figure stands beside the floor or a peer that was measured in turn with it, because ratios
hold where milliseconds depend on the computer. Prints a table; writes build/bench.json and
docs/benchmarks.md.
"""

import argparse
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from tests.bench import (
    checking,
    edit,
    installing,
    place,
    printing,
    quality,
    reading,
    startup,
    storing,
    table,
)
from tests.bench.line import Line


def measure(options: argparse.Namespace) -> Iterator[Line]:
    """Yield every line as soon as it is known."""
    shutil.rmtree(place.WORK / "home", ignore_errors=True)
    place.WORK.mkdir(parents=True, exist_ok=True)
    os.environ.update(place.environment())  # what is measured in this process is nobody's either
    with place.display() as display:
        yield from startup.lines(display)
        yield from edit.lines(display)
        yield from checking.lines()
        yield from printing.lines()
        yield from storing.lines(display)
        yield from reading.lines()
        yield from installing.lines(options.install)
        yield from quality.lines()


def main() -> int:
    """Measure and write down."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--install", action="store_true", help="pip install into an empty venv")
    options = parser.parse_args()
    lines = []
    for line in measure(options):
        lines.append(line)
        print(table.row(line), flush=True)
    table.write(lines)
    return 0


sys.exit(main())
