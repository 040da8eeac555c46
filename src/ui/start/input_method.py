"""Chinese input through fcitx: a way round what the wheels of Qt lack.

Qt's wheels talk to IBus only. A desktop with fcitx asks for Qt's plugin for fcitx, does not get it,
and only Latin letters arrive. fcitx 5 answers like IBus, too, so IBus is asked for instead.
"""

from collections.abc import MutableMapping
from pathlib import Path

from PySide6.QtCore import QLibraryInfo

_PLURAL, _SINGULAR, _X11 = "QT_IM_MODULES", "QT_IM_MODULE", "XMODIFIERS"
_FCITX, _IBUS = "fcitx", "ibus"


def choose(environment: MutableMapping[str, str]) -> None:
    """Ask for IBus where fcitx is asked for and has no plugin; before the application is made."""
    asked = next((environment[n] for n in (_PLURAL, _SINGULAR, _X11) if environment.get(n)), "")
    if _FCITX in asked and not _has_plugin():
        environment.pop(_PLURAL, None)
        environment[_SINGULAR] = _IBUS


def _has_plugin() -> bool:
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    return any((plugins / "platforminputcontexts").glob(f"*{_FCITX}*"))
