"""The words of a form as one pattern: what each word in a sentence says about the figures.

The nouns and verbs of the form's quantities come from its file (`app.words`); the words of
comparing, limiting and denying are those of any report and stand here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from app.form import Form
from app.words import Quantity, Topic

TOPIC, WEAK, WORDS, VERB = "topic", "weak", "words", "verb"
COMPARE, UP, DOWN, SHARE, EARLIER, NOW = "compare", "up", "down", "share", "earlier", "now"
LIMIT, ALIEN = "limit", "alien"

_YEAR = r"(?:{last_year}年(?:度|同期)?(?!\d)|(?:上一?年|去年|前一年|往年)(?:度|同期)?)"
_GENERAL = (
    (COMPARE, rf"(?:与|同|和){_YEAR}相比|同比|环比|[较比]{_YEAR}"),
    (UP, r"(?:增长|增加|上升|提高|提升|增幅|多)了?(?![到至为出方种元样])"),
    (DOWN, r"(?:下降|减少|降低|回落|降幅|少)了?(?![到至为数见于])"),
    (SHARE, r"占(?:比|总数|总量)?"),
    (EARLIER, rf"{_YEAR}|近[两三五]年|上半年|[一二三四]季度|截至\d+月|\d+月份"),
    (NOW, r"{year}年(?:度|全年)?|今年|本年度?|全年"),
    (
        LIMIT,
        r"通过|网[上络]|在线|线[上下]|信函|邮[寄件政]|当面|现场|窗口|传真|来信|渠道|本级|名义"
        r"|各部门|各单位|各镇|各街道|各县|各区|重点|复杂|疑难|公开发布|公示|公布|备案|审查|审核|清理|解读",
    ),
    (
        ALIEN,
        r"工单|热线|提案|建议|议案|留言|信访件|来访|投诉|举报|咨询|信件|诉求|培训|会议|听证|仲裁|执法"
        r"|救助|贷款|低保|审理|审结|代理|出庭|调解|公证|法律援助|网民|群众来信",
    ),
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the lexicon in flat text: its place, its kind, and what it may speak of."""

    start: int
    end: int
    kind: str
    topic: str = ""
    quantities: tuple[Quantity, ...] = ()


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The words of one form, ready to be found."""

    pattern: re.Pattern[str]
    meanings: tuple[tuple[str, str, tuple[Quantity, ...]], ...]
    topics: dict[str, Topic]
    plain: dict[str, tuple[Quantity, ...]]
    """For each topic what a noun alone tells."""

    def tokens(self, text: str) -> Iterator[Token]:
        """Yield the words of flat text from left to right, the longest at each place."""
        for match in self.pattern.finditer(text):
            kind, topic, quantities = self.meanings[int(match.lastgroup[1:])]  # type: ignore[index]
            yield Token(match.start(), match.end(), kind, topic, quantities)

    def topic_of(self, section: str) -> str:
        """Return the topic of a section's prose, "" if it has none."""
        return next((t.id for t in self.topics.values() if section and t.section == section), "")


@lru_cache(maxsize=32)
def lexicon(form: Form) -> Lexicon:
    """Return the lexicon of a form."""
    entries: dict[tuple[str, str, str], list[Quantity]] = {}
    for topic in form.words.topics:
        for kind, nouns in ((TOPIC, topic.nouns), (WEAK, topic.weak)):
            for noun in nouns:
                entries[(noun, kind, topic.id)] = []
    for quantity in form.words.quantities:
        for kind, words in ((WORDS, quantity.words), (VERB, quantity.verbs)):
            for word in words:
                entries.setdefault((word, kind, ""), []).append(quantity)
    years = {"year": form.year, "last_year": form.year - 1, "next_year": form.year + 1}
    ranked = sorted(entries, key=lambda entry: -_longest(entry[0]))
    patterns = [_regex(word, years) + ("(?![人书表者材渠方流平系])" if kind == WEAK else "")
                for word, kind, _ in ranked]  # fmt: skip
    meanings = [(kind, topic, tuple(entries[(word, kind, topic)])) for word, kind, topic in ranked]
    patterns += [_filled(pattern, years) for _, pattern in _GENERAL]
    meanings += [(kind, "", ()) for kind, _ in _GENERAL]
    return Lexicon(
        pattern=re.compile("|".join(f"(?P<w{i}>{p})" for i, p in enumerate(patterns))),
        meanings=tuple(meanings),
        topics={topic.id: topic for topic in form.words.topics},
        plain={t.id: tuple(_plain(form.words.quantities, t.id)) for t in form.words.topics},
    )


def _plain(quantities: Iterable[Quantity], topic: str) -> Iterator[Quantity]:
    yield from (q for q in quantities if q.plain and q.topic == topic)


def _regex(notation: str, years: dict[str, int]) -> str:
    """Turn the notation of `app.words` into a pattern."""
    text = _filled(notation, years)
    return text.replace("(", "(?:").replace("[", "(?:").replace("]", ")?")


def _longest(notation: str) -> int:
    """How many characters a word can have: the longer of two that begin alike is looked for first.

    Alternatives do not hold further brackets.
    """
    groups = re.findall(r"[\[(]([^\])]*)[\])]", notation)
    rest = re.sub(r"[\[(][^\])]*[\])]", "", notation)
    return len(rest) + sum(max(map(len, group.split("|"))) for group in groups)


def _filled(text: str, years: dict[str, int]) -> str:
    for name, year in years.items():
        text = text.replace(f"{{{name}}}", str(year))
    return text
