"""流转情况: where the report stands, who has signed, and how it came there."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.circulation import Circulation
from app.day import chinese_date
from app.draft import Draft
from app.signoff import Route
from app.store.listing import STATES
from ui.style import look
from ui.style.list_table import ListTable

MEANINGS = {
    "draft": "可以修改。填写核对完毕后送审。",
    "review": "内容已锁定。请打印送审单和报告送签，逐个环节登记签署；有意见的退回修改。",
    "returned": "可以修改。改好并答复批注后再次送审，原有签署已失效。",
    "final": "内容已锁定，可以打印正式文本、盖章、公开。",
    "published": "内容已锁定。发现差错的，用“更正”重新打开，并印更正说明。",
}


class CirculationDialog(QDialog):
    """Shows the way of the open report and offers what can be done next.

    Signals:
        go_requested(Route): the report is to go a way.
        sign_requested(), chain_requested(), sheet_requested(): a signature is to be entered, the
            desks are to be set, the sheet for signatures is to be printed.
    """

    go_requested = Signal(object)
    sign_requested = Signal()
    chain_requested = Signal()
    sheet_requested = Signal()

    def __init__(self, way: Circulation, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"流转情况 — {draft.report.org}{draft.report.year}年")
        look.fit(self, 54, 26)
        self._way, self._draft = way, draft
        self.state = QLabel()
        self.state.setWordWrap(True)
        self.posts = ListTable("签署情况", ["环节", "签署", "签署人", "日期", "意见"])
        self.moves = ListTable(
            "流转记录",
            ["时间", "操作人", "状态", "第几步", "理由"],
            "还没有流转过。填写核对完毕后，按下面的“送审”。",
        )
        self._routes = QHBoxLayout()
        self._sign = QPushButton("登记签署(&S)…")
        self._sign.clicked.connect(self.sign_requested)
        sheet = QPushButton("打印送审单(&P)…")
        sheet.clicked.connect(self.sheet_requested)
        chain = QPushButton("环节设置(&C)…")
        chain.clicked.connect(self.chain_requested)
        close = QPushButton("关闭")
        close.clicked.connect(self.reject)
        bar = QHBoxLayout()
        bar.addLayout(self._routes)
        bar.addStretch()
        for button in (self._sign, sheet, chain, close):
            bar.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.state)
        layout.addWidget(self.posts)
        layout.addWidget(QLabel("流转记录"))
        layout.addWidget(self.moves)
        layout.addLayout(bar)
        self.refresh()

    def refresh(self) -> None:
        """Show how things stand now."""
        state = self._draft.head.state
        notes = self._way.notes()
        waiting = sum(not note.answer for note in notes)
        remarks = f"批注{len(notes)}条，未答复{waiting}条。" if notes else ""
        self.state.setText(f"状态：{STATES[state]}。{MEANINGS[state]}{remarks}")
        self._sign.setEnabled(self._draft.is_locked)
        self._show_posts()
        self.moves.show_rows([
            (move, (
                f"{move.at:%Y-%m-%d %H:%M}", move.who, f"{STATES[move.was]} → {STATES[move.state]}",
                str(move.revision), move.note,
            ))
            for move in reversed(self._way.moves())
        ])  # fmt: skip
        while (old := self._routes.takeAt(0)) is not None:
            if widget := old.widget():
                widget.deleteLater()
        for route in self._way.routes():
            self._routes.addWidget(self._button(route))

    def _show_posts(self) -> None:
        latest = {signature.post: signature for signature in self._way.signatures()}
        titles = [post.title for post in self._way.chain]
        titles += [title for title in latest if title not in titles]
        rows: list[tuple[object, tuple[str, ...]]] = []
        for title in titles:
            signed = latest.get(title)
            if signed is None:
                rows.append((None, (title, "未签署", "", "", "")))
            else:
                state = "✗ 已失效" if signed.lapsed else "✓ 已签署"
                day = chinese_date(signed.day)
                rows.append((signed, (title, state, signed.who, day, signed.opinion)))
        self.posts.show_rows(rows)

    def _button(self, route: Route) -> QPushButton:
        button = QPushButton(f"{route.name}…")
        button.clicked.connect(lambda: self.go_requested.emit(route))
        return button
