"""Tell what a bundle ships of others: THIRD_PARTY.md from its contents, and texts of licences.

The packages are those of `shipped` that are found in the bundle; what is said about Qt and about
the fonts comes from the THIRD_PARTY.md of the source.
"""

import re
import shutil
import sys
from collections.abc import Iterable
from importlib.metadata import Distribution, distribution
from pathlib import Path

import shipped

ROOT = Path(__file__).resolve().parents[1]
Row = tuple[str, str, str, str]
"""Name, version, licence, and where it comes from."""
_TEXT = re.compile(r"(LICEN[CS]E|COPYING|NOTICE)", re.IGNORECASE)
_FIRST = re.compile(r"^\*\*Qt under the LGPL", re.MULTILINE)
_MOVED = {"packaging/fonts/": "licences/fonts/", "resources/fonts/licences": "licences/fonts"}
_LAST = re.compile(r"^Tools for development", re.MULTILINE)


def write(libraries: Path, target: Path, platform: str, others: Iterable[Row]) -> None:
    """Write THIRD_PARTY.md and licences/ into the folder `target`.

    Args:
        libraries: the folder of the bundle in which Python packages lie.
        target: where the documents go; made if need be.
        platform: `sys.platform` of the bundle.
        others: what else it ships, not from Python packages.
    """
    found = [distribution(name) for name in sorted(shipped.closure(platform))]
    found = [each for each in found if any((libraries / top).exists() for top in tops(each))]
    rows = [*others, *map(row, found)]
    rows.append(
        ("ICU, HarfBuzz, FreeType, PCRE2 and others in Qt", "", "permissive", "with PySide6")
    )
    told = (ROOT / "THIRD_PARTY.md").read_text("utf-8")
    said = told[_FIRST.search(told).start() : _LAST.search(told).start()].strip()
    for place, here in _MOVED.items():
        said = said.replace(place, here)
    lines = ["# Third-party software and fonts in this package", ""]
    lines += ["nianbao itself is under the MIT licence. It ships, unchanged:", ""]
    lines += ["| what | version | licence | from |", "| --- | --- | --- | --- |"]
    lines += ["| " + " | ".join(each) + " |" for each in rows]
    lines += ["", "The texts of the licences are in the folder `licences`.", "", said, ""]
    folder = target / "licences"
    folder.mkdir(parents=True, exist_ok=True)
    (target / "THIRD_PARTY.md").write_text("\n".join(lines), "utf-8")
    for each in found:
        copy_texts(each, folder / each.name)
    shutil.copytree(ROOT / "packaging" / "licences", folder / "PySide6_Qt", dirs_exist_ok=True)
    shutil.copytree(ROOT / "resources" / "fonts" / "licences", folder / "fonts", dirs_exist_ok=True)
    shutil.copy(ROOT / "packaging" / "fonts" / "NOTICE.md", folder / "fonts" / "NOTICE.md")
    python = Path(sys.base_prefix) / "lib" / "python{}.{}".format(*sys.version_info) / "LICENSE.txt"
    if python.exists():
        shutil.copy(python, folder / "Python.txt")


def tops(package: Distribution) -> set[str]:
    """Return the top names under which a package puts its modules."""
    names = {path.parts[0] for path in package.files or () if path.suffix in (".py", ".so", ".pyd")}
    return {name for top in names for name in (top, top.replace(".py", ".pyc")) if top != ".."}


def row(package: Distribution) -> Row:
    """Return what the table says about a package."""
    about = package.metadata
    licence = about.get("License-Expression") or about.get("License") or ""
    if not licence or len(licence) > 60:
        named = [c.split(" :: ")[-1] for c in about.get_all("Classifier") or () if "License" in c]
        licence = " or ".join(named) or licence[:60]
    return (package.name, package.version, licence, "PyPI")


def copy_texts(package: Distribution, target: Path) -> None:
    """Copy the texts of licences that a package brings."""
    for path in package.files or ():
        if ".dist-info" in path.parts[0] and any(_TEXT.search(part) for part in path.parts[1:]):
            parts = path.parts[2:] if path.parts[1] == "licenses" else path.parts[1:]
            place = target.joinpath(*parts)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(package.locate_file(path), place)
