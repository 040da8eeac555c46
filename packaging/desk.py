"""A desk without a screen: Xvfb, a window manager, and the hands of a clerk (xdotool).

The program is another process, so what is known of it are its windows and its picture. Needs the
Debian packages xvfb, xdotool and openbox; see `prepare.sh`.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import struct
import subprocess
import tempfile
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

DISPLAYS = Path("/tmp/.X11-unix")
"""Where the sockets of the displays lie."""
TOOLS = ("Xvfb", "xdotool", "openbox")
WIDTH, HEIGHT = 1366, 768
PATIENCE_S = 30
T = TypeVar("T")


def missing() -> list[str]:
    """Return the tools that are not installed."""
    return [name for name in TOOLS if shutil.which(name) is None]


class Desk:
    """A display with a window manager, for the time of a `with`; `start` opens the program.

    Args:
        name: by which the display knows windows of the program, a regular expression.
    """

    program: subprocess.Popen[bytes]
    main: str
    """The number of the main window, as the display has it."""

    def __init__(self, name: str = "nianbao") -> None:
        self._name = name
        self._ends = contextlib.ExitStack()

    def __enter__(self) -> Desk:
        self.folder = Path(self._ends.enter_context(tempfile.TemporaryDirectory(prefix="desk-")))
        self._own = {"PATH": "/usr/bin:/bin", "HOME": str(self.folder), "LANG": "C.UTF-8"}
        reader, writer = os.pipe()
        screen = ["-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir", str(self.folder)]
        # without -noreset it starts anew, and ends the window manager, when its last client goes
        server = ["Xvfb", "-displayfd", str(writer), *screen, "-nolisten", "tcp", "-noreset"]
        self._begin(server, self._own, (writer,))
        os.close(writer)
        with os.fdopen(reader) as told:
            self.display = f":{told.readline().strip()}"
        self._own["DISPLAY"] = self.display
        self._begin(["openbox"], self._own)
        self.wait(lambda: self._xdotool("get_num_desktops"), "the window manager does not come")
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.close()

    def start(self, command: Sequence[str | Path], environment: Mapping[str, str]) -> None:
        """Start the program and wait until a window of it is in front and nothing is left to do."""
        self.program = self._begin(command, {**environment, "DISPLAY": self.display})
        self.main = self.wait(self.windows)[0]
        self.settle()
        self.wait(lambda: self.active() in self.windows(), "the window does not come to the front")

    def _begin(
        self,
        command: Sequence[str | Path],
        environment: Mapping[str, str],
        files: Sequence[int] = (),
    ) -> subprocess.Popen[bytes]:
        quiet = subprocess.DEVNULL
        begun = subprocess.Popen(
            command, env=environment, cwd=self.folder, stdout=quiet, stderr=quiet, pass_fds=files
        )
        self._ends.callback(begun.wait, 20)
        self._ends.callback(begun.terminate)
        return begun

    def _xdotool(self, *arguments: str) -> list[str]:
        command = ["xdotool", *arguments]
        done = subprocess.run(command, env=self._own, capture_output=True, text=True, check=False)
        return done.stdout.split()

    @staticmethod
    def wait(condition: Callable[[], T], why: str = "the window does not come") -> T:
        """Wait until something is true, and return it."""
        give_up = time.monotonic() + PATIENCE_S
        while not (found := condition()):
            if time.monotonic() > give_up:
                raise AssertionError(why)
            time.sleep(0.05)
        return found

    def windows(self) -> list[str]:
        """Return the windows of the program that can be seen, open menus among them."""
        return self._xdotool("search", "--onlyvisible", "--class", self._name)

    def active(self) -> str:
        """Return the window in front, empty if there is none."""
        return next(iter(self._xdotool("getactivewindow")), "")

    def front(self) -> None:
        """Bring the main window to the front, as a click on it would."""

        def is_in_front() -> bool:
            self._xdotool("windowactivate", self.main)
            return self.active() == self.main

        self.wait(is_in_front, "the window does not come to the front")
        self.settle()

    def press(self, *keys: str) -> None:
        """Press keys one after the other, each when the program is done with the one before."""
        for key in keys:
            self._xdotool("key", key)
            self.settle()

    def type(self, text: str) -> None:
        """Type text."""
        self._xdotool("type", "--delay", "20", text)
        self.settle()

    def shows_a_menu(self) -> bool:
        """Say whether a menu hangs open over the main window."""
        return self.active() == self.main and len(self.windows()) > 1

    def settle(self) -> None:
        """Wait until the program has done what it was asked: it no longer uses the processor."""
        last, since = -1, time.monotonic()

        def is_idle() -> bool:
            nonlocal last, since
            used = self._used()
            if used > last + 1:
                last, since = used, time.monotonic()
            return time.monotonic() - since > 0.25

        self.wait(is_idle, "the program does not come to rest")

    def _used(self) -> int:
        """Return how many ticks of a processor the program has used."""
        try:
            told = Path(f"/proc/{self.program.pid}/stat").read_text("ascii")
        except (FileNotFoundError, ProcessLookupError):
            return 0
        fields = told.rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])

    def review(self, seen: Path) -> None:
        """Wait for the review of a file that was given to the program, and photograph it."""
        self.wait(lambda: self.active() not in ("", self.main), "nothing to review")
        self.settle()
        self.photograph(seen / "1-review.png")

    def look_through(self, seen: Path) -> None:
        """Take in what is reviewed, and photograph the report, a table of it, and the preview."""
        self.press("alt+a")
        self.close_dialogs()
        self.photograph(seen / "2-report.png")
        self.press("ctrl+Next", "ctrl+Next", "ctrl+Next")
        self.photograph(seen / "3-table.png")
        self.press("F9")
        self.photograph(seen / "4-preview.png")

    def close_dialogs(self) -> None:
        """Press Escape until nothing but the main window is left."""
        for _ in range(6):
            if self.windows() == [self.main] and self.active() == self.main:
                return
            self.press("Escape")
        raise AssertionError(f"a window does not close by Escape: {self.windows()}")

    def picture(self) -> bytes:
        """Return what the screen shows: rows from the top, four bytes (BGRX) a pixel."""
        data = (self.folder / "Xvfb_screen0").read_bytes()
        header = struct.unpack(">25I", data[:100])
        start = header[0] + 12 * header[19]
        return data[start : start + 4 * WIDTH * HEIGHT]

    def photograph(self, path: Path) -> None:
        """Write what the screen shows as a PNG."""
        shown, rows = self.picture(), bytearray()
        for row in range(HEIGHT):
            line = shown[4 * WIDTH * row : 4 * WIDTH * (row + 1)]
            pixels = bytearray(3 * WIDTH)
            pixels[0::3], pixels[1::3], pixels[2::3] = line[2::4], line[1::4], line[0::4]
            rows += b"\0" + pixels
        head = struct.pack(">2I5B", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
        parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
        chunks = (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
            for name, body in parts
        )
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))
