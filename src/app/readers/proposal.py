"""The proposal: what was read from a file, for people to accept; nothing guessed silently.

Each figure has its source, its place and whether it is sure; what found no place is listed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app import form_file, numbers
from app.form import Form
from app.readers.extract import Extract, Place
from app.report import COVER, Report, Value

_LONGEST_LEFT = 60


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read for a cell: its value in the smallest unit, the text it comes from, its place.

    `doubt` says in Chinese why a person should look at it (empty: sure). Without a value, `source`
    is a text of which no figure could be made; without both the cell is blank, and `doubt` says
    why.
    """

    cell: str
    value: int | None
    source: str
    place: Place
    doubt: str = ""

    @property
    def is_sure(self) -> bool:
        """Whether nobody need look at it."""
        return not self.doubt


@dataclass(frozen=True, slots=True)
class Leftover:
    """Something in the file that found no place in the report, and why."""

    text: str
    place: Place
    why: str


@dataclass(frozen=True)
class Proposal:
    """A report as it was read from a file.

    `texts` are the items that are no figures (`org`, `narratives.s1`, `titles.s2`, `cover.address`,
    `published`); `doubts` names those among `year` and `org` that a person should look at. `exact`
    is the report itself where the file was one of this program's own; else `extract` is the content
    of the file.
    """

    name: str
    form: Form
    year: int
    readings: tuple[Reading, ...]
    texts: Mapping[str, str] = field(default_factory=dict)
    doubts: Mapping[str, str] = field(default_factory=dict)
    leftovers: tuple[Leftover, ...] = ()
    notes: tuple[str, ...] = ()
    exact: Report | None = None
    extract: Extract | None = None

    @property
    def org(self) -> str:
        """The name of the unit, empty where the file does not tell it."""
        return self.exact.org if self.exact else self.texts.get("org", "")

    @property
    def unsure(self) -> tuple[Reading, ...]:
        """The readings that a person should look at, in the order of the form."""
        return tuple(reading for reading in self.readings if not reading.is_sure)

    def report(self) -> Report:
        """Return a new report of what was read, with its marks for what is unsure or no figure."""
        if self.exact is not None:
            return self.exact.copy()
        form = form_file.load(self.form.id, self.form.profile, self.year)
        report = Report(form, self.year, {})
        report.set({r.cell: r.value for r in self.readings if r.value is not None})
        items: dict[str, Value | None] = dict(self.texts)
        for reading in self.readings:
            if reading.value is None and reading.source:
                items[f"refused.{reading.cell}"] = reading.source
            elif reading.doubt:
                items[f"unsure.{reading.cell}"] = reading.doubt
        items.update({f"unsure.{name}": why for name, why in self.doubts.items()})
        report.set(items)
        return report

    def lines(self) -> list[str]:
        """Return the proposal in words, a line each: figures, texts, what was left over."""
        profile = self.form.profiles.get(self.form.profile or "", "")
        told = [f"{self.name}：{self.year}年 {self.org or '（单位不明）'}，{self.form.source}" +
                (f"，{profile}" if profile else "")]  # fmt: skip
        told += self.notes
        told += [f"请核对{_ITEM.get(name, name)}：{why}" for name, why in self.doubts.items()]
        told += [self._line(reading) for reading in self.readings]
        told += [f"{self._item(item)}：{len(text)}字" for item, text in self.texts.items()
                 if item.startswith("narratives.")]  # fmt: skip
        told += [f"{self._item(item)}：{text}" for item, text in self.texts.items()
                 if not item.startswith("narratives.")]  # fmt: skip
        for left in self.leftovers:
            told.append(f"未放入：{_short(left.text)}（{left.place}，{left.why}）")
        return told

    def _line(self, reading: Reading) -> str:
        cell = self.form.cells[reading.cell]
        band = f"{cell.article} " if cell.article else ""
        name = f"{band}{cell.name}"
        if reading.value is None:
            shown = f"“{reading.source}”" if reading.source else "（空）"
        else:
            shown = numbers.show(reading.value, cell.kind) + cell.unit
        state = f"存疑：{reading.doubt}" if reading.doubt else "确定"
        return f"{name} = {shown}（{reading.place}，{state}）"

    def _item(self, item: str) -> str:
        group, _, key = item.partition(".")
        if group == "cover":
            return COVER.get(key, key)
        if group in ("narratives", "titles") and key != "preface":
            standard = self.form.section(key).title
            return f"{standard}（文字）" if group == "narratives" else f"{standard}（标题）"
        return _ITEM.get(key or group, item)


_ITEM = {"org": "单位", "year": "年度", "published": "公布日期", "preface": "前言"}


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST_LEFT else flat[:_LONGEST_LEFT] + "…"


def of_report(report: Report, name: str) -> Proposal:
    """Return the proposal of a file that holds a whole report: figures are sure as they stand."""
    readings = [
        Reading(cell, value, numbers.show(value, report.form.cells[cell].kind), Place(),
                report.text(f"unsure.{cell}"))
        for cell, value in report.figures().items() if not report.is_worked_out(cell)
    ]  # fmt: skip
    readings += [
        Reading(item.removeprefix("refused."), None, str(text), Place(), "不是数")
        for item, text in report.items.items()
        if item.startswith("refused.") and item.removeprefix("refused.") in report.form.cells
    ]
    texts = {
        item: str(text) for item, text in report.items.items()
        if item not in report.form.cells and not item.startswith(("unsure.", "refused.", "expl"))
    }  # fmt: skip
    return Proposal(name, report.form, report.year, tuple(readings), texts, exact=report)
