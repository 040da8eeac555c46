"""Backups: made when the window closes and before anything large, thinned, and restored.

They lie in a folder beside the database and, if one is set, in a second place such as a USB drive.
A backup that could not be verified is never kept, so it never displaces a good one.
"""

import filecmp
import getpass
import os
import platform
import re
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import chain, count
from pathlib import Path

from app.clock import Clock
from app.store import glance, place, snapshot, soundness
from app.store.failure import Busy, NotCopied, NotRestored, StoreError
from app.store.snapshot import Snapshot

SECOND_PLACE = "backup_place"
"""The setting that names the second place; empty without."""
_LATEST = 10
_KEPT: tuple[tuple[int, Callable[[date], object]], ...] = (
    (14, lambda day: day),
    (8, lambda day: day.isocalendar()[:2]),
    (36, lambda day: (day.year, day.month)),
)
"""The last one of each of so many days, weeks and months is kept."""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup, and a sentence where it could not be carried to the second place."""

    snapshot: Snapshot
    trouble: str = ""


def make(database: Path, second: Path | None, now: Clock, *, thorough: bool = False) -> Made | None:
    """Back a database up, in both places; None where there is no report to lose.

    `thorough` also follows the history of every report, as the daily check does. Other programs may
    have the database open. Nothing is written where nothing changed since the last backup.

    Raises:
        Damaged: the database is not sound; all backups are kept as they are.
        NotCopied: nothing could be written beside the database.
    """
    folder = snapshot.folder_beside(database)
    taken = snapshot.take(database, folder, now, thorough=thorough)
    if taken is None:
        return None
    _thin(folder)
    return Made(taken, _carry(taken, database, second) if second else "")


def second_place(database: Path) -> Path | None:
    """Return the second place that is set in a database; None without, or if it cannot be read."""
    try:
        look = glance.Glance.open(database)
        if look is None:
            return None
        named = look.setting(SECOND_PLACE)
        look.close()
    except StoreError:
        return None
    return Path(named) if named else None


def is_due(database: Path, now: Clock) -> bool:
    """Say whether there is no backup of today yet."""
    kept = snapshot.found(snapshot.folder_beside(database))
    return not kept or kept[0].at.date() != now().astimezone().date()


def found(database: Path, second: Path | None = None) -> list[Snapshot]:
    """Return the backups of a database in both places, each once, the newest first."""
    far = snapshot.found(folder_in(second, database)) if second else []
    near = snapshot.found(snapshot.folder_beside(database))
    return sorted({each.path.name: each for each in (*far, *near)}.values(), reverse=True)


def describe(backup: Snapshot) -> str:
    """Return a line about a backup: its number, its moment and what it holds."""
    when = f"第{backup.number}份　{backup.at:%Y-%m-%d %H:%M}"
    try:
        look = glance.Glance.open(backup.path)
        if look is None:
            return f"{when}　旧版程序所作"
        reports = look.reports()
        look.close()
    except StoreError:
        return f"{when}　已损坏或不能读取"
    latest = max((report.changed_at for report in reports), default=None)
    changed = f"，最后修改 {latest:%Y-%m-%d %H:%M}" if latest else ""
    return f"{when}　{len(reports)}份报告{changed}"


def surplus(backups: Iterable[Snapshot]) -> list[Snapshot]:
    """Return the backups that need not be kept, by their names alone.

    Days, weeks and months are counted by those that have a backup, not by today's date: a clock
    that has lost the year must not make everything old.
    """
    newest_first = sorted(backups, reverse=True)
    kept = set(newest_first[:_LATEST])
    for most, period in _KEPT:
        last_of: dict[object, Snapshot] = {}
        for backup in newest_first:
            last_of.setdefault(period(backup.at.date()), backup)
        kept.update(sorted(last_of.values(), reverse=True)[:most])
    return [backup for backup in newest_first if backup not in kept]


def restore(backup: Path, database: Path, now: Clock) -> Path | None:
    """Put a backup in the place of a database, which must not be open anywhere.

    Returns where the database that was there was set aside; None if there was none.

    Raises:
        Busy: the database is open in another program.
        Damaged, Foreign, TooNew: the backup is not a sound database of this program.
        NotRestored: there is no room, or the folder cannot be written; nothing has changed.
    """
    if place.is_in_use(database):
        raise Busy(
            f"数据库“{database}”正在使用（年报窗口开着），没有恢复。请先关闭年报窗口再恢复。"
        )
    if look := glance.Glance.open(backup):
        look.close()
    place.prepare(database)
    with suppress(StoreError):  # damaged, or no room for a copy more: it is set aside all the same
        snapshot.take(database, snapshot.folder_beside(database), now)
    waiting = place.waiting_beside(database)
    part = waiting.with_name(waiting.name + ".part")
    try:
        snapshot.write(backup, part)
        soundness.require(part)
        aside = _set_aside(database, now)
        part.replace(waiting)
        place.put_in_place(database)
    except (OSError, NotCopied) as error:
        waiting.unlink(missing_ok=True)
        raise NotRestored(
            f"没有恢复：“{database.parent}”不能写入或所在磁盘已满。"
            "原来的数据库没有变动，请腾出空间或检查权限后再试。"
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return aside


def folder_in(second: Path, database: Path) -> Path:
    """Return the folder for a database in a second place, which several computers may share."""
    try:
        user = getpass.getuser()
    except OSError:
        user = ""
    name = f"{database.stem}-{platform.node()}-{user}"
    return second / re.sub(r"\W+", "-", name).strip("-")


def _thin(folder: Path) -> None:
    for backup in surplus(snapshot.found(folder)):
        backup.path.unlink(missing_ok=True)


def _carry(taken: Snapshot, database: Path, second: Path) -> str:
    """Copy a verified backup to the second place; returns what kept that from being done."""
    if not second.is_dir():
        return (
            f"备份位置“{second}”现在找不到（U盘没有插好或网络断开），这次只备份在本机；"
            "接好后会自动补上。"
        )
    folder = folder_in(second, database)
    target = folder / taken.path.name
    part = target.with_name(f".{target.name}.part")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if not target.exists():
            _copy(taken.path, part)
            part.replace(target)
            place.sync_folder(folder)
        _thin(folder)
    except OSError:
        part.unlink(missing_ok=True)
        return f"备份位置“{second}”写不进去（已满、写保护或已拔出），这次只备份在本机。请检查。"
    return ""


def _copy(source: Path, target: Path) -> None:
    """Copy a file onto the disk, readable by the user only, and read it back."""
    target.touch(mode=0o600)
    with source.open("rb") as read, target.open("wb") as written:
        shutil.copyfileobj(read, written)
        written.flush()
        os.fsync(written.fileno())
    if not filecmp.cmp(source, target, shallow=False):
        raise OSError("what was written is not what is read")


def _set_aside(database: Path, now: Clock) -> Path | None:
    """Copy a database with its log to a name of its own; the database itself stays as it is."""
    if database.stat().st_size == 0:
        return None
    stem = f"{database.stem}-set-aside-{now().astimezone():%Y%m%d-%H%M%S}"
    names = (
        f"{stem}{again}{database.suffix}" for again in chain([""], map("-{}".format, count(2)))
    )
    aside = next(path for path in map(database.with_name, names) if not path.exists())
    for suffix in ("", place.LOG):
        source = database.with_name(database.name + suffix)
        if source.exists() and source.stat().st_size:
            _copy(source, aside.with_name(aside.name + suffix))
    place.sync_folder(database.parent)
    return aside
