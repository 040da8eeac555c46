"""How SQLite is opened: durable, strict about references, and every failure told in words."""

import sqlite3
from functools import partial
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event

from app.store.failure import StoreError, Unstorable, told

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
    event.listen(engine, "begin", _begin)

    event.listen(engine, "handle_error", partial(_tell, path), retval=True)
    return engine


def reading(engine: Engine) -> Engine:
    """Return the same engine for reading: what it begins takes no lock."""
    return engine.execution_options(nianbao_reading=True)


def _configure(connection: sqlite3.Connection, _record: object) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(db: Connection) -> None:
    reads = db.get_execution_options().get("nianbao_reading", False)
    db.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _tell(path: Path, context: ExceptionContext) -> StoreError | None:
    error = context.original_exception
    if isinstance(error, UnicodeEncodeError):
        return Unstorable(
            "文字中有无法保存的字符（多为粘贴来的残缺表情符号），没有保存。请删去这些字符后再试。"
        )
    return told(error, path) if isinstance(error, sqlite3.Error | UnicodeDecodeError) else None
