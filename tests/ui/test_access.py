"""Access: contrast, names for screen readers, the way of the Tab key, a focus that can be seen."""

import itertools

import pytest
import shiboken6
from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QProgressDialog,
    QSplitter,
    QTabBar,
    QTextEdit,
    QWidget,
)

from app import report_file, resources, settings
from app.draft import keep
from app.writers import document
from ui import bridge, command
from ui.menu import MENUS
from ui.settings.dialog import SettingsDialog
from ui.style import focus, look, theme
from ui.table.paint import _mixed

CONTROLS = (
    QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QTextEdit,
    QPlainTextEdit, QTabBar,
)  # fmt: skip
ACTIONS = [entry[0] for _, entries in MENUS for entry in entries if entry]
NO_DIALOG = {
    "open", "recent", "open_folder", "last_year", "save_pdf", "export", "blank", "publication",
    "quit", "undo", "redo", "fill", "confirm", "copy", "discard", "next", "previous", "next_tab",
    "previous_tab", "preview", "samples", "back_up",
}  # fmt: skip
"""Actions that open a dialog of the desktop, or none; all others open one of ours."""
SENDING = ("sign", "finish", "publish", "give_back")
"""Actions of a report that is on its way."""


# ── contrast ────────────────────────────────────────────────────────────────────────────────


def luminance(colour):
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """WCAG 2.1, 1.4.3."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


GROUNDS = ("window", "paper", "head", "lit", "error_ground", "warning_ground")


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ink", ["ink", "quiet", "error", "warning", "hint", "accent"])
def test_every_ink_can_be_read_on_every_ground(colours, ink):
    for ground in GROUNDS:
        assert contrast(getattr(colours, ink), getattr(colours, ground)) >= 4.5, ground


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_selected_things_can_be_read_and_lines_be_seen(colours):
    assert contrast(colours.on_accent, colours.accent) >= 4.5
    for ground in GROUNDS[1:]:
        selected = _mixed(QColor(getattr(colours, ground)), colours.accent).name()
        assert contrast(colours.ink, selected) >= 4.5, ground
    for ground in ("window", "paper", "head"):
        assert contrast(colours.rule, getattr(colours, ground)) >= 3, ground


# ── every control ───────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def framed_focus(qapp):
    follower = focus.Follower(qapp)
    yield
    shiboken6.delete(follower)


@pytest.fixture
def window(framed_focus, window):
    yield window
    theme.apply(QApplication.instance())


@pytest.fixture
def opened(window):
    """A window with a report that has findings, and one of the year before."""
    path = resources.root() / "samples" / "city-2024.nianbao"
    report = report_file.loads(path.read_bytes(), path.name)
    kept = keep(window.store, report, "读入", "张三")
    window.refresh_list()
    window.open_report(kept)
    window.draft.set({"t3.granted.total": 1326}, "填写")
    window.view.setCurrentIndex(3)
    window.view.focus_tab()
    return window


def controls(root):
    """What can be seen and used in a window or dialog, without the inner parts of controls."""
    for widget in root.findChildren(QWidget):
        of_qt = widget.objectName().startswith("qt_") or isinstance(
            widget.parent(), (QComboBox, QAbstractSpinBox, QTabBar)
        )
        own = widget.window() is root and widget.isVisibleTo(root) and not of_qt
        if own and isinstance(widget, CONTROLS):
            yield widget


def until(condition):
    for _ in range(200):
        if condition():
            return
        QTest.qWait(5)
    raise AssertionError("waited in vain")


def activate(root):
    root.activateWindow()
    assert QTest.qWaitForWindowActive(root)
    if QApplication.focusWidget() is None or QApplication.focusWidget().window() is not root:
        next(w for w in controls(root) if w.focusPolicy() & Qt.FocusPolicy.TabFocus).setFocus()


def nameless(root):
    """The controls a screen reader has nothing to say of."""
    return [
        widget for widget in controls(root)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not isinstance(widget, QTabBar)
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()
    ]  # fmt: skip


def reached(dialog):
    """The controls that the Tab key reaches, in its order."""
    found = []
    for _ in range(40):  # a field for a date takes one for its year, one for its month …
        now = QApplication.focusWidget()
        found.append(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    return list(dict.fromkeys(found))


def place(widget, root):
    return widget.mapTo(root, widget.rect().topLeft())


def pane(widget):
    """The part between two splitters that a control stands in; each is read on its own."""
    while widget.parentWidget() and not isinstance(widget.parentWidget(), QSplitter):
        widget = widget.parentWidget()
    return widget


def jumps_back(order, root):
    """Pairs where Tab leads up and to the left at once, as no reader goes."""
    for one, other in itertools.pairwise(order):
        a, b = place(one, root), place(other, root)
        if pane(one) is not pane(other):
            continue
        if b.y() + other.height() <= a.y() and b.x() + other.width() <= a.x():
            yield one, other


def looks_alike(widget):
    """Say whether a control looks the same with the focus and without."""
    root = widget.window()
    around = QRect(place(widget, root), widget.size()).adjusted(-3, -3, 3, 3)
    activate(root)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    until(widget.hasFocus)
    focused = root.grab(around).toImage()
    widget.clearFocus()
    until(lambda: not widget.hasFocus())
    return focused == root.grab(around).toImage()


def visit(act, look):
    """Do what opens a dialog, look at it, and reject it."""
    seen = []
    before = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    timer = QTimer()

    def poll():
        shown = [
            dialog for dialog in QApplication.topLevelWidgets()
            if isinstance(dialog, QDialog) and dialog.isVisible()
            and not isinstance(dialog, QProgressDialog) and dialog not in before
        ]  # fmt: skip
        if shown:
            timer.stop()
            bridge.wait_for_tasks()
            QApplication.processEvents()
            try:
                seen.append(look(shown[0]))
            except Exception as error:  # raised again outside of Qt
                seen.append(error)
            finally:
                shown[0].reject()

    timer.timeout.connect(poll)
    timer.start(5)
    act()
    for _ in range(400):
        if not timer.isActive():
            break
        QTest.qWait(10)
    timer.stop()
    assert seen, "no dialog came up"
    if seen[0]:
        raise seen[0]


def examine(dialog):
    """Hold everything against a dialog that can be told by looking at it."""
    problems = [f"no name: {w}" for w in nameless(dialog)]
    if isinstance(dialog, QMessageBox):
        assert not problems
        return
    activate(dialog)
    wanted = {
        widget for widget in controls(dialog)
        if widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    }  # fmt: skip
    order = reached(dialog)
    radio = {w for w in wanted if w.metaObject().className() == "QRadioButton"}
    problems += [f"Tab does not reach: {w}" for w in wanted - set(order) - radio]
    problems += [f"Tab leads back: {a} → {b}" for a, b in jumps_back(order, dialog)]
    problems += [f"focus cannot be seen: {w}" for w in order if looks_alike(w)]
    room = dialog.screen().availableSize()
    if dialog.minimumSizeHint().height() > 768 or dialog.minimumSizeHint().width() > 1366:
        problems.append(f"too large for the screen: {dialog.minimumSizeHint()} of {room}")
    assert not problems, "\n".join([type(dialog).__name__, *problems])


@pytest.mark.parametrize("name", [a for a in ACTIONS if a not in {*NO_DIALOG, *SENDING}])
def test_dialogs(opened, name, monkeypatch):
    look.wear(QApplication.instance(), "light", 200)
    visit(lambda: opened.menu.trigger(name), examine)


@pytest.mark.parametrize("name", SENDING)
def test_dialogs_of_the_way_round(opened, name):
    opened.draft.move("final" if name == "publish" else "review")
    visit(lambda: opened.menu.trigger(name), examine)


def test_review_of_what_was_read(opened, tmp_path):
    path = tmp_path / "去年.docx"
    document.write(opened.draft.report, path)
    visit(lambda: command.read_file(opened, path), examine)


@pytest.mark.parametrize("page", range(4))
def test_pages_of_the_settings(window, page):
    dialog = SettingsDialog(settings.Settings(), window.database, window)
    dialog.pages.setCurrentIndex(page)
    visit(dialog.open, examine)


def test_window_without_a_report(window):
    assert not nameless(window)
    activate(window)
    assert not [w for w in window.middle.currentWidget().ways if looks_alike(w)]


def test_every_tab_of_the_window(opened):
    for index in range(opened.view.count()):
        opened.view.setCurrentIndex(index)
        opened.view.focus_tab()
        bridge.wait_for_tasks()
        assert not nameless(opened), opened.view.tabText(index)


def test_window_fits_a_small_screen_with_large_text(opened):
    look.wear(QApplication.instance(), "light", 200)
    opened.resize(1366, 740)
    for index in range(opened.view.count()):
        opened.view.setCurrentIndex(index)
        QApplication.processEvents()
        assert opened.minimumSizeHint().height() <= 740, opened.view.tabText(index)
        assert opened.minimumSizeHint().width() <= 1366
    assert opened.height() <= 740


def test_no_action_opens_a_file_dialog_that_is_not_named(opened, monkeypatch):
    titles = []

    def cancelled(parent, title="", *_, **__):
        titles.append(title)
        return [], ""

    for ask in ("getOpenFileName", "getOpenFileNames", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, ask, cancelled)
    for name in ("open", "last_year", "save_pdf", "export", "blank"):
        opened.menu.trigger(name)
    assert len(titles) == 5
    assert all(titles)
