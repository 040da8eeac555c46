"""What a paragraph states about the figures of the form: the words for it. `reading` finds them."""

from dataclasses import dataclass

from app.checks.sentence import Flat, Number
from app.words import Quantity


@dataclass(frozen=True, slots=True)
class Told:
    """A number that prose tells of quantities of the form; `quantities` are its possible meanings.

    `part`: only some of them are counted; `subject` is what stands before, for whose they are;
    `start` to `end` is the statement in the flat text.
    """

    number: Number
    quantities: tuple[Quantity, ...]
    start: int
    end: int
    part: bool = False
    subject: str = ""

    @property
    def readings(self) -> tuple[tuple[str, ...], ...]:
        """Every sum of cells that may be meant."""
        return tuple(dict.fromkeys(r for q in self.quantities for r in q.readings))

    @property
    def is_denial(self) -> bool:
        """Say whether it tells so in words, without a number."""
        return self.number.digits_end == self.number.start

    @property
    def is_zero(self) -> bool:
        """Say whether it tells that there were none."""
        return self.number.value == 0


@dataclass(frozen=True, slots=True)
class Share:
    """“占 p%”: what share of a whole the number before it is."""

    percent: Number
    part: Number
    topic: str
    others: tuple[Number, ...]
    """The numbers told before in the paragraph: one of them may be the whole."""


@dataclass(frozen=True, slots=True)
class Change:
    """“较上年增长 p%” or “增加 n 件”: how a quantity changed since last year."""

    number: Number
    sign: int
    quantities: tuple[Quantity, ...]
    start: int


@dataclass(frozen=True, slots=True)
class Passage:
    """All that a paragraph states."""

    flat: Flat
    numbers: tuple[Number, ...] = ()
    told: tuple[Told, ...] = ()
    shares: tuple[Share, ...] = ()
    changes: tuple[Change, ...] = ()
    topic: str = ""
    """What it was about last: a heading hands it to the paragraph under it."""
