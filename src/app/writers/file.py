"""Files written whole or not at all."""

import contextlib
import errno
import os
import secrets
import shutil
from pathlib import Path

from app.errors import AppError

_REASONS = {
    errno.ENOSPC: "磁盘已满，请腾出空间后再试",
    errno.EDQUOT: "磁盘配额已用完，请腾出空间后再试",
    errno.EROFS: "所在磁盘是只读的，请换一个位置保存",
    errno.ENOENT: "文件夹不存在，请换一个位置保存",
    errno.ENOTDIR: "文件夹不存在，请换一个位置保存",
    errno.EISDIR: "已有同名的文件夹，请换一个文件名",
    errno.ENAMETOOLONG: "文件名过长，请换一个短些的文件名",
}
_REFUSED = "没有写入权限，或者文件正在别的程序中打开；请关闭该文件，或换一个位置保存"
_REASONS |= {errno.EACCES: _REFUSED, errno.EPERM: _REFUSED}


class NotSaved(AppError):
    """A file could not be written; what was there before is unharmed."""


def save(path: Path, content: bytes) -> None:
    """Write a file so that after a power cut there is the old one or the new one, never a piece.

    Raises:
        NotSaved: the folder cannot be written to, the disk is full or the file is open elsewhere.
    """
    try:
        _replace(path.resolve(), content)  # through a link, not in its place
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, "写入时出错，请检查磁盘，或换一个位置保存")
        raise NotSaved(f"“{path.name}”没有保存，原有文件未受影响：{reason}。") from error


def _replace(path: Path, content: bytes) -> None:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "")
    new = path.with_name(f".nianbao-{secrets.token_hex(4)}")
    try:
        with new.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileNotFoundError):
            shutil.copymode(path, new)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
