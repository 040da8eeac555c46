"""The border to Qt: slow work on a thread, failures in words, bugs to the log.

The only place where a callback of the core becomes a signal. Slow work gets copies or paths and
returns a value; the value is delivered on the main thread.
"""

import sys
import threading
import time
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import Generic, TypeVar

from PySide6 import QtWidgets  # dialogs by way of it: each is made when it is first named
from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from PySide6.QtWidgets import QWidget

from app.errors import AppError

T = TypeVar("T")


class _Signals(QObject):
    done = Signal(object)
    failed = Signal(object)


class Task(QRunnable, Generic[T]):
    """A piece of slow work and where its result goes; `cancel` drops a result no one wants."""

    def __init__(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[str], None]
    ) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self._work, self._done, self._failed = work, done, failed
        self._cancelled = False
        self._signals = _Signals()
        self._signals.done.connect(self._deliver)
        self._signals.failed.connect(self._deliver_failure)

    def run(self) -> None:
        """Do the work; called by the thread pool."""
        try:
            result = self._work()
        except BaseException as error:  # a bug is told on the main thread, too
            self._signals.failed.emit(error)
        else:
            self._signals.done.emit(result)

    def cancel(self) -> None:
        """Let the work end unheard."""
        self._cancelled = True

    def _deliver(self, result: T) -> None:
        _running.discard(self)
        if not self._cancelled:
            self._done(result)

    def _deliver_failure(self, error: BaseException) -> None:
        _running.discard(self)
        if self._cancelled:
            return
        if isinstance(error, AppError):
            self._failed(str(error))
        else:
            report_bug(type(error), error, error.__traceback__)
            self._failed("这一步没有做成：程序内部出错，已记入日志；已填写的内容都在。")


_running: set[Task] = set()  # type: ignore[type-arg]


def in_background(
    work: Callable[[], T], done: Callable[[T], None], failed: Callable[[str], None]
) -> Task[T]:
    """Run work on a thread; `done` or `failed` (with a sentence) is called on the main thread."""
    task = Task(work, done, failed)
    _running.add(task)
    QThreadPool.globalInstance().start(task)
    return task


def wait_for_tasks(timeout_s: float = 10.0) -> bool:
    """Wait until no task runs; says whether that came true in time."""
    return QThreadPool.globalInstance().waitForDone(int(timeout_s * 1000))


# ── bugs of our own ─────────────────────────────────────────────────────────────────────────

_told = threading.Event()
_last_told: dict[tuple[object, ...], float] = {}
_QUIET_S = 60.0


def catch_bugs() -> None:
    """Send exceptions that nobody expected to the log, and tell the user once in a sentence."""
    sys.excepthook = report_bug


def report_bug(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Log an unexpected exception and say where; the same one soon again is only logged.

    A paint that breaks would otherwise raise a box a repaint.
    """
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    logged = _log(error)
    if _told.is_set() or not _is_news(kind, trace):
        return
    _told.set()
    try:
        QtWidgets.QMessageBox.warning(
            None,
            "年报",
            "程序内部出错，刚才的操作可能没有完成；已填写的内容都已保存。\n"
            f"{logged}如再次出现，请把日志交给维护人员。",
        )
    finally:
        _told.clear()


def _log(error: BaseException) -> str:
    """Write a bug down; returns a line that says where."""
    from app import journal  # noqa: PLC0415  (8 ms that only a bug needs)

    try:
        return f"日志在：{journal.bug(error)}\n"
    except OSError:
        return "日志无法写入，请记下出错时的操作。\n"


def _is_news(kind: type[BaseException], trace: TracebackType | None) -> bool:
    """Say whether nothing was told of such an exception from the same place for a while."""
    frames = list(traceback.walk_tb(trace))
    place = (kind, *((frame.f_code, line) for frame, line in frames[-1:]))
    last, _last_told[place] = _last_told.get(place), time.monotonic()
    return last is None or _last_told[place] - last > _QUIET_S


def attempt(parent: QWidget, action: Callable[[], object]) -> bool:
    """Do what a menu asked for; a failure is told in its sentence. Says whether it was done."""
    try:
        action()
    except AppError as error:
        QtWidgets.QMessageBox.warning(parent, "年报", str(error))
        return False
    return True
