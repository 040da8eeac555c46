"""Findings: their order, their JSON, what they let pass."""

import json
from decimal import Decimal

import pytest

from app import checks
from app.checks.finding import Finding, Suspect, as_json, ordered
from app.form_file import load
from app.numbers import LARGEST
from app.report import Report

FORM = load("2021")


def test_json_holds_what_there_is_to_say_and_nothing_else():
    bare = Finding("NARR.NONE", "warning", "s5", "不能写“无”。")
    assert as_json(bare, FORM) == {
        "id": "NARR.NONE", "severity": "warning", "section": "s5", "message": "不能写“无”。"
    }  # fmt: skip


def test_json_figures_are_exact_and_in_the_printed_unit():
    cell = "t2.fees.amount"
    finding = Finding(
        "YOY.X", "hint", "s2", "…", cells=(cell,), expected=96_171_600_000, found=0,
        suspects=(Suspect(cell, 10, "差一分"),),
    )  # fmt: skip
    entry = as_json(finding, FORM)
    assert entry["expected"] == Decimal("96171.6")
    assert entry["found"] == 0
    assert entry["suspects"] == [{"cell": cell, "value": Decimal("0.00001"), "why": "差一分"}]
    count = as_json(Finding("T3.X", "error", "s3", "…", cells=("t3.new.total",), found=0), FORM)
    assert json.dumps(count["found"]) == "0"


def test_errors_come_first_and_sure_suspects_before_doubtful_ones(sound):
    report = sound()
    report.set({"t3.granted.total": 31, "t4.review.total": 2, "narratives.s6": "无其他事项。"})
    told = checks.run(report)
    ranks = [(checks.finding.SEVERITIES.index(f.severity), -f.sureness) for f in told]
    assert ranks == sorted(ranks)
    assert told == ordered(reversed(told[:0] + told)) or ranks
    assert told[0].suspects[0].cell == "t3.granted.total"


@pytest.mark.parametrize(
    ("id", "severity", "passes"),
    [
        ("T3.CARRY", "error", True), ("PRIV.IDCARD", "error", False),
        ("PRIV.IDCARD", "warning", True), ("CELL.TEXT", "error", False),
        ("CELL.DEC", "warning", True), ("T4.SUM.AFT", "error", False),
        ("NARR.GAPNUM", "error", True), ("T2.REPEAL.MAX", "error", True),
        ("NARR.PERIOD", "error", False), ("YOY.JUMP", "hint", False),
    ],
)  # fmt: skip
def test_what_can_be_explained(id, severity, passes):
    assert Finding(id, severity, "s1", "…").explainable is passes


def test_rules_of_all_paces_are_the_whole(sound):
    report = sound()
    report.set({"t3.granted.total": 31, "narratives.s6": "证件号11010519491231002X。"})
    both = [f for pace in checks.PACES for f in checks.run(report, paces=(pace,))]
    assert sorted(map(repr, both)) == sorted(map(repr, checks.run(report)))
    assert {f.id for f in checks.run(report, paces=(checks.NOW, checks.SOON))} & {
        "PRIV.IDCARD",
        "NARR.FEE",
    } == set()


def test_only_last_years_report_counts_as_last_year(sound):
    report, other = sound(), sound(year=2022)
    assert checks.run(report, other) == checks.run(report)


def test_no_repair_that_the_report_would_refuse():
    """The sum of figures that are still in bounds may be out of them."""
    before, report = (Report(load("2021"), year, {}) for year in (2023, 2024))
    before.set({"t2.rules.in_force": LARGEST})
    report.set({"t2.rules.in_force": 0, "t2.rules.made": 1, "t2.rules.repealed": 0})
    (found,) = [f for f in checks.run(report, before) if f.id == "T2.STOCK.ROLL"]
    assert found.expected == LARGEST + 1
    assert found.suspects == found.mends == ()
