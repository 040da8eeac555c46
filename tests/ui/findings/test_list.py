"""The list of findings under the keys, the mouse and a stream of updates."""

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from app.checks.finding import Finding
from ui.findings.entry import entries
from ui.findings.list import FindingList, FindingModel
from ui.style import theme

LONG = "本年新收政府信息公开申请数量的总计应等于自然人与各类法人或其他组织之和，" * 3


def entry(number, message="", **more):
    cell = f"t3.new.{number}"
    finding = Finding("T3.ROWSUM", "error", "s3", message or f"第{number}处不等。", (cell,), **more)
    return entries([finding])[0]


@pytest.fixture
def view(qtbot):
    shown = FindingList()
    qtbot.addWidget(shown)
    shown.resize(260, 400)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def rows(*numbers, head="三 依申请公开"):
    return [head, *map(entry, numbers)]


def current(view):
    found = view.current_entry()
    return found.first.cells[0].rpartition(".")[2] if found else None


def test_the_model_is_sound(qtmodeltester):
    model = FindingModel()
    qtmodeltester.check(model)
    model.set_rows(rows(1, 2, 3))
    qtmodeltester.check(model)


def test_any_update_leads_to_the_new_rows(qtmodeltester):
    dice = random.Random(7)
    model = FindingModel()
    changes = []
    model.rowsInserted.connect(lambda _, first, last: changes.append(last - first + 1))
    model.rowsRemoved.connect(lambda _, first, last: changes.append(last - first + 1))
    for _ in range(200):
        wanted = rows(*sorted(dice.sample(range(12), dice.randrange(12))))
        model.set_rows(wanted)
        assert model.rows == wanted
        assert model.rowCount() == len(wanted)
    changes.clear()
    model.set_rows(list(model.rows))
    assert changes == []


def test_the_keys_pass_over_headings_and_enter_chooses(qtbot, view):
    view.show_rows([*rows(1, 2), *rows(3, head="四 复议诉讼")])
    chosen = []
    view.chosen.connect(lambda found: chosen.append(found.first.cells[0]))
    view.setFocus()
    view.select(1)
    seen = [current(view)]
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Down)
        seen.append(current(view))
    assert seen == ["1", "2", "3", "3"]
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.keyClick(view, Qt.Key.Key_Up)
    qtbot.keyClick(view, Qt.Key.Key_Enter)
    assert chosen == ["t3.new.3", "t3.new.2"]


def test_a_click_chooses(qtbot, view):
    view.show_rows(rows(1, 2))
    place = view.visualRect(view.model().index(2)).center()
    with qtbot.waitSignal(view.chosen) as chosen:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args[0] == entry(2)
    heading = view.visualRect(view.model().index(0)).center()
    with qtbot.assertNotEmitted(view.chosen):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=heading)


def test_steps_go_round(view):
    view.show_rows([*rows(1, 2), *rows(3, head="四 复议诉讼")])
    assert [view.step(1) and current(view) for _ in range(4)] == ["1", "2", "3", "1"]
    assert [view.step(-1) and current(view) for _ in range(3)] == ["3", "2", "1"]
    view.show_rows([])
    assert view.step(1) is None


def test_steps_pass_what_is_only_not_filled_in_or_explained(view):
    blank = entries([Finding("CELL.BLANK", "warning", "s3", "有3格未填。", ("t3.new.0",))])[0]
    explained = entry(9, explanation="情况属实")
    view.show_rows(["三 依申请公开", blank, entry(1), explained, entry(2)])
    assert [view.step(1) and current(view) for _ in range(3)] == ["1", "2", "1"]
    view.show_rows(["三 依申请公开", blank, explained])
    assert {view.step(1) and current(view) for _ in range(2)} == {"0", "9"}


def test_the_current_entry_stays_current(view):
    view.show_rows(rows(1, 2, 3))
    view.select(2)
    told = []
    view.selected.connect(told.append)
    view.show_rows(rows(0, 1, 2, 3))
    assert current(view) == "2"
    assert told == []
    view.show_rows(["三 依申请公开", entry(1), entry(2, "现为5。")])
    assert current(view) == "2"
    assert [found.first.message for found in told] == ["现为5。"]
    assert view.selectionModel().isSelected(view.currentIndex())


def test_where_the_current_entry_is_gone_its_neighbour_is_next(view):
    view.show_rows(rows(1, 2, 3, 4))
    view.select(2)
    told = []
    view.selected.connect(told.append)
    view.show_rows(rows(1, 3, 4))
    assert current(view) is None
    assert told == [None]
    assert view.step(1) == entry(3)
    view.show_rows(rows(1, 4))
    view.show_rows(rows(1, 4))
    assert view.step(-1) == entry(1)


@pytest.mark.parametrize("width", [180, 260, 500])
def test_no_word_is_cut_off(qtbot, view, width):
    view.show_rows(["三 " + LONG, entry(1, LONG, explanation=LONG), entry(2)])
    view.resize(width, 400)
    qtbot.waitUntil(lambda: view.visualRect(view.model().index(0)).width() <= width)
    line = QFontMetrics(view.font()).lineSpacing()
    character = QFontMetrics(view.font()).horizontalAdvance("年")
    for row in (0, 1):
        place = view.visualRect(view.model().index(row))
        words = len(LONG) * (1 + row)
        assert place.height() >= words * character / width * line


def test_it_grows_with_the_text_size(qtbot, view):
    view.show_rows(rows(1))
    before = view.sizeHintForRow(1)
    font = view.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    view.setFont(font)
    assert view.sizeHintForRow(1) > 1.5 * before


@pytest.fixture
def dress(qapp):
    """Put on a theme, and take it off again."""
    font, palette = qapp.font(), qapp.palette()
    yield lambda dark: (theme.apply(qapp, dark=dark), qapp.processEvents())
    qapp.setFont(font)
    qapp.setPalette(palette)


def hues(image, place):
    """The hues of the signs at the left of a row."""
    colours = (
        image.pixelColor(x, y)
        for x in range(place.left(), place.left() + 30)
        for y in range(place.top(), place.bottom())
    )
    return {colour.hue() for colour in colours if colour.saturation() > 70}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_signs_have_the_colour_of_their_kind(qtbot, view, dress, dark):
    dress(dark)
    found = [
        entries([Finding(rule, severity, "s3", "一句话。", explanation=why)])[0]
        for rule, severity, why in (
            ("T3.ROWSUM", "error", ""),
            ("TXT.NUM", "warning", ""),
            ("NARR.DOUBLE", "hint", ""),
            ("CELL.BLANK", "warning", ""),
            ("TXT.NUM", "warning", "有理由"),
        )
    ]
    view.show_rows(["三", *found])
    image = view.viewport().grab().toImage()
    for row, kind in enumerate(("error", "warning", "hint"), 1):
        place = view.visualRect(view.model().index(row))
        assert any(abs(hue - theme.colour(kind).hue()) < 12 for hue in hues(image, place))
    for row in (4, 5):
        warning = theme.colour("warning").hue()
        place = view.visualRect(view.model().index(row))
        assert all(abs(hue - warning) > 12 for hue in hues(image, place))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_current_entry_is_lit(view, dress, dark):
    dress(dark)
    view.show_rows(rows(1, 2))
    view.select(2)
    image = view.viewport().grab().toImage()
    grounds = [
        image.pixelColor(view.visualRect(view.model().index(row)).topRight()).name()
        for row in (1, 2)
    ]
    assert grounds == [theme.colours().paper, theme.colours().lit]


def test_each_entry_is_read_out_in_words(view):
    view.show_rows(rows(1))
    index = view.model().index(1)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "错误：第1处不等。"
    assert view.accessibleName() == "问题列表"
