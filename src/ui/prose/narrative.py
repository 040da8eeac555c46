"""The editor of one piece of prose: paragraphs as they are printed, nothing but text.

What is kept is `prose.clean` of what is shown; `binding` writes it. Findings are underlined where
they stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QDropEvent,
    QFontMetricsF,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QToolTip, QWidget

from app import prose
from app.draft import Draft
from app.report import PREFACE
from ui.prose import paste, span
from ui.prose.binding import Binding, shown
from ui.prose.heading import HeadingHighlighter
from ui.prose.underline import find, underline
from ui.style import theme

if TYPE_CHECKING:  # the rules are imported after the first look at the report
    from app.checks.finding import Finding

LINE_HEIGHT_PERCENT = 150.0
TEXT_SIZE = 1.15
"""Prose is set so many times as large as the rest of the window."""
INDENT = 2
"""The first line of a paragraph is indented by so many characters (GB/T 9704-2012, 7.3.3)."""
WIDEST = 44
"""Lines of more characters are hard to follow to the next one."""
_ENTER = (
    QKeySequence.StandardKey.InsertParagraphSeparator,
    QKeySequence.StandardKey.InsertLineSeparator,
)
_LARGEST_HTML = 5_000_000
_TABLE_SAID = "粘贴的内容里有表格，已逐行转为文字；其中的数字请填入表格，不要只写在文字里。"
_NOTHING_SAID = "剪贴板里没有文字，未粘贴任何内容。"


class NarrativeEditor(QTextEdit):
    """Edits one text item of a draft, such as `narratives.s1`.

    Signals:
        counted(int, int): characters (without blanks) and paragraphs of the text.
        said(str): a sentence for the foot of the window; also when a text could not be written.
    """

    counted = Signal(int, int)
    said = Signal(str)

    def __init__(self, draft: Draft, item: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._item = item
        self._underlined: list[tuple[QTextCursor, Finding]] = []
        self._found: tuple[list[Finding], str] = ([], "")
        self._is_dropping = False
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName(f"{self._title()}：文字")
        HeadingHighlighter(self.document())
        self._set_type()
        self.binding = Binding(self, draft, item, f"编辑“{self._title()}”的文字")
        self.binding.failed.connect(self.said)
        self._is_empty = self.document().isEmpty()
        self._hint = self._requirements()
        self.setAccessibleDescription(self._hint)
        self.textChanged.connect(self._count)

    def flush(self) -> bool:
        """Write at once what is typed; says whether everything is written now."""
        return self.binding.flush()

    def set_locked(self, is_locked: bool) -> None:
        """Show the text for reading only, or let it be edited."""
        self.binding.set_locked(is_locked)

    def release(self) -> bool:
        """Write what is typed and let go of the draft; says whether everything is written."""
        return self.binding.release()

    def set_findings(self, findings: Iterable[Finding]) -> None:
        """Underline where the findings about this text stand; those of other items are passed."""
        own = [f for f in findings if f.item == self._item and not f.explanation]
        text = self.binding.kept() if own else ""
        if (own, text) == self._found:
            return
        self._found = own, text
        places = span.places(shown(self), text)
        found = ((finding, find(finding, text)) for finding in own)
        self._underlined = [
            (self._cursor(places[at[0]], places[at[1]]), finding)
            for finding, at in found
            if at is not None
        ]
        self.setExtraSelections([underline(cursor, f) for cursor, f in self._underlined])

    def show_span(self, start: int, end: int) -> None:
        """Go to a span of the kept text and select it."""
        places = span.places(shown(self))
        last = len(places) - 1
        cursor = self._cursor(places[min(start, last)], places[min(end, last)])
        for underlined, finding in self._underlined:
            if (finding.start, finding.end) == (start, end):
                cursor = QTextCursor(underlined)  # it has followed what was typed since
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self.setFocus()

    def insert_outline(self, lines: Sequence[str]) -> None:
        """Add the headings of an outline that are not there yet, as one step."""
        text = self.binding.kept()
        paragraphs = text.split("\n")
        missing = [
            line
            for line in lines
            if not any(paragraph.startswith(line.rstrip("。")) for paragraph in paragraphs)
        ]
        if not missing:
            self.said.emit("提纲中的各条都已写有，未再插入。")
            return
        end = span.places(shown(self), text)[-1]
        cursor = self._cursor(end, self.document().characterCount() - 1)
        self.binding.seal()
        cursor.insertText("\n".join(["", *missing] if text else missing))
        cursor.setPosition(end + len(missing[0]) + bool(text))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self.setFocus()
        self.binding.seal(f"在“{self._title()}”插入提纲")

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take text only; files are for the window."""
        return (source.hasText() or source.hasHtml()) and not source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Insert what is pasted or dropped as paragraphs, as a step of its own."""
        pasted = _pasted(source)
        if not pasted.text:
            self.said.emit(_NOTHING_SAID)
            return
        if not self._is_dropping:  # else what was dragged away belongs to the same step
            self.binding.seal()
        cursor = self.textCursor()
        cursor.insertText(pasted.text)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self.binding.seal(f"粘贴到“{self._title()}”")
        if pasted.has_table:
            self.said.emit(_TABLE_SAID)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy text without the looks of this editor."""
        copied = QMimeData()
        copied.setText(self.textCursor().selection().toPlainText())
        return copied

    def dropEvent(self, event: QDropEvent) -> None:
        """Keep text that is dragged within the editor in one step."""
        self.binding.seal()
        self._is_dropping = True
        super().dropEvent(event)
        self._is_dropping = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter, with or without Shift, begin a paragraph that looks like the others.

        Left to itself Qt takes the indent away where Enter is pressed twice.
        """
        if any(map(event.matches, _ENTER)) and not self.isReadOnly():
            self.textCursor().insertBlock()
            self.ensureCursorVisible()
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say why something is underlined."""
        if not isinstance(event, QHelpEvent):
            return super().viewportEvent(event)
        position = self.cursorForPosition(event.pos()).position()
        reasons = [
            f"{theme.SIGNS[finding.severity]} {finding.message}"
            for cursor, finding in self._underlined
            if cursor.selectionStart() <= position <= cursor.selectionEnd()
        ]
        QToolTip.showText(event.globalPos(), "\n".join(reasons), self.viewport())
        return True

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take the hint away as soon as something is composed."""
        super().inputMethodEvent(event)
        if self._is_empty:
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show what the text must hold while there is none; Qt would show the first line only."""
        super().paintEvent(event)
        layout = self.document().firstBlock().layout()
        if not self._is_empty or layout.preeditAreaText():
            return
        painter = QPainter(self.viewport())
        painter.setFont(self.document().defaultFont())
        painter.setPen(self.palette().placeholderText().color())
        margin = int(self.document().rootFrame().frameFormat().leftMargin())
        room = self.viewport().rect().adjusted(margin, 2 * theme.GRID, -margin, 0)
        painter.drawText(room, Qt.TextFlag.TextWordWrap, self._hint)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep lines short enough to read in a wide window."""
        super().resizeEvent(event)
        self._set_margins()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size and the colours of the application."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._set_type()
        elif event.type() == QEvent.Type.PaletteChange:
            self.setExtraSelections([underline(cursor, f) for cursor, f in self._underlined])

    def _title(self) -> str:
        if self._item == PREFACE:
            return "前言"
        return self._draft.report.title(self._item.rpartition(".")[2])

    def _set_type(self) -> None:
        """Set face, size, indent and line height as in print."""
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * TEXT_SIZE)
        self.document().setDefaultFont(font)
        paragraph = QTextBlockFormat()
        paragraph.setTextIndent(INDENT * self._character_width())
        proportional = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        paragraph.setLineHeight(LINE_HEIGHT_PERCENT, proportional)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(paragraph)
        self._set_margins()

    def _set_margins(self) -> None:
        spare = self.viewport().width() - WIDEST * self._character_width()
        frame = self.document().rootFrame()
        shape = frame.frameFormat()
        margin = max(2.0 * theme.GRID, spare / 2)
        if shape.leftMargin() != margin:
            shape.setMargin(2.0 * theme.GRID)
            shape.setLeftMargin(margin)
            shape.setRightMargin(margin)
            frame.setFrameFormat(shape)

    def _character_width(self) -> float:
        return QFontMetricsF(self.document().defaultFont()).horizontalAdvance("年")

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _count(self) -> None:
        if self._is_empty != self.document().isEmpty():
            self._is_empty = not self._is_empty
            self.viewport().update()  # the hint appears or goes
        text = self.binding.kept()
        self.counted.emit(prose.length(text), text.count("\n") + 1 if text else 0)

    def _requirements(self) -> str:
        """Return what the text must hold."""
        if self._item == PREFACE:
            return "写明编制依据、组成部分、统计期限和联系方式；填写封面各项后自动生成。"
        section = self._draft.report.form.section(self._item.rpartition(".")[2])
        if not section.requires:
            return "表格前的文字说明，可以不填。"
        return "\n".join(["本部分应当写明：", *(f"· {part}" for part in section.requires)])


def _pasted(source: QMimeData) -> paste.Pasted:
    if source.hasHtml() and len(source.html()) <= _LARGEST_HTML:
        pasted = paste.from_html(source.html())
        if pasted.text:
            return pasted
    return paste.from_text(source.text())
