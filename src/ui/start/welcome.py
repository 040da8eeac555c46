"""Shown in place of a report while there is none: three ways in, and what is asked once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QGroupBox,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app import report_file, resources, settings
from app.draft import keep
from ui import command
from ui.settings.unit_form import UnitForm
from ui.style import theme

if TYPE_CHECKING:
    from app.report import Report
    from ui.window import Window

WAYS = (
    ("new", "新建报告", "选定单位和年度，从空白表开始填写。"),
    (
        "last_year",
        "从去年的报告开始",
        "读入去年报告的Word、PDF、Excel等文件，带入单位资料和结转数，上年数据随时对照。",
    ),
    ("samples", "打开示例", "用虚构单位的样例试一试，随意修改，不用时移入回收站即可。"),
)
"""Ways in: the action of the menu, what it is called, and what comes of it."""
_WIDEST = 46
"""So many characters a line of this page is wide, at most."""


class Welcome(QScrollArea):
    """The page.

    Signals:
        wanted(str): one of the ways in, by the name of its action.
        edited(): something about the own unit was filled in.
    """

    wanted = Signal(str)
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("开始")
        page = QWidget()
        self.unit = UnitForm(with_contact=False)
        self.unit.edited.connect(self.edited)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(*(4 * theme.GRID,) * 4)
        layout.setSpacing(2 * theme.GRID)
        layout.addWidget(_title())
        layout.addWidget(_words("边填边存，随时核对；全部数据只在本机，不需要网络。"))
        ways = QGridLayout()
        ways.setHorizontalSpacing(2 * theme.GRID)
        ways.setVerticalSpacing(theme.GRID)
        ways.setColumnStretch(1, 1)
        self.ways = [self._way(*way) for way in WAYS]
        for row, (button, (_, _, meaning)) in enumerate(zip(self.ways, WAYS, strict=True)):
            ways.addWidget(button, row, 0)
            ways.addWidget(_words(meaning), row, 1)
        layout.addLayout(ways)
        layout.addWidget(self._asked_once())
        layout.addWidget(_words("按F1打开使用手册。已有的报告文件也可以直接用“文件”菜单打开。"))
        layout.addStretch()
        page.setMaximumWidth(self.fontMetrics().horizontalAdvance("年" * _WIDEST))
        self.setWidget(page)

    def _way(self, name: str, text: str, meaning: str) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleDescription(meaning)
        button.setMinimumHeight(5 * theme.GRID)
        button.clicked.connect(lambda: self.wanted.emit(name))
        return button

    def _asked_once(self) -> QGroupBox:
        box = QGroupBox("本单位")
        layout = QVBoxLayout(box)
        layout.addWidget(_words("填一次，新建报告时带入；以后可在“文件”菜单的“设置”中修改。"))
        layout.addWidget(self.unit)
        return box


def show(window: Window) -> None:
    """Show the page in the middle of a window."""
    page = window.middle.findChild(Welcome)
    if page is None:
        page = Welcome()
        page.wanted.connect(window.menu.trigger)
        page.edited.connect(lambda: _keep_unit(window))
        window.middle.addWidget(page)
    page.unit.show_settings(window.settings)
    window.middle.setCurrentWidget(page)
    window.findings.hide()
    page.ways[0].setFocus(Qt.FocusReason.OtherFocusReason)


def _keep_unit(window: Window) -> None:
    page = window.middle.findChild(Welcome)
    if page is not None and window.store is not None:
        window.settings = page.unit.changed(window.settings)
        settings.write(window.settings, window.store.set_setting)


# ── ways in ─────────────────────────────────────────────────────────────────────────────────


def start_from_last_year(window: Window) -> None:
    """Read last year's report from a file and begin the new year's from it."""
    name, _ = QFileDialog.getOpenFileName(window, "去年的报告", "", command.READ)
    if name:
        command.read_file(window, Path(name), lambda report: begin_next(window, report))


def begin_next(window: Window, last_year: Report) -> None:
    """Begin the report of the year after one that is in the store; one that is there is opened."""
    org, year = last_year.org, last_year.year + 1
    there = window.store.find(org, year) if window.store else None
    if there is not None:
        window.open_report(there)
        window.say(f"{year}年的报告已经有了，已打开。")
    elif org:
        profile = last_year.form.profile
        command.begin_report(window, org, year, profile, last_year.text("unit_type"))
        window.say(f"已读入{last_year.year}年报告，并由它开始{year}年的报告。")
    else:
        window.say("没有读出单位名称，请在封面填写单位后再新建下一年度的报告。")


def open_samples(window: Window) -> None:
    """Open the samples as drafts; every copy of them is marked."""
    if window.store is None:
        return
    paths = sorted((resources.root() / "samples").glob("*.nianbao"))
    kept = [
        keep(window.store, report_file.loads(path.read_bytes(), path.name), "打开示例", window.who)
        for path in paths
    ]
    window.refresh_list()
    latest = max(window.store.reports(), key=lambda listed: (listed.id in kept, listed.year))
    window.open_report(latest.id)
    window.say("示例中的单位和文字均为虚构，印件带有“样例”字样。")


def _title() -> QLabel:
    title = QLabel("政府信息公开工作年度报告")
    font = title.font()
    font.setPointSizeF(font.pointSizeF() * 1.6)
    title.setFont(font)
    return title


def _words(text: str) -> QLabel:
    words = QLabel(text)
    words.setWordWrap(True)
    return words
