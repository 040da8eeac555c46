"""Read a paragraph for what it states about the figures. Pure text; `text` compares it.

A number belongs to the noun right before it, a noun's meaning to the verbs before that, and outcome
words (“维持”) to the topic last named. Between the word and the number only words that carry no
meaning may stand; whatever else stands there makes the number one of something unknown, and such
numbers are never compared. Kept by paragraph, so that an edit reads one paragraph only.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, reduce

from app.checks import lexicon as lex
from app.checks.denial import CLAUSE, LINK, denials
from app.checks.lexicon import Lexicon, Token
from app.checks.sentence import ENDS, Flat, Number, flatten, numbers_in
from app.checks.statement import Change, Passage, Share, Told
from app.words import Quantity

_COUNTED = frozenset(
    ("", "件", "件次", "宗", "起", "份", "例", "条", "项", "次", "人次", "个", "笔", "部")
)
_DATES = frozenset(("年", "月", "日", "号", "时", "页", "字", "天", "小时", "分钟", "工作日"))
_FILL = re.compile(
    r"(?:，?(?:共计?|合计|总计|总共|累计|一共)|总数|总量|数量|件数|总件数|数|量|为|是|有|了|达到?|的|案件|案|类|事项"
    r"|办件|件|申请|政府信息公开|政府信息|信息公开|政务公开|情况|均|各类?|全年|本年度?|今年|已|[：“”‘’（]|结果|方面|件次)*"
)
_RIGHT = re.compile(r"(?:有关|相关|各类|公民|群众|有效|涉及|关于|的)*")
_BEFORE_OUTCOME = re.compile(
    r"(?:申请|案件|答复|依法|已|作出了?|为|属于|因|系|按|决定|结果|情况|的|被|给予|均|予以|判决|（次）)*"
)
_AND = ("、", "和", "及", "与", "或", "以及")
_OPEN_END = re.compile(r"[，；。！？（）、：”]|$")


@lru_cache(maxsize=4096)
def read(paragraph: str, words: Lexicon, topic: str) -> Passage:
    """Read one paragraph; `topic` is what it is about before it says so itself."""
    return _Reading(flatten(paragraph), words, topic).passage()


def paragraphs(text: str, words: Lexicon, section: str) -> Iterator[tuple[int, Passage]]:
    """Yield the passages of a text with their offsets; headings name the topic of what follows."""
    start, topic = 0, words.topic_of(section)
    default = topic
    for paragraph in text.split("\n"):
        passage = read(paragraph, words, topic)
        yield start, passage
        is_heading = len(paragraph) < 40 and not passage.told
        topic = passage.topic if is_heading else default
        start += len(paragraph) + 1


@dataclass
class _Reading:
    """The state while a paragraph is read from left to right."""

    flat: Flat
    words: Lexicon
    topic: str
    heads: list[Token] = field(default_factory=list)
    verbs: list[Token] = field(default_factory=list)
    last: Token | None = None
    subject: tuple[Quantity, ...] = ()
    subject_number: Number | None = None
    spent: bool = False
    earlier: bool = False
    limited: bool = False
    alien: bool = False
    compared: bool = False
    share_open: bool = False
    passed: int = 0
    used: Token | None = None
    told: list[Told] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    seen: list[Number] = field(default_factory=list)

    def passage(self) -> Passage:
        text = self.flat.text
        numbers = numbers_in(text)
        if not numbers and not re.search(r"[未无没零]", text) and len(text) > 60:
            return Passage(self.flat, topic=self.topic)
        tokens = [t for t in self.words.tokens(text) if self._counts(t)]
        taken = [(t.start, t.end) for t in tokens]
        free = [n for n in numbers if not any(a <= n.start < b for a, b in taken)]
        events: list[Token | Number] = sorted([*tokens, *free], key=lambda e: e.start)
        for i, event in enumerate(events):
            self._break(text[self.passed : event.start])
            if isinstance(event, Number):
                following = next((e for e in events[i + 1 :] if isinstance(e, Token)), None)
                self._number(event, following)
            else:
                self._word(event)
            self.passed = event.end
        self.told += denials(text, tokens, self.words)
        return Passage(
            self.flat, tuple(free), tuple(self.told), tuple(self.shares), tuple(self.changes),
            self.topic,
        )  # fmt: skip

    def _counts(self, token: Token) -> bool:
        """Say whether a noun counts here: some need a word in the paragraph that sets the scene."""
        topic, current = (self.words.topics.get(id) for id in (token.topic, self.topic))
        if topic is None or not topic.within or (current is not None and current.within):
            return True
        return any(word in self.flat.text for word in topic.within)

    def _break(self, gap: str) -> None:
        """Forget what does not reach beyond the mark between two words."""
        if any(mark in gap for mark in ENDS):
            self.verbs, self.heads, self.spent = [], [], False
            self.earlier = self.compared = self.alien = self.share_open = self.limited = False
            self.subject, self.subject_number = (), None
            self.last = None
        elif CLAUSE.search(gap):
            self.limited = self.share_open = False
            if self.spent:
                self.verbs, self.spent = [], False
            if gap.strip("，"):
                self.compared = False

    # ── words ───────────────────────────────────────────────────────────────────────────────

    def _word(self, token: Token) -> None:
        kind = token.kind
        gap = self.flat.text[self.passed : token.start]
        if kind == lex.ANYONE:
            return
        if kind == lex.WEAK and not self._is_head(token, gap):
            self.alien = True
            return
        if kind in (lex.TOPIC, lex.WEAK, lex.VERB) and self._continues(token, gap):
            return
        if kind in (lex.EARLIER, lex.NOW):
            self.earlier = kind == lex.EARLIER
            return
        if kind in (lex.TOPIC, lex.WEAK):
            self._noun(token, gap)
        elif kind == lex.WORDS:
            token = self._joined(token, gap)
        elif kind == lex.VERB:
            if self.spent:
                self.verbs, self.spent = [], False
            self.verbs.append(token)
        else:
            self.compared |= kind == lex.COMPARE
            self.share_open |= kind == lex.SHARE
            self.limited |= kind == lex.LIMIT
            self.alien |= kind == lex.ALIEN
        self.last = token if token is not self.used else None

    def _noun(self, token: Token, gap: str) -> None:
        """Take up a noun of a topic; several side by side leave open of which outcomes are told."""
        joined = self.heads and self.passed == self.heads[-1].end and LINK.fullmatch(gap)
        self.heads = [*self.heads, token] if joined else [token]
        self.topic = "" if joined else token.topic
        self.subject, self.subject_number = (), None
        self.alien = False

    def _joined(self, token: Token, gap: str) -> Token:
        """Outcomes told together: “予以公开和部分公开” is their sum, “因……无法提供” a part.

        Joined to what the lexicon does not know (“同意公开或部分公开”) they tell of nothing known.
        """
        last = self.last
        if last is not None and last.kind == lex.WORDS and last.end == self.passed:
            if gap in _AND:
                pairs = ((a, b) for a in last.quantities for b in token.quantities)
                sums = tuple(_sum(a, b) for a, b in pairs if a.topic == b.topic)
                return Token(last.start, token.end, lex.WORDS, "", sums)
            self.limited |= bool(_FILL.fullmatch(gap))
        elif self.flat.text[max(token.start - 1, 0)] in "或和及与":
            return Token(token.start, token.end, lex.ALIEN)
        return token

    def _continues(self, token: Token, gap: str) -> bool:
        """Widen words such as “上年结转” over a noun or verb that goes on with them.

        “上年结转政府信息公开申请2件” is told of what was carried in, not of the applications.
        """
        last = self.last
        if last is None or last.kind != lex.WORDS or last.end != self.passed:
            return False
        if not _FILL.fullmatch(gap):
            return False
        self.last = Token(last.start, token.end, lex.WORDS, "", last.quantities)
        if token.topic:
            self.topic, self.alien = token.topic, False
        return True

    def _is_head(self, token: Token, gap: str) -> bool:
        """Say whether a bare “申请” is one of the topic: after a verb, or where a clause begins."""
        gap = re.split(r"[，；。！？（）、]", gap)[-1]
        if not _FILL.fullmatch(gap):
            return False
        near = self.last is not None and self.passed == self.last.end
        if near and self.last is not None and self.last.kind in (lex.VERB, lex.WORDS):
            return self.last.kind == lex.VERB or self.topic == token.topic
        return self.topic == token.topic and not self.alien

    # ── numbers ─────────────────────────────────────────────────────────────────────────────

    def _number(self, number: Number, following: Token | None) -> None:
        if number.unit in _DATES:
            return
        last, gap = self.last, ""
        if last is not None:
            gap = self.flat.text[last.end : number.start]
        if last is not None and last.kind in (lex.UP, lex.DOWN) and _FILL.fullmatch(gap):
            self._change(number, 1 if last.kind == lex.UP else -1)
        elif number.unit == "%":
            self._share(number)
        elif number.unit in _COUNTED and not (self.compared or self.earlier):
            self._count(number, gap, following)
        if number.unit not in ("%", "个百分点", "百分点"):
            self.seen.append(number)
        self.spent = True
        if last is not None and last.kind not in (lex.TOPIC, lex.WEAK):
            self.last = None

    def _change(self, number: Number, sign: int) -> None:
        if self.compared and number.exact and not self.earlier:
            quantities = self.subject
            if not self.subject_number and self.heads:
                quantities = self._of_heads(self.heads, self.verbs)
            if quantities:
                self.changes.append(Change(number, sign, quantities, number.start))

    def _share(self, percent: Number) -> None:
        """Take up “占 p%”, unless it is the share of a wider whole: “占全省总量的 p%”."""
        whole = self.flat.text[self.last.end : percent.start] if self.last else ""
        if self.share_open and self.subject_number and percent.exact and "全" not in whole:
            others = tuple(n for n in self.seen if n is not self.subject_number)
            topic = self.subject[0].topic if self.subject else ""
            self.shares.append(Share(percent, self.subject_number, topic, others))
            self.share_open = False

    def _count(self, number: Number, gap: str, following: Token | None) -> None:
        quantities, start, end = self._meaning(number, gap, following)
        if not number.unit and not self._stands_alone(number):
            quantities = ()
        self.subject, self.subject_number = quantities, number
        if not quantities:
            return
        sentence = max(self.flat.text.rfind(mark, 0, start) for mark in ENDS) + 1
        told_before = max((t.end for t in self.told if t.end <= start), default=0)
        subject = self.flat.text[max(sentence, told_before) : start]
        own_words = all(q.words for q in quantities)
        part = self.limited or ("其中" in subject and not own_words)
        each = [quantities]
        if len(self.heads) > 1 and re.search("[均各都]", gap):
            each = [self._of_topic(head.topic, self.verbs) for head in self.heads]
        self.told += [Told(number, qs, start, end, part, subject) for qs in each if qs]

    def _stands_alone(self, number: Number) -> bool:
        return bool(_OPEN_END.match(self.flat.text, number.end))

    def _meaning(
        self, number: Number, gap: str, following: Token | None
    ) -> tuple[tuple[Quantity, ...], int, int]:
        """Return what a count is of, and from where to where the statement runs."""
        last = self.last
        kind = last.kind if last is not None and _FILL.fullmatch(gap) else ""
        right = self.flat.text[number.end : following.start] if following else ""
        if last is not None and kind == lex.WORDS:
            return self._of_words(last), last.start, number.end
        if kind in (lex.TOPIC, lex.WEAK):
            quantities = self._of_heads(self.heads, self.verbs)
            telling = [v for v in self.verbs if not set(v.quantities).isdisjoint(quantities)]
            return quantities, min(t.start for t in [*self.heads, *telling]), number.end
        if last is not None and kind == lex.VERB:
            if following and following.kind == lex.TOPIC and _RIGHT.fullmatch(right):
                return self._of_heads([following], self.verbs), last.start, following.end
            if self._stands_alone(number) and not self.alien:
                return self._of_topic(self.topic, self.verbs), last.start, number.end
        if following and following.kind == lex.WORDS and _BEFORE_OUTCOME.fullmatch(right):
            after = tuple(q for q in self._of_words(following) if q.after)
            self.used = following if after else None
            return after, number.start, following.end
        return (), number.start, number.end

    def _of_words(self, token: Token) -> tuple[Quantity, ...]:
        if self.alien:
            return ()
        return tuple(q for q in token.quantities if q.topic == self.topic)

    def _of_topic(self, topic: str, verbs: Sequence[Token]) -> tuple[Quantity, ...]:
        """What the verbs make of a topic; none of them known to it: what the noun alone tells."""
        told = {q: None for v in verbs for q in v.quantities if q.topic == topic}
        return tuple(told) or self.words.plain.get(topic, ())

    def _of_heads(self, heads: Sequence[Token], verbs: Sequence[Token]) -> tuple[Quantity, ...]:
        """What nouns before one number tell: one its quantity, several their sum or the last's."""
        each = [self._of_topic(h.topic, verbs) for h in heads]
        if len(each) == 1 or not all(each):
            return each[-1]
        whole = reduce(_sum, (quantities[0] for quantities in each))
        return (whole, *each[-1])


def _sum(one: Quantity, two: Quantity) -> Quantity:
    """Two quantities told in one number."""
    readings = tuple(a + b for a in one.readings for b in two.readings)
    return Quantity(two.topic, f"{one.name}、{two.name}", readings, after=one.after and two.after)
