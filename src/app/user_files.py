"""Where this user's files of the program lie, on each system where its programs keep theirs."""

import os
import sys
from pathlib import Path

_NAME = "nianbao"


def data() -> Path:
    """Return the folder of what the user wrote and must not lose."""
    if sys.platform == "win32":
        return _named("LOCALAPPDATA", "AppData/Local") / _NAME
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / _NAME
    return _named("XDG_DATA_HOME", ".local/share") / _NAME


def log() -> Path:
    """Return the folder of what may be lost: the log."""
    if sys.platform == "win32":
        return data() / "Logs"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Logs" / _NAME
    return _named("XDG_STATE_HOME", ".local/state") / _NAME / "log"


def _named(variable: str, usual: str) -> Path:
    """Return the folder that the environment names in full, else the usual one in the home."""
    named = Path(os.environ.get(variable, "").strip())
    return named if named.is_absolute() else Path.home() / usual
