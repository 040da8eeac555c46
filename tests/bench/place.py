"""Where measurements are made: folders under build/, a display of their own, nobody's settings."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build"
WORK = BUILD / "bench"
CHILDREN = Path(__file__).parent / "child"


@contextmanager
def display() -> Iterator[str | None]:
    """Start an X server that draws into memory; yields its name, None where there is no Xvfb."""
    if not shutil.which("Xvfb"):
        yield None
        return
    # without -noreset it starts anew, deaf for a moment, whenever its last window goes
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    server = subprocess.Popen(
        [*command, "-noreset"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        assert server.stdout is not None
        yield f":{server.stdout.readline().decode().strip()}"
    finally:
        server.terminate()
        server.wait()


def environment(display: str | None = None, **further: str) -> dict[str, str]:
    """Return the environment of a child: nobody's reports, bytecode kept as an installation has it.

    Every child is run once before it is measured, so that the bytecode and the files are at hand.
    """
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    env |= {f"XDG_{kind}_HOME": str(WORK / "home" / kind.lower())
            for kind in ("DATA", "STATE", "CACHE", "CONFIG")}  # fmt: skip
    env |= {"PYTHONPATH": str(ROOT / "src"), "PYTHONPYCACHEPREFIX": str(WORK / "bytecode")}
    env["QT_QPA_PLATFORM"] = "xcb" if display else "offscreen"
    if display:
        env["DISPLAY"] = display
    return env | further


def child(name: str, *arguments: object, env: Mapping[str, str]) -> str:
    """Run a script of `child` to its end and return what it says."""
    command = [sys.executable, str(CHILDREN / name), *map(str, arguments)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=300)
    if done.returncode:
        raise RuntimeError(f"{name} failed:\n{done.stderr}")
    return done.stdout
