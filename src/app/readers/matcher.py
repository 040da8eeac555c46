"""The matcher: places an extract on a form and tells form, profile, unit and year by itself.

Every known form with each of its profiles is tried; the one whose labels explain most of the file
is taken. Words: `label`; rows: `table`; columns: `column`; prose: `section`, `heading`, `content`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app import form_file
from app.errors import Unreadable
from app.form import Form
from app.form_file import NoForm
from app.readers import heading, section
from app.readers.column import Resolved, resolve
from app.readers.content import content
from app.readers.extract import Extract
from app.readers.label import Index
from app.readers.line import Line, lines
from app.readers.order import straighten
from app.readers.proposal import Leftover, Proposal
from app.readers.table import Found, Gathered, Slot, gather
from app.report import PREFACE

_FEWEST_ROWS, _FEWEST_SECTIONS = 3, 3
"""What has fewer rows of the form and fewer of its sections is no such report."""
_HEAD_LINES = 30


@dataclass(frozen=True)
class _Attempt:
    """The file read as one form: what was found of it."""

    form: Form
    lines: Sequence[Line]
    rows: Sequence[Found]
    resolved: Resolved
    loose: Sequence[Slot]

    @property
    def score(self) -> tuple[int, int, int]:
        """How well the form explains the file: rows by their labels, less what is odd."""
        clear = len({row.row.number for row in self.rows if row.is_clear})
        unclear = sum(1 for row in self.rows if not row.is_clear)
        doubts = sum(1 for reading in self.resolved.readings if reading.doubt)
        return clear, -unclear, -doubts - len(self.resolved.left)


def match(extract: Extract, name: str, form: Form | None = None) -> Proposal:
    """Return what an extract proposes; `name` is what the user calls the file.

    A `form` is given where a person has said which one it is.

    Raises:
        NoForm: it is a report older than every form.
        Unreadable: it is no such report.
    """
    attempts = [_attempt(known, extract) for known in ([form] if form else _forms())]
    best = max(attempts, key=lambda a: a.score)
    equal = [attempt for attempt in attempts if attempt.score == best.score]
    head = _head(best.lines)
    title = heading.find_title(head)
    year, doubt = _year(title, best, extract, name)
    _check(best, title, year, name)
    in_force = form_file.for_year(year).id if year >= form_file.first_year() else ""
    best = next((attempt for attempt in equal if attempt.form.id == in_force), equal[0])
    if best is not attempts[0]:
        heading.find_title(_head(best.lines))
    if not year:
        year = best.form.year
    return _proposal(best, title, year, doubt, extract, name)


def _forms() -> Iterator[Form]:
    for entry in form_file.catalogue():
        plain = form_file.load(entry.id)
        yield plain
        for profile in plain.profiles:
            yield form_file.load(entry.id, profile)


_indexes: dict[int, Index] = {}


def _index(form: Form) -> Index:
    known = _indexes.get(id(form))
    if known is None or known.form is not form:
        known = _indexes[id(form)] = Index(form)
    return known


def _attempt(form: Form, extract: Extract) -> _Attempt:
    own = section.mark_titles(form, lines(extract))
    gathered = gather(_index(form), own)
    rows = straighten(form, _index(form), gathered)
    return _Attempt(form, own, rows, resolve(form, rows), _loose(gathered, rows))


def _loose(gathered: Gathered, rows: Sequence[Found]) -> list[Slot]:
    """Return the figures that no row has taken."""
    taken = {id(slot) for row in rows for slot in row.slots}
    return [slot for each in gathered.loose for slot in each.slots if id(slot) not in taken]


def _head(all_lines: Sequence[Line]) -> Sequence[Line]:
    """The lines before the first section or row."""
    for number, line in enumerate(all_lines):
        if line.section or line.is_used:
            return all_lines[:number]
    return all_lines[:_HEAD_LINES]


def _check(attempt: _Attempt, title: heading.Title | None, year: int, name: str) -> None:
    """Refuse what is no such report, or one older than every form."""
    first = form_file.first_year()
    if title and title.year < first:
        raise NoForm(
            f"“{name}”是{title.year}年的报告，{first}年以前的格式与现行表样不同，本程序不能读取。"
        )
    rows = {found.row.number for found in attempt.rows}
    sections = sum(1 for line in attempt.lines if line.section)
    if len(rows) < _FEWEST_ROWS and sections < _FEWEST_SECTIONS:
        raise Unreadable(
            f"“{name}”里没有找到政府信息公开工作年度报告的表格和各部分标题，请确认选对了文件。"
        )


def _year(
    title: heading.Title | None, attempt: _Attempt, extract: Extract, name: str
) -> tuple[int, str]:
    """Tell the year and, where the file does not say it plainly, why it is unsure; 0: unknown."""
    if title:
        return title.year, ""
    named = heading.title_in(extract.title)
    first = form_file.first_year()
    told = heading.find_year(line.text for line in attempt.lines)
    if told and told[0] >= first:
        sure = told[1] or (named is not None and named.year == told[0])
        return told[0], "" if sure else "文件没有标题，年度取自正文"
    for source, where in ((named, "取自网页标题"), (heading.title_in(name), "取自文件名")):
        if source and source.year >= first:
            return source.year, f"文件没有标题，年度{where}"
    return 0, "文件中没有写明年度，请填写"


def _proposal(
    attempt: _Attempt,
    title: heading.Title | None,
    year: int,
    doubt: str,
    extract: Extract,
    name: str,
) -> Proposal:
    named = heading.title_in(extract.title) or heading.title_in(name)
    org = (title.org if title else "") or (named.org if named else "")
    doubts = {"year": doubt} if doubt else {}
    told = content(attempt.form, attempt.lines, org)
    if not org:
        org = heading.find_unit([told.texts.get(PREFACE, "")])
        doubts["org"] = "文件没有标题，单位取自前言" if org else "文件中没有写明单位，请填写"
    left = [Leftover(s.text, s.place, why) for s, why in attempt.resolved.left]
    left += [Leftover(s.text, s.place, "没有行名的数字") for s in attempt.loose]
    order = {cell: number for number, cell in enumerate(attempt.form.cells)}
    return Proposal(
        name=name,
        form=attempt.form,
        year=year,
        readings=tuple(sorted(attempt.resolved.readings, key=lambda r: order[r.cell])),
        texts={"org": org, **told.texts} if org else told.texts,
        doubts=doubts,
        leftovers=(*left, *told.leftovers),
        notes=extract.notes,
        extract=extract,
    )
