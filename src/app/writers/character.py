"""Kinds of characters in a line of text, and the tokens that are never broken.

Which marks may not stand at an end of a line: GB/T 15834-2011, 5.1. Lengths are in pt.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

Measure = Callable[[str, str, float], float]
"""Width in pt of a text in the face of a role at a size in pt."""

LATIN = "latin"
"""The role in which digits and Latin words are drawn, but those of a title, which have its face."""
TITLE = "title"

OPENING = frozenset("（《〈「『【〔〖｛［“‘")
CLOSING = frozenset("，。、；：！？）》〉」』】〕〗｝］”’．")
NO_START = frozenset("·•・‧～％‰℃°′″¢々ー／…" + ")]},.;:!?%–")
"""Further marks that may not start a line (…… by custom: alone on a last line it looks lost)."""
NO_END = frozenset("([{")

HAN, WORD, SPACE, OPEN, CLOSE, BEFORE, AFTER, OTHER = "hwsoc()x"
"""Classes: ideograph, word or number, space, full opening and closing mark, narrow mark that stays
with what follows (BEFORE) or with what precedes it (AFTER), anything else."""

_TOKEN = re.compile(
    r"(?:[!-~¡-¶¸-ÖØ-öø-ʯͰ-ԯ]|(?<=[A-Za-z])’(?=[A-Za-z]))+"  # words, numbers, addresses
    r"|[ \t\u00a0]+|—+|…+"
    r"|.[\u0300-\u036f\ufe00-\ufe0f\U000e0100-\U000e01ef]*",  # a character, its variation mark
    re.DOTALL,
)
_WORD_START = re.compile(r"[!-~¡-¶¸-ÖØ-öø-ʯͰ-ԯ]")
_IDEOGRAPH = re.compile(r"[⺀-⿟々-〇㐀-\u9fff豈-\ufaff\U00020000-\U0003ffff]")
_SPACE_WIDTH = 1 / 4  # of an em, as between words in most faces


@dataclass(frozen=True, slots=True)
class Token:
    """What is never broken; `left` and `right` are the classes of its outer characters."""

    text: str
    role: str
    left: str
    right: str
    width: float


class Face(dict[str, Token]):
    """The tokens of one face at one size, each measured when first met.

    `letter_space` is added after every character but those of words and numbers.
    """

    def __init__(self, measure: Measure, role: str, size: float, letter_space: float) -> None:
        super().__init__()
        self._measure, self._role, self._size, self._space = measure, role, size, letter_space
        self._words = TITLE if role == TITLE else LATIN

    def __missing__(self, text: str) -> Token:
        token = self[text] = self._token(text)
        return token

    def tokens(self, text: str) -> list[Token]:
        """Cut a text into tokens."""
        return [self[token] for token in _TOKEN.findall(text)]

    def parts(self, token: Token, room: float) -> list[Token]:
        """Take a token that is wider than `room` apart, character by character."""
        if token.width <= room or len(token.text) == 1:
            return [token]
        if token.left == SPACE:
            return [Token(token.text, LATIN, SPACE, SPACE, 0.0)]
        if token.role != LATIN:
            return [self[character] for character in token.text]
        return [
            Token(c, LATIN, OTHER, OTHER, self._measure(c, LATIN, self._size)) for c in token.text
        ]

    def _token(self, text: str) -> Token:
        if text[0] in " \t\u00a0":
            return Token(text, LATIN, SPACE, SPACE, self._size * _SPACE_WIDTH * len(text))
        if _WORD_START.match(text):
            width = self._measure(text, self._words, self._size)
            return Token(text, self._words, _left(text[0]), _right(text[-1]), width)
        width = self._measure(text, self._role, self._size) + self._space * len(text)
        kind = _kind(text[0])
        return Token(text, self._role, kind, kind, width)


def _kind(character: str) -> str:
    if character in CLOSING:
        return CLOSE
    if character in OPENING:
        return OPEN
    if character in NO_START:
        return AFTER
    return HAN if _IDEOGRAPH.match(character) else OTHER


def _left(first: str) -> str:
    if first in NO_START:
        return AFTER
    return BEFORE if first in NO_END else WORD if first.isalnum() else OTHER


def _right(last: str) -> str:
    return BEFORE if last in NO_END else WORD if last.isalnum() or last == "%" else OTHER
