"""Font files: those that come with the program, and those to be found on the workstation."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from pathlib import Path

from app import resources
from app.coverage import manifest
from app.writers import sfnt

#: Names by which the faces of official documents go (GB/T 9704-2012), best first: file names
#: without suffix, or full names inside the file, both as `_key` writes them. "pack": large faces
#: of rare ideographs that some workstations have.
KNOWN: dict[str, tuple[str, ...]] = {
    "title": (
        *("fzxbsjw", "fzxbsjwgb10", "fzxiaobiaosongb05s", "方正小标宋简体"),
        *("fzxbsk", "fzxbskgbk10", "fzxiaobiaosongb05", "方正小标宋gbk", "方正小标宋"),
    ),
    "body": (
        *("仿宋gb2312", "fangsonggb2312", "simfanggb2312", "fsgb2312"),
        *("simfang", "fangsong", "仿宋"),
    ),
    "hei": ("simhei", "黑体"),
    "kai": (
        *("楷体gb2312", "kaitigb2312", "simkaigb2312", "ktgb2312"),
        *("simkai", "kaiti", "楷体"),
    ),
    "song": ("simsun", "宋体"),
    "latin": ("times", "timesnewroman"),
    "pack": ("hanaminb", "simsunb", "simsunextb"),
}
_RANKS = {name: (role, rank) for role, names in KNOWN.items() for rank, name in enumerate(names)}
_SUFFIXES = (".ttf", ".ttc", ".otf")
_MOST_FILES = 20_000  # font files whose name is looked at
_MOST_OPENED = 300  # the clerk's own files opened for the name inside


@dataclass(frozen=True, slots=True)
class FontFile:
    """A face for a role: `name` as people call it, `index` within a collection (.ttc)."""

    role: str
    name: str
    path: Path
    index: int = 0
    bundled: bool = False


def bundled() -> list[FontFile]:
    """Return the faces that come with the program."""
    folder = resources.root() / "fonts"
    return [
        FontFile(face["role"], face["chinese"], folder / face["file"], bundled=True)
        for face in manifest()["faces"]
    ]


def folders() -> tuple[Path, ...]:
    """Return the folders in which a workstation keeps fonts, the clerk's own first."""
    home = Path.home()
    if os.name == "nt":
        local = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
        windows = Path(os.environ.get("WINDIR", "C:\\Windows"))
        return local / "Microsoft" / "Windows" / "Fonts", windows / "Fonts"
    shared = (Path("/usr/local/share/fonts"), Path("/usr/share/fonts"))
    return home / ".fonts", home / ".local" / "share" / "fonts", *shared


def chosen(role: str, choice: str) -> FontFile:
    """Return the face that someone chose for a role as "path" or, in a collection, "path#index".

    Raises:
        sfnt.Unusable: there is no such face, or it cannot be embedded.
    """
    file, _, index = choice.partition("#")
    path, number = Path(file), int(index) if index.isdecimal() else 0
    faces = sfnt.full_names(path)
    if number >= len(faces):
        raise sfnt.Unusable(path, "里没有所选的字体")
    return FontFile(role, _called(faces[number], path), path, number)


def search(places: Sequence[Path]) -> tuple[list[FontFile], list[str]]:
    """Return the known faces found in the folders, best first, and a sentence for each refused.

    Files are known by their name; outside the system's folders also by the names inside, since
    people rename what they download.
    """
    ranked: list[tuple[int, FontFile]] = []
    notes: list[str] = []
    to_open = _MOST_OPENED
    for path, of_system in islice(_files(places), _MOST_FILES):
        known = _RANKS.get(_key(path.stem))
        if known is None:
            if of_system or not to_open:
                continue
            to_open -= 1
        try:
            ranked += _matches(path, known)
        except sfnt.Unusable as refusal:
            notes += [str(refusal)] if known else []
    return [file for _, file in sorted(ranked, key=lambda item: item[0])], notes


def _matches(path: Path, known: tuple[str, int] | None) -> list[tuple[int, FontFile]]:
    """Return the ranked faces of a file: by the names inside, else by `known`, its own name."""
    faces = sfnt.full_names(path)
    found = []
    for index, names in enumerate(faces):
        ranks = [_RANKS[_key(name)] for name in names if _key(name) in _RANKS]
        if ranks:
            role, rank = min(ranks, key=itemgetter(1))
            found.append((rank, FontFile(role, _called(names, path), path, index)))
    if known and all(file.role != known[0] for _, file in found):
        found.append((known[1], FontFile(known[0], _called(faces[0], path), path)))
    return found


def _files(places: Sequence[Path]) -> Iterator[tuple[Path, bool]]:
    """Yield the font files in and below the folders, in a fixed order: (path, of the system)."""
    for place in places:
        of_system = place.is_relative_to(os.environ.get("WINDIR", "/usr/share"))
        for folder, inner, files in os.walk(place):
            inner.sort()
            for file in sorted(files):
                if file.casefold().endswith(_SUFFIXES):
                    yield Path(folder, file), of_system


def _called(names: Sequence[str], path: Path) -> str:
    return names[0] if names else path.stem


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())
