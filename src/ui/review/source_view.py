"""The left side of a review: the file that was read, at the place in question."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.readers import Proposal
from app.readers.extract import Place
from app.readers.origin import Origins
from ui.review.extract_view import ExtractView
from ui.review.page_view import PageView
from ui.style import theme

_OWN = "这是本程序导出的报告文件，没有别的原件；右边就是文件的全部内容。"
_NOWHERE = "原件中没有读到这一项。"


class SourceView(QWidget):
    """Shows the source of a proposal: the pages of a PDF, else its paragraphs and tables."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages, self.content = PageView(), ExtractView()
        self._origins: Origins | None = None
        self._none = QLabel(_OWN)
        self._none.setWordWrap(True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._none.setMargin(4 * theme.GRID)
        self._stack = QStackedWidget()
        for widget in (self._none, self.content, self.pages):
            self._stack.addWidget(widget)
        self._where = QLabel()
        self._where.setAccessibleName("原件中的位置")
        self._where.setWordWrap(True)
        self._bar = QWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._head())
        layout.addWidget(self._stack, 1)
        self.pages.said.connect(self._tell)
        self.pages.page_changed.connect(lambda page: self._tell(f"第{page}页"))

    def show_source(self, proposal: Proposal, path: Path) -> None:
        """Show the file of a proposal from its beginning."""
        self._bar.hide()
        self._origins = None
        if proposal.extract is None:
            self._stack.setCurrentWidget(self._none)
            return
        self._origins = Origins(proposal.extract)
        last_page = max((block.place.page for block in proposal.extract.blocks), default=0)
        if last_page:
            self._bar.show()
            self._stack.setCurrentWidget(self.pages)
            self.pages.show_file(path, last_page)
        else:
            self._stack.setCurrentWidget(self.content)
            self.content.show_extract(proposal.extract)

    def light(self, place: Place | None, text: str) -> None:
        """Show where a text stands in the file; without a place its beginning is looked for."""
        if self._origins is None:
            return
        if place is None:
            place = self._origins.holding(text)
        origin = self._origins.find(place, text) if place is not None else None
        if self._stack.currentWidget() is self.content:
            self.content.light(origin)
        elif place is not None and place.page:
            self.pages.go_to(place.page, origin.area if origin else None)
        else:
            self.pages.go_to(self.pages.page)
        self._tell(str(place) if place is not None else _NOWHERE)

    def stop(self) -> None:
        """Let go of what is still being drawn."""
        self.pages.stop()

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.addWidget(QLabel("<b>原件</b>"))
        head.addWidget(self._where, 1)
        bar = QHBoxLayout(self._bar)
        bar.setContentsMargins(0, 0, 0, 0)
        for text, name, keys, action in (
            ("‹", "上一页", "Alt+PgUp", lambda: self.pages.go_to(self.pages.page - 1)),
            ("›", "下一页", "Alt+PgDown", lambda: self.pages.go_to(self.pages.page + 1)),
            ("－", "缩小页面", "Ctrl+-", lambda: self.pages.zoom(-1)),
            ("＋", "放大页面", "Ctrl+=", lambda: self.pages.zoom(1)),
        ):
            button = QToolButton()
            button.setText(text)
            button.setAccessibleName(name)
            button.setToolTip(f"{name}（{keys}）")
            button.clicked.connect(action)
            QShortcut(QKeySequence(keys), self).activated.connect(action)
            bar.addWidget(button)
        head.addWidget(self._bar)
        return head

    def _tell(self, sentence: str) -> None:
        if sentence:
            self._where.setText(sentence)
