"""Files written whole or not at all."""

import contextlib
import os
import secrets
import shutil
from pathlib import Path

from app.errors import AppError


class NotSaved(AppError):
    """A file could not be written; what was there before is unharmed."""


def save(path: Path, content: bytes) -> None:
    """Write a file so that after a power cut there is the old one or the new one, never a piece.

    Raises:
        NotSaved: the folder cannot be written to, the disk is full or the file is open elsewhere.
    """
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        try:
            _write(new, content)
            with contextlib.suppress(FileNotFoundError):
                shutil.copymode(path, new)
            new.replace(path)
        except BaseException:
            new.unlink(missing_ok=True)
            raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise NotSaved(
            f"“{path.name}”没有保存（{reason}），原有文件未受影响；请检查磁盘空间和文件夹权限，"
            "或换一个位置保存。"
        ) from error


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
