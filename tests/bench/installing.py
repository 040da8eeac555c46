"""How much room the program takes, without tools for development."""

import re
import shutil
import subprocess
import tomllib
import venv
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

from tests.bench.line import Line, Target
from tests.bench.place import ROOT, WORK

NAME, TARGET = "installed size without tools for development", Target(350)
WHY = (
    "Qt takes two thirds of it, then come our fonts (25 MB), SQLAlchemy (28), pillow (22, for "
    "reportlab) and lxml (12)"
)
REFERENCE = "PySide6-Essentials and shiboken6 alone"
_MEGABYTE = 1_000_000
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def lines(for_real: bool) -> Iterator[Line]:
    """Add up what belongs to it; `for_real` installs it into an empty environment to see."""
    qt = _sum(_files({"pyside6-essentials", "shiboken6"}))
    if for_real:
        yield Line(f"{NAME}, pip install", TARGET, _install(), qt, REFERENCE, "MB", WHY)
        return
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    own = [f for folder in ("src", "resources") for f in (ROOT / folder).rglob("*")]
    everything = [*own, *_files(_closure(project["dependencies"], set()))]
    yield Line(NAME, TARGET, _sum(everything), qt, REFERENCE, "MB", WHY)


def _closure(requirements: Iterable[str], known: set[str]) -> set[str]:
    """Return the packages that are needed, with what they need."""
    for requirement in requirements:
        match = _NAME.match(requirement)
        name = match[0].lower().replace("_", "-") if match else ""
        if "extra ==" in requirement or name in known:
            continue
        try:
            further = metadata.requires(name) or ()
        except metadata.PackageNotFoundError:
            continue  # only for other systems or versions of Python
        known.add(name)
        _closure(further, known)
    return known


def _files(packages: Iterable[str]) -> Iterator[Path]:
    for package in packages:
        yield from (Path(str(f.locate())) for f in metadata.files(package) or ())


def _sum(files: Iterable[Path]) -> float:
    return sum(f.stat().st_size for f in set(files) if f.is_file()) / _MEGABYTE


def _install() -> float:
    folder = WORK / "installed"
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", str(ROOT)], check=True)
    subprocess.run([*pip, "uninstall", "--quiet", "--yes", "pip", "setuptools"], check=True)
    return _sum(folder.rglob("*"))
