"""What is known of a finding beside its message: who is suspected, what mends it, its 说明."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from app import numbers
from ui.findings.entry import Entry
from ui.style import theme

if TYPE_CHECKING:
    from app.checks.finding import Finding, Suspect
    from app.form import Form

_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter


class FindingDetail(QScrollArea):
    """Shows one entry of the list of findings; hidden while there is none.

    Signals:
        jump_requested(Finding): to the cell of a suspect.
        mend_requested(Mend): a repair is to be made.
        explanation_requested(findings, str): why they stand; an empty text takes that back.
    """

    jump_requested = Signal(object)
    mend_requested = Signal(object)
    explanation_requested = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form: Form | None = None
        self._entry: Entry | None = None
        self._explanation: _Explanation | None = None
        self.setAccessibleName("所选问题")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hide()

    def show_entry(self, entry: Entry | None) -> None:
        """Show an entry; an explanation that is being written goes on being written."""
        if entry == self._entry:
            return
        before, self._entry = self._entry, entry
        self.setVisible(entry is not None)
        if entry is None:
            self._explanation = None
            self.takeWidget()
            return
        self._show_page(entry, goes_on=before is not None and before.key == entry.key)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the colours of the application."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._entry:
            self._show_page(self._entry, goes_on=True)

    def _show_page(self, entry: Entry, goes_on: bool) -> None:
        first = entry.first
        written = self._explanation.written() if goes_on and self._explanation else None
        self._explanation = _Explanation(first.explanation) if first.explainable else None
        if self._explanation:
            self._explanation.given.connect(self._explain)
        self.setWidget(self._page(entry))
        if self._explanation and written:
            self._explanation.go_on(*written)

    def _page(self, entry: Entry) -> QWidget:
        first = entry.first
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(*(theme.GRID,) * 4)
        layout.setSpacing(theme.GRID // 2)
        if first.excerpt and first.excerpt not in first.message:
            layout.addWidget(_label(f"原文：“{escape(first.excerpt)}”"))
        for widget in self._mends(first):
            layout.addWidget(widget)
        if self._explanation:
            layout.addWidget(self._explanation)
        for other in entry.findings[1:]:
            layout.addWidget(_quiet(f"同一原因：{other.message}"))
        page.setToolTip(f"规则 {first.id}")  # for whoever is called for help
        layout.addStretch(1)
        return page

    def _mends(self, finding: Finding) -> Iterator[QWidget]:
        """Yield the button of each repair and what speaks for it; then who else may be wrong."""
        told: list[Suspect] = []
        for mend in finding.mends:
            button = WrappingButton(mend.label)
            button.clicked.connect(lambda _=False, m=mend: self.mend_requested.emit(m))
            yield button
            meant = [s for s in finding.suspects if mend.changes.get(s.cell) == s.value]
            if meant:
                yield self._suspects(finding, meant)
            told += meant
        others = [suspect for suspect in finding.suspects if suspect not in told]
        if others:
            yield self._suspects(finding, others)

    def _suspects(self, finding: Finding, suspects: list[Suspect]) -> QLabel:
        """Return a line for each suspect, with a link to its cell."""
        lines = []
        for number, suspect in enumerate(suspects):
            cell = self.form.cells[suspect.cell] if self.form else None
            name = cell.name if cell else suspect.cell
            value = numbers.show(suspect.value, cell.kind if cell else "count")
            lines.append(
                f'<a href="{number}">“{escape(name)}”</a>应为{value}（{escape(suspect.why)}）'
            )
        label = _label("<br>".join(lines))
        label.linkActivated.connect(
            lambda link: self.jump_requested.emit(
                replace(finding, item="", suspects=(suspects[int(link)],))
            )
        )
        return label

    def _explain(self, text: str) -> None:
        findings = self._entry.findings if self._entry else ()
        meant = tuple(f for f in findings if f.explainable and f.explanation != text)
        if meant:
            self.explanation_requested.emit(meant, text)


class _Explanation(QWidget):
    """Shows why a finding stands and lets it be written in place.

    Signals:
        given(str): the explanation is written; empty to take it back.
    """

    given = Signal(str)

    def __init__(self, present: str) -> None:
        super().__init__()
        self._present = _label(escape(f"已说明：{present}"))
        self._present.setVisible(bool(present))
        self._begin = QPushButton("修改说明…" if present else "说明…")
        self._begin.setToolTip("写明为什么可以这样；说明随这里的数字和文字有效，改动后须重新说明。")
        self._begin.clicked.connect(self._write)
        self._row = QWidget()
        self._field = QLineEdit(present)
        self._field.setAccessibleName("说明")
        self._field.setPlaceholderText("写明理由")
        self._field.returnPressed.connect(self._give)
        self._field.installEventFilter(self)
        done = QPushButton("确定")
        done.clicked.connect(self._give)
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._field, 1)
        row.addWidget(done)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._present)
        layout.addWidget(self._begin, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._row)
        self._row.hide()

    def written(self) -> tuple[str, bool] | None:
        """Return what is being written, and whether the keyboard is there; None if nothing is."""
        return None if self._row.isHidden() else (self._field.text(), self._field.hasFocus())

    def go_on(self, text: str, has_focus: bool) -> None:
        """Go on writing where it was left."""
        self._field.setText(text)
        self._begin.hide()
        self._row.show()
        if has_focus:
            self._field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the field with Esc."""
        if not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Escape:
            return False
        if event.type() == QEvent.Type.KeyPress:
            self._close()
        event.accept()
        return True

    def _write(self) -> None:
        self.go_on(self._field.text(), has_focus=True)

    def _give(self) -> None:
        self._close()
        self.given.emit(self._field.text().strip())

    def _close(self) -> None:
        self._row.hide()
        self._begin.show()
        self._begin.setFocus()


class WrappingButton(QPushButton):
    """A button whose words go on in a second line where the panel is narrow."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Say that a narrow button is a high one."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height in pixels that all the words need."""
        room = QRect(0, 0, max(1, width - 2 * self._margin()), 10_000)
        words = QFontMetrics(self.font()).boundingRect(room, int(_WRAPPED), self.text())
        return words.height() + self._margin()

    def minimumSizeHint(self) -> QSize:
        """Let it be as narrow as a few characters."""
        width = QFontMetrics(self.font()).horizontalAdvance("年") * 6
        return QSize(width, self.heightForWidth(self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button as the style does, its words broken into lines."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        margin = self._margin()
        painter.setPen(self.palette().buttonText().color())
        painter.drawText(self.rect().adjusted(margin, 0, -margin, 0), int(_WRAPPED), self.text())

    def _margin(self) -> int:
        return theme.GRID + 2 * self.style().pixelMetric(QStyle.PixelMetric.PM_DefaultFrameWidth)


def _label(html: str) -> QLabel:
    label = QLabel(html)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setWordWrap(True)
    if "<a " in html:  # else the keyboard would stop at every line
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
    return label


def _quiet(text: str) -> QLabel:
    return _label(f'<span style="color:{theme.colours().quiet}">{escape(text)}</span>')
