"""The report file: exact, complete, and honest about what it cannot read."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import form_file, report_file
from app.errors import AppError, Unreadable
from app.report import PREFACE, Report


def minimal(**more):
    content = {"schema": "nianbao/1", "format": "2021", "org": "示例市", "year": 2024, "cells": {}}
    return json.dumps(content | more, ensure_ascii=False)


def test_figures_never_pass_through_binary_floats():
    text = minimal(cells={}).replace(
        '"cells": {}',
        '"cells": {"t2.fees.amount": 12345678.123457, "t3.new.natural": 9007199254740993}',
    )
    text = text.replace("9007199254740993", "900719925474099")
    report = report_file.loads(text, "a.json")
    assert report.figure("t2.fees.amount") == 12_345_678_123_457
    assert '"t2.fees.amount": 12345678.123457' in report_file.dumps(report)


def test_totals_are_written_and_told_apart():
    report = Report.new("示例市", 2024)
    report.set({"t3.new.natural": 5, "t3.carried_in.natural": 2, "t3.carried_in.total": 2})
    content = json.loads(report_file.dumps(report))
    assert content["cells"]["t3.new.total"] == 5
    assert content["worked_out"] == ["t3.new.total"]
    again = report_file.loads(report_file.dumps(report), "a")
    assert again.is_worked_out("t3.new.total")
    assert not again.is_worked_out("t3.carried_in.total")


def test_total_that_others_worked_out_differently_is_kept_as_typed():
    text = minimal(cells={"t3.new.natural": 5, "t3.new.total": 6}, worked_out=["t3.new.total"])
    report = report_file.loads(text, "a")
    assert report.figure("t3.new.total") == 6
    assert not report.is_worked_out("t3.new.total")


def test_unknown_keys_and_cells_are_kept():
    text = minimal(
        cells={"t3.new.natural": 5, "t3.martian.natural": 7, "t8.x": "?"},
        stamp={"a": [1, 2.50, None]},
        narratives={"s1": "文字", "s7": "第七部分"},
    )
    report = report_file.loads(text, "a")
    again = json.loads(report_file.dumps(report), parse_float=Decimal)
    assert again["cells"]["t3.martian.natural"] == 7
    assert again["cells"]["t8.x"] == "?"
    assert again["stamp"] == {"a": [1, Decimal("2.50"), None]}
    assert "第七部分" in json.dumps(again, ensure_ascii=False, default=str)
    assert report.further["cells"] == {"t3.martian.natural": 7, "t8.x": "?"}


@pytest.mark.parametrize("value", [-5, 1.5, "abc", "1,23", True, [1], {"a": 1}, 10**16])
def test_value_that_is_no_figure_is_kept_as_refused(value):
    report = report_file.loads(minimal(cells={"t3.new.natural": value}), "a")
    assert report.figure("t3.new.natural") is None
    assert report.text("refused.t3.new.natural")
    again = report_file.loads(report_file.dumps(report), "a")
    assert again.items == report.items


@pytest.mark.parametrize(("value", "figure"), [("375万", 375_000_000), ("/", None), (None, None)])
def test_figures_as_people_type_them_are_understood(value, figure):
    report = report_file.loads(minimal(cells={"t2.fees.amount": value}), "a")
    assert report.figure("t2.fees.amount") == figure


def test_unsure_figures_stay_unsure():
    text = minimal(
        cells={"t3.new.natural": 5, "t2.fees.amount": "375万"}, unsure=["t3.new.natural"]
    )
    report = report_file.loads(text, "a")
    assert report.figure("t3.new.natural") == 5
    assert report.text("unsure.t3.new.natural")
    assert report.text("unsure.t2.fees.amount") == "375万 → 375（万元）"
    again = json.loads(report_file.dumps(report))
    assert again["unsure"] == ["t2.fees.amount", "t3.new.natural"]


def test_prose_is_brought_to_paragraphs():
    text = minimal(narratives={"s1": "　　第一段。\r\n\r\n  第二段。\u200b\n"})
    assert report_file.loads(text, "a").text("narratives.s1") == "第一段。\n第二段。"


def test_generated_preface_goes_on_following_the_cover():
    report = Report.new("示例市", 2024)
    report.set({"cover.address": "示例路1号"})
    again = report_file.loads(report_file.dumps(report), "a")
    assert PREFACE not in again.items
    assert again.text(PREFACE) == report.text(PREFACE)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe\x00",
        b'{"year": "2024"}',
        b'{"schema": "nianbao/2", "year": 2024}',
        b'{"schema": "other", "year": 2024}',
        b'{"year": 2024, "cells": []}',
        b"[" * 200_000,
        b'{"year": ' + b"9" * 10_000 + b"}",
        b'{"year": 2024, "format": "1999"}',
        b'{"year": 2024, "profile": "mars"}',
        b'{"year": 2012}',
    ],
)
def test_other_files_are_refused_in_one_sentence(data):
    with pytest.raises(AppError) as refused:
        report_file.loads(data, "a.json")
    assert str(refused.value).endswith("。")
    assert "\n" not in str(refused.value)


def test_huge_file_is_refused():
    with pytest.raises(Unreadable, match="过大"):
        report_file.loads(b" " * 20_000_001, "a.json")


FORMS = [("2019", None), ("2019", "hubei"), ("2021", None), ("2021", "single_other")]
PROSE = st.text(max_size=60).map(lambda t: t.replace("\x00", ""))


@settings(max_examples=80)
@given(st.data())
def test_every_report_comes_back_as_it_was(data):
    form_id, profile = data.draw(st.sampled_from(FORMS))
    form = form_file.load(form_id, profile)
    report = Report(form, int(form_id), {"org": "示例市人民政府"})
    cells = data.draw(st.lists(st.sampled_from(sorted(form.cells)), max_size=40, unique=True))
    for cell in cells:
        least = -50 if form.cells[cell].kind == "signed" else 0
        report.set({cell: data.draw(st.integers(least, 10**13))})
    for part in ("s1", "s5", "preface"):
        text = "\n".join(t for t in map(str.strip, data.draw(PROSE).splitlines()) if t)
        report.set({f"narratives.{part}": text})
    text = report_file.dumps(report)
    once = report_file.loads(text, "a")
    assert once.figures() == report.figures()
    assert report_file.dumps(once) == report_file.dumps(
        report_file.loads(report_file.dumps(once), "b")
    )


def test_real_reports_come_back(shared):
    for path in sorted((shared / "data" / "expected").glob("*.json")):
        report = report_file.loads(path.read_bytes(), path.name)
        again = report_file.loads(report_file.dumps(report), "again")
        assert again.items.keys() == report.items.keys()
        differ = {i for i in report.items if again.items[i] != report.items[i]}
        assert all(item.startswith("unsure.") for item in differ)  # the file holds no reasons
