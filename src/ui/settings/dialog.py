"""设置: the few things that are chosen once for all reports."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app import settings as kept
from app.settings import LOOKS, TEXT_SIZES, Settings
from app.store import snapshot
from ui.settings.font_form import FontForm
from ui.settings.unit_form import UnitForm
from ui.style import face, icon, look, theme

if TYPE_CHECKING:
    from pathlib import Path

    from ui.window import Window


class SettingsDialog(QDialog):
    """Shows settings and lets them be changed.

    Signals:
        worn(str, int): look and text size are to be tried on while the dialog is open.
        chain_requested(): the desks of the sign-off chain are to be set.
        folder_requested(Path): a folder is to be shown.
    """

    worn = Signal(str, int)
    chain_requested = Signal()
    folder_requested = Signal(object)

    def __init__(self, settings: Settings, database: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("设置")
        self._settings, self._database = settings, database
        self.unit = UnitForm(with_contact=True)
        self.unit.show_settings(settings)
        self.fonts = FontForm(settings.fonts)
        self.text_size = _choices("文字大小", {f"{size}%": size for size in TEXT_SIZES})
        self.text_size.setCurrentIndex(TEXT_SIZES.index(settings.text_size))
        self.look = _choices("明暗", {label: key for key, label in LOOKS.items()})
        self.look.setCurrentIndex(list(LOOKS).index(settings.look))
        self.backup_place = QLineEdit(settings.backup_place)
        self.backup_place.setAccessibleName("另存备份的文件夹")
        self.backup_place.setPlaceholderText("不另存；可选U盘或共享文件夹")
        for box in (self.text_size, self.look):
            box.activated.connect(self._try_on)
        self.pages = QTabWidget()
        self.pages.setAccessibleName("设置的各部分")
        for label, page in (
            ("单位(&1)", self._unit_page()),
            ("显示(&2)", self._look_page()),
            ("打印字体(&3)", self.fonts),
            ("数据和备份(&4)", self._place_page()),
        ):
            self.pages.addTab(_scrolled(page), label)
        layout = QVBoxLayout(self)
        layout.addWidget(self.pages)
        layout.addWidget(self._buttons())
        look.fit(self, 44, 26)

    def chosen(self) -> Settings:
        """Return the settings as the fields have them."""
        return replace(
            self.unit.changed(self._settings),
            fonts=self.fonts.choices(),
            text_size=self.text_size.currentData(),
            look=self.look.currentData(),
            backup_place=self.backup_place.text().strip(),
        )

    def _try_on(self) -> None:
        self.worn.emit(self.look.currentData(), self.text_size.currentData())

    # ── the pages ───────────────────────────────────────────────────────────────────────────

    def _unit_page(self) -> QWidget:
        page = QWidget()
        chain = QPushButton("送审环节(&C)…")
        chain.setToolTip("报告送签要经过的环节和签署人")
        chain.clicked.connect(self.chain_requested)
        layout = QVBoxLayout(page)
        layout.addWidget(_words("新建本单位的报告时带入；已有的报告在封面修改。"))
        layout.addWidget(self.unit)
        layout.addLayout(_row(chain))
        layout.addStretch()
        return page

    def _look_page(self) -> QWidget:
        page = QWidget()
        layout = QFormLayout(page)
        layout.addRow("文字大小(&S)", self.text_size)
        layout.addRow("明暗(&L)", self.look)
        return page

    def _place_page(self) -> QWidget:
        page = QWidget()
        backups = snapshot.folder_beside(self._database)
        layout = QVBoxLayout(page)
        for text, place in (
            ("全部报告和修改记录都在这个文件中：", self._database),
            ("备份保存在本机的这个文件夹中：", backups),
        ):
            layout.addWidget(_words(text))
            layout.addLayout(self._place(place))
        layout.addWidget(_words("每次备份同时另存一份到："))
        choose = QPushButton("选择(&B)…")
        choose.setAccessibleName("选择另存备份的文件夹")
        choose.clicked.connect(self._choose_place)
        second = QHBoxLayout()
        second.addWidget(self.backup_place, 1)
        second.addWidget(choose)
        layout.addLayout(second)
        layout.addStretch()
        return page

    def _place(self, place: Path) -> QHBoxLayout:
        shown = QLineEdit(str(place))
        shown.setReadOnly(True)
        shown.setAccessibleName(f"位置：{place}")
        show = QPushButton("打开所在文件夹")
        show.setAccessibleName(f"打开{place}所在文件夹")
        show.clicked.connect(lambda: self.folder_requested.emit(place.parent))
        row = QHBoxLayout()
        row.addWidget(shown, 1)
        row.addWidget(show)
        return row

    def _choose_place(self) -> None:
        if name := QFileDialog.getExistingDirectory(self, "另存备份的文件夹"):
            self.backup_place.setText(name)

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        buttons.addButton("确定", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons


def change(window: Window) -> None:
    """Let the settings be changed; they hold at once, without a new start."""
    from PySide6.QtCore import QUrl  # noqa: PLC0415
    from PySide6.QtGui import QDesktopServices  # noqa: PLC0415

    before = window.settings
    dialog = SettingsDialog(before, window.database, window)
    dialog.worn.connect(lambda name, percent: _wear(window, name, percent))
    dialog.chain_requested.connect(lambda: window.menu.trigger("chain"))
    dialog.folder_requested.connect(
        lambda folder: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
    )
    accepted = bool(dialog.exec())
    take(window, dialog.chosen() if accepted else before)
    dialog.deleteLater()


def take(window: Window, settings: Settings) -> None:
    """Keep settings, and let everything that is open follow them."""
    before, window.settings = window.settings, settings
    if window.store is not None and settings != before:
        kept.write(settings, window.store.set_setting)
    _wear(window, settings.look, settings.text_size)
    face.choose(settings.fonts)
    if window.draft and window.view and window.checking:
        window.draft.who = window.who
        window.checking.run_all()
        window.view.preview.mark_stale()
    window.show_saved()


def _wear(window: Window, name: str, percent: int) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    look.wear(app, name, percent)
    icon.dress(window)


def _choices(name: str, choices: dict[str, str] | dict[str, int]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for label, value in choices.items():
        box.addItem(label, value)
    return box


def _scrolled(page: QWidget) -> QScrollArea:
    """A page that can be scrolled where large text leaves no room for all of it."""
    area = QScrollArea()
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setFocusPolicy(area.focusPolicy().NoFocus)
    margins = (*(2 * theme.GRID,) * 4,)
    if (layout := page.layout()) is not None:
        layout.setContentsMargins(*margins)
    return area


def _row(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(widget)
    row.addStretch()
    return row


def _words(text: str) -> QLabel:
    words = QLabel(text)
    words.setWordWrap(True)
    return words
