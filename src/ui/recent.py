"""最近的文件: the report files that were opened or exported last, kept in the database."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from app.errors import AppError

if TYPE_CHECKING:
    from ui.window import Window

MOST = 8
_SETTING = "recent_files"


class Recent:
    """The files, the latest first, and the submenu that opens them.

    Whatever opens or writes a report file tells it here, through `note`.
    """

    def __init__(self, window: Window) -> None:
        self._window = window
        self.menu = QMenu("最近的文件(&F)", window)
        self.menu.setToolTipsVisible(True)
        window.menu.insert(self.menu, before="last_year")

    def paths(self) -> list[Path]:
        """Return the files, the latest first."""
        store = self._window.store
        try:
            kept = json.loads(store.setting(_SETTING) or "[]") if store else []
        except ValueError:
            kept = []
        return [Path(str(path)) for path in kept] if isinstance(kept, list) else []

    def note(self, *paths: Path) -> None:
        """Put files at the head of the list."""
        newest = [path.absolute() for path in paths]
        self._keep(list(dict.fromkeys((*newest, *self.paths())))[:MOST])

    def _keep(self, paths: list[Path]) -> None:
        if store := self._window.store:
            with suppress(AppError):  # the file itself was read or written
                store.set_setting(_SETTING, json.dumps(list(map(str, paths)), ensure_ascii=False))
            self.show()

    def show(self) -> None:
        """List the files of the database that is open now."""
        self.menu.clear()
        paths = self.paths()
        for number, path in enumerate(paths, 1):
            name = path.name.replace("&", "&&")
            action = self.menu.addAction(f"&{number} {name}")
            action.setToolTip(str(path.parent))
            action.triggered.connect(partial(self._open, path))
        self.menu.setEnabled(bool(paths))

    def _open(self, path: Path, checked: bool = False) -> None:
        """Open a file; one that has gone says so and leaves the list."""
        if path.exists():
            self._window.read_files([path])
            return
        self._keep([other for other in self.paths() if other != path])
        self._window.tell(
            f"“{path.name}”已不在“{path.parent}”，可能已移走、改名，或者所在的U盘没有插上。"
            "已从“最近的文件”中去掉，报告列表中的内容不受影响。"
        )
