"""The clock, handed in wherever time matters so that tests can hand in their own."""

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]


def now() -> datetime:
    """Return the present moment with the time zone of this computer."""
    return datetime.now().astimezone()
