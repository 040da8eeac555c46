"""The line engine: breaks Chinese text with digits and Latin words into justified lines.

What it keeps to: no closing mark at the start of a line and no opening mark at its end, numbers,
words, —— and …… unbroken, the letter grid of GB/T 9704-2012, adjacent marks drawn together by half
a character, 1/6 em between Han and Latin. A closing mark that would start a line is drawn in where
the marks of the line can give way for it; else a character goes along to the next line.
All lengths are in pt; positions count from the left edge of the text.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from app.writers.character import (
    AFTER,
    BEFORE,
    CLOSE,
    HAN,
    LATIN,
    OPEN,
    SPACE,
    WORD,
    Face,
    Measure,
    Token,
)

# Shares of an em.
_HAN_LATIN = 0.16  # between Han and Latin; from 1/6 on readers of PDF files see a space there
_TOGETHER = -1 / 2  # between two marks with a blank half between them
_GIVE_LAST, _GIVE_INNER = 1 / 2, 1 / 4  # what marks give up so that the line holds one more
_LOOSEST = 1 / 2  # the widest gap of a justified line, which stays ragged beyond

_GLUE = {
    HAN + WORD: _HAN_LATIN,
    WORD + HAN: _HAN_LATIN,
    CLOSE + CLOSE: _TOGETHER,
    CLOSE + OPEN: _TOGETHER,
    OPEN + OPEN: _TOGETHER,
}
_BARS_START = frozenset((CLOSE, AFTER, SPACE))
_BARS_END = frozenset((OPEN, BEFORE))
_TOLERANCE = 0.01


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph is set: `indent` is that of its first line, `letter_space` for Han only."""

    size: float
    letter_space: float = 0.0
    indent: float = 0.0
    justify: bool = True


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line in one face, drawn at `x` with `space` after every character."""

    x: float
    text: str
    role: str
    space: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its runs from left to right and the right edge `width` of the last character."""

    runs: tuple[Run, ...]
    width: float

    @property
    def text(self) -> str:
        """The characters of the line."""
        return "".join(run.text for run in self.runs)


class Typesetter:
    """Sets paragraphs in lines; keep one a document, it remembers the widths of what it met."""

    def __init__(self, measure: Measure) -> None:
        self._measure = measure
        self._faces: dict[tuple[str, float, float], Face] = {}

    def lines(
        self, spans: Sequence[tuple[str, str]], style: Style, width: float
    ) -> tuple[Line, ...]:
        """Break one paragraph, given as (text, role) spans, into lines of at most `width`.

        Only the blank half of a closing mark may reach beyond `width`. A word that is longer than a
        line is broken. No character is lost; an empty text gives no line.
        """
        tokens: list[Token] = []
        room = width - style.indent
        for text, role in spans:
            face = self._face(role, style)
            found = face.tokens(text)
            if any(token.width > room for token in found):
                found = [part for token in found for part in face.parts(token, room)]
            tokens += found
        return tuple(_Paragraph(tokens, style).lines(width)) if tokens else ()

    def balanced(
        self, spans: Sequence[tuple[str, str]], style: Style, width: float
    ) -> tuple[Line, ...]:
        """Break into as few lines as `width` asks for, all about equally long (for titles)."""
        best = self.lines(spans, style, width)
        low, high = width / max(len(best), 1), width
        while high - low > style.size / 4:
            middle = (low + high) / 2
            tried = self.lines(spans, style, middle)
            if len(tried) > len(best):
                low = middle
            else:
                best, high = tried, middle
        return best

    def _face(self, role: str, style: Style) -> Face:
        key = (role, style.size, style.letter_space)
        if key not in self._faces:
            self._faces[key] = Face(self._measure, *key)
        return self._faces[key]


class _Paragraph:
    """The tokens of a paragraph with their positions on one endless line."""

    def __init__(self, tokens: list[Token], style: Style) -> None:
        self._tokens, self._style = tokens, style
        self._lefts = [token.left for token in tokens]
        self._rights = [token.right for token in tokens]
        glue = {pair: share * style.size for pair, share in _GLUE.items()}
        pairs = map(str.__add__, self._rights, self._lefts[1:])
        self._glue = [0.0, *[glue.get(pair, 0.0) for pair in pairs]]
        """What goes before each token where it does not begin a line."""
        widths = [token.width for token in tokens]
        self._ends = [0.0, *accumulate(map(float.__add__, self._glue, widths))]
        """Where the token before each token ends."""
        self._starts = list(map(float.__add__, self._ends, self._glue))
        self._seams = self._find_seams()
        self._firm = [k for k, space in enumerate(self._glue) if space > 0]
        """The tokens before which a line is not spread."""

    def _find_seams(self) -> list[int]:
        """The tokens before which a new run has to begin, on whatever line they come to stand."""
        alike = [t.role if len(t.text) == 1 else "" for t in self._tokens]
        neighbours = zip(alike, alike[1:], self._glue[1:], strict=False)
        return [k for k, (a, b, glue) in enumerate(neighbours, 1) if glue or a != b or not a]

    def lines(self, width: float) -> Iterable[Line]:
        """Fill the lines greedily, from the first token to the last."""
        start, indent = 0, self._style.indent
        while start < len(self._tokens):
            end, give = self._break(start, width - indent)
            yield self._line(start, end, give, indent, width)
            start, indent = end, 0.0

    # ── where a line ends ───────────────────────────────────────────────────────────────────

    def _break(self, start: int, room: float) -> tuple[int, float]:
        """Where the line that begins at a token ends, and how much each giver must give."""
        count = len(self._tokens)
        limit = self._starts[start] + room + _TOLERANCE
        end = max(bisect_right(self._ends, limit, start + 1) - 1, start + 1)
        while end < count and self._lefts[end] == SPACE:
            end += 1
        if end >= count:
            return count, 0.0
        drawn_in = self._draw_in(start, end, limit)
        if drawn_in:
            return drawn_in
        back = end
        while back > start and not self._may_break(back):
            back -= 1
        return (back if back > start else end), 0.0

    def _may_break(self, index: int) -> bool:
        """Whether a line may end before this token."""
        if self._lefts[index] in _BARS_START:
            return False
        before = index - 1
        while before > 0 and self._lefts[before] == SPACE:
            before -= 1
        return self._rights[before] not in _BARS_END

    def _draw_in(self, start: int, end: int, limit: float) -> tuple[int, float] | None:
        """Take the marks that follow into the line, if its marks can give the room for them."""
        while end < len(self._tokens) and self._lefts[end] in (CLOSE, AFTER):
            end += 1
        if self._lefts[end - 1] != CLOSE or (end < len(self._tokens) and not self._may_break(end)):
            return None
        em = self._style.size
        over = self._ends[end] - limit - _GIVE_LAST * em
        if over <= 0:
            return end, 0.0
        givers = len(self._givers(start, end))
        return (end, over / givers) if over <= givers * _GIVE_INNER * em else None

    def _givers(self, start: int, end: int) -> list[int]:
        """The tokens of a line that can move to the left over the blank half of a mark."""
        lefts, rights, glue = self._lefts, self._rights, self._glue
        return [
            k
            for k in range(start + 1, end)
            if not glue[k] and (rights[k - 1] == CLOSE or lefts[k] == OPEN)
        ]

    # ── what stands in it ───────────────────────────────────────────────────────────────────

    def _line(self, start: int, end: int, give: float, indent: float, width: float) -> Line:
        """Place the runs, drawn together by `give` at marks or spread to the full width."""
        origin = self._starts[start] - indent
        givers = self._givers(start, end) if give else []
        seen = end  # spaces at the end of a line are kept, but neither seen nor counted
        while seen - 1 > start and self._lefts[seen - 1] == SPACE:
            seen -= 1
        right = self._ends[seen] - origin - give * len(givers)
        firm = self._firm[bisect_right(self._firm, start) : bisect_right(self._firm, seen - 1)]
        gaps = seen - start - 1 - len(firm)
        gap = self._gap(width - right, gaps) if end < len(self._tokens) else 0.0
        seams = self._seams[bisect_right(self._seams, start) : bisect_right(self._seams, end - 1)]
        if givers:
            seams = sorted({*seams, *givers})
        runs = []
        for first, after in pairwise((start, *seams, end)):
            x = self._starts[first] - origin
            x += gap * (first - start - bisect_right(firm, first))
            x -= give * bisect_right(givers, first)
            runs.append(self._run(x, first, after, gap))
        return Line(tuple(runs), right + gap * gaps)

    def _gap(self, rest: float, gaps: int) -> float:
        """What each gap of a justified line gets of the rest."""
        if not self._style.justify or rest <= 0 or gaps <= 0:
            return 0.0
        gap = rest / gaps
        return gap if gap <= _LOOSEST * self._style.size else 0.0

    def _run(self, x: float, first: int, after: int, gap: float) -> Run:
        token = self._tokens[first]
        space = 0.0 if token.role == LATIN else self._style.letter_space
        if after - first == 1:
            return Run(x, token.text, token.role, space)
        text = "".join([t.text for t in self._tokens[first:after]])
        return Run(x, text, token.role, space + gap)
