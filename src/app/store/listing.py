"""A report in the list of reports, and what its state means.

Apart from the other records, and no dataclass, because the window draws the list first: each takes
a millisecond to make, and their module two.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from app.store.failure import Damaged

STATES = {
    "draft": "草稿",
    "review": "送审",
    "returned": "退回",
    "final": "定稿",
    "published": "已公开",
}
"""The states of a report and what people call them."""
EDITABLE = frozenset({"draft", "returned"})
"""The states in which the content may change; in every other it is locked."""


class Listed(NamedTuple):
    """A report as the list of reports shows it."""

    id: int
    org: str
    year: int
    form: str
    profile: str | None
    state: str
    revision: int
    changed_at: datetime
    is_in_bin: bool


def written(at: datetime) -> str:
    """Return a moment as the store keeps it: UTC, to the millisecond, sortable."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def read(at: str) -> datetime:
    """Return a kept moment in the time zone of this computer.

    Raises:
        Damaged: it is none.
    """
    try:
        return datetime.fromisoformat(at).astimezone()
    except (ValueError, TypeError, OverflowError) as error:
        raise Damaged("数据库已损坏（其中一处时间无法读出），请从备份恢复。") from error
