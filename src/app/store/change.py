"""What a step did to one item, kept small: of a text only the span that changed."""

from dataclasses import dataclass

from app.report import Value


@dataclass(frozen=True, slots=True)
class Change:
    """At `start`, `old` was replaced by `new`.

    Of a figure, `old` and `new` are the whole values (None for a blank) and `start` is 0; of a text
    they are the span that changed, `start` counts characters, and a blank is an empty text.
    """

    item: str
    old: Value | None
    new: Value | None
    start: int = 0

    @classmethod
    def between(cls, item: str, old: Value | None, new: Value | None) -> "Change":
        """Return the smallest change that leads from one whole value to another."""
        if not (isinstance(old, str) or isinstance(new, str)):
            return cls(item, old, new)
        before, after = str(old or ""), str(new or "")
        start = _shared(before, after)
        end = _shared(before[start:][::-1], after[start:][::-1])
        return cls(item, before[start : len(before) - end], after[start : len(after) - end], start)

    @property
    def is_text(self) -> bool:
        """Say whether this is a change of a text rather than of a figure."""
        return isinstance(self.old, str)

    def reversed(self) -> "Change":
        """Return the change that leads back."""
        return Change(self.item, self.new, self.old, self.start)

    def applied(self, current: Value | None) -> Value | None:
        """Return the whole value after this change; an empty text is a blank."""
        if not isinstance(self.old, str):
            return self.new
        text = str(current or "")
        return text[: self.start] + str(self.new) + text[self.start + len(self.old) :] or None


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts share from their beginning on."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
