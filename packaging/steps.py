"""The steps of a trial: each prints one line, ok or failed, and the next is tried in any case."""

from __future__ import annotations

import shutil
import traceback
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Steps:
    """What was tried, and how often it failed; pictures and failures lie in the folder `seen`."""

    def __init__(self, seen: Path) -> None:
        self.seen, self.failed = seen, 0
        shutil.rmtree(seen, ignore_errors=True)
        seen.mkdir(parents=True)

    @contextmanager
    def step(self, name: str) -> Iterator[list[str]]:
        """Print whether what is done within has worked, and what it has put into the list."""
        told: list[str] = []
        try:
            yield told
        except Exception as error:
            self.failed += 1
            trace = traceback.format_exc()
            (self.seen / f"failed-{self.failed}.txt").write_text(f"{name}\n{trace}", "utf-8")
            print(f"failed  {name}: {str(error)[:300]}", flush=True)
        else:
            print(f"ok      {name}{': ' if told else ''}{', '.join(told)}", flush=True)

    def end(self) -> int:
        """Say how many steps failed; returns the exit status."""
        print(f"{self.failed} steps failed; what was seen lies in {self.seen}")
        return min(self.failed, 1)
