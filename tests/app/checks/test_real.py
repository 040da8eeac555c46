"""Real reports: what is known to be wrong is found, what is known to be sound raises nothing."""

import json

import pytest

from app import checks, readers


@pytest.fixture(scope="module")
def told(shared):
    """The findings of a real report by id, with the figures a person read."""

    def run(name, suffix):
        path = shared / "data" / "reports" / f"{name}.{suffix}"
        return checks.run(readers.read(path).report())

    return run


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("huaian-2024", "docx"), ("huaian-2024", "html"), ("dawuli-2020", "txt"),
     ("guanzhou-2023", "txt"), ("longgang-2024", "txt"), ("hanyang-2020", "txt")],
)  # fmt: skip
def test_what_is_sound_raises_nothing(told, name, suffix):
    tables = ("T2.", "T2O.", "T3.", "T4.SUM", "CELL.TEXT", "CELL.INT", "NARR.YEAR", "NARR.PERIOD")
    wrong = [f for f in told(name, suffix) if f.id.startswith((*tables, "TXT."))]
    known = {"TXT.T2"} if name == "hanyang-2020" else set()
    assert {f.id for f in wrong} == known


def test_totals_left_at_zero_are_found(told):
    found = [f for f in told("hongze-2023", "pdf") if f.severity == "error"]
    assert [f.id for f in found] == ["T4.SUM.REV", "T4.SUM.AFT"]
    assert [(f.suspects[0].cell, f.suspects[0].value) for f in found] == [
        ("t4.review.total", 11), ("t4.suit_after_review.total", 5)
    ]  # fmt: skip


def test_a_missing_section_is_found(told):
    missing = [f for f in told("hanyang-2020", "txt") if f.id == "NARR.SECTION"]
    assert [f.section for f in missing] == ["s4"]


def test_a_broken_figure_in_a_real_sentence_is_found(shared, told):
    path = shared / "data" / "reports" / "huaian-2024.md"
    report = readers.read(path).report()
    text = report.text("narratives.s1")
    assert "3119件" in text
    for right, wrong in (("3119件", "3191件"), ("351件", "315件"), ("维持25件", "维持26件")):
        broken = report.copy()
        broken.set({"narratives.s1": text.replace(right, wrong, 1)})
        (found,) = [f for f in checks.run(broken) if f.id == "TXT.NUM"]
        assert found.mends[0].changes == {"narratives.s1": text}


def test_the_expected_files_hold_no_other_inconsistency(shared):
    for path in sorted((shared / "data" / "expected").glob("*.json")):
        content = json.loads(path.read_text("utf-8"))
        kinds = {entry["kind"] for entry in content["known_inconsistencies"]}
        assert kinds <= {"narrative_vs_table", "missing_section", "truncated", "table4_row_sum"}
