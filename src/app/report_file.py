"""The report file (.nianbao, .json): how offices hand a report to one another.

UTF-8 JSON by the contract in docs/report-file.md. Figures are JSON numbers in the printed unit of
their cell and never pass through binary floats; keys this program does not know are kept.
"""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from app import exact_json, form_file, numbers, prose
from app.errors import Unreadable
from app.form import Form
from app.report import COVER, PREFACE, UNIT_TYPES, Report, Value

SCHEMA = "nianbao/1"
_KNOWN = (
    "schema", "format", "profile", "org", "year", "cells", "narratives", "unit_type", "cover",
    "titles", "published", "worked_out", "unsure", "refused", "explanations",
)  # fmt: skip
_LARGEST_FILE = 20_000_000


def loads(data: bytes | str, name: str) -> Report:
    """Read a report file; `name` is what the user calls it.

    Values that are no figures of their cell are kept as `refused.` items, so that the checker names
    them; nothing is dropped.

    Raises:
        Unreadable: it is no report file.
        NoForm: its format, profile or year is not known.
    """
    content = _json(data, name)
    year = content.get("year")
    if not isinstance(year, int) or isinstance(year, bool) or not 1900 < year < 2200:
        raise Unreadable(f"“{name}”没有写明年度（year），无法读取。")
    cells = content.get("cells", {})
    if not isinstance(cells, dict):
        raise Unreadable(f"“{name}”中的表格数据（cells）格式不对，无法读取。")
    report = Report(_form(content, year, cells), year, {})
    figures, marks = _figures(cells, report)
    left_out = content.get("worked_out")
    _set_figures(report, figures, left_out if isinstance(left_out, list) else [])
    report.items |= marks
    report.items.update(_texts(content, report.form, report.further))
    if report.has_cover() and report.items.get(PREFACE) == report.generated_preface():
        report.set({PREFACE: None})  # nobody has edited it: it goes on following the cover
    report.further |= {key: value for key, value in content.items() if key not in _KNOWN}
    return report


def dumps(report: Report) -> str:
    """Write a report as the text of a report file, the same text for the same content."""
    parts: dict[str, str] = {
        "schema": exact_json.dumps(SCHEMA),
        "format": exact_json.dumps(report.form.id),
        "profile": exact_json.dumps(report.form.profile),
        "org": exact_json.dumps(report.org),
        "year": str(report.year),
        "cells": _cells(report),
        "narratives": exact_json.dumps(_narratives(report)),
    }
    for key in ("unit_type", "published"):
        if report.text(key):
            parts[key] = exact_json.dumps(report.text(key))
    for key in ("cover", "titles"):
        if group := _group(report, key):
            parts[key] = exact_json.dumps(group)
    worked_out = [cell for cell in report.form.cells if report.is_worked_out(cell)]
    unsure = [i.removeprefix("unsure.") for i in sorted(report.items) if i.startswith("unsure.")]
    lists: dict[str, object] = {"worked_out": worked_out, "unsure": unsure}
    lists["refused"] = _group(report, "refused")
    lists["explanations"] = [
        json.loads(str(value), parse_float=Decimal) for item, value in sorted(report.items.items())
        if item.startswith("explanations.")
    ]  # fmt: skip
    parts |= {key: exact_json.dumps(value) for key, value in lists.items() if value}
    further = {key: value for key, value in report.further.items() if key != "cells"}
    parts |= {key: exact_json.dumps(value) for key, value in further.items()}
    body = ",\n".join(f"  {exact_json.dumps(key)}: {value}" for key, value in parts.items())
    return "{\n" + body + "\n}\n"


def _json(data: bytes | str, name: str) -> dict[str, Any]:
    if len(data) > _LARGEST_FILE:
        raise Unreadable(f"“{name}”过大，不是年度报告文件。")
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
        content = json.loads(text, parse_float=Decimal, parse_constant=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise Unreadable(f"“{name}”已损坏或不是年度报告文件，请重新导出后再试。") from error
    schema = content.get("schema", SCHEMA) if isinstance(content, dict) else None
    if schema != SCHEMA:
        wrong = "是用更新版本的程序保存的，请升级程序后再打开" if isinstance(schema, str) else ""
        raise Unreadable(f"“{name}”{wrong or '不是年度报告文件，无法读取'}。")
    return dict(content)


def _form(content: Mapping[str, Any], year: int, cells: Mapping[str, Any]) -> Form:
    form_id = content.get("format") or form_file.for_year(year).id
    profile = content.get("profile") or form_file.infer_profile(str(form_id), cells)
    return form_file.load(str(form_id), str(profile) if profile else None, year)


def _texts(
    content: Mapping[str, Any], form: Form, further: dict[str, object]
) -> Iterator[tuple[str, Value]]:
    """Yield the text items; what has no place in the form goes to `further`."""
    org = content.get("org")
    if isinstance(org, str) and org.strip():
        yield "org", org.strip()
    if content.get("unit_type") in UNIT_TYPES:
        yield "unit_type", content["unit_type"]
    if isinstance(content.get("published"), str) and content["published"]:
        yield "published", content["published"]
    sections = {section.id for section in form.sections}
    places = {"narratives": sections | {"preface"}, "titles": sections, "cover": set(COVER)}
    for group, known in places.items():
        entries = content.get(group)
        if not isinstance(entries, dict):
            continue
        for key, text in entries.items():
            if key in known and isinstance(text, str):
                cleaned = prose.clean(text)
                if cleaned:
                    yield f"{group}.{key}", cleaned
            elif text:
                further[f"{group}.{key}"] = text
    yield from _marks(content)


def _marks(content: Mapping[str, Any]) -> Iterator[tuple[str, Value]]:
    for cell in content.get("unsure") or ():
        yield f"unsure.{cell}", "文件中标为存疑"
    refused = content.get("refused")
    for cell, text in refused.items() if isinstance(refused, dict) else ():
        yield f"refused.{cell}", str(text)
    for number, entry in enumerate(content.get("explanations") or ()):
        if isinstance(entry, dict):
            yield f"explanations.{number:03}", exact_json.dumps(entry)


def _figures(cells: Mapping[str, Any], report: Report) -> tuple[dict[str, int], dict[str, str]]:
    """Return the figures in their smallest units, and marks: what is unsure, what is no figure."""
    figures: dict[str, int] = {}
    marks: dict[str, str] = {}
    unknown: dict[str, object] = {}
    for cell, value in cells.items():
        about = report.form.cells.get(cell)
        if about is None:
            unknown[cell] = value
            continue
        try:
            read = _figure(value, about.kind)
        except numbers.NotAFigure:
            marks[f"refused.{cell}"] = value if isinstance(value, str) else str(value)
            continue
        if read.note:
            marks[f"unsure.{cell}"] = read.note
        if read.value is not None:
            figures[cell] = read.value
    if unknown:
        report.further["cells"] = unknown
    return figures, marks


def _figure(value: object, kind: str) -> numbers.Figure:
    if value is None:
        return numbers.Figure(None)
    if isinstance(value, str):
        return numbers.parse(value, kind)
    return numbers.Figure(numbers.from_exact(_number(value), kind))


def _number(value: object) -> Decimal | int:
    if isinstance(value, (Decimal, int)) and not isinstance(value, bool):
        return value
    raise numbers.NotAFigure(f"“{value}”不是数。")


def _set_figures(report: Report, figures: dict[str, int], worked_out: list[Any]) -> None:
    """Set figures as typed ones, but for totals that this program works out to the same value."""
    typed = {cell: value for cell, value in figures.items() if cell not in worked_out}
    report.set(typed)
    report.set({c: v for c, v in figures.items() if report.figure(c) != v})


def _cells(report: Report) -> str:
    lines = {cell: str(numbers.exact(value, report.form.cells[cell].kind))
             for cell, value in report.figures().items()}  # fmt: skip
    unknown = report.further.get("cells")
    if isinstance(unknown, dict):
        lines |= {cell: exact_json.dumps(value) for cell, value in unknown.items()}
    if not lines:
        return "{}"
    return "{\n" + ",\n".join(f"    {exact_json.dumps(c)}: {v}" for c, v in lines.items()) + "\n  }"


def _group(report: Report, group: str) -> dict[str, Value]:
    prefix = group + "."
    found = {i.removeprefix(prefix): v for i, v in report.items.items() if i.startswith(prefix)}
    return dict(sorted(found.items()))


def _narratives(report: Report) -> dict[str, str]:
    parts = ("preface", *(section.id for section in report.form.sections))
    return {part: report.prose(part) for part in parts if report.prose(part)}
