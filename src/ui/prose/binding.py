"""Keeps one text of a draft and the widget in which it is typed the same.

What is typed is on the disk within a second of the key, as a step that grows until there is a
pause, a paragraph ends, something is pasted or the widget loses the focus. What changes elsewhere
(undo, a mend, another widget) replaces the smallest span in the widget, so that the cursor stays.
If a write fails, what was typed stays in the widget and is tried again with the next key.
"""

import contextlib
from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QLineEdit, QTextEdit
from shiboken6 import isValid

from app import prose
from app.draft import Draft
from app.errors import AppError
from app.store.change import Change
from app.store.failure import Conflict
from app.store.record import Step
from ui.prose import span

SOON_MS = 300
"""So long after the last key the text is written …"""
LATEST_MS = 800
"""… and no later than this after the first key that is not written yet."""
PAUSE_MS = 3000
"""After such a pause, what is typed is a new step."""

_UNDO = ("Ctrl+Z", "Ctrl+Y", "Ctrl+Shift+Z")
"""Every desktop knows some of these; the window takes all of them."""
_UNDO_KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_UNDO_ACTIONS = ("edit-undo", "edit-redo")


class Binding(QObject):
    """Binds a line of text or a page of prose to one item of a draft.

    Undo and redo are left to the window: their keys pass by the widget.

    Signals:
        failed(str): a sentence; what was typed is not written and stays in the widget.
    """

    failed = Signal(str)

    def __init__(self, widget: QLineEdit | QTextEdit, draft: Draft, item: str, label: str) -> None:
        """Fill the widget and keep it bound; `label` is what undo calls a step of typing."""
        super().__init__(widget)
        self.label = label
        self._widget = widget
        self._draft = draft
        self._item = item
        self._base = ""
        self._following = False
        self._unwritten = QElapsedTimer()
        self._due = _timer(self, self.flush)
        self._pause = _timer(self, self.seal)
        self._follow(prose.clean(draft.report.text(item)))
        widget.installEventFilter(self)
        if isinstance(widget, QTextEdit):
            widget.setUndoRedoEnabled(False)
            widget.moveCursor(QTextCursor.MoveOperation.Start)
            widget.viewport().installEventFilter(self)  # it gets the mouse's request for a menu
        widget.textChanged.connect(self._hear_typing)
        self._unsubscribe = _once(draft.subscribe(self._hear_step))
        self.destroyed.connect(self._unsubscribe)

    def kept(self) -> str:
        """Return what is kept of the text in the widget, without what is being composed."""
        return prose.clean(shown(self._widget))

    def flush(self, label: str = "") -> bool:
        """Write at once what is typed; says whether everything is written now."""
        self._due.stop()
        text = self.kept()
        if text == self._base:
            return True
        try:
            self._write(text, label or self.label)
        except AppError as error:
            self.failed.emit(str(error))
            return False
        return True

    def seal(self, label: str = "") -> None:
        """Write at once, and let what follows be a step of its own."""
        self._pause.stop()
        self.flush(label)
        self._draft.seal()

    def set_locked(self, is_locked: bool) -> None:
        """Show the text for reading only, or let it be typed in again."""
        self.flush()
        self._widget.setReadOnly(is_locked)

    def release(self) -> bool:
        """Write what is typed and let go of the draft; says whether everything is written."""
        done = self.flush()
        self._pause.stop()
        self._widget.removeEventFilter(self)
        self._widget.textChanged.disconnect(self._hear_typing)
        self._unsubscribe()
        return done

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice the ends of steps, and keep the widget from undoing on its own."""
        if isinstance(event, QKeyEvent):
            return self._filter_key(event)
        if event.type() == QEvent.Type.FocusOut:
            if not isValid(self._widget):  # it loses the focus while it is being deleted
                return False
            self.seal()
            self._show_generated()
        elif isinstance(event, QContextMenuEvent):
            self._show_menu(event)
            return True
        return False

    def _filter_key(self, event: QKeyEvent) -> bool:
        """Say whether a key is not for the widget."""
        pressed = QKeySequence(event.keyCombination()).toString()
        is_undo = pressed in _UNDO or any(map(event.matches, _UNDO_KEYS))
        if is_undo:
            event.ignore()  # so the shortcut of the window gets it
        elif event.type() == QEvent.Type.KeyPress:
            if event.key() in _ENTER:
                self.seal()
            elif event.matches(QKeySequence.StandardKey.Paste):
                self.seal()
                QTimer.singleShot(0, self, self.seal)
        return is_undo

    def _show_menu(self, event: QContextMenuEvent) -> None:
        menu = self._widget.createStandardContextMenu()
        for action in menu.actions():
            if action.objectName() in _UNDO_ACTIONS:
                menu.removeAction(action)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def _hear_typing(self) -> None:
        if self._following:
            return
        if not self._due.isActive():
            self._unwritten.start()
        self._due.start(max(0, min(SOON_MS, LATEST_MS - self._unwritten.elapsed())))
        self._pause.start(PAUSE_MS)

    def _write(self, text: str, label: str) -> None:
        changes = {self._item: text or None}
        try:
            self._draft.set(changes, label, merge=True)
        except Conflict:
            # What was typed wins over the same words elsewhere, which stay in the history.
            self._draft.reload()
            self._draft.set({self._item: self.kept() or None}, label)
            self.failed.emit(
                "这份报告刚刚在别处被修改过，已重新载入；您键入的文字没有丢失，也已保存。"
            )

    def _show_generated(self) -> None:
        """Show what the draft puts in the place of a text that was emptied: a generated preface."""
        if not self.kept() and self._base and self.flush():
            self._change(0, 0, self._base)

    def _hear_step(self, step: Step) -> None:
        if self._item in step.changed:
            self._follow(prose.clean(self._draft.report.text(self._item)))

    def _follow(self, text: str) -> None:
        """Bring into the widget what changed outside, but for what is being typed over."""
        typed = self.kept()
        before, self._base = self._base, text
        if typed == text:
            return
        theirs = Change.between(self._item, before, text)
        ours = Change.between(self._item, before, typed)
        if typed != before and span.touch(ours, theirs):
            return
        start = span.moved(theirs.start, ours)
        end = start + len(str(theirs.old or ""))
        here = shown(self._widget)
        places = span.places(here, typed)
        # Blanks that are not kept go with what is replaced: beside other words they would count.
        first = places[start - 1] + span.units(typed[start - 1]) if start else 0
        last = places[end] if end < len(typed) else span.units(here)
        self._change(first, last, str(theirs.new or ""))

    def _change(self, start: int, end: int, text: str) -> None:
        self._following = True
        replace(self._widget, start, end, text)
        self._following = False


def shown(widget: QLineEdit | QTextEdit) -> str:
    """Return the text in a widget as it stands, each line break a line feed."""
    if isinstance(widget, QTextEdit):
        return widget.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")
    return widget.text()


def replace(widget: QLineEdit | QTextEdit, start: int, end: int, text: str) -> None:
    """Replace the span between two positions; the cursor keeps its place in the other text."""
    if isinstance(widget, QTextEdit):
        cursor = QTextCursor(widget.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text)
        return
    coded = widget.text().encode("utf-16-le")
    before, after = coded[: 2 * start].decode("utf-16-le"), coded[2 * end :].decode("utf-16-le")
    place = widget.cursorPosition()
    widget.setText(before + text + after)
    grown = span.units(text) - (end - start)
    widget.setCursorPosition(place if place <= start else max(start, place + grown))


def _once(call: Callable[[], None]) -> Callable[[], None]:
    """Return what makes a call the first time only, if there is still anybody to hear it."""
    calls = [call]

    def do() -> None:
        with contextlib.suppress(ValueError):  # the draft was closed before
            while calls:
                calls.pop()()

    return do


def _timer(parent: QObject, action: Callable[[], object]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.timeout.connect(action)
    return timer
