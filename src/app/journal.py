"""The log of the program: for maintainers, rotating, without any content of a report."""

import logging
import os
from logging.handlers import RotatingFileHandler
from pathlib import Path

import platformdirs

_LARGEST = 500_000
_KEPT = 3


def path() -> Path:
    """Return where the log lies, in a folder of the user's own."""
    folder = os.environ.get("NIANBAO_LOG")
    base = Path(folder) if folder else Path(platformdirs.user_log_dir("nianbao", appauthor=False))
    return base / "nianbao.log"


def start() -> Path:
    """Let the logger `nianbao` write to the log; returns where. Only the user may read it."""
    target = path()
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not target.exists():
        target.touch(mode=0o600)
    logger = logging.getLogger("nianbao")
    if not logger.handlers:
        handler = RotatingFileHandler(
            target, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8", delay=True
        )
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    return target


def note(text: str) -> Path:
    """Write one entry and return where the log lies."""
    target = start()
    logging.getLogger("nianbao").error(text)
    return target
