"""Where the characters of a kept text stand in the widget that shows it.

A widget may show more than is kept: blank lines, indents, a blank that was just typed. And Qt
counts UTF-16 units, so that a rare ideograph counts twice. Everything else counts characters.
"""

from app import prose
from app.store.change import Change


def places(shown: str, kept: str | None = None) -> list[int]:
    """Return the position in the widget of each character of the kept text, and of its end.

    `kept` is what `prose.clean` leaves of `shown`; the end is where text that follows belongs.
    """
    kept = prose.clean(shown) if kept is None else kept
    if kept == shown and max(kept, default="") <= "\uffff":
        return list(range(len(kept) + 1))  # nearly always, and on the path of an edit
    found = []
    place, position = 0, 0
    for char in kept:
        while place < len(shown) and not _is_same(shown[place], char):
            position += 1 + (shown[place] > "\uffff")
            place += 1
        found.append(position)
        position += 1 + (char > "\uffff")
        place += 1
    return [*found, position]


def moved(position: int, change: Change) -> int:
    """Return where a position of a text is after a change of it; inside the change, its end."""
    if position < change.start:
        return position
    old, new = str(change.old or ""), str(change.new or "")
    return max(position, change.start + len(old)) + len(new) - len(old)


def touch(one: Change, other: Change) -> bool:
    """Say whether two changes of the same text reach into one another."""
    first, second = sorted((one, other), key=lambda change: change.start)
    return second.start < first.start + len(str(first.old or "")) or first.start == second.start


def units(text: str) -> int:
    """Return how long a text is for Qt."""
    return len(text) + sum(char > "\uffff" for char in text)


def _is_same(shown: str, kept: str) -> bool:
    return shown == kept or (kept == "\u3000" and shown == "\t")
