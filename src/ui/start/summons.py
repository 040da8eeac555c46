"""How a second start asks the first window to come forward: one line over a local socket."""

import hashlib
import json
import time
from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_STARTING_MS = 10_000
"""How long a window may take from taking the database to listening."""
_PATIENCE_MS = 2000
_PAUSE_S = 0.05


def send(database: str, files: list[str]) -> bool:
    """Ask the window that has a database to open files; says whether it answered.

    A window that is just starting listens a moment after it has taken the database.
    """
    socket, name = QLocalSocket(), _name(database)
    end = time.monotonic() + _STARTING_MS / 1000
    socket.connectToServer(name)
    while not socket.waitForConnected(_PATIENCE_MS):
        if time.monotonic() > end:
            return False
        time.sleep(_PAUSE_S)
        socket.connectToServer(name)
    socket.write(json.dumps(files).encode() + b"\n")
    answered = socket.waitForBytesWritten(_PATIENCE_MS) and socket.waitForReadyRead(_PATIENCE_MS)
    socket.disconnectFromServer()
    return answered


class Listener(QObject):
    """Listens for a database, for this user only; calls `raised` with the files of each request."""

    def __init__(self, database: str, raised: Callable[[list[str]], object]) -> None:
        super().__init__()
        self._raised, name = raised, _name(database)
        QLocalServer.removeServer(name)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        self._server.listen(name)

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _answer(self) -> None:
        socket = self._server.nextPendingConnection()
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
        self._raised([str(f) for f in files] if isinstance(files, list) else [])


def _name(database: str) -> str:
    """The name under which the window of a database listens; paths may be too long for one."""
    return "nianbao-" + hashlib.sha256(database.encode()).hexdigest()[:24]
