"""List the fonts on a second core while the first one is busy importing Python modules.

Half of the time before the first paint Python imports modules; the other cores idle. fontconfig
needs no Python to read its lists, and finds them read when Qt asks. Nothing depends on it.
"""

import ctypes
import sys
import threading


def begin() -> None:
    """Begin to read, where Qt uses fontconfig."""
    if sys.platform == "linux":
        threading.Thread(target=_list_fonts, daemon=True).start()


def _list_fonts() -> None:
    try:
        ctypes.CDLL("libfontconfig.so.1").FcInit()  # C goes on while Python does
    except (OSError, AttributeError):
        return  # Qt will say what it lacks
