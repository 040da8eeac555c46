"""Verified copies of a database under dated names, in a folder of their own.

The name holds a number that only grows and the moment: `nianbao-0042-20250106-090000.db`. The
number orders the copies even where the clock of an old machine has lost the year, the date tells
people which one it is. A copy gets its name only after it was found sound, whole and on the disk.
"""

import filecmp
import os
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.clock import Clock
from app.store import place, soundness
from app.store.failure import Damaged, Foreign, NotCopied, telling

_NAME = re.compile(r"nianbao-(\d{4,})-(\d{8}-\d{6})\.db")
_MOMENT = "%Y%m%d-%H%M%S"
_PART = ".part"


@dataclass(frozen=True, slots=True, order=True)
class Snapshot:
    """A copy of the database: its number, the moment in local time, and the file."""

    number: int
    at: datetime
    path: Path


def folder_beside(database: Path) -> Path:
    """Return the folder for the copies of a database on its own disk."""
    return database.with_name(f"{database.stem}-backup")


def parse(path: Path) -> Snapshot | None:
    """Return what the name of a file tells; None if it is not that of a copy."""
    named = _NAME.fullmatch(path.name)
    if named is None:
        return None
    try:
        return Snapshot(int(named[1]), datetime.strptime(named[2], _MOMENT), path)
    except ValueError:
        return None  # no such day: not a name of ours


def found(folder: Path) -> list[Snapshot]:
    """Return the copies in a folder, the newest first; none where the folder is not there."""
    try:
        paths = list(folder.iterdir())
    except OSError:
        return []
    return sorted(filter(None, map(parse, paths)), reverse=True)


def take(database: Path, folder: Path, now: Clock, *, thorough: bool = False) -> Snapshot | None:
    """Copy a database into a folder; where nothing changed, return the newest copy there is.

    Returns None for a database without a report: there is nothing to lose.

    Raises:
        Damaged: the database is not sound (its history, too, if `thorough`); no copy was kept.
        NotCopied: the folder cannot be written, or has no room.
    """
    kept = found(folder)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for rest in folder.glob(f".nianbao-*{_PART}"):
            rest.unlink()  # a copy that a power cut or a full disk ended
        part = folder / f".nianbao-{os.getpid()}{_PART}"
        try:
            count = write(database, part)
            if count == 0:
                return None
            if kept and filecmp.cmp(part, kept[0].path, shallow=False):
                return kept[0]
            _verify(part, count, database, thorough=thorough)
            return _named(part, folder, kept[0].number + 1 if kept else 1, now)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise _not_copied(folder) from error


def write(source: Path, target: Path) -> int:
    """Copy a database, as it is, into a new private file; returns the number of reports in it.

    Other programs may go on writing to the source. Whether the copy is sound is not looked at.

    Raises:
        StoreError: the source cannot be read.
        NotCopied: the target cannot be written.
        OSError: the target cannot be made.
    """
    target.unlink(missing_ok=True)
    os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    with telling(source), closing(soundness.opened(source)) as db:
        db.execute("BEGIN")
        count = soundness.count(db)
        try:
            with closing(sqlite3.connect(target)) as copy:
                db.backup(copy)
                # one file that can be read from a write-protected disk
                copy.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.Error as error:
            raise _not_copied(target.parent) from error
    return count


def _verify(part: Path, count: int, database: Path, *, thorough: bool) -> None:
    """Look whether a copy is sound; what is wrong with it is wrong with the database."""
    try:
        held = soundness.require(part, thorough=thorough)
    except (Damaged, Foreign) as error:
        found = getattr(error, "__notes__", [str(error.__cause__ or error)])
        raise soundness.damaged(database, found) from error
    if held != count:
        raise NotCopied("备份与数据库不一致，没有保留；数据库本身没有变动。请再试一次。")


def _named(part: Path, folder: Path, number: int, now: Clock) -> Snapshot:
    moment = now().astimezone().strftime(_MOMENT)
    target = folder / f"nianbao-{number:04}-{moment}.db"
    part.replace(target)
    place.sync_folder(folder)
    return Snapshot(number, datetime.strptime(moment, _MOMENT), target)


def _not_copied(folder: Path) -> NotCopied:
    return NotCopied(
        f"备份没有做成：“{folder}”不能写入或所在磁盘已满。报告都在数据库中，没有受影响；"
        "请腾出空间或检查权限。"
    )
