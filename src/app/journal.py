"""The log of the program: for maintainers, rotating, private, without any content of a report.

A bug is kept with the places in the code it came through; of its message only what cannot be a
figure or prose.
"""

import io
import logging
import os
import re
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from app import user_files

_LARGEST = 500_000
_KEPT = 3
_CONTENT = re.compile(r"[^\x00-\x7f]+|\d+")


def path() -> Path:
    """Return where the log lies, in a folder of the user's own."""
    folder = os.environ.get("NIANBAO_LOG")
    base = Path(folder) if folder else user_files.log()
    return base / "nianbao.log"


def start() -> Path:
    """Let the logger `nianbao` write to the log; returns where. Only the user may read it."""
    target = path()
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    logger = logging.getLogger("nianbao")
    if not logger.handlers:
        handler = _Log(target, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8", delay=True)
        handler.setFormatter(_Form("%(asctime)s %(levelname)s %(message)s"))
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    return target


def note(text: str) -> Path:
    """Write one entry and return where the log lies."""
    target = start()
    logging.getLogger("nianbao").error(text)
    return target


def bug(error: BaseException) -> Path:
    """Write how an exception that nobody expected came about, and return where the log lies."""
    target = start()
    logging.getLogger("nianbao").critical("unexpected", exc_info=error)
    return target


def private(name: str, flags: int) -> int:
    """Open a file that only the user may read; an `opener` for `open`."""
    return os.open(name, flags, 0o600)


class _Log(RotatingFileHandler):
    """A file that is private from its beginning, also after it was begun anew."""

    def _open(self) -> io.TextIOWrapper:
        return open(self.baseFilename, "a", encoding=self.encoding, opener=private)


class _Form(logging.Formatter):
    """Leaves out of a traceback what may come from a report: numbers and Chinese in messages."""

    def formatException(self, ei: Any) -> str:  # noqa: ANN401, N802  (as its base has it)
        lines = traceback.format_exception(*ei)
        return "".join(
            line if line.startswith((" ", "Traceback")) else _CONTENT.sub("…", line)
            for line in lines
        ).rstrip("\n")
