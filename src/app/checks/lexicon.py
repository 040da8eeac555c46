"""The words of a form as one pattern: what each word in a sentence says about the figures.

The nouns and verbs of the form's quantities come from its file (`app.words`); the words of
comparing, limiting and denying are those of any report and stand here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from app.form import Form
from app.words import Quantity, Topic

TOPIC, WEAK, WORDS, VERB = "topic", "weak", "words", "verb"
COMPARE, UP, DOWN, SHARE, EARLIER, NOW = "compare", "up", "down", "share", "earlier", "now"
LIMIT, ALIEN, ANYONE = "limit", "alien", "anyone"

_LAST = "(上年|上一年|去年|前一年|往年|{last_year}年)[度|同期]"
_GENERAL = (
    (COMPARE, "", [f"(与|同|和){_LAST}相比", f"(较|比){_LAST}", "同比", "环比"]),
    (UP, "(?![到至为出方种元样])", ["(增长|增加|上升|提高|提升|增幅|多)[了]"]),
    (DOWN, "(?![到至为数见于])", ["(下降|减少|降低|回落|降幅|少)[了]"]),
    (ANYONE, "", ["公民[、]法人(和|或|及|与|或者|以及)其(他|它)组织[提出|提交|递交][的]"]),
    (SHARE, "", ["占[比|总数|总量]"]),
    (EARLIER, r"(?!\d)", [_LAST, "近(两|三|五)年", "上半年", "(一|二|三|四)季度"]),
    (EARLIER, r"(?=\d{1,2}月)", ["截至"]),
    (NOW, "", ["{year}年[度|全年]", "今年", "本年[度]", "全年"]),
    (
        LIMIT,
        "",
        "通过 网上 网络 在线 线上 线下 信函 邮(寄|件|政) 当面 现场 窗口 传真 来信 渠道 本级 名义"
        " 重点 复杂 疑难 各(部门|单位|镇|街道|县|区) 公示 公布 备案 审查 审核 清理 解读".split(),
    ),
    (
        ALIEN,
        "",
        "工单 热线 提案 建议 议案 留言 信访件 来访 投诉 举报 咨询 信件 诉求 培训 会议 听证 仲裁"
        " 执法 救助 贷款 低保 审理 审结 代理 出庭 调解 公证 法律援助 网民 群众来信".split(),
    ),
)
_PARTS = re.compile(r"\[[^\]]*\]|\([^)]*\)|[^\[(]")
_NO_APPLICATION = "(?![人书表者材渠方流平系])"
"""“申请人”, “申请表” are no applications."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the lexicon in flat text: its place, its kind, and what it may speak of."""

    start: int
    end: int
    kind: str
    topic: str = ""
    quantities: tuple[Quantity, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A word in the notation of `app.words`, what must follow it, and what it says."""

    word: str
    kind: str
    after: str = ""
    topic: str = ""
    quantities: tuple[Quantity, ...] = ()


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The words of one form, ready to be found.

    They are sorted by the character with which they begin, so that few are tried at each place.
    """

    words: dict[str, tuple[Entry, ...]]
    topics: dict[str, Topic]
    plain: dict[str, tuple[Quantity, ...]]
    """For each topic what a noun alone tells."""

    @cached_property
    def begins(self) -> re.Pattern[str]:
        """The characters with which a word can begin."""
        return re.compile(f"[{''.join(sorted(self.words))}]")

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        return {}

    def tokens(self, text: str) -> Iterator[Token]:
        """Yield the words of flat text from left to right, the longest at each place."""
        end = 0
        for place in self.begins.finditer(text):
            at = place.start()
            found = self._at(text, at) if at >= end else None
            if found:
                end = found.end
                yield found

    def _at(self, text: str, at: int) -> Token | None:
        first = text[at]
        entries = self.words[first]
        pattern = self._patterns.get(first)
        if pattern is None:
            pattern = re.compile("|".join(f"({_regex(e.word)}{e.after})" for e in entries))
            self._patterns[first] = pattern
        match = pattern.match(text, at)
        if match is None or match.lastindex is None:
            return None
        entry = entries[match.lastindex - 1]
        return Token(at, match.end(), entry.kind, entry.topic, entry.quantities)

    def topic_of(self, section: str) -> str:
        """Return the topic of a section's prose, "" if it has none."""
        return next((t.id for t in self.topics.values() if section and t.section == section), "")


@lru_cache(maxsize=32)
def lexicon(form: Form) -> Lexicon:
    """Return the lexicon of a form."""
    years = {"year": form.year, "last_year": form.year - 1, "next_year": form.year + 1}
    words: dict[str, list[Entry]] = {}
    for entry in sorted(_entries(form, years), key=lambda e: -_longest(e.word)):
        for first in _first(entry.word):
            words.setdefault(first, []).append(entry)
    quantities = form.words.quantities
    return Lexicon(
        words={first: tuple(entries) for first, entries in words.items()},
        topics={topic.id: topic for topic in form.words.topics},
        plain={
            topic.id: tuple(q for q in quantities if q.plain and q.topic == topic.id)
            for topic in form.words.topics
        },
    )


def _entries(form: Form, years: dict[str, int]) -> Iterator[Entry]:
    """Yield the nouns of topics, the words and verbs of quantities, and the general words."""
    for topic in form.words.topics:
        yield from (Entry(_filled(noun, years), TOPIC, "", topic.id) for noun in topic.nouns)
        for noun in topic.weak:
            yield Entry(_filled(noun, years), WEAK, _NO_APPLICATION, topic.id)
    for kind in (WORDS, VERB):
        told: dict[str, list[Quantity]] = {}
        for quantity in form.words.quantities:
            for word in quantity.words if kind == WORDS else quantity.verbs:
                told.setdefault(_filled(word, years), []).append(quantity)
        yield from (Entry(word, kind, "", "", tuple(qs)) for word, qs in told.items())
    for kind, after, general in _GENERAL:
        yield from (Entry(_filled(word, years), kind, after) for word in general)


def _regex(word: str) -> str:
    """Turn the notation of `app.words` into a pattern."""
    return word.replace("(", "(?:").replace("[", "(?:").replace("]", ")?")


def _first(word: str) -> set[str]:
    """With which characters a word can begin: nothing else need be looked at in a text."""
    found: set[str] = set()
    for part in _PARTS.findall(word):
        found |= {choice[0] for choice in part.strip("[]()").split("|")}
        if part[0] != "[":
            break
    return found


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
