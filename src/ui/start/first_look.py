"""The report that was open last, read at a glance: shown before SQLAlchemy is imported (200 ms)."""

from contextlib import closing, suppress
from pathlib import Path

from app.draft import Draft
from app.store import soundness
from app.store.glance import Glance
from ui.start import last


def last_report(database: Path) -> tuple[Draft, str] | None:
    """Return the draft, to be looked at only, and the place where it was left; None without one.

    What was left by a program that did not end well is checked first, so it is not looked at.
    """
    with suppress(Exception):  # whatever is wrong is met again, and told, when the store is opened
        if not soundness.left_open(database) and (glance := Glance.open(database)):
            with closing(glance):
                report = int(glance.setting(last.REPORT))
                return Draft(glance.load(report)), glance.setting(f"{last.ITEM}.{report}")
    return None
