"""The one door to faces: which face draws a character, how wide it is, what cannot be printed.

Roles (GB/T 9704-2012): "title" 小标宋, "body" 仿宋, "hei" 黑体, "kai" 楷体, "song" 宋体 (tables),
"latin" a Times face for the letters and digits of every role but the title, whose heavy strokes
want its own. A character that the face of its role lacks comes from the next face that has it; one
that no face has is printed as 〓 and named.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from app import coverage
from app.coverage import MISSING
from app.writers import fontfile, glyphs
from app.writers.fontfile import FontFile
from app.writers.sfnt import Unusable

ROLES = ("title", "body", "hei", "kai", "song", "latin")
BUNDLED = "bundled"  # a choice: the face that comes with the program

#: Marks that Chinese text wants a full em wide; some faces have the Latin ones.
_FULL_WIDTH = frozenset("“”‘’·—…")
_FULL = 990  # 1/1000 em
_UPRIGHT = str.maketrans(
    "，、。：；！？（）｛｝〔〕【】《》〈〉「」『』‘’“”…—",
    "︐︑︒︓︔︕︖︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹁﹂﹃﹄︙︱",
)


class Glyph(NamedTuple):
    """How a character is put on paper: `text` may be "" or 〓; `advance` in 1/1000 em."""

    font: str
    text: str
    advance: float


class Fonts:
    """The faces of one workstation, parsed when first needed; make one by `find` and keep it."""

    def __init__(self, files: Iterable[FontFile], notes: Iterable[str] = ()) -> None:
        #: Sentences about font files that were found and cannot be used.
        self.notes = list(notes)
        self._files = list(files)
        self._rows = {role: _Row(self._resolve, role) for role in ROLES}

    @classmethod
    def find(
        cls, choices: Mapping[str, str] | None = None, folders: Sequence[Path] | None = None
    ) -> "Fonts":
        """Look for the faces of official documents: chosen ones, the workstation's, bundled ones.

        Args:
            choices: for a role "path" or "path#index" of a font file, or `BUNDLED`.
            folders: where to look; the system's folders if None, bundled faces alone if empty.
        """
        choices = choices or {}
        found, notes = fontfile.search(fontfile.folders() if folders is None else folders)
        picked = []
        for role, choice in choices.items():
            try:
                picked += [fontfile.chosen(role, choice)] if choice != BUNDLED else []
            except Unusable as refusal:
                notes.append(str(refusal))
        found = [file for file in found if choices.get(file.role) != BUNDLED]
        return cls([*picked, *found, *fontfile.bundled()], notes)

    def runs(self, text: str, role: str) -> list[tuple[str, str]]:
        """Split text into (registered font name, part) pieces, ready to draw.

        Characters without ink (joiners, controls) are left out and odd spaces are plain ones, so
        the parts may be shorter than the text.
        """
        row = self._rows[role]
        inked = [glyph for glyph in map(row.__getitem__, text) if glyph.text]
        pieces = groupby(inked, key=attrgetter("font"))
        return [(font, "".join(glyph.text for glyph in piece)) for font, piece in pieces]

    def width(self, text: str, role: str, size: float) -> float:
        """Return the width of text in pt at `size` pt."""
        row = self._rows[role]
        return sum([row[ch].advance for ch in text]) * size / 1000

    def box(self, ch: str, role: str) -> tuple[float, float, float, float] | None:
        """Return the ink of a character (left, bottom, right, top) in 1/1000 em, None if none.

        The origin is on the base line at the left edge of the character.
        """
        glyph = self._rows[role][ch]
        return glyphs.registered(glyph.font).box(glyph.text) if glyph.text else None

    def name(self, role: str) -> str:
        """Return the registered name of the face in which a role sets its text."""
        return self._rows[role]["0" if role == "latin" else "年"].font

    def missing(self, text: str, role: str = "body") -> list[str]:
        """Return the characters of text that print as 〓 on this workstation, each once."""
        row = self._rows[role]
        return [ch for ch in coverage.missing(text) if row[ch].text == MISSING]

    def describe(self) -> list[FontFile]:
        """Return the first face of each role, in the order of `ROLES`, as settings show them."""
        return [next(file for file in self._files if file.role == role) for role in ROLES]

    def _resolve(self, ch: str, role: str) -> Glyph:
        """Go down the ladder of faces for one character."""
        text = coverage.drawn(ch)
        if not text:
            return Glyph("", "", 0.0)
        least = _FULL if text in _FULL_WIDTH and role != "latin" else 0
        for face in self._ladder(text, role):
            advance = face.advance(text)
            if advance is not None and advance >= least:
                return Glyph(face.name, text, advance)
        return self._rows["song"][MISSING]

    def _ladder(self, ch: str, role: str) -> Iterator[glyphs.Face]:
        """Yield the faces to ask for a character, the best first, parsing each as it is reached.

        Beyond 宋体 stand the bundled rare ideographs and marks, then a pack of the workstation's.
        """
        latin = role != "title" and (ch.isascii() or (ch < "ɐ" and ch.isalpha()))
        for rung in dict.fromkeys(
            [*(["latin"] if latin else []), role, "song", "rare", "mark", "pack"]
        ):
            for file in [file for file in self._files if file.role == rung]:
                try:
                    yield glyphs.load(file)
                except Unusable as refusal:
                    self._files.remove(file)
                    self.notes.append(str(refusal))


class _Row(dict[str, Glyph]):
    """What is known of the characters of one role; asks once for each."""

    def __init__(self, resolve: Callable[[str, str], Glyph], role: str) -> None:
        super().__init__()
        self._resolve, self._role = resolve, role

    def __missing__(self, ch: str) -> Glyph:
        glyph = self[ch] = self._resolve(ch, self._role)
        return glyph


def upright(text: str) -> str:
    """Return text for writing downwards, its marks in their vertical forms (U+FE10 to U+FE44)."""
    return text.translate(_UPRIGHT)
