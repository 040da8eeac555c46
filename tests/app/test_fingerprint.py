"""The fingerprint: the same for the same content wherever it lies, another after any change."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from app import fingerprint, form_file, numbers, report_file
from app.draft import Draft, keep
from app.fingerprint import SYMBOLS, Mistyped
from app.report import Report
from app.store.store import Store

DOCS = Path(__file__).parents[2] / "docs" / "fingerprint.md"
FORMS = [("2019", None), ("2019", "hubei"), ("2021", None), ("2021", "single_other")]
CODES = st.text(SYMBOLS, min_size=12, max_size=12).map(
    lambda text: text + SYMBOLS[fingerprint._check(text)]
)


def filled(form_id="2021", profile=None):
    form = form_file.load(form_id, profile)
    report = Report(form, form.year, {"org": "示例市档案局"})
    cells = [cell for cell in form.cells if cell not in form.total_of]
    report.set({cell: 17 + n * 1_000_003 for n, cell in enumerate(cells)})
    prose = {f"narratives.{s.id}": f"（一）{s.title}。\n公开12.5万条。" for s in form.sections}
    report.set(prose)
    return report


@pytest.fixture(scope="module")
def report():
    return filled()


def test_the_code_of_the_example_in_the_document():
    text = DOCS.read_text("utf-8")
    report = Report.new("示例局", 2024)
    report.set({"t3.new.natural": 5, "narratives.s1": "全年新收5件。"})
    canonical = fingerprint.canonical(report).decode()
    assert f"    {canonical}\n" in text
    assert f"`{fingerprint.code(report)}`" in text.split("An example")[1]


def test_the_code_can_be_made_from_the_file_alone(report):
    """By the document, with nothing of this program."""
    content = json.loads(report_file.dumps(report), parse_float=str)
    wanted = {key: content[key] for key in ("format", "narratives", "org", "profile", "year")}
    wanted |= {"titles": content.get("titles", {}), "cells": content["cells"]}
    text = json.dumps(wanted, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    text = re.sub(r':"(\d+\.\d+)"', r":\1", text)  # amounts, kept as they are written
    bits = bin(int.from_bytes(hashlib.sha256(text.encode()).digest(), "big"))[2:].zfill(256)
    symbols = "".join(SYMBOLS[int(bits[i : i + 5], 2)] for i in range(0, 60, 5))
    assert fingerprint.code(report).replace("-", "")[:-1] == symbols


def test_draft_file_and_round_trip_have_one_code(report, tmp_path):
    report = report.copy()
    report.set({"cover.address": "示例路1号", "titles.s2": "二、主动公开", "t3.new.total": 5})
    wanted = fingerprint.code(report)
    assert fingerprint.code(report_file.loads(report_file.dumps(report), "a")) == wanted
    with Store.open(tmp_path / "a.db") as store:
        draft = Draft.open(store, keep(store, report, "新建", "张三"), "张三")
        assert fingerprint.code(draft.report) == wanted
        assert fingerprint.code(report_file.loads(report_file.dumps(draft.report), "a")) == wanted


@given(st.text(max_size=60))
@example("•• 甲\n\n ·乙\u2028\ufeff丙\te\u0301")
@example("\u2000甲 \u0344")
def test_text_typed_in_any_way_has_the_code_of_its_file(text):
    report = Report.new("示例局", 2024)
    report.set({"narratives.s1": text, "titles.s2": text, "org": text})
    report.set({"org": text.strip() or None})
    try:
        written = report_file.dumps(report).encode()
    except UnicodeEncodeError:
        assume(False)
    again = report_file.loads(written, "a")
    assert fingerprint.canonical(again) == fingerprint.canonical(report)


@pytest.mark.parametrize(("form_id", "profile"), FORMS)
def test_every_figure_counts(form_id, profile):
    report = filled(form_id, profile)
    codes = {fingerprint.code(report)}
    for cell, value in report.figures().items():
        for other in (value + 1, None if cell in report.items else 0):
            changed = report.copy()
            changed.set({cell: other})
            codes.add(fingerprint.code(changed))
    assert len(codes) == 1 + 2 * len(report.figures())


@given(data=st.data())
def test_every_character_counts(report, data):
    part = data.draw(st.sampled_from(["org", *(i for i in report.items if "narr" in i)]))
    text = report.text(part)
    at = data.draw(st.integers(0, len(text) - 1))
    new = data.draw(st.sampled_from(["", text[at] + "甲", "0", "。", "Ａ", "𬬭"]))
    changed = report.copy()
    changed.set({part: text[:at] + new + text[at + 1 :]})
    same = changed.text(part) == text
    assert (fingerprint.code(changed) == fingerprint.code(report)) == same


@pytest.mark.parametrize(
    "changes",
    [
        {"year": 2025},
        {"profile": "single_other"},
        {"titles": {"s2": "二、主动公开"}},
    ],
)
def test_what_stands_in_the_head_counts(report, changes):
    content = json.loads(report_file.dumps(report))
    changed = report_file.loads(json.dumps(content | changes), "a")
    assert fingerprint.code(changed) != fingerprint.code(report)


def test_what_is_not_content_does_not_count(report):
    changed = report.copy()
    changed.set({
        "published": "2025-01-20", "unit_type": "department", "unsure.t3.new.natural": "看不清",
        "explanations.001": '{"rule": "YOY.SAME", "text": "属实"}', "titles.s1": report.title("s1"),
        "narratives.s1": "\n  " + report.prose("s1").replace("\n", " \r\n\u3000\u3000\r\n•  "),
        "t3.new.total": report.figure("t3.new.total"),
    })  # fmt: skip
    changed.further["stamp"] = "x"
    assert fingerprint.code(changed) == fingerprint.code(report)


def test_the_preface_counts_as_it_is_printed(report):
    generated = report.copy()
    generated.set({"cover.address": "示例路1号"})
    typed = report.copy()
    typed.set({"narratives.preface": generated.prose("preface")})
    assert fingerprint.code(generated) == fingerprint.code(typed) != fingerprint.code(report)


@pytest.mark.parametrize("value", [1, 10, 123_456, 1_000_000, 961_716_000_000, 10**15])
def test_amounts_are_written_exactly(value):
    report = Report.new("示例局", 2024)
    report.set({"t2.fees.amount": value})
    written = json.loads(fingerprint.canonical(report), parse_float=str)["cells"]["t2.fees.amount"]
    assert str(written) == numbers.show(value, "amount")


# ── the code as people type it ──────────────────────────────────────────────────────────────


@given(CODES)
def test_a_code_is_read_however_it_is_written(code):
    printed = fingerprint.read(code)
    assert re.fullmatch(r"(?:\w{4}-){3}\w", printed)
    spoken = printed.lower().replace("1", "l").replace("0", "o").replace("-", " — ")
    assert fingerprint.read(f" {spoken}\n") == printed
    full_width = "".join(chr(ord(ch) + 0xFEE0) for ch in printed.replace("1", "I"))
    assert fingerprint.read(full_width) == printed


@given(CODES)
def test_every_single_wrong_symbol_is_noticed(code):
    for at in range(len(code)):
        for symbol in set(SYMBOLS) - {code[at]}:
            with pytest.raises(Mistyped, match="输错"):
                fingerprint.read(code[:at] + symbol + code[at + 1 :])


@given(CODES)
def test_every_swap_is_noticed(code):
    for i in range(len(code)):
        for j in range(i):
            if code[i] != code[j]:
                swapped = code[:j] + code[i] + code[j + 1 : i] + code[j] + code[i + 1 :]
                with pytest.raises(Mistyped, match="输错"):
                    fingerprint.read(swapped)


@pytest.mark.parametrize(
    ("text", "says"),
    [("", "输入了0位"), ("AQ9W-ABHJ-JRA9", "输入了12位"), ("UUUU", "“U”"), ("核对码", "对码")],
)
def test_what_is_no_code_is_refused(text, says):
    with pytest.raises(Mistyped, match=says):
        fingerprint.read(text)
