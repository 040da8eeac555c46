"""The menus: which actions there are, their keys, and when they can be used."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.store.listing import STATES
from ui import command
from ui.tool_bar import ToolBar

if TYPE_CHECKING:
    from ui.window import Window

Action = tuple[str, str, str, "Callable[[Window], object]", str]
"""Name, text, keys, what it does, and what it needs: "", "store", "draft", of the draft that it is
"editable" or "locked", or in which state."""


def _later(name: str) -> Callable[[Window], object]:
    """A command of a module that is imported when it is first wanted: it brings the database."""
    module, _, function = name.rpartition(".")

    def call(window: Window) -> object:
        return getattr(importlib.import_module(f"ui.{module}"), function)(window)

    return call


MENUS: tuple[tuple[str, tuple[Action | None, ...]], ...] = (
    (
        "文件(&F)",
        (
            ("new", "新建报告(&N)…", "Ctrl+N", command.new_report, "store"),
            ("open", "打开报告文件(&O)…", "Ctrl+O", command.open_file, "store"),
            (
                "last_year",
                "从去年的报告开始(&L)…",
                "",
                _later("start.welcome.start_from_last_year"),
                "store",
            ),
            ("open_folder", "读入文件夹(&R)…", "Ctrl+Shift+O", command.open_folder, "store"),
            None,
            ("save_pdf", "保存为PDF(&S)…", "Ctrl+Shift+S", command.save_pdf, "draft"),
            ("export", "导出报告文件(&E)…", "Ctrl+E", command.export, "draft"),
            ("blank", "保存空白表(&B)…", "", command.save_blank, "draft"),
            None,
            ("print", "打印(&P)…", "Ctrl+P", command.print_report, "draft"),
            None,
            ("back_up", "立即备份(&K)", "", _later("database.backup.back_up"), "store"),
            ("restore", "从备份恢复(&V)…", "", _later("database.backup.restore"), "store"),
            ("settings", "设置(&T)…", "Ctrl+,", _later("settings.dialog.change"), "store"),
            None,
            ("quit", "退出(&X)", "Ctrl+Q", command.close_window, ""),
        ),
    ),
    (
        "编辑(&E)",
        (
            ("undo", "撤销(&U)", "Ctrl+Z", command.undo, "editable"),
            ("redo", "重做(&R)", "Ctrl+Y", command.redo, "editable"),
            None,
            ("go_to", "转到行(&G)…", "Ctrl+G", command.go_to_row, "draft"),
            ("fill", "全表空格填0(&Z)", "Ctrl+Shift+0", command.fill_table, "editable"),
            ("confirm", "确认此数(&C)", "F7", _later("report.doubt.confirm"), "editable"),
            None,
            ("item_history", "本项修改记录(&I)…", "Ctrl+I", command.item_history, "draft"),
            ("history", "全部修改记录(&H)…", "Ctrl+H", command.history, "draft"),
        ),
    ),
    (
        "报告(&R)",
        (
            ("copy", "复制这份报告(&C)", "", command.copy_report, "draft"),
            ("discard", "移入回收站(&D)", "", command.discard, "draft"),
            ("bin", "回收站(&B)…", "", command.show_bin, "store"),
        ),
    ),
    (
        "核对(&K)",
        (
            ("next", "下一处问题(&N)", "F8", command.next_finding, "draft"),
            ("previous", "上一处问题(&P)", "Shift+F8", command.previous_finding, "draft"),
            None,
            (
                "fee",
                "信息处理费计算(&F)…",
                "",
                _later("findings.command.calculate_fee"),
                "editable",
            ),
            (
                "check_sheet",
                "打印核对表(&S)…",
                "",
                _later("findings.command.print_check_sheet"),
                "draft",
            ),
        ),
    ),
    (
        "送审(&S)",
        (
            (
                "circulation",
                "流转情况(&C)…",
                "Ctrl+L",
                _later("signoff.command.show_circulation"),
                "draft",
            ),
            None,
            ("send", "送审(&S)…", "", _later("signoff.command.send"), "editable"),
            ("sign", "登记签署(&G)…", "", _later("signoff.command.sign"), "locked"),
            ("finish", "定稿(&F)…", "", _later("signoff.command.finish"), "in review"),
            ("publish", "公开(&P)…", "", _later("signoff.command.publish"), "in final"),
            (
                "give_back",
                "退回、重新打开或更正(&B)…",
                "",
                _later("signoff.command.give_back"),
                "locked",
            ),
            None,
            ("notes", "批注(&N)…", "Ctrl+M", _later("signoff.command.show_notes"), "draft"),
            ("chain", "环节设置(&H)…", "", _later("signoff.command.set_chain"), "store"),
        ),
    ),
    (
        "打印(&P)",
        (
            ("sheet", "打印送审单(&S)…", "", _later("signoff.command.print_sheet"), "draft"),
            (
                "correction",
                "打印更正说明(&C)…",
                "",
                _later("signoff.command.print_correction"),
                "draft",
            ),
            (
                "publication",
                "保存公开用的文件(&W)…",
                "",
                _later("signoff.command.save_publication"),
                "draft",
            ),
            None,
            ("copies", "纸质件登记(&L)…", "", _later("signoff.command.show_copies"), "draft"),
            ("paper", "核对纸质件(&V)…", "Ctrl+K", _later("signoff.command.check_paper"), "draft"),
            ("compare", "比较(&D)…", "Ctrl+D", _later("signoff.command.compare"), "draft"),
        ),
    ),
    (
        "视图(&V)",
        (
            ("next_tab", "下一部分(&N)", "Ctrl+PgDown", command.next_tab, "draft"),
            ("previous_tab", "上一部分(&P)", "Ctrl+PgUp", command.previous_tab, "draft"),
            ("preview", "预览(&V)", "F9", command.preview, "draft"),
        ),
    ),
    (
        "帮助(&H)",
        (
            ("manual", "使用手册(&M)", "F1", _later("help.manual.show"), ""),
            ("samples", "打开示例(&S)", "", _later("start.welcome.open_samples"), "store"),
            ("keys", "按键一览(&K)", "Ctrl+F1", command.show_keys, ""),
            ("about", "关于年报(&A)", "", command.about, ""),
        ),
    ),
)


IN_BAR = ("undo", "redo", "fill", "next", "preview", "print", "circulation")

_STEPS = {"undo": "撤销(&U)", "redo": "重做(&R)"}


class Menu:
    """The menu bar of a window and its actions by name."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._actions: dict[str, tuple[QAction, str]] = {}
        for title, entries in MENUS:
            menu = window.menuBar().addMenu(title)
            menu.aboutToShow.connect(self._name_steps)
            for entry in entries:
                if entry is None:
                    menu.addSeparator()
                    continue
                name, text, keys, call, need = entry
                action = QAction(window)
                action.setText(text)  # given to QAction(), it might be an icon: 150 names are made
                action.setIconText(_plain(text))
                action.setProperty("shortcut", keys)  # QKeySequence brings `Qt`, see `main`
                action.triggered.connect(lambda _=False, c=call: command.attempt(window, c))
                menu.addAction(action)
                self._actions[name] = (action, need)
        redo = QAction(window)
        redo.setProperty("shortcut", "Ctrl+Shift+Z")
        redo.triggered.connect(self["redo"].trigger)
        window.addAction(redo)
        self.bar = ToolBar(window.menuBar(), [self[name] for name in IN_BAR])
        self.refresh()

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name][0]

    def insert(self, submenu: QMenu, before: str) -> None:
        """Put a submenu over an action."""
        for menu in self[before].associatedObjects():
            if isinstance(menu, QMenu):
                menu.insertMenu(self[before], submenu)

    def trigger(self, name: str) -> None:
        """Do what an action does, if it can be done now."""
        self[name].trigger()

    def keys(self) -> list[tuple[str, str]]:
        """Return the keys of the menus and what they do."""
        return [
            (action.shortcut().toString(), action.iconText())
            for action, _ in self._actions.values()
            if not action.shortcut().isEmpty()
        ]

    def refresh(self) -> None:
        """Follow what is open: which actions can be used."""
        window = self._window
        draft = window.draft
        met = {
            "": True,
            "store": window.store is not None,
            "draft": draft is not None,
            "editable": draft is not None and not draft.is_locked,
            "locked": draft is not None and draft.is_locked,
            **{f"in {state}": draft is not None and draft.head.state == state for state in STATES},
        }
        for name, (action, need) in self._actions.items():
            if name not in _STEPS:  # to and fro would lay the tools out anew at every edit
                action.setEnabled(met[need])
        state = f"状态：{STATES[draft.head.state]}" if draft else "流转情况"
        self["circulation"].setIconText(state)
        for name in _STEPS:
            self[name].setEnabled(met["editable"] and bool(getattr(draft, f"{name}_label")))

    def _name_steps(self) -> None:
        """Say what would be undone, when it is looked at: the tools are not drawn anew for it."""
        for name, verb in _STEPS.items():
            draft = self._window.draft
            label = getattr(draft, f"{name}_label") if draft else ""
            self[name].setText(f"{verb}：{label}" if label else verb)


def _plain(text: str) -> str:
    """The words of a menu item without its mnemonic."""
    return re.sub(r"\(&.\)|…", "", text)
