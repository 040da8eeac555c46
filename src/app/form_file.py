"""Load form files: TOML into a checked `Form`, by id or by year.

The notation is explained in CONTRIBUTING.md. Forms are looked for in the program's resources and in
the folder `forms` of the user's data, so that a new year's form can be handed over as one file.
"""

import os
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app import resources, user_files
from app.errors import AppError
from app.form import Form
from app.form_builder import Builder, NoForm

__all__ = ["BadForm", "NoForm", "catalogue", "first_year", "for_year", "infer_profile", "load"]


class BadForm(AppError):
    """A form file does not hold together."""


@dataclass(frozen=True)
class _Entry:
    id: str
    first_year: int
    path: Path


def user_folder() -> Path:
    """Where a user may put further form files."""
    return user_files.data() / "forms"


def _folders() -> tuple[Path, ...]:
    own = os.environ.get("NIANBAO_FORMS")
    return (resources.root() / "forms", Path(own) if own else user_folder())


@cache
def _read(path: Path, stamp: int) -> dict[str, Any]:
    del stamp  # a changed file is read again
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadForm(f"表样文件“{path.name}”无法读取，请重新获取该文件。") from error


def _data(path: Path) -> dict[str, Any]:
    return _read(path, path.stat().st_mtime_ns)


def catalogue() -> tuple[_Entry, ...]:
    """Return every form there is, the earliest first; a user's file replaces a shipped one."""
    found: dict[str, _Entry] = {}
    for folder in _folders():
        for path in sorted(folder.glob("*.toml")):
            data = _data(path)
            try:
                entry = _Entry(str(data["id"]), int(data["first_year"]), path)
            except (KeyError, ValueError) as error:
                raise BadForm(f"表样文件“{path.name}”缺少 id 或 first_year。") from error
            found[entry.id] = entry
    return tuple(sorted(found.values(), key=lambda e: e.first_year))


def first_year() -> int:
    """Return the earliest year for which there is a form."""
    return catalogue()[0].first_year


def for_year(year: int, profile: str | None = None) -> Form:
    """Return the form that is in force for the report of a year.

    Raises:
        NoForm: the year is earlier than every form.
    """
    fitting = [entry for entry in catalogue() if entry.first_year <= year]
    if not fitting:
        raise NoForm(f"{year}年的报告使用的是{first_year()}年以前的旧格式，本程序不能处理。")
    return load(fitting[-1].id, profile, year)


def load(form_id: str, profile: str | None = None, year: int | None = None) -> Form:
    """Return a form by its id; `year` fills the years that its hints name.

    Raises:
        NoForm: there is no such form or profile.
        BadForm: the file does not hold together.
    """
    entry = next((e for e in catalogue() if e.id == form_id), None)
    if entry is None:
        raise NoForm(f"没有“{form_id}”格式的表样，请先把该格式的表样文件放入表样文件夹。")
    return _build(entry.path, entry.path.stat().st_mtime_ns, profile, year or entry.first_year)


def infer_profile(form_id: str, cells: Iterable[str]) -> str | None:
    """Tell the profile from the cells that are present: the one that knows most of them."""
    present = set(cells)
    plain = load(form_id)
    best, most = None, len(present & plain.cells.keys())
    for profile in plain.profiles:
        known = len(present & load(form_id, profile).cells.keys())
        if known > most:
            best, most = profile, known
    return best


@cache
def _build(path: Path, stamp: int, profile: str | None, year: int) -> Form:
    del stamp
    data = _data(path)
    try:
        return Builder(data, profile, year).form(path.parent)
    except (KeyError, TypeError, ValueError, IndexError, OSError) as error:
        raise BadForm(f"表样文件“{path.name}”有误：{error}") from error
