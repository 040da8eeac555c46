"""Percentages and changes told in the text, recomputed from the tables."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from app.checks.finding import WARNING, Finding
from app.checks.rule import SOON, Case, Place, rule
from app.checks.statement import Change, Share
from app.checks.text import mend_text

_POINT = Decimal("0.1")
"""Tolerance in percentage points: published percentages are rounded or cut (B.5)."""


@rule("TXT.PCT", pace=SOON)
def shares(case: Case) -> Iterator[Finding]:
    """“占 p%” must be the number before it divided by a whole that the text or the table names."""
    for place in case.places:
        for share in place.passage.shares:
            wholes = _wholes(case, share)
            rates = [share.part.value * 100 / whole for whole in wholes if whole]
            if rates and not any(
                _equal(rate, share.percent.value, share.percent.step) for rate in rates
            ):
                nearest = min(rates, key=lambda rate: abs(rate - share.percent.value))
                shown = _shown(nearest, share.percent.step)
                span = place.span(share.part.start, share.percent.end)
                message = f"正文所写占比{share.percent.value}%与算得的{shown}%不符。"
                mends = (mend_text(place, share.percent, shown, f"文字改为{shown}%"),)
                yield replace(
                    place.prose.quoted("TXT.PCT", WARNING, span, message),
                    mends=mends if len(set(rates)) == 1 else (),
                )


def _wholes(case: Case, share: Share) -> list[Decimal]:
    """Numbers told before that are no smaller, and what the table gives for all applications."""
    told = [
        n.value for n in share.others if n.unit == share.part.unit and n.value >= share.part.value
    ]
    if not share.topic:
        return told
    table = {
        case.value(*roles)
        for roles in (
            ("received",), ("received", "carried_in"), ("outcomes",), ("review",), ("suit",),
            ("suit_direct",), ("suit_after_review",),
        )
    }  # fmt: skip
    return told + [Decimal(v) for v in table if v and v >= share.part.value]


@rule("TXT.YOY", pace=SOON)
def changes(case: Case) -> Iterator[Finding]:
    """“同比增长 p%” must be what the tables of both years give, by one of the readings."""
    if case.last is None:
        return
    for place in case.places:
        for change in place.passage.changes:
            computed = list(_computed(case, case.last, change))
            said = change.number.value * change.sign
            if computed and not any(_equal(c, said, change.number.step) for c in computed):
                yield _wrong_change(
                    place, change, min(computed, key=lambda c: abs(c - said)), computed
                )


def _computed(case: Case, last: Case, change: Change) -> Iterator[Decimal]:
    readings = {reading for quantity in change.quantities for reading in quantity.readings}
    table_two = set(case.cells("rules", "normative", "decisions"))
    for reading in readings:
        if not case.last_of_same_form and not table_two.isdisjoint(reading):
            continue
        now, before = case.sum(reading), last.sum(reading)
        if now is None or before is None:
            continue
        if change.number.unit != "%":
            yield Decimal(now - before)
        elif before:
            yield Decimal(now - before) * 100 / before


def _wrong_change(place: Place, change: Change, said: Decimal, computed: list[Decimal]) -> Finding:
    unit, right = change.number.unit, min(computed, key=lambda c: abs(c - said))
    shown = _shown(abs(right), change.number.step if unit == "%" else Decimal(1))
    way = "增长" if right > 0 else "下降" if right < 0 else "持平，变化"
    told = f"{'增长' if change.sign > 0 else '下降'}{change.number.value}{unit}"
    span = place.span(change.start, change.number.end)
    message = f"正文写较上年{told}，按两年表格计算为{way}{shown}{unit}。"
    finding = place.prose.quoted("TXT.YOY", WARNING, span, message)
    if len(set(computed)) > 1 or (right > 0) != (change.sign > 0):
        return finding
    return replace(
        finding, mends=(mend_text(place, change.number, shown, f"文字改为{shown}{unit}"),)
    )


def _equal(right: Decimal, said: Decimal, step: Decimal) -> bool:
    """Say whether a printed number stands for the exact one: rounded or cut at its last digit."""
    off = abs(right - said)
    return off <= _POINT or off < step


def _shown(value: Decimal, step: Decimal) -> str:
    return format(value.quantize(step, ROUND_HALF_UP), "f")
