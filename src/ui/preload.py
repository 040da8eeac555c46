"""Load Qt's libraries on a second core while the first one is busy importing Python modules.

Half of what a window costs before its first paint is Python importing the modules of PySide6; the
other cores idle meanwhile. Loading the libraries and the list of fonts needs no Python, so a thread
does it. Nothing depends on it: what is not loaded yet is loaded when it is wanted.
"""

import ctypes
import sys
import threading
from importlib.util import find_spec
from pathlib import Path

_LIBRARIES = ("lib/libQt6Widgets.so.6", "plugins/platforms/libqxcb.so")
_NOW = 2
"""RTLD_NOW."""


def begin() -> None:
    """Begin to load; only where it was measured to help."""
    found = find_spec("PySide6")
    if sys.platform == "linux" and found and found.origin:
        qt = Path(found.origin).parent / "Qt"
        threading.Thread(target=_load, args=(qt,), daemon=True).start()


def _load(qt: Path) -> None:
    """Called as a function of C, `dlopen` lets Python go on; `ctypes.CDLL` would not."""
    load = ctypes.CDLL(None).dlopen
    load.argtypes, load.restype = (ctypes.c_char_p, ctypes.c_int), ctypes.c_void_p
    for name in _LIBRARIES:
        load(bytes(qt / name), _NOW)
    try:
        ctypes.CDLL("libfontconfig.so.1").FcInit()
    except (OSError, AttributeError):
        return  # Qt will say what it lacks
