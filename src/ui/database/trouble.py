"""Shown in place of a report when the database cannot be opened: what happened and a way on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.style import theme


class Trouble(QWidget):
    """A sentence and ways on.

    Signals:
        rescue_requested(): see what can be brought back of a damaged database.
        retry_requested(): try the same database again.
        other_requested(): choose another one.
    """

    rescue_requested = Signal()
    retry_requested = Signal()
    other_requested = Signal()

    def __init__(
        self, sentence: str, *, can_rescue: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        said = QLabel(f"{theme.SIGNS['error']} {sentence}")
        said.setObjectName("trouble")
        said.setWordWrap(True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        rescue = QPushButton("从备份恢复(&B)…")
        rescue.setVisible(can_rescue)
        rescue.clicked.connect(self.rescue_requested)
        retry = QPushButton("重试(&R)")
        retry.clicked.connect(self.retry_requested)
        other = QPushButton("另选数据库(&D)…")
        other.clicked.connect(self.other_requested)
        buttons = QHBoxLayout()
        buttons.addWidget(rescue)
        buttons.addWidget(retry)
        buttons.addWidget(other)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(4 * theme.GRID,) * 4)
        layout.addWidget(said)
        layout.addLayout(buttons)
        layout.addStretch()
