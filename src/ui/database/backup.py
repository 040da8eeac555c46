"""备份与恢复: the backups there are, and what a rescue would bring back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app import backup
from ui.style import look
from ui.style.list_table import ListTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.store.snapshot import Snapshot
    from ui.window import Window


def back_up(window: Window) -> None:
    """Make a backup now and say where it lies."""
    _flush(window)
    made = window.keeper.back_up()
    if made is None:
        window.say("还没有报告，不需要备份。")
    elif made.trouble:
        window.tell(made.trouble)
    else:
        window.say(f"已备份到“{made.snapshot.path}”。")


def restore(window: Window) -> None:
    """Show the backups and restore the one that is chosen."""
    _flush(window)
    dialog = BackupDialog(backup.found(window.database, window.settings.second_place), window)
    chosen: list[Path] = []
    dialog.restore_requested.connect(chosen.append)
    dialog.exec()
    if chosen:
        window.keeper.restore(chosen[0])


def _flush(window: Window) -> None:
    """Write what is typed, so that it is in the backup."""
    if window.view:
        window.view.flush()


class BackupDialog(QDialog):
    """Lists backups, the newest first.

    Signals:
        restore_requested(Path): this one, or another file, is to take the place of the database.
    """

    restore_requested = Signal(object)

    def __init__(self, backups: Sequence[Snapshot], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("从备份恢复")
        words = QLabel(
            "选一份备份恢复；现在的数据库先自动备份，并改名保存，需要时可以换回来。"
            if backups
            else "还没有备份。可以选择U盘等处的备份文件。"
        )
        words.setWordWrap(True)
        self.table = ListTable("备份", ["编号", "时间", "内容", "位置"], "关闭程序时会自动备份。")
        self.table.show_rows([(each.path, _row(each)) for each in backups])
        self.restore = QPushButton("恢复(&R)")
        self.restore.setEnabled(bool(backups))
        self.restore.clicked.connect(lambda: self._request(self.table.chosen()))
        other = QPushButton("其他文件(&O)…")
        other.clicked.connect(self._choose_file)
        buttons = QDialogButtonBox()
        buttons.addButton(self.restore, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(other, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(words)
        layout.addWidget(self.table)
        layout.addWidget(buttons)
        look.fit(self, 52, 20)

    def _request(self, path: object) -> None:
        if isinstance(path, Path):
            self.restore_requested.emit(path)
            self.accept()

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "选择备份文件", "", "年报数据库 (*.db)")
        if name:
            self._request(Path(name))


class RescueDialog(QDialog):
    """Says what will be there after a rescue and what will not; accepted to carry it out."""

    def __init__(self, lines: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("恢复损坏的数据库")
        words = QLabel("恢复后的情况如下。损坏的数据库不会删除，改名保存在原来的文件夹中。")
        words.setWordWrap(True)
        self.said = QPlainTextEdit("\n".join(lines))
        self.said.setReadOnly(True)
        self.said.setTabChangesFocus(True)
        self.said.setAccessibleName("恢复后的情况")
        buttons = QDialogButtonBox()
        buttons.addButton("恢复(&R)", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("暂不恢复", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(words)
        layout.addWidget(self.said)
        layout.addWidget(buttons)
        look.fit(self, 44, 16)


def _row(each: Snapshot) -> tuple[str, str, str, str]:
    number, _, rest = backup.describe(each).partition("　")
    moment, _, holds = rest.partition("　")
    return number, moment, holds, str(each.path.parent)
