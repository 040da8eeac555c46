"""Every tab and every action of every menu in the bundle, by the keys a clerk would press.

The window runs under Xvfb with a window manager, as another program than the tests: what is seen
of it are its windows, its picture and its log. An action is met in the state that it needs; a menu
closes only on an action that can be chosen, and a bug is in the log, whatever was said of it.
"""

import itertools
import re

import pytest

from app import report_file, signoff
from app.circulation import Circulation
from app.draft import Draft, keep
from app.store.store import Store
from ui.menu import MENUS
from ui.start import last

ENDS = ("quit", "discard")
"""Actions after which there is no report to go on with."""
OPEN = ("manual", "keys", "about")
"""Actions that open a window and ask for nothing, so that their names do not end in "…"."""
STATES = {
    "draft": ("", "store", "draft", "editable"),
    "review": ("locked", "in review"),
    "final": ("in final",),
}
"""What actions need, by the state of the report in which they are tried."""
TABS = 8


@pytest.fixture
def program(bundle, bare, tmp_path, request, sample, tool):
    """The window on a display of 1366 × 768, with a report open.

    The report is the sample, in the state that the test is for, a draft if it is for none.
    """
    hands = tool("desk")
    if missing := hands.missing():
        pytest.skip(f"missing: {', '.join(missing)} (packages xvfb, xdotool, openbox)")
    database = tmp_path / "nianbao.db"
    fill(database, sample, getattr(request, "param", "draft"))
    with hands.Desk() as desk:
        desk.start([bundle / "nianbao", "--db", database], bare)
        yield Program(desk, tmp_path / "home/.local/state/nianbao/log/nianbao.log")


def fill(database, sample, state):
    """Put the sample into a database, in a state, as the report that was open last."""
    with Store.open(database) as store:
        report = keep(store, report_file.loads(sample.read_bytes(), sample.name), "读入", "张三")
        store.set_setting(last.REPORT, str(report))
        draft = Draft.open(store, report, "张三")
        draft.set({"cover.telephone": "0000-1234567"}, "填写电话")  # there is a step to undo
        way = Circulation(store, draft)
        if state != "draft":
            way.go(signoff.SEND)
        if state == "final":
            way.go(signoff.FINISH, "分管领导出差，电话同意")


class Program:
    """The program at a desk: what it shows, and what its log tells of errors nobody expected."""

    def __init__(self, desk, log):
        self.desk, self._log = desk, log

    def choose(self, title, text):
        """Choose an entry of a menu; says whether it could be chosen, else the menu stays open."""
        self.desk.press(f"alt+{letter(title)}")
        self.desk.wait(self.desk.shows_a_menu, f"the menu {title} does not open")
        self.desk.press(letter(text))
        return not self.desk.shows_a_menu()

    @property
    def troubles(self):
        told = self._log.read_text("utf-8") if self._log.exists() else ""
        return [line for line in told.splitlines() if "CRITICAL" in line or "Error" in line]


def letter(title):
    return re.search(r"\(&(.)\)", title)[1].lower()


def entries(title, state):
    """The actions of a menu that can be done in a state and after which there is a report left."""
    return [
        (name, text)
        for name, text, _, _, need in filter(None, dict(MENUS)[title])
        if need in STATES[state] and name not in ENDS
    ]


WALKS = [(state, title) for title, _ in MENUS for state in STATES if entries(title, state)]


@pytest.mark.slow
def test_every_tab_is_shown(program):
    desk = program.desk
    pictures = [desk.picture()]
    for _ in range(TABS - 1):
        desk.press("ctrl+Next")
        pictures.append(desk.picture())
    for one, next_one in itertools.pairwise(pictures):
        changed = sum(a != b for a, b in zip(one[::4], next_one[::4], strict=True))
        assert changed > 5000  # pixels: another page, not the caret
    assert program.troubles == []


def test_no_action_is_left_out():
    needed = {need for _, entries in MENUS for _, _, _, _, need in filter(None, entries)}
    assert needed == set(itertools.chain(*STATES.values()))


@pytest.mark.slow
@pytest.mark.parametrize(("program", "title"), WALKS, indirect=["program"])
def test_every_action_of_a_menu(program, title, request):
    desk = program.desk
    for name, text in entries(title, request.node.callspec.params["program"]):
        assert program.choose(title, text), f"{name} cannot be chosen"
        if text.endswith("…") or name in OPEN:
            desk.wait(lambda: desk.active() != desk.main, f"{name} opens nothing")
        desk.close_dialogs()
        assert desk.program.poll() is None, f"{name} ends the program"
        assert program.troubles == [], name


@pytest.mark.slow
def test_the_last_actions(program):
    assert program.choose("报告(&R)", "移入回收站(&D)")
    program.desk.close_dialogs()
    assert program.choose("文件(&F)", "退出(&X)")
    assert program.desk.program.wait(30) == 0
    assert program.troubles == []
