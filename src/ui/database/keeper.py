"""What keeps the database of a window: opening it, backing it up, a way on where it is damaged.

Backups are made at the end, before files are read in, and once a day in the background, where the
whole history is followed too. Nothing here is asked of the clerk unless something is wrong.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog, QMessageBox

from app import backup, clock, journal
from app.errors import AppError
from app.store import soundness
from app.store.failure import Damaged, Foreign, NotCopied
from app.store.store import Store
from ui import bridge

if TYPE_CHECKING:
    from app.backup import Made
    from app.rescue import Rescue
    from app.store.listing import Listed
    from ui.window import Window

_SOON_MS = 5000


class Keeper(QObject):
    """Looks after the database of a window."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._is_doubtful = False

    @property
    def _second(self) -> Path | None:
        return self._window.settings.second_place

    def open(self) -> tuple[Store, list[Listed]] | None:
        """Open the database and read its list; where that fails, say why and offer ways on."""
        database = self._window.database
        try:
            self._is_doubtful = soundness.left_open(database)
            with ExitStack() as undo:
                store = undo.enter_context(Store.open(database))
                reports = store.reports()
                undo.pop_all()
            return store, reports
        except (Damaged, Foreign) as error:
            self._show_trouble(error, can_rescue=True)
        except AppError as error:
            self._show_trouble(error, can_rescue=False)
        return None

    # ── backups ─────────────────────────────────────────────────────────────────────────────

    def check_soon(self) -> None:
        """Check when the clerk has begun to work, so that nobody waits for it."""
        QTimer.singleShot(_SOON_MS, self, self.check)

    def check(self) -> None:
        """Once a day, and after a bad end, back up and follow the whole history, on a thread."""
        if self._window.store is None:
            return
        database, second = self._window.database, self._second
        if not (self._is_doubtful or backup.is_due(database, clock.now)):
            return

        def work() -> Made | Damaged | None:
            try:
                return backup.make(database, second, clock.now, thorough=True)
            except Damaged as error:
                return error

        bridge.in_background(work, self._checked, self._window.say)

    def back_up(self) -> Made | None:
        """Back up now.

        Raises:
            Damaged: the database is not sound.
            NotCopied: there is no room or no right to write.
        """
        return backup.make(self._window.database, self._second, clock.now)

    def back_up_before(self) -> None:
        """Back up before something large; where that cannot be done the foot says so."""
        try:
            self.back_up()
        except (Damaged, NotCopied) as error:
            self._window.say(str(error))

    def back_up_at_end(self) -> bool:
        """Back up a database that was closed; says whether the window may close, too."""
        try:
            self.back_up()
        except Damaged as error:
            self._show_trouble(error, can_rescue=True)
            return False
        except NotCopied as error:
            self._window.tell(str(error))
        except AppError:
            return True  # it is not there any more: nothing is left to keep
        return True

    def restore(self, path: Path) -> None:
        """Put a backup in the place of the database, and open that."""
        if not self._window.let_go():
            return
        aside: list[Path | None] = []

        def put() -> None:
            aside.append(backup.restore(path, self._window.database, clock.now))

        done = bridge.attempt(self._window, put)
        self.start_again()
        if done and self._window.store:
            self._tell_restored(aside[0])

    def _checked(self, found: Made | Damaged | None) -> None:
        if isinstance(found, Damaged):
            self._offer(found)
        elif found and found.trouble:
            self._window.say(found.trouble)

    def _offer(self, error: Damaged) -> None:
        """Offer to mend a database that is open, at a moment of the clerk's choice."""
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("年报")
        box.setText(f"每日检查发现：{error}")
        box.setInformativeText("现在处理时先关闭报告，列出能取回什么，由您决定是否恢复。")
        now = box.addButton("现在处理(&N)", QMessageBox.ButtonRole.AcceptRole)
        box.addButton("稍后", QMessageBox.ButtonRole.RejectRole)
        box.exec()
        if box.clickedButton() is now and self._window.let_go():
            self._show_trouble(error, can_rescue=True)
            self.rescue()

    # ── ways on ─────────────────────────────────────────────────────────────────────────────

    def _show_trouble(self, error: AppError, *, can_rescue: bool) -> None:
        from ui.database.trouble import Trouble  # noqa: PLC0415  (seldom)

        if found := getattr(error, "__notes__", None):
            journal.note("damaged: " + "; ".join(found))
        self._clear()
        trouble = Trouble(str(error), can_rescue=can_rescue)
        trouble.rescue_requested.connect(self.rescue)
        trouble.retry_requested.connect(self.start_again)
        trouble.other_requested.connect(self._choose_database)
        self._window.middle.addWidget(trouble)
        self._window.middle.setCurrentWidget(trouble)
        self._window.menu.refresh()
        self._window.show()

    def start_again(self) -> None:
        """Open the database of the window as at the start."""
        self._clear()
        self._window.start()

    def _clear(self) -> None:
        from ui.database.trouble import Trouble  # noqa: PLC0415  (seldom)

        for trouble in self._window.middle.findChildren(Trouble):
            self._window.middle.removeWidget(trouble)
            trouble.deleteLater()

    def _choose_database(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self._window,
            "另选数据库",
            "",
            "年报数据库 (*.db)",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if name:
            self._window.database = Path(name)
            self.start_again()

    def rescue(self) -> None:
        """Find out, on a thread, what can be saved of a damaged database; then ask."""
        from app import rescue  # noqa: PLC0415  (seldom)

        database = self._window.database
        self._window.say("正在检查损坏的数据库和备份…")
        bridge.in_background(
            lambda: rescue.examine(database, database, clock.now), self._ask, self._window.tell
        )

    def _ask(self, found: Rescue) -> None:
        from ui.database.backup import RescueDialog  # noqa: PLC0415  (seldom)

        with found:
            if RescueDialog(found.lines(), self._window).exec():
                self.restore(found.result)

    def _tell_restored(self, aside: Path | None) -> None:
        kept = f"原来的数据库保存为“{aside.name}”，在同一文件夹中。" if aside else ""
        self._window.say(f"已恢复。{kept}")
