"""Every tab and every action of every menu in the bundle, by the keys a clerk would press.

The window runs under Xvfb with a window manager, as another program than the tests: what is seen
of it are its windows, its picture and its log.
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

from ui.menu import MENUS

PATIENCE_S = 30
ENDS = ("quit", "discard")
"""Actions after which there is no report to go on with."""
STATES = ("", "store", "draft", "editable")
"""What actions need that can be done in a draft."""
TABS = 8


@pytest.fixture
def desk(bundle, bare, tmp_path):
    """A display of 1366 × 768 with a window manager and a sample open in the bundle."""
    missing = [name for name in ("Xvfb", "xdotool", "openbox") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"missing: {', '.join(missing)} (packages xvfb, xdotool, openbox)")
    with contextlib.ExitStack() as ends:
        yield Desk(bundle, bare, tmp_path, ends)


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
        self.program = self._start([bundle / "nianbao", "--db", folder / "nianbao.db"])
        self.main = self.wait(self.windows)[0]
        self.settle()
        self.wait(self._is_in_front)
        self.press("alt+h", "s")  # 打开示例

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

    def _is_in_front(self):
        self._xdotool("windowactivate", self.main)  # the window manager may be the later one
        return self.active() == self.main

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


def actions():
    for title, entries in MENUS:
        for entry in filter(None, entries):
            yield title, entry


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


@pytest.mark.slow
@pytest.mark.parametrize("title", [title for title, _ in MENUS])
def test_every_action_of_a_menu(desk, title):
    for entry in (
        entry for of, entry in actions() if of == title and entry and entry[0] not in ENDS
    ):
        name, text, _, _, need = entry
        desk.press(f"alt+{letter(title)}", letter(text))
        if text.endswith("…") and need in STATES:
            desk.wait(lambda: desk.active() != desk.main, f"{name} opens nothing")
        desk.close_dialogs()
        assert desk.program.poll() is None, f"{name} ends the program"
        assert desk.troubles == [], name


@pytest.mark.slow
def test_the_last_actions(desk):
    desk.press("alt+r", "d")
    desk.close_dialogs()
    desk.press("alt+f", "x")
    assert desk.program.wait(PATIENCE_S) == 0
    assert desk.troubles == []
