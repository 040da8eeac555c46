"""A wrong figure is found, named and put right: alone, in pairs, in totals and in blanks."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import checks
from app.form_file import load
from app.report import Report

FORMS = [("2019", None), ("2019", "hubei"), ("2021", None), ("2021", "single_other")]
PARTS = ("natural", "business", "research", "charity", "legal", "other")
EQUATIONS = ("T3.ROWSUM", "T3.TOT", "T3.BALANCE", "T4.SUM.REV", "T4.SUM.DIR", "T4.SUM.AFT")


def random_report(seed, which):
    """Return a random sound report with all totals typed, and its figures."""
    chance, form = random.Random(seed), load(*which)
    figures = {c: 0 for c in form.cells if c not in form.total_of}
    for cell in figures:
        if chance.random() < 0.35:
            figures[cell] = chance.choice([chance.randint(1, 9), chance.randint(1, 3000)])
    rows = [row[0].split(".")[1] for row in form.tables["t3"].rows]
    outcomes = [r for r in rows if r not in ("new", "carried_in", "outcomes", "carried_out")]
    for column in PARTS:
        figures.pop(f"t3.outcomes.{column}", None)
        closed = sum(figures[f"t3.{row}.{column}"] for row in outcomes)
        all_ = closed + figures[f"t3.carried_out.{column}"]
        figures[f"t3.carried_in.{column}"] = min(figures[f"t3.carried_in.{column}"], all_)
        figures[f"t3.new.{column}"] = all_ - figures[f"t3.carried_in.{column}"]
    report = Report(form, form.year, {})
    report.set(figures)
    report.set(report.figures())
    return report, report.figures()


def slips(value):
    """Return what a figure may be mistyped as: off by one, ten times, two digits swapped."""
    found = [value + 1, value * 10, value - 1]
    digits = str(value)
    for i in range(len(digits) - 1):
        found.append(int(digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]))
    return [v for v in found if v >= 0 and v != value]


def errors(report):
    return [f for f in checks.run(report) if f.id in EQUATIONS]


which = st.sampled_from(FORMS)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), which=which, data=st.data())
def test_one_wrong_figure_of_table_three_is_put_right(seed, which, data):
    report, sound = random_report(seed, which)
    assert errors(report) == []
    cell = data.draw(st.sampled_from([c for c in sound if c.startswith("t3.")]))
    report.set({cell: data.draw(st.sampled_from(slips(sound[cell])))})
    found = errors(report)
    assert found
    for finding in found:
        assert cell in finding.cells
        assert (finding.suspects[0].cell, finding.suspects[0].value) == (cell, sound[cell])
        assert finding.sureness == 100
    assert len({finding.cause for finding in found}) == 1
    report.set(found[0].mends[0].changes)
    assert report.figures() == sound


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), which=which, data=st.data())
def test_one_wrong_figure_of_table_four_is_found_and_among_the_suspects(seed, which, data):
    report, sound = random_report(seed, which)
    cell = data.draw(st.sampled_from([c for c in sound if c.startswith("t4.")]))
    report.set({cell: data.draw(st.sampled_from(slips(sound[cell])))})
    (finding,) = errors(report)
    assert cell in finding.cells
    assert (cell, sound[cell]) in {(s.cell, s.value) for s in finding.suspects}


def pairs(count, equal):
    """Yield reports with two wrong figures in different rows and columns of table three."""
    chance = random.Random(7 + equal)
    while count:
        report, sound = random_report(chance.randint(0, 10**6), chance.choice(FORMS))
        one, two = chance.sample([c for c in sound if c.startswith("t3.")], 2)
        if one.split(".")[1] == two.split(".")[1] or one.split(".")[2] == two.split(".")[2]:
            continue
        wrong = chance.choice(slips(sound[one]))
        other = sound[two] + wrong - sound[one] if equal else chance.choice(slips(sound[two]))
        if other < 0 or (not equal and other - sound[two] == wrong - sound[one]):
            continue
        report.set({one: wrong, two: other})
        count -= 1
        yield report, {(one, sound[one]), (two, sound[two])}


def test_two_wrong_figures_with_unequal_differences_are_put_right():
    right = 0
    for report, wrong in pairs(200, equal=False):
        found = errors(report)
        assert {cell for cell, _ in wrong} <= {cell for f in found for cell in f.cells}
        right += wrong <= {(f.suspects[0].cell, f.suspects[0].value) for f in found if f.suspects}
    assert right >= 190


def test_two_wrong_figures_with_equal_differences_are_among_those_offered():
    for report, wrong in pairs(120, equal=True):
        found = errors(report)
        assert wrong <= {(s.cell, s.value) for f in found for s in f.suspects}
        offered = [set(mend.changes.items()) for f in found for mend in f.mends]
        assert wrong <= set().union(*offered)


@pytest.mark.parametrize("columns", [("natural", "business"), ("legal", "other")])
def test_a_figure_in_the_next_column_is_told_from_the_rest(sound, columns):
    one, two = (f"t3.unable_compile.{c}" for c in columns)
    report = sound()
    blanks = [f"t3.{row}.{c}" for row in ("outcomes", "new") for c in (columns[0], "total")]
    report.set({one: 7, "t3.unable_compile.total": 7} | dict.fromkeys(blanks))
    closed, kept, came = (
        report.figure(f"t3.{row}.{columns[0]}") for row in ("outcomes", "carried_out", "carried_in")
    )
    report.set({f"t3.new.{columns[0]}": closed + kept - came})
    report.set(report.figures())
    assert errors(report) == []
    report.set({one: 0, two: 7})
    best = errors(report)[0]
    assert {(s.cell, s.value) for s in best.suspects[:2]} == {(one, 7), (two, 0)}


def test_totals_that_nobody_typed_are_right_by_construction_but_count_in_the_balance(sound):
    report = sound(typed=False)
    report.set({"t3.granted.natural": 21})
    found = errors(report)
    assert {f.id for f in found} == {"T3.BALANCE"}
    suspects = [(s.cell, s.value) for f in found for s in f.suspects]
    assert ("t3.granted.natural", 12) in suspects
    assert all(not report.is_worked_out(cell) for cell, _ in suspects)


def test_figures_digits_swapped_are_the_likeliest(sound):
    report = sound(typed=False)
    report.set({"t3.granted.natural": 21})
    first = errors(report)[0].suspects[0]
    assert (first.cell, first.value) == ("t3.granted.natural", 12)
    assert "颠倒" in first.why


def test_what_the_prose_says_speaks_for_a_figure(sound):
    report = sound()
    report.set(
        {"t4.review.upheld": 6, "narratives.s4": "行政复议5件，其中结果维持1件，结果纠正4件。"}
    )
    report.set({"t4.review.corrected": 4, "t4.review.total": 5})
    (finding,) = errors(report)
    first = finding.suspects[0]
    assert (first.cell, first.value) == ("t4.review.upheld", 1)
    assert "正文" in first.why


def test_what_last_year_carried_on_speaks_for_a_figure(sound):
    last = sound(year=2023)
    last.set({"t3.carried_out.natural": 1, "t3.carried_out.total": 1})
    report = sound(typed=False)
    report.set({"t3.carried_in.natural": 3})
    found = [f for f in checks.run(report, last) if f.id == "T3.BALANCE"]
    assert (found[0].suspects[0].cell, found[0].suspects[0].value) == ("t3.carried_in.natural", 1)
    assert "上年" in found[0].suspects[0].why


def test_what_agrees_with_last_year_is_the_last_to_be_suspected(sound):
    last = sound(year=2023)
    last.set({"t3.carried_out.natural": 7, "t3.carried_out.total": 7})
    report = sound(typed=False)
    report.set({"t3.carried_in.natural": 7, "t3.new.natural": 18, "t3.carried_out.natural": 8})
    report.set({"t3.granted.natural": 14})
    found = [f for f in checks.run(report, last) if f.id == "T3.BALANCE"]
    suspects = [s.cell for s in found[0].suspects]
    assert suspects[-1] == "t3.carried_in.natural" or "t3.carried_in.natural" not in suspects


def test_a_total_left_at_zero_is_the_likeliest(sound):
    report = sound()
    report.set({"t4.review.total": 0})
    (finding,) = errors(report)
    assert (finding.expected, finding.found) == (1, 0)
    assert (finding.suspects[0].cell, finding.suspects[0].value) == ("t4.review.total", 1)


def test_three_wrong_figures_in_one_row_are_told_apart(sound):
    report = sound()
    right = {f"t3.granted.{c}": report.figure(f"t3.granted.{c}") for c in PARTS[:3]}
    report.set({"t3.granted.natural": 13, "t3.granted.business": 4, "t3.granted.research": 6})
    offered = [dict(mend.changes) for f in errors(report) for mend in f.mends]
    assert right in offered


# ── blanks ──────────────────────────────────────────────────────────────────────────────────


def test_a_blank_is_no_zero_and_no_error(sound):
    report = sound()
    report.set({"t3.new.natural": None, "t3.granted.business": None})
    found = checks.run(report)
    assert [f.id for f in found if f.severity == "error"] == []
    (blank,) = [f for f in found if f.id == "CELL.BLANK"]
    assert blank.cells == ("t3.new.natural", "t3.granted.business")
    assert {(s.cell, s.value) for s in blank.suspects} == {
        ("t3.new.natural", 18), ("t3.granted.business", 1)
    }  # fmt: skip
    report.set(blank.mends[0].changes)
    assert not [f for f in checks.run(report) if f.id == "CELL.BLANK"]


def test_filling_with_zeros_spares_blanks_that_must_hold_a_figure(sound):
    report = sound()
    report.set({"t3.granted.natural": None, "t3.granted.legal": None, "t3.partial.other": None})
    (blank,) = [f for f in checks.run(report) if f.id == "CELL.BLANK"]
    zeros = next(m for m in blank.mends if set(m.changes.values()) == {0})
    assert "t3.granted.natural" not in zeros.changes


def test_a_partial_sum_that_exceeds_its_total_is_an_error_at_once(sound):
    report = sound()
    report.set({"t3.granted.legal": None, "t3.granted.total": 12})
    assert "T3.ROWSUM" in {f.id for f in errors(report)}
    report.set({"t3.granted.total": 14, "t3.granted.legal": None})
    assert "T3.ROWSUM" not in {f.id for f in errors(report)}


def test_a_blank_row_is_not_judged(sound):
    report = sound(typed=False)
    report.set({cell: None for cell in report.form.cells if cell.startswith("t3.new.")})
    assert errors(report) == []
