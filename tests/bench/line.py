"""One line of the table: a figure of ours beside the floor or a peer from the same run."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 11


@dataclass(frozen=True)
class Target:
    """What is asked for: a limit for our own figure, or for its ratio to the reference."""

    limit: float
    is_ratio: bool = False


@dataclass(frozen=True)
class Line:
    """One measurement; without `ours` it was left out, and `reference_is` says why."""

    name: str
    target: Target
    ours: float | None
    reference: float | None
    reference_is: str
    unit: str = "ms"
    why: str = ""
    """Where the time goes; told where the target is missed."""

    @property
    def ratio(self) -> float | None:
        """Ours to the reference."""
        return self.ours / self.reference if self.ours and self.reference else None

    @property
    def is_met(self) -> bool | None:
        """Whether the target is met; None if nothing was measured."""
        figure = self.ratio if self.target.is_ratio else self.ours
        return None if figure is None else figure <= self.target.limit

    @property
    def target_text(self) -> str:
        """The target as people write it."""
        return f"≤ {self.target.limit:g} {'×' if self.target.is_ratio else self.unit}"


def left_out(name: str, target: Target, why: str, unit: str = "ms") -> Line:
    """Return a line that was not measured here."""
    return Line(name, target, None, None, f"left out: {why}", unit)


def in_turn(
    ours: Callable[[], object], reference: Callable[[], object], rounds: int = ROUNDS
) -> tuple[float, float]:
    """Run both once to warm up, then A B A B …; returns the medians in ms."""
    ours(), reference()
    pairs = [(timed(ours), timed(reference)) for _ in range(rounds)]
    return statistics.median(p[0] for p in pairs), statistics.median(p[1] for p in pairs)


def timed(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes, in ms."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000
