"""What to do with a damaged database: the newest good backup, and all that can be saved besides.

Nothing here touches the damaged file. `examine` makes, in a folder of its own, the database that
could take its place and says what it holds; `backup.restore` puts it there and sets the damaged one
aside.
"""

import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from app import backup
from app.clock import Clock
from app.store import place, salvage, soundness, transfer
from app.store.failure import DiskFull, Foreign, NotCopied, NotRestored, StoreError
from app.store.snapshot import Snapshot
from app.store.store import Store
from app.store.transfer import Newer, Transfer

WHO, LABEL = "年报程序", "从损坏的数据库取回"


@dataclass(frozen=True, slots=True)
class Rescue:
    """A sound database that could take the place of a damaged one.

    Attributes:
        result: where it lies, until `close`.
        base: the backup it began with, if there was a good one.
        transfer: which reports the damaged database knew more of, and what became of them.
        lost: pages of the damaged database of which something could not be read.
    """

    result: Path
    base: Snapshot | None
    transfer: Transfer
    lost: int
    _folder: tempfile.TemporaryDirectory[str] = field(repr=False)

    def close(self) -> None:
        """Delete what was made to look at."""
        self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def lines(self) -> list[str]:
        """Return, for people, what will be there afterwards and what will not."""
        lines = [
            f"最近的完好备份：{backup.describe(self.base)}。" if self.base else "没有完好的备份。"
        ]
        lines += [_told(newer) for newer in self.transfer.newer]
        if self.transfer.facts:
            lines.append(f"备份之后的流转、签字、批注、打印记录取回了{self.transfer.facts}条。")
        if self.base and not self.transfer.newer and not self.transfer.facts:
            lines.append("在损坏的数据库中没有读到比备份更新的内容。")
        if self.transfer.nameless:
            lines.append(f"另有{self.transfer.nameless}份报告只剩修改记录，无法取回。")
        if self.lost:
            lines.append(
                f"损坏的数据库有{self.lost}处无法读出；备份之后所作、上面没有列出的修改可能已经丢失。"
            )
        return lines


def examine(damaged: Path, database: Path, now: Clock) -> Rescue:
    """Make what could take the place of `database`, of its backups and of a damaged file.

    Both are usually the same file. Takes seconds; nothing that exists is changed. Close the result.

    Raises:
        Foreign: the file holds nothing of ours, and there is no backup of it.
        NotRestored: there is no room to work in.
    """
    try:
        folder = tempfile.TemporaryDirectory(prefix=".nianbao-rescue-", dir=database.parent)
    except OSError as error:
        raise _no_room(database.parent) from error
    with ExitStack() as undo:
        undo.callback(folder.cleanup)
        try:
            work = Path(folder.name)
            source, lost = _salvage(damaged, work, now)
            base = _newest_good(backup.found(database, backup.second_place(source)))
            is_replaced = base is not None and damaged == database
            if not is_replaced and not salvage.holds_reports(source):
                raise Foreign(
                    f"“{damaged}”不是年报的数据库，里面没有读到报告，也没有备份。"
                    "请另选文件，或检查文件是否拿错。"
                )
            result = work / "result.db"
            taken = _combine(base, source, lost, result, now)
        except (OSError, DiskFull, NotCopied) as error:
            raise _no_room(database.parent) from error
        undo.pop_all()
    return Rescue(result, base, taken, lost, folder)


def _combine(base: Snapshot | None, source: Path, lost: int, result: Path, now: Clock) -> Transfer:
    """Make a database at `result` of a backup and all that another one knows more of."""
    if base:
        shutil.copyfile(base.path, result)
    with Store.open(result, now) as store:  # brings the tables of an old backup up to date
        taken = transfer.take_over(source, result, lost)
        for newer in taken.newer:
            if newer.items:
                store.create(newer.form, newer.profile, newer.year, newer.items, LABEL, WHO)
    return taken


def _no_room(folder: Path) -> NotRestored:
    return NotRestored(
        f"没有地方可以试着修复：“{folder}”不能写入或所在磁盘已满。请腾出空间后再试。"
    )


def _newest_good(backups: list[Snapshot]) -> Snapshot | None:
    """Return the newest backup that is sound with its history, else the newest that is sound."""
    for thorough in (True, False):
        for each in backups:
            try:
                soundness.require(each.path, thorough=thorough)
            except StoreError:
                continue
            return each
    return None


def _salvage(damaged: Path, work: Path, now: Clock) -> tuple[Path, int]:
    """Gather what is legible, with the log beside the file and without; return the better one.

    The log may hold the last steps, or be that of another database.
    """
    read = [damaged.read_bytes()]
    log = damaged.with_name(damaged.name + place.LOG)
    if log.is_file() and not soundness.is_log_foreign(damaged):
        copy = work / "with-log.db"
        shutil.copyfile(damaged, copy)
        shutil.copyfile(log, copy.with_name(copy.name + place.LOG))
        salvage.apply_log(copy)
        read.append(copy.read_bytes())
    found = []
    for number, content in enumerate(read):
        target = work / f"gathered-{number}.db"
        lost = salvage.gather(content, target, now)
        found.append((salvage.worth(target, lost), target, lost))
    _, target, lost = max(found)
    return target, lost


def _told(newer: Newer) -> str:
    """Return the sentence about a report of which the damaged database knew more."""
    name = f"“{newer.org or '（未填单位）'}”{newer.year}年"
    since = f"备份停在第{newer.kept}步" if newer.kept is not None else "备份中没有"
    if newer.items is None:
        return f"{name}：{since}，到第{newer.revision}步的内容已完整取回。"
    if newer.items:
        return (
            f"{name}：{since}，损坏前到第{newer.revision}步，只取回了一部分；"
            "另存为一份新草稿，请与原件核对。"
        )
    return f"{name}：{since}，到第{newer.revision}步的内容无法取回。"
