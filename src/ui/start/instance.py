"""One window for one database: a second start raises the first window.

A lock file says who is first. They talk over a local socket of the user's own (no network), named
after the database.
"""

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile

if TYPE_CHECKING:
    from ui.start.summons import Listener


class Instance:
    """The program's hold on a database."""

    def __init__(self, database: Path) -> None:
        self._path = str(database.resolve())
        with contextlib.suppress(OSError):  # the store says in words what is wrong there
            database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock = QLockFile(self._path + ".window")
        self._lock.setStaleLockTime(0)
        self._listener: Listener | None = None

    def claim(self) -> bool:
        """Take the database for this window; False where another window has it."""
        held = QLockFile.LockError.LockFailedError
        is_claimed = self._lock.tryLock(0) or self._lock.error() != held
        if is_claimed:
            with contextlib.suppress(OSError):  # the store says in words what is wrong there
                Path(self._lock.fileName()).chmod(0o600)
        return is_claimed

    def listen(self, raised: Callable[[list[str]], object]) -> None:
        """Call `raised` with the files it was given whenever another start wants the window."""
        from ui.start.summons import Listener  # noqa: PLC0415  (after the first paint)

        self._listener = Listener(self._path, raised)

    def raise_other(self, files: list[str]) -> bool:
        """Ask the window that has the database to come forward; says whether it answered."""
        from ui.start import summons  # noqa: PLC0415  (a first start needs none)

        return summons.send(self._path, files)

    def release(self) -> None:
        """Let the database go."""
        if self._listener is not None:
            self._listener.close()
        self._lock.unlock()
