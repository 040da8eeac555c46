"""Text against tables: what the prose says of the figures, compared with the figures.

Only what none of the legitimate readings fits is reported, and never as an error: the text may
count something else. Source: domain notes, part B.5.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from app.checks.finding import WARNING, Finding, Mend
from app.checks.rule import SOON, Case, Place, rule
from app.checks.sentence import Number
from app.checks.slip import slip
from app.checks.statement import Told

_OFFICE = re.compile(
    r"[\u4e00-\u9fff]{1,12}?(?:局|委员会|委|厅|镇|乡|街道|公司|大队|法院)(?![面势部])"
)
_OWN = re.compile(r"^.{0,6}?[我本全该][\u4e00-\u9fff]{0,3}$")
_SLIGHT = 3
"""More than that is a slip of the digits, not just a number nearby."""
_FAR = 5
"""An approximate number is wrong if it is this many times off."""


@rule("TXT.NUM", "TXT.ZERO", pace=SOON)
def numbers_in_text(case: Case) -> Iterator[Finding]:
    """A number told of a figure must be that figure, by one of its readings (B.5, from real cases).

    Approximate numbers are held to their order of magnitude; those that count a part only, to
    not being larger than the whole.
    """
    for place in case.places:
        for told in place.passage.told:
            figures = [(reading, case.sum(reading)) for reading in told.readings]
            known = [(reading, value) for reading, value in figures if value is not None]
            if (
                len(known) == len(figures)
                and known
                and not _fits(case, told, [v for _, v in known])
            ):
                yield _contradiction(case, place, told, known)


def _fits(case: Case, told: Told, values: list[int]) -> bool:
    number = told.number.value
    if not told.number.exact:
        return any(v * _FAR > number and number * _FAR > v for v in values)
    if told.part or is_of_others(case.report.org, told.subject):
        return number <= max(values)
    return number in values


def is_of_others(org: str, subject: str) -> bool:
    """Say whether the words before a statement name another office than the reporting one."""
    return any(
        name not in org and org not in name and not _OWN.match(name)
        for name in _OFFICE.findall(re.sub(r"^.*[，。；、]", "", subject))
    )


def _contradiction(
    case: Case, place: Place, told: Told, known: list[tuple[tuple[str, ...], int]]
) -> Finding:
    """Report a statement against the reading that it most looks like a slip of."""
    said = told.number.value
    ranked = sorted(known, key=lambda r: (-_likeness(told, r[1]), said and abs(r[1] - said)))
    cells, value = ranked[0]
    alone = len({v for _, v in known}) == 1 or _likeness(told, value) > _SLIGHT > _likeness(
        told, ranked[1][1]
    )
    none = told.is_zero or (not any(v for _, v in known) and not told.part)
    span = place.span(told.start, told.end)
    quote = "正文称没有" if told.is_denial else f"正文写“{place.prose.text[slice(*span)]}”"
    about = "却多于" if told.part else "而表中"
    message = f"{quote}，{about}{_named(case, cells)}为{value}。"
    finding = place.prose.quoted("TXT.ZERO" if none else "TXT.NUM", WARNING, span, message)
    mendable = alone and told.number.exact and not told.part
    return replace(
        finding,
        cells=cells,
        expected=value,
        found=int(said) if said == said.to_integral_value() else None,
        mends=tuple(_mends(case, place, told, cells, value)) if mendable else (),
        cause=finding.cause if len(cells) > 1 else cells[0],
    )


def _likeness(told: Told, value: int) -> int:
    """How much the number told looks like a slip for a figure (see `slip`)."""
    return slip(told.number.count, value)[0] if told.number.exact else 0


def _named(case: Case, cells: tuple[str, ...]) -> str:
    names = "、".join(case.name(cell) for cell in cells[:2])
    return names + ("等各格" if len(cells) > 2 else "") + ("之和" if len(cells) > 1 else "")


def _mends(
    case: Case, place: Place, told: Told, cells: tuple[str, ...], value: int
) -> Iterator[Mend]:
    number = told.number
    if not told.is_denial:
        yield mend_text(place, number, str(value), f"以表格为准，文字改为{value}")
    if len(cells) == 1 and not case.report.is_worked_out(cells[0]):
        yield Mend(f"以文字为准，表格改为{number.count}", {cells[0]: number.count})


def mend_text(place: Place, number: Number, digits: str, label: str) -> Mend:
    """Return the repair that writes other digits for a number."""
    start, end = place.span(number.start, number.digits_end)
    text = place.prose.text
    return Mend(label, {place.prose.item: text[:start] + digits + text[end:]})


@rule("T3.ALLZERO.TEXT", pace=SOON)
def requests_only_in_text(case: Case) -> Iterator[Finding]:
    """表三 is all zero while the text tells of applications; the reverse is TXT.ZERO (B.3)."""
    cells = case.cells("requests")
    if not cells or any(case.figures.get(cell) != 0 for cell in cells):
        return
    received = set(case.cells("received"))
    for place in case.places:
        for told in place.passage.told:
            if told.number.value > Decimal(0) and any(received & set(r) for r in told.readings):
                span = place.span(told.start, told.end)
                message = f"表三全部为0，正文却写“{place.prose.text[span[0] : span[1]]}”。"
                finding = place.prose.quoted("T3.ALLZERO.TEXT", WARNING, span, message)
                yield replace(finding, cells=tuple(received), cause=next(iter(received)))
                return
