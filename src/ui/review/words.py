"""The sentences of a review: what is odd about the file, what is still to do, what one item is."""

from collections.abc import Callable
from html import escape

from app import form_file
from app.acceptance import Acceptance, Merging
from app.comparison import ADDED, REMOVED, passages
from app.report import Report
from ui.history.dialog import name_of
from ui.review.model import NAME, ReviewModel
from ui.style import theme

_NAMED = 4


def hint(
    acceptance: Acceptance,
    merging: Merging | None,
    this_year: Report | None,
    is_there: Callable[[str, int], bool],
) -> str:
    """Return what people should know of the file as a whole.

    `this_year` is given where it is to be last year's report, `merging` where it goes into the open
    report.
    """
    read = acceptance.report
    found = [*acceptance.proposal.notes]
    in_force = form_file.for_year(read.year)
    if in_force.id != read.form.id:
        found.append(f"{read.year}年应使用{in_force.source}的表样，文件用的是另一种")
    if merging is not None:
        found += _odd_to_merge(merging)
    elif this_year is not None:
        found += _odd_as_last_year(read, this_year, is_there)
    elif read.org and is_there(read.org, read.year):
        found.append(f"已有该单位{read.year}年的报告，读入后会有两份")
    return "".join(f"！{sentence.rstrip('。')}。" for sentence in found)


def _odd_to_merge(merging: Merging) -> list[str]:
    present, read = merging.present, merging.acceptance.report
    found = []
    if read.org and read.org != present.org:
        found.append(f"文件的单位是“{read.org}”，当前报告是“{present.org}”")
    if read.year != present.year:
        found.append(f"文件是{read.year}年的，当前报告是{present.year}年的")
    if foreign := merging.foreign:
        names = "、".join(name_of(cell, read) for cell in foreign[:_NAMED])
        more = "等" if len(foreign) > _NAMED else ""
        found.append(f"有{len(foreign)}格在当前报告的表样里没有，不会并入：{names}{more}")
    return found


def _odd_as_last_year(
    read: Report, this_year: Report, is_there: Callable[[str, int], bool]
) -> list[str]:
    found = []
    if read.year != this_year.year - 1:
        found.append(f"文件是{read.year}年的，将作为{this_year.year - 1}年的报告保存")
    if read.org != this_year.org:
        found.append(f"单位将记为“{this_year.org}”，与当前报告一致")
    if is_there(this_year.org, this_year.year - 1):
        found.append(f"已有该单位{this_year.year - 1}年的报告，读入后以这一份作为上年报告")
    return found


def still_to_do(acceptance: Acceptance, merging: Merging | None) -> str:
    """Return what is still undecided, and what comes of leaving it so."""
    parts = []
    if merging is not None:
        differing = merging.differences
        taken = sum(item in merging.chosen for item in differing)
        parts.append(f"不同{len(differing)}项，采用{taken}项" if differing else "与当前报告相同")
    if still := len(acceptance.open_items):
        parts.append(f"还有{still}项没有核对，读入后会标明存疑")
    if left := len(acceptance.leftovers):
        parts.append(f"{left}处内容没有放入")
    return "；".join(parts) + "。" if parts else "已全部核对。"


def detail(item: str, model: ReviewModel) -> str:
    """Return all there is to say of one item, as rich text; of prose the whole, or what differs."""
    if not item:
        return ""
    lines = [f"<b>{escape(model.text(item, NAME))}</b>　{escape(model.state(item))}"]
    acceptance = model.acceptance
    reading = acceptance.readings.get(item)
    if reading is not None:
        source = f"原文“{escape(reading.source)}”" if reading.source else "原文为空"
        lines.append(f"{source}　（{reading.place}）")
    elif not model.is_cell(item):
        new = acceptance.report.text(item)
        old = str(model.merging.old(item) or "") if model.merging else new
        lines.append(escape(new).replace("\n", "<br>") if old == new else _marked(old, new))
    return "<br>".join(lines)


def _marked(old: str, new: str) -> str:
    """The passages that differ: what goes is struck through, what comes underlined."""
    colours = theme.colours()
    styles = {
        REMOVED: f"text-decoration: line-through; color: {colours.error}",
        ADDED: f"text-decoration: underline; color: {colours.hint}",
    }
    return "<br>".join(
        "".join(
            f"<span style='{styles[p.mark]}'>{escape(p.text)}</span>"
            if p.mark in styles
            else escape(p.text)
            for p in passage.pieces
        ).replace("\n", "<br>")
        for passage in passages(old, new)
    )
