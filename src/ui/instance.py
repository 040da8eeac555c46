"""One window for one database: a second start raises the first window.

Talks over a local socket of the user's own (no network), named after the database.
"""

import contextlib
import hashlib
import json
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_MS = 2000


class Instance(QObject):
    """The program's hold on a database.

    Signals:
        raise_requested(list): another start wants the window, with the files it was given.
    """

    raise_requested = Signal(list)

    def __init__(self, database: Path) -> None:
        super().__init__()
        path = str(database.resolve())
        self._name = "nianbao-" + hashlib.sha256(path.encode()).hexdigest()[:24]
        with contextlib.suppress(OSError):  # the store says in words what is wrong there
            database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock = QLockFile(path + ".window")
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None

    def claim(self) -> bool:
        """Take the database for this window; False where another window has it."""
        held = QLockFile.LockError.LockFailedError
        if not self._lock.tryLock(0) and self._lock.error() == held:
            return False
        QLocalServer.removeServer(self._name)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        self._server.listen(self._name)
        return True

    def raise_other(self, files: list[str]) -> bool:
        """Ask the window that has the database to come forward; says whether it answered."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_PATIENCE_MS):
            return False
        socket.write(json.dumps(files).encode() + b"\n")
        answered = socket.waitForBytesWritten(_PATIENCE_MS) and socket.waitForReadyRead(
            _PATIENCE_MS
        )
        socket.disconnectFromServer()
        return answered

    def release(self) -> None:
        """Let the database go."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _answer(self) -> None:
        socket = self._server.nextPendingConnection() if self._server else None
        if socket is None:
            return
        socket.readyRead.connect(lambda: self._read(socket))
        socket.disconnected.connect(socket.deleteLater)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            return
        try:
            files = json.loads(socket.readLine().toStdString())
        except ValueError:
            files = []
        socket.write(b"ok\n")
        self.raise_requested.emit([str(f) for f in files] if isinstance(files, list) else [])
