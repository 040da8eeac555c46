"""信息处理费: the tariff for handling many applications, and its sentence for section six.

Source: 国办函〔2020〕109号 (issued 2020-11-17, in force since 2021-01-01; domain notes, part D.5).
Either by number or by volume, never both for one application. Amounts are whole 元: the tariff
knows nothing smaller.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.form import Form

_FEE = "信息处理费"
_FREE_ITEMS, _FIRST_ITEMS, _ITEM_STEP, _ITEM_PRICE = 10, 30, 10, 100
_FREE_PAGES = 30
_PAGE_PRICES = ((30, 10), (100, 20), (200, 40))
"""Beyond so many pages a page costs so many 元."""


@dataclass(frozen=True, slots=True)
class Charge:
    """What was charged: for how many applications, how much in 元, by which office ("" for one)."""

    applications: int
    yuan: int
    office: str = ""

    def __add__(self, other: "Charge") -> "Charge":
        return Charge(self.applications + other.applications, self.yuan + other.yuan)


def applies(form: Form) -> bool:
    """Say whether a report in this form has to tell of the fee: forms before the tariff do not."""
    section = form.section_in_role("matters")
    return section is not None and any(_FEE in words for words in section.treats)


def by_item(applications: int) -> Charge:
    """Charge one applicant's applications of one calendar month by number.

    Ten are free; the 11th to the 30th cost 100 元 each; from the 31st every further ten raise the
    price of each by 100 元.
    """
    first = max(min(applications, _FIRST_ITEMS) - _FREE_ITEMS, 0)
    yuan, price, left = first * _ITEM_PRICE, _ITEM_PRICE, max(applications - _FIRST_ITEMS, 0)
    while left:
        price += _ITEM_PRICE
        step = min(left, _ITEM_STEP)
        yuan += step * price
        left -= step
    return Charge(max(applications - _FREE_ITEMS, 0), yuan)


def by_page(pages: int) -> Charge:
    """Charge one application by volume: 30 pages are free, then the price of one rises in steps."""
    yuan, before = 0, 0
    for beyond, price in _PAGE_PRICES:
        yuan += max(pages - beyond, 0) * (price - before)
        before = price
    return Charge(int(pages > _FREE_PAGES), yuan)


def total(charges: Iterable[Charge]) -> Charge:
    """Add charges up."""
    return sum(charges, Charge(0, 0))


def sentence(year: int, charges: Sequence[Charge] = ()) -> str:
    """Return the sentence for section six: how much was taken, by whom, or that nothing was."""
    whole = total(charges)
    if not whole.yuan:
        return f"{year}年，本机关未收取政府信息公开信息处理费。"
    text = f"{year}年，共对{whole.applications}件政府信息公开申请收取信息处理费{whole.yuan}元"
    named = [c for c in charges if c.office and c.yuan]
    if len(named) > 1 and sum(c.yuan for c in named) == whole.yuan:
        text += "，其中，" + "，".join(f"{c.office}{c.applications}件{c.yuan}元" for c in named)
    return text + "。"
