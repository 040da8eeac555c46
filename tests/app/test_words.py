"""How prose names the figures of a form: words as data beside the form."""

import pytest

from app import form_file

SHIPPED = [("2019", None), ("2019", "hubei"), ("2021", None), ("2021", "single_other")]


@pytest.mark.parametrize("which", SHIPPED)
def test_readings_are_cells_of_the_form(which):
    form = form_file.load(*which)
    assert form.words.quantities
    topics = {topic.id for topic in form.words.topics}
    for quantity in form.words.quantities:
        assert quantity.topic in topics
        assert quantity.readings
        assert all(cell in form.cells for reading in quantity.readings for cell in reading)
        assert quantity.words or quantity.verbs or quantity.plain


def test_a_quantity_that_a_form_lacks_falls_away():
    names = {q.name: q for q in form_file.load("2019").words.quantities}
    assert "规范性文件废止件数" not in names
    assert "逾期未缴费" not in names
    assert names["其他处理"].readings == (("t3.other_handling.total",),)
    later = {q.name: q for q in form_file.load("2021").words.quantities}
    assert len(later["其他处理"].readings[0]) == 3


def test_a_form_may_bring_words_of_its_own(later_form):
    later_form.write_text(
        later_form.read_text("utf-8")
        + '\n[[topic]]\nid = "own"\nnouns = ["公开数据集"]\n'
        + '\n[[quantity]]\ntopic = "own"\nname = "公开的数据集"\nplain = true\n'
        + f'readings = [["{next(iter(form_file.load("2027").cells))}"]]\n',
        "utf-8",
    )
    assert "公开的数据集" in {q.name for q in form_file.load("2027").words.quantities}


def test_a_missing_file_of_words_is_told_in_words(later_form):
    text = later_form.read_text("utf-8")
    later_form.write_text(f'words = "nowhere.toml"\n{text}', "utf-8")
    with pytest.raises(form_file.BadForm, match=r"2027\.toml"):
        form_file.load("2027")
