"""Real reports, where they are beside the checkout: all figures right, none invented."""

import json
from decimal import Decimal

import pytest

from app.readers import read

BLANKS = {None, "", "/", "-", "—", "无"}


def pairs(folder):
    for expected in sorted((folder / "data" / "expected").glob("*.json")):
        for report in sorted((folder / "data" / "reports").glob(expected.stem + ".*")):
            yield report, json.loads(expected.read_text("utf-8"))


@pytest.mark.slow
def test_every_real_figure_is_read_as_a_person_read_it(shared):
    seen = 0
    for path, expected in pairs(shared):
        report = read(path).report()
        assert report.year == expected["year"], path.name
        for cell, value in expected["cells"].items():
            number = str(value).removesuffix("万")
            scale = 10**6 if report.form.cells[cell].kind == "amount" else 1
            wanted = None if value in BLANKS else int(Decimal(number) * scale)
            assert report.items.get(cell) == wanted, (path.name, cell)
            seen += 1
        if expected["complete"]:
            read_back = {cell for cell in report.form.cells if cell in report.items}
            assert read_back <= set(expected["cells"]), path.name
    assert seen > 1000
