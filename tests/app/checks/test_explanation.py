"""Explanations live as long as the figures and the sentence they explain."""

import json

import pytest

from app import checks, report_file
from app.checks import explanation
from app.checks.finding import blocking

SENTENCE = "因政府信息公开引发的行政复议3件。"


@pytest.fixture
def doubtful(sound):
    """A report whose prose tells of more reviews than its table."""
    report = sound()
    report.set({"narratives.s4": SENTENCE})
    return report


def of(report, id="TXT.NUM"):
    return [f for f in checks.run(report) if f.id == id]


def explained(report, text="含一件已撤回的案件"):
    (finding,) = of(report)
    report.set(explanation.explain(report, finding, text))
    return report


def test_an_explanation_is_shown_with_its_finding_and_lets_it_pass(doubtful):
    assert [f.id for f in blocking(checks.run(doubtful))] == ["TXT.NUM"]
    (finding,) = of(explained(doubtful))
    assert finding.explanation == "含一件已撤回的案件"
    assert blocking(checks.run(doubtful)) == []


def test_it_is_kept_in_the_exchange_file(doubtful):
    text = report_file.dumps(explained(doubtful))
    (entry,) = json.loads(text)["explanations"]
    assert entry["rule"] == "TXT.NUM"
    assert entry["cells"] == ["t4.review.total"]
    assert entry["excerpt"] == SENTENCE
    (finding,) = of(report_file.loads(text, "x.json"))
    assert finding.explanation == "含一件已撤回的案件"


def test_without_values_it_lives_if_rule_cells_and_excerpt_match(doubtful):
    content = json.loads(report_file.dumps(explained(doubtful)))
    for key in ("values", "section"):
        del content["explanations"][0][key]
    (finding,) = of(report_file.loads(json.dumps(content), "x.json"))
    assert finding.explanation


@pytest.mark.parametrize(
    "change",
    [
        {"t4.review.upheld": 2, "t4.review.total": 2},
        {"narratives.s4": "因政府信息公开引发的行政复议3件，均与征地有关。"},
        {"narratives.s4": None},
    ],
)
def test_it_lapses_visibly_when_figures_or_words_change(doubtful, change):
    explained(doubtful).set(change)
    assert all(not f.explanation for f in of(doubtful))
    (lapsed,) = of(doubtful, "EXPLAIN.LAPSED")
    assert "含一件已撤回的案件" in lapsed.message
    assert lapsed.severity == "hint"
    doubtful.set(lapsed.mends[0].changes)
    assert not of(doubtful, "EXPLAIN.LAPSED")
    assert not list(explanation.explanations(doubtful))


def test_it_does_not_lapse_when_something_else_changes(doubtful):
    explained(doubtful).set({"t2.penalties.decisions": 41, "narratives.s2": "另有说明。"})
    assert of(doubtful)[0].explanation
    assert not of(doubtful, "EXPLAIN.LAPSED")


def test_explaining_again_renews_rather_than_doubles(doubtful):
    explained(doubtful, "先前的说明")
    doubtful.set({"narratives.s4": SENTENCE.replace("3", "4")})
    explained(doubtful, "新的说明")
    assert [x.text for x in explanation.explanations(doubtful)] == ["新的说明"]
    explained(doubtful, "  ")
    assert not list(explanation.explanations(doubtful))


def test_two_sections_with_the_same_rule_are_explained_apart(sound):
    report = sound()
    report.set({"narratives.s1": "情况良好。", "narratives.s5": "存在不足，将改进。"})
    first, second = of(report, "NARR.SHORT")
    report.set(explanation.explain(report, second, "按上级要求从简"))
    assert [f.explanation for f in of(report, "NARR.SHORT")] == ["", "按上级要求从简"]
    assert first.section != second.section


def test_what_last_year_leads_to_expect_is_part_of_what_is_explained(sound):
    last = sound(year=2023)
    report = sound()
    (finding,) = [f for f in checks.run(report, last) if f.cells == ("t3.carried_in.total",)]
    assert finding.explainable
    report.set(explanation.explain(report, finding, "机构改革划出"))
    assert [f for f in checks.run(report, last) if f.explanation]
    last.set({"t3.carried_out.total": 7})
    assert not [f for f in checks.run(report, last) if f.explanation]
    assert not of(report, "EXPLAIN.LAPSED")


def test_errors_without_appeal_stay_even_if_explained(sound):
    report = sound()
    report.set({"t3.granted.total": 31})
    (finding,) = [f for f in checks.run(report) if f.id == "T3.ROWSUM"]
    assert not finding.explainable
    report.set(explanation.explain(report, finding, "无法改正"))
    assert "T3.ROWSUM" in {f.id for f in blocking(checks.run(report))}


def test_hints_never_stop_the_final_copy(found):
    told = found(set={"t3.other_misc.total": 9})
    hints = [f for f in told if f.severity == "hint"]
    assert hints
    assert not set(map(id, hints)) & set(map(id, blocking(told)))


@pytest.mark.parametrize("value", ["no json", "[]", '{"rule": 3}', '{"text": "x", "cells": 4}'])
def test_what_is_no_explanation_is_passed_over(sound, value):
    report = sound()
    report.set({"explanations.x": value})
    assert all(not f.explanation for f in checks.run(report))
