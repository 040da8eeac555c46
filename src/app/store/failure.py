"""What can go wrong with the store: each failure is one sentence, and leaves the file as it was."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from app.errors import AppError


class StoreError(AppError):
    """Something about the database kept an operation from being done."""


class Misplaced(StoreError):
    """The database cannot lie where it was asked for."""


class Foreign(StoreError):
    """The file is something else than a database of this program."""


class TooNew(StoreError):
    """The database was made by a newer version of this program."""


class Damaged(StoreError):
    """The database cannot be read: it must be set aside and restored from a backup."""


class Busy(StoreError):
    """Another program has held the database for longer than people wait."""


class Unwritable(StoreError):
    """The database or its folder is read-only, or the disk refuses."""


class DiskFull(StoreError):
    """There is no room left for what was to be written."""


class Unstorable(StoreError):
    """A text holds half a character, as a broken paste can."""


class NotCopied(StoreError):
    """No copy could be made; the database itself is as it was."""


class NotRestored(StoreError):
    """A backup could not take the place of the database, which is as it was."""


class Conflict(StoreError):
    """The report was changed elsewhere since it was read; nothing was written."""


class Locked(StoreError):
    """The report stands in a state in which its content may not change."""


class Missing(StoreError):
    """The report, or the revision of it, is not there (any more)."""


def told(error: sqlite3.Error | UnicodeDecodeError, path: Path) -> StoreError | None:
    """Return the failure that an error of SQLite stands for; None where it is our own mistake."""
    code = getattr(error, "sqlite_errorcode", None)
    # bytes that are no text, in a row or in what SQLite says about the tables
    if isinstance(error, UnicodeDecodeError) or (code is None and str(error).startswith(_NO_TEXT)):
        code = sqlite3.SQLITE_CORRUPT
    found = _SENTENCES.get(code & 0xFF) if code is not None else None
    if found is None:
        return None
    kind, sentence = found
    return kind(f"数据库“{path}”{sentence}")


@contextlib.contextmanager
def telling(path: Path) -> Iterator[None]:
    """Raise what SQLite refuses within as a StoreError about `path`."""
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:
        failure = told(error, path)
        if failure is None:
            raise
        raise failure from error


_NO_TEXT = "Could not decode to UTF-8"
"""How Python's driver, not SQLite, says that the bytes of a text are none."""
_BUSY = (
    Busy,
    "正被另一个程序占用，本次操作没有完成，数据没有变动。请稍候再试，或关闭占用它的程序。",
)
_READ_ONLY = (
    Unwritable,
    "不能写入（只读或没有权限），本次操作没有完成，数据没有变动。请检查该文件及其文件夹的权限。",
)
_DAMAGED = (Damaged, "已损坏，程序没有改动它。请从备份恢复，或请技术人员检查该文件。")
_SENTENCES: dict[int, tuple[type[StoreError], str]] = {
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_IOERR: (
        Unwritable,
        "读写时磁盘出错，本次操作没有完成。请检查磁盘后重新打开程序，已保存的内容不受影响。",
    ),
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_FULL: (
        DiskFull,
        "所在磁盘已满，本次修改没有保存。请腾出空间后再试，此前保存的内容都在。",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        Unwritable,
        "无法打开。请检查该文件和文件夹是否存在、是否有读写权限。",
    ),
    sqlite3.SQLITE_NOTADB: (
        Foreign,
        "不是本程序的数据库或已损坏，程序没有改动它。请另选文件，或从备份恢复。",
    ),
}
