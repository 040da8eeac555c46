"""The faces with which everything is printed here: chosen ones, the workstation's, bundled ones."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.writers.fonts import Fonts

_choices: dict[str, str] = {}


def choose(choices: Mapping[str, str]) -> None:
    """Take faces by role, as `Fonts.find` does, for everything that is printed from now on."""
    if choices != _choices:
        _choices.clear()
        _choices.update(choices)
        fonts.cache_clear()


@cache
def fonts() -> Fonts:
    """Return the faces; looked for when first wanted, which takes a while: call it on a thread."""
    from app.writers.fonts import Fonts  # noqa: PLC0415  (reportlab)

    return Fonts.find(dict(_choices))
