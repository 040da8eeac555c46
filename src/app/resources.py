"""Where the files shipped with the program lie: forms, fonts, icons, samples, help."""

import sys
from functools import cache
from pathlib import Path


@cache
def root() -> Path:
    """Return the resources folder of a source tree, an installed wheel or a frozen bundle.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    here = Path(__file__).resolve().parent
    places = [here / "_resources", here.parents[1] / "resources"]
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle:
        places.insert(0, Path(bundle) / "resources")
    for place in places:
        if (place / "forms").is_dir():
            return place
    raise FileNotFoundError("resources/forms")


def manual() -> Path:
    """Return the manual, a Markdown file with its pictures beside it in `screenshots`.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    for place in (root() / "help", root().parent / "docs"):
        if (place / "manual.md").is_file():
            return place / "manual.md"
    raise FileNotFoundError("help/manual.md")
