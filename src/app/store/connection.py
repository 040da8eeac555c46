"""How SQLite is opened: durable, strict about references, and every failure told in words."""

import sqlite3
from functools import partial
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event

from app.store.failure import StoreError, Unstorable, Unwritable, told

# People lose power: FULL makes every commit reach the disk. A file from elsewhere must not run
# functions of its own choosing: trusted_schema.
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF")


def connect(path: Path, patience_s: float) -> Engine:
    """Return an engine for a database; `patience_s` is how long a write waits for another program.

    `engine.begin()` writes and takes the lock at once, so that two writers queue instead of
    failing half-way; `reading(engine)` only reads and waits for nobody. What SQLite refuses is
    raised as a StoreError.
    """
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        # the driver must not begin transactions by itself, see _begin
        connect_args={"timeout": patience_s, "isolation_level": None},
        hide_parameters=True,  # the text of a failure holds no figures and no prose
    )
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", partial(_begin, path, []))
    event.listen(engine, "handle_error", partial(_tell, path), retval=True)
    return engine


def reading(engine: Engine) -> Engine:
    """Return the same engine for reading: what it begins takes no lock."""
    return engine.execution_options(nianbao_reading=True)


def _configure(connection: sqlite3.Connection, _record: object) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(path: Path, first: list[tuple[int, int]], db: Connection) -> None:
    """Begin; before a write look whether the file is still that of the `first` one."""
    if db.get_execution_options().get("nianbao_reading", False):
        db.exec_driver_sql("BEGIN")
        return
    try:
        found = path.stat()
    except OSError:
        found = None
    now = (found.st_dev, found.st_ino) if found else (0, 0)
    if [now] != (first or [now]) or not found:
        # SQLite would go on writing into a file that has no name any more
        raise Unwritable(
            f"数据库“{path}”被移走、删除或替换了，本次修改没有保存。"
            "请把原来的文件放回原处，或重新打开程序。"
        )
    first[:] = [now]
    db.exec_driver_sql("BEGIN IMMEDIATE")


def _tell(path: Path, context: ExceptionContext) -> StoreError | None:
    error = context.original_exception
    if isinstance(error, UnicodeEncodeError):
        return Unstorable(
            "文字中有无法保存的字符（多为粘贴来的残缺表情符号），没有保存。请删去这些字符后再试。"
        )
    return told(error, path) if isinstance(error, sqlite3.Error | UnicodeDecodeError) else None
