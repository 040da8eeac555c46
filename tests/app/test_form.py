"""The forms hold together and carry the ids, labels and titles that scripts rely on."""

import itertools
import json
from pathlib import Path

import pytest

from app import form_file
from app.form_file import BadForm, NoForm

CELLS = json.loads((Path(__file__).parents[1] / "data" / "cells.json").read_text("utf-8"))
FORMS = [(form, profile) for form in CELLS for profile in (None, *CELLS[form]["profiles"])]


@pytest.mark.parametrize(("form_id", "profile"), FORMS)
def test_cells_are_those_of_the_contract(form_id, profile):
    form = form_file.load(form_id, profile)
    wanted = {
        cell: about
        for cell, about in CELLS[form_id]["cells"].items()
        if about.get("only") in (None, profile) and (about.get("not") or "-") != profile
    }
    assert list(form.cells) == list(wanted)
    for cell, about in wanted.items():
        made = form.cells[cell]
        assert (made.row, made.column, made.unit, made.kind, made.article) == (
            about["row"],
            about["column"],
            about["unit"],
            about["kind"],
            about.get("article", ""),
        )


@pytest.mark.parametrize(("form_id", "profile"), FORMS)
def test_titles_are_those_of_the_contract(form_id, profile):
    titles = CELLS[form_id]["titles"] | CELLS[form_id]["profiles"].get(profile, {})
    assert {s.id: s.title for s in form_file.load(form_id, profile).sections} == titles


def test_profiles_are_those_of_the_contract():
    for form_id, wanted in CELLS.items():
        assert set(form_file.load(form_id).profiles) == set(wanted["profiles"])


def test_contract_is_the_shared_one(shared):
    spec = json.loads((shared / "spec" / "cells.json").read_text("utf-8"))
    assert {f: [c["id"] for c in spec[f]["cells"]] for f in spec} == {
        f: list(CELLS[f]["cells"]) for f in CELLS
    }


@pytest.mark.parametrize(("form_id", "profile"), FORMS)
def test_boxes_tile_every_table(form_id, profile):
    form = form_file.load(form_id, profile)
    for table in form.tables.values():
        places = [
            (box.row + r, box.column + c)
            for box in table.boxes
            for r, c in itertools.product(range(box.rows), range(box.columns))
        ]
        everywhere = itertools.product(range(table.row_count), range(table.column_count))
        assert sorted(places) == sorted(everywhere)
        assert len(table.widths) == table.column_count
        shown = [box.cell for box in table.boxes if box.cell]
        assert shown == [cell for row in table.rows for cell in row]
        assert set(shown) == {cell for cell in form.cells if form.cells[cell].table == table.id}


@pytest.mark.parametrize(
    ("form_id", "profile", "counts"),
    [
        ("2019", None, {"T3.ROWSUM": 23, "T3.TOT": 7, "T3.BALANCE": 7}),
        ("2021", None, {"T3.ROWSUM": 25, "T3.TOT": 7, "T3.BALANCE": 7, "T2.STOCK.MIN": 2}),
        ("2021", "single_other", {"T3.ROWSUM": 23, "T3.TOT": 7, "T3.BALANCE": 7}),
    ],
)
def test_equations_cover_every_row_and_column(form_id, profile, counts):
    form = form_file.load(form_id, profile)
    for rule, count in counts.items():
        assert sum(e.id == rule for e in form.equations) == count
    outcomes = next(e for e in form.equations if e.id == "T3.TOT" and "natural" in e.cells[0])
    rows = {cell.split(".")[1] for cell in form.cells if cell.startswith("t3.")}
    added = {cell.split(".")[1] for cell in outcomes.cells[1:]}
    assert added == rows - {"new", "carried_in", "outcomes", "carried_out"}


@pytest.mark.parametrize(("form_id", "profile"), FORMS)
def test_every_total_is_worked_out_once(form_id, profile):
    form = form_file.load(form_id, profile)
    made = [e.works_out for e in form.totals]
    assert len(made) == len(set(made))
    assert {c for c in form.cells if c.endswith(".total")} <= set(made)
    assert not any("carried_out" in c and not c.endswith(".total") for c in made)
    done = set()
    for equation in form.totals:  # each after those it adds up
        assert not (set(equation.cells) - {equation.works_out}) & (set(made) - done)
        done.add(equation.works_out)


@pytest.mark.parametrize(("form_id", "profile"), FORMS)
def test_every_row_says_what_it_counts_and_where_that_stands(form_id, profile):
    for cell in form_file.load(form_id, profile).cells.values():
        assert cell.about, cell.id
        assert cell.source, cell.id


def test_hints_name_the_years():
    boxes = form_file.load("2019", "hubei", 2020).tables["t2"].boxes
    texts = "".join(box.text for box in boxes)
    assert "指2019年事项数" in texts
    assert "指2020年办件量" in texts
    assert "{" not in texts
    assert "指2018年" in "".join(
        b.text for b in form_file.load("2019", "hubei", 2019).tables["t2"].boxes
    )


@pytest.mark.parametrize(
    ("year", "form_id"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2026, "2021")]
)
def test_form_follows_from_the_year(year, form_id):
    assert form_file.for_year(year).id == form_id


def test_older_years_are_refused_in_words():
    with pytest.raises(NoForm, match="2018年的报告使用的是2019年以前的旧格式"):
        form_file.for_year(2018)


@pytest.mark.parametrize(("form_id", "profile"), FORMS)
def test_profile_is_told_from_the_cells(form_id, profile):
    cells = form_file.load(form_id, profile).cells
    assert form_file.infer_profile(form_id, cells) == profile


def test_unknown_profile_is_refused():
    with pytest.raises(NoForm):
        form_file.load("2021", "hubei")


@pytest.mark.parametrize(
    ("was", "broken"),
    [
        ('["事项", "线上", "线下", "合计"]', '["事项", "线上", "线下"]'),
        ("first_year = 2027", 'first_year = "soon"'),
        ('left = ["t9.all.{column}"]', 'left = ["t9.nothing.sum"]\nother = 1'),
        ('sum = { unit = "次" }', "sum = {}"),
        ("[[table]]", "[[table"),
    ],
)
def test_broken_form_is_named(later_form, was, broken):
    text = later_form.read_text("utf-8")
    assert was in text
    later_form.write_text(text.replace(was, broken), "utf-8")
    if "nothing" in broken:
        assert not any(e.id == "T9.COLUMN" for e in form_file.load("2027").equations)
        return
    with pytest.raises(BadForm, match=r"2027\.toml"):
        form_file.load("2027")
