"""Shown in place of a report when the database cannot be opened: what happened and a way on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme


class Trouble(QWidget):
    """A sentence and two ways on.

    Signals:
        retry_requested(): try the same database again.
        other_requested(): choose another one.
    """

    retry_requested = Signal()
    other_requested = Signal()

    def __init__(self, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        said = QLabel(f"{theme.SIGNS['error']} {sentence}")
        said.setObjectName("trouble")
        said.setWordWrap(True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        retry = QPushButton("重试(&R)")
        retry.clicked.connect(self.retry_requested)
        other = QPushButton("另选数据库(&D)…")
        other.clicked.connect(self.other_requested)
        buttons = QHBoxLayout()
        buttons.addWidget(retry)
        buttons.addWidget(other)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(4 * theme.GRID,) * 4)
        layout.addWidget(said)
        layout.addLayout(buttons)
        layout.addStretch()
