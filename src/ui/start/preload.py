"""What makes the imports that follow quicker; nothing depends on it.

Start-up makes much and frees little, so nothing is collected until all is there (`main`).

Half of the time before the first paint Python imports modules; the other cores idle. fontconfig
needs no Python to read its lists, and finds them read when Qt asks.

PySide6 puts a function of its own in the place of `__import__`: it reads the source of every module
that is imported and looks for the word PySide6, to know which modules may switch to snake_case
names. None here does, so Python's own function is put back: 15 ms until the last report is shown,
40 until it can be written to.
"""

import builtins
import ctypes
import gc
import sys
import threading


def begin() -> None:
    """Begin; imports Qt's core."""
    gc.disable()
    if sys.platform == "linux":
        threading.Thread(target=_list_fonts, daemon=True).start()  # Qt uses fontconfig there
    import PySide6.QtCore  # noqa: F401, PLC0415  (replaces __import__)

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


def _list_fonts() -> None:
    try:
        ctypes.CDLL("libfontconfig.so.1").FcInit()  # C goes on while Python does
    except (OSError, AttributeError):
        return  # Qt will say what it lacks
