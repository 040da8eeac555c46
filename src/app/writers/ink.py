"""What is drawn on a sheet: pieces of text, thin rules and dark squares, each at its place.

Positions are in pt from the upper left corner of the text block, y downwards; a text's y is its
base line.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from app.writers.line import Line

CENTRE = 0.37
"""The middle of a Han character over the base line of a text, in em, whatever its face says."""


@dataclass(frozen=True, slots=True)
class Text:
    """A line of runs, drawn at `size`; its runs count from `x`."""

    x: float
    y: float
    size: float
    line: Line


@dataclass(frozen=True, slots=True)
class Frame:
    """The rule around a box, or with a height of 0 a single rule; `filled`: black all over."""

    x: float
    y: float
    width: float
    height: float = 0.0
    filled: bool = False


Ink = TypeVar("Ink", Text, Frame)


def down(ink: Iterable[Ink], y: float) -> list[Ink]:
    """Return the same ink, further down."""
    return [replace(piece, y=piece.y + y) for piece in ink]
