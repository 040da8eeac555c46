"""Every tab and every action of every menu in the bundle, by the keys a clerk would press.

The window runs under Xvfb with a window manager, as another program than the tests: what is seen
of it are its windows, its picture and its log. An action is met in the state that it needs; a menu
closes only on an action that can be chosen, and a bug is in the log, whatever was said of it.
"""

import contextlib
import itertools
import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from app import report_file, signoff
from app.circulation import Circulation
from app.draft import Draft, keep
from app.store.store import Store
from ui.menu import MENUS
from ui.window import LAST_REPORT

PATIENCE_S = 30
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
def desk(bundle, bare, tmp_path, request, sample):
    """A display of 1366 × 768 with a window manager and a report open in the bundle.

    The report is the sample, in the state that the test is for, a draft if it is for none.
    """
    missing = [name for name in ("Xvfb", "xdotool", "openbox") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"missing: {', '.join(missing)} (packages xvfb, xdotool, openbox)")
    fill(tmp_path / "nianbao.db", sample, getattr(request, "param", "draft"))
    with contextlib.ExitStack() as ends:
        yield Desk(bundle, bare, tmp_path, ends)


def fill(database, sample, state):
    """Put the sample into a database, in a state, as the report that was open last."""
    with Store.open(database) as store:
        report = keep(store, report_file.loads(sample.read_bytes(), sample.name), "读入", "张三")
        store.set_setting(LAST_REPORT, str(report))
        draft = Draft.open(store, report, "张三")
        draft.set({"cover.telephone": "0000-1234567"}, "填写电话")  # there is a step to undo
        way = Circulation(store, draft)
        if state != "draft":
            way.go(signoff.SEND)
        if state == "final":
            way.go(signoff.FINISH, "分管领导出差，电话同意")


class Desk:
    def __init__(self, bundle, bare, folder, ends):
        self._screen = folder / "Xvfb_screen0"
        self._log = folder / "home/.local/state/nianbao/log/nianbao.log"
        self._bare, self._folder, self._ends = bare, folder, ends
        reader, writer = os.pipe()
        screen = ["-screen", "0", "1366x768x24", "-fbdir", self._folder, "-nolisten", "tcp"]
        self._start(["Xvfb", "-displayfd", str(writer), *screen], pass_fds=[writer])
        os.close(writer)
        with os.fdopen(reader) as told:
            self._bare["DISPLAY"] = f":{told.readline().strip()}"
        self._start(["openbox"])
        self.wait(lambda: self._xdotool("get_num_desktops"), "the window manager does not come")
        self.program = self._start([bundle / "nianbao", "--db", folder / "nianbao.db"])
        self.main = self.wait(self.windows)[0]
        self.settle()
        self.wait(lambda: self.active() == self.main, "the window does not come to the front")

    def _start(self, command, **more):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        started = subprocess.Popen(command, env=self._bare, cwd=self._folder, **quiet, **more)
        self._ends.callback(started.wait, 20)
        self._ends.callback(started.terminate)
        return started

    def _xdotool(self, *arguments):
        done = subprocess.run(
            ["xdotool", *arguments], env=self._bare, capture_output=True, text=True, check=False
        )
        return done.stdout.split()

    @staticmethod
    def wait(condition, why="the window does not come"):
        give_up = time.monotonic() + PATIENCE_S
        while not (found := condition()):
            assert time.monotonic() < give_up, why
            time.sleep(0.05)
        return found

    def windows(self):
        return self._xdotool("search", "--onlyvisible", "--class", "nianbao")

    def active(self):
        return next(iter(self._xdotool("getactivewindow")), "")

    def press(self, *keys):
        for key in keys:
            self._xdotool("key", key)
            self.settle()

    def settle(self):
        """Wait until the program has done what it was asked: it no longer uses the processor."""
        last, since = -1, time.monotonic()

        def is_idle():
            nonlocal last, since
            used = self._used()
            if used > last + 1:
                last, since = used, time.monotonic()
            return time.monotonic() - since > 0.25

        self.wait(is_idle)

    def _used(self):
        try:
            told = Path(f"/proc/{self.program.pid}/stat").read_text("ascii")
        except (FileNotFoundError, ProcessLookupError):
            return 0
        fields = told.rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])

    def choose(self, title, text):
        """Choose an entry of a menu; says whether it could be chosen, else the menu stays open."""
        self.press(f"alt+{letter(title)}")
        self.wait(self._shows_a_menu, f"the menu {title} does not open")
        self.press(letter(text))
        return not self._shows_a_menu()

    def _shows_a_menu(self):
        return self.active() == self.main and len(self.windows()) > 1

    def close_dialogs(self):
        for _ in range(6):
            if self.windows() == [self.main] and self.active() == self.main:
                return
            self.press("Escape")
        raise AssertionError(f"a window does not close by Escape: {self.windows()}")

    def picture(self):
        return self._screen.read_bytes()

    @property
    def troubles(self):
        """What the log tells of errors nobody expected."""
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
def test_every_tab_is_shown(desk):
    pictures = [desk.picture()]
    for _ in range(TABS - 1):
        desk.press("ctrl+Next")
        pictures.append(desk.picture())
    for one, next_one in itertools.pairwise(pictures):
        changed = sum(a != b for a, b in zip(one[::4], next_one[::4], strict=True))
        assert changed > 5000  # pixels: another page, not the caret
    assert desk.troubles == []


def test_no_action_is_left_out():
    needed = {need for _, entries in MENUS for _, _, _, _, need in filter(None, entries)}
    assert needed == set(itertools.chain(*STATES.values()))


@pytest.mark.slow
@pytest.mark.parametrize(("desk", "title"), WALKS, indirect=["desk"])
def test_every_action_of_a_menu(desk, title, request):
    for name, text in entries(title, request.node.callspec.params["desk"]):
        assert desk.choose(title, text), f"{name} cannot be chosen"
        if text.endswith("…") or name in OPEN:
            desk.wait(lambda: desk.active() != desk.main, f"{name} opens nothing")
        desk.close_dialogs()
        assert desk.program.poll() is None, f"{name} ends the program"
        assert desk.troubles == [], name


@pytest.mark.slow
def test_the_last_actions(desk):
    assert desk.choose("报告(&R)", "移入回收站(&D)")
    desk.close_dialogs()
    assert desk.choose("文件(&F)", "退出(&X)")
    assert desk.program.wait(PATIENCE_S) == 0
    assert desk.troubles == []
