"""使用手册: the manual beside the window, opened at the chapter for what is being done."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QFontMetrics, QImage, QResizeEvent, QTextBlock
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app import resources
from app.writers import manual as page
from app.writers.file import save
from ui import bridge
from ui.printing.preview import render_page
from ui.report.view import ReportView
from ui.style import look, theme

if TYPE_CHECKING:
    from ui.window import Window

START, COVER, TABLES, PROSE, PREVIEW = (
    "一、开始",
    "三、封面与前言",
    "四、填写表格",
    "五、写文字部分",
    "七、预览与打印",
)
"""The chapters to which F1 leads from the tabs of a report."""
_READING, _CHECKING, _SIGNING = "二、读入去年的报告", "六、核对", "八、送审和签字"
_HISTORY, _SETTINGS, _BACKUPS = "九、修改记录和撤销", "十、设置", "十一、数据和备份"
OF_DIALOGS = {
    "NewReportDialog": START,
    "GoToDialog": TABLES,
    "PrintDialog": PREVIEW,
    "FeeDialog": _CHECKING,
    "SettingsDialog": _SETTINGS,
    "KeysDialog": "十三、按键",
    **dict.fromkeys(("ReviewDialog", "FolderDialog", "PlaceDialog"), _READING),
    **dict.fromkeys(("HistoryDialog", "ItemHistoryDialog", "BinDialog"), _HISTORY),
    **dict.fromkeys(("BackupDialog", "RescueDialog"), _BACKUPS),
    **dict.fromkeys(
        (
            "CirculationDialog", "ChainDialog", "CompareDialog", "CopyLogDialog", "NoteDialog",
            "PaperDialog", "ReasonDialog", "SignatureDialog",
        ),
        _SIGNING,
    ),
}  # fmt: skip
"""The chapter for each dialog of ours, by the name of its class."""
_CHAPTERS_WIDE = 11
"""So many characters of a title stand in a line of the list of chapters."""
_CHAPTER = 2
"""The level of headings at which chapters begin."""


class ManualDialog(QDialog):
    """The manual with its chapters at the left; the window can be used meanwhile."""

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("使用手册")
        self._path = path
        self.text = _Pages(path)
        self.chapters = QListWidget()
        self.chapters.setAccessibleName("各章")
        self.titles = [block.text() for block in self.text.headings()]
        self.chapters.addItems(self.titles)
        self.chapters.setWordWrap(True)
        self.chapters.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        width = self.chapters.fontMetrics().horizontalAdvance("年" * _CHAPTERS_WIDE)
        self.chapters.setMinimumWidth(width + 4 * theme.GRID)
        self.chapters.currentRowChanged.connect(self.text.show_chapter)
        split = QSplitter()
        split.addWidget(self.chapters)
        split.addWidget(self.text)
        split.setStretchFactor(1, 1)
        split.setSizes([1, 10_000])
        keep = QPushButton("保存为PDF(&S)…")
        keep.clicked.connect(self._save)
        close = QPushButton("关闭")
        close.clicked.connect(self.reject)
        bar = QHBoxLayout()
        bar.addStretch()
        bar.addWidget(keep)
        bar.addWidget(close)
        layout = QVBoxLayout(self)
        layout.addWidget(split, 1)
        layout.addLayout(bar)
        look.fit(self, 64, 34)

    def open_at(self, title: str) -> None:
        """Show a chapter."""
        row = self.titles.index(title)
        self.chapters.setCurrentRow(row)
        self.text.show_chapter(row)

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, "保存使用手册", "年报使用手册.pdf", "PDF文件 (*.pdf)"
        )
        if name:
            target = Path(name).with_suffix(".pdf")
            bridge.attempt(self, partial(write_pdf, self._path, target))


class _Pages(QTextBrowser):
    """The text of the manual, its pictures no wider than the window."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.setAccessibleName("使用手册")
        self.setOpenLinks(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._folder, self._chapter = path.parent, 0
        self._markdown = path.read_text("utf-8")
        self.document().setDocumentMargin(2 * theme.GRID)
        self.setMarkdown(self._markdown)

    def headings(self) -> list[QTextBlock]:
        """Return where the chapters begin."""
        found, block = [], self.document().firstBlock()
        while block.isValid():
            if block.blockFormat().headingLevel() == _CHAPTER:
                found.append(block)
            block = block.next()
        return found

    def show_chapter(self, number: int) -> None:
        """Bring the beginning of a chapter to the top."""
        self._chapter = number
        start = self.headings()[number]
        top = self.document().documentLayout().blockBoundingRect(start).top()
        self.verticalScrollBar().setValue(int(top))

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Return a picture as wide as there is room."""
        picture = QImage(str(self._folder / QUrl(name).path()))
        room = self._room()
        if picture.width() > room:
            smooth = Qt.TransformationMode.SmoothTransformation
            picture = picture.scaledToWidth(room, smooth)
        return picture

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pictures into the new width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.setMarkdown(self._markdown)
            self.show_chapter(self._chapter)

    def _room(self) -> int:
        least = 20 * QFontMetrics(self.font()).horizontalAdvance("年")
        return max(least, self.viewport().width() - 4 * theme.GRID)


def show(window: Window) -> None:
    """Open the manual at the chapter for what is shown in a window."""
    _show(window, window, chapter(window.view))


def show_over(window: Window, dialog: QDialog) -> None:
    """Open the manual at the chapter for a dialog, so that it can be used while that stays open.

    A modal dialog lets nothing be used but its own windows: the manual becomes one of them, and
    goes back to where it was when the dialog is done.
    """
    manual = window.findChild(ManualDialog)
    before = manual.parentWidget() if manual else window
    if before is not dialog and not isinstance(dialog, ManualDialog):
        title = OF_DIALOGS.get(type(dialog).__name__) or chapter(window.view)
        manual = _show(window, dialog, title)
        dialog.finished.connect(lambda: _hand_back(manual, dialog, before or window))
    elif manual:
        manual.show()
        manual.raise_()


def _show(window: Window, owner: QWidget, title: str) -> ManualDialog:
    manual = window.findChild(ManualDialog)
    if manual is None:
        manual = ManualDialog(resources.manual(), owner)
    elif manual.parentWidget() is not owner:
        manual.setParent(owner, manual.windowFlags())
    manual.show()
    manual.open_at(title)
    manual.raise_()
    manual.activateWindow()
    return manual


def _hand_back(manual: ManualDialog, dialog: QDialog, to: QWidget) -> None:
    if manual.parentWidget() is dialog:
        is_read = manual.isVisible()
        manual.setParent(to, manual.windowFlags())
        manual.setVisible(is_read)


def chapter(view: ReportView | None) -> str:
    """Return the chapter for the tab that is shown."""
    if view is None:
        return START
    tab = view.section_tab()
    if tab is not None:
        prose = tab.narrative.hasFocus() or not tab.table
        return PROSE if prose else TABLES
    return COVER if view.currentWidget() is view.cover else PREVIEW


def write_pdf(manual: Path, target: Path) -> None:
    """Print the manual into a PDF, without its pictures.

    Raises:
        NotSaved: the file could not be written.
    """
    save(target, render_page(page.compose(manual.read_text("utf-8"))))
