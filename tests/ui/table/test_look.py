"""What a table looks like: nothing cut off, and every state seen without its colour."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QApplication

from app import form_file
from app.checks.finding import Finding, Suspect
from app.draft import Draft, keep
from app.report import Report
from ui.style import theme
from ui.table.grid import PAD, TableGrid
from ui.table.mark import Marks
from ui.table.view import TableView

FORMS = [("2019", None), ("2019", "hubei"), ("2021", None), ("2021", "single_other")]
TABLES = ("t2", "t3", "t4")


@pytest.fixture
def dressed(qapp):
    """Return what dresses the application; it is undressed again afterwards."""
    font, palette = qapp.font(), qapp.palette()
    yield lambda **how: theme.apply(qapp, **how)
    qapp.setFont(font)
    qapp.setPalette(palette)


@pytest.fixture
def shown(qtbot, store):
    """Return the maker of a table on the screen over a report with some items."""

    def make(table="t3", items=None, year=2024, size=(860, 560)):
        report = Report.new("示例市档案局", year)
        report.set(items or {})
        view = TableView(Draft.open(store, keep(store, report, "新建", "张三"), "张三"), table)
        qtbot.addWidget(view)
        view.resize(*size)
        view.show()
        view.activateWindow()
        view.setFocus()
        qtbot.waitUntil(view.hasFocus)
        return view

    return make


def picture(view):
    return view.grab().toImage()


def on_screen(view, place):
    """The rectangle of a box in a picture of the whole view."""
    corner = view.viewport().pos()
    grid = view.model().grid
    dx = corner.x() - grid.columns[grid.left] - view.horizontalHeader().offset()
    dy = corner.y() - grid.rows[grid.top] - view.verticalHeader().offset()
    box = place.box
    return place.rect(dx if box.column >= grid.left else 0, dy if box.row >= grid.top else 0)


def pixels(image, rect, colour):
    """How many pixels of a part of a picture have exactly a colour."""
    wanted = QColor(colour).rgb()
    return sum(
        image.pixel(x, y) == wanted
        for x in range(rect.left(), rect.right() + 1)
        for y in range(rect.top(), rect.bottom() + 1)
    )


def cell_rect(view, cell):
    return on_screen(view, view.model().grid.of_cell[cell])


# ── boxes and texts ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("form", "profile"), FORMS)
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize("width", [600, 846, 1400])
def test_every_text_fits_into_its_box(dressed, qapp, form, profile, table, percent, width):
    dressed(percent=percent)
    grid = TableGrid(form_file.load(form, profile).tables[table])
    grid.lay(width, qapp.font())
    assert grid.columns[-1] >= width
    for place in (*grid.head, *grid.labels, *grid.corner, *grid.body):
        lines = len(place.box.text) if place.box.vertical else len(place.lines)
        assert lines * grid.pitch + 2 * PAD <= place.height
        room = place.width - 2 * PAD + grid.em / 2 + 1  # a closing mark's blank half may hang
        assert all(line.width <= room for line in place.lines)
        assert "".join(line.text for line in place.lines) == (
            "" if place.box.vertical else place.box.text
        )
        if place.box.cell:
            digits = QFontMetrics(qapp.font()).horizontalAdvance("8" * (5 if percent == 100 else 4))
            assert digits <= place.width - 2 * PAD


@pytest.mark.parametrize(("form", "profile"), FORMS)
@pytest.mark.parametrize("table", TABLES)
def test_a_table_fits_the_centre_of_a_small_screen(dressed, qapp, form, profile, table):
    dressed()
    grid = TableGrid(form_file.load(form, profile).tables[table])
    assert grid.lay(846, qapp.font())
    assert grid.columns[-1] == 846
    assert not grid.lay(846, qapp.font())


@pytest.mark.parametrize(("form", "profile"), FORMS)
@pytest.mark.parametrize(("table", "frozen"), [("t2", (0, 0)), ("t3", (3, 3)), ("t4", (3, 0))])
def test_heads_of_one_block_stay_in_view(form, profile, table, frozen):
    grid = TableGrid(form_file.load(form, profile).tables[table])
    assert (grid.top, grid.left) == frozen
    assert bool(grid.head) is (table != "t2")


def test_heads_and_labels_stay_when_the_rest_scrolls(dressed, shown):
    dressed(percent=200)
    view = shown()
    grid = view.model().grid
    note = QRect(0, 0, grid.columns[3], grid.rows[3])
    before = picture(view)
    view.go_to("t3.carried_out.total")
    after = picture(view)
    assert after.copy(note) == before.copy(note)
    label = on_screen(view, grid.label("t3.carried_out.total"))
    assert view.rect().contains(label)
    assert view.rect().contains(on_screen(view, grid.column_head("t3.carried_out.total")))
    assert pixels(after, label, theme.colours().lit) > 100


def test_larger_text_is_followed_at_once(dressed, shown):
    dressed()
    view = shown()
    before = view.model().grid.rows[-1]
    dressed(percent=150)
    QApplication.processEvents()
    assert view.model().grid.rows[-1] > 1.3 * before
    assert view.verticalHeader().width() == view.model().grid.columns[3]


# ── states ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("dark", [False, True])
def test_the_current_cell_lights_its_row_and_column(dressed, shown, dark):
    dressed(dark=dark)
    view, colours = shown(), theme.colours()
    assert colours == (theme.DARK if dark else theme.LIGHT)
    view.go_to("t3.granted.legal")
    image = picture(view)
    for cell, lit in (("granted.natural", True), ("new.legal", True), ("new.natural", False)):
        rect = cell_rect(view, f"t3.{cell}")
        ground = colours.lit if lit else colours.paper
        assert pixels(image, rect, ground) > 0.8 * rect.width() * rect.height(), cell
    grid = view.model().grid
    for place, lit in ((grid.label("t3.granted.legal"), True), (grid.label("t3.new.legal"), False)):
        assert (pixels(image, on_screen(view, place), colours.lit) > 100) is lit
    head = on_screen(view, grid.column_head("t3.granted.legal"))
    assert pixels(image, head, colours.lit) > 100


def test_the_current_cell_is_framed_and_dashed_without_the_focus(dressed, shown):
    dressed()
    view, accent = shown(), theme.colours().accent
    view.go_to("t3.granted.legal")
    rect = cell_rect(view, "t3.granted.legal")
    focused = pixels(picture(view), rect, accent)
    view.clearFocus()
    unfocused = pixels(picture(view), rect, accent)
    assert focused > 2 * unfocused > 0


def test_moving_on_leaves_no_trace(dressed, shown):
    """Repainting only what changed gives the same picture as painting everything."""
    dressed()
    view = shown(items={"t3.new.natural": 3, "t3.granted.legal": 12})
    for cell in ("t3.granted.legal", "t3.carried_in.total", "t3.new.natural"):
        view.go_to(cell)
        QApplication.processEvents()
    moved = picture(view)
    view.viewport().update()
    view.horizontalHeader().viewport().update()
    view.verticalHeader().viewport().update()
    QApplication.processEvents()
    assert picture(view) == moved


def test_a_selection_is_shaded(dressed, shown, qtbot):
    dressed()
    view = shown()
    before = picture(view)
    for _ in range(2):
        qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    after = picture(view)
    rect = cell_rect(view, "t3.new.business")
    assert pixels(after, rect, theme.colours().lit) == 0
    assert before.copy(rect) != after.copy(rect)
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert picture(view) == before


def test_worked_out_totals_are_quiet_and_slanted(dressed, shown):
    dressed()
    view = shown(items={"t3.new.natural": 8})
    worked_out = picture(view).copy(cell_rect(view, "t3.new.total"))
    view.model().draft.set(
        dict.fromkeys(
            (f"t3.new.{c}" for c in ("business", "research", "charity", "legal", "other")), 0
        ),
        "填0",
    )
    complete = picture(view).copy(cell_rect(view, "t3.new.total"))
    view.model().draft.set({"t3.new.total": 8}, "填写")
    typed = picture(view).copy(cell_rect(view, "t3.new.total"))
    assert worked_out != complete != typed
    assert pixels(complete, complete.rect(), theme.colours().quiet) > 0
    assert pixels(typed, typed.rect(), theme.colours().quiet) == 0


def finding(severity="error", cells=("t3.new.natural",), suspects=(), **more):
    return Finding(
        "T3.ROWSUM",
        severity,
        "s3",
        "合计不符",
        cells=cells,
        suspects=tuple(Suspect(c, 1, "") for c in suspects),
        **more,
    )


ROW = tuple(f"t3.new.{c}" for c in ("total", "natural", "business"))
COLUMN = tuple(f"t3.{r}.legal" for r in ("outcomes", "granted", "partial"))


@pytest.mark.parametrize(
    ("found", "framed", "tinted", "signed"),
    [
        (finding(cells=ROW), ROW, (), ["一、本年新收政府信息公开申请数量"]),
        (finding(cells=COLUMN), COLUMN, (), ["法律服务机构"]),
        (
            finding(cells=ROW, suspects=ROW[:1]),
            ROW[:1],
            ROW[1:],
            ["一、本年新收政府信息公开申请数量", "总计"],
        ),
        (finding("warning", COLUMN[1:2]), COLUMN[1:2], (), ["（一）予以公开", "法律服务机构"]),
        (finding("hint", ROW), (), ROW, []),
        (finding("warning", ROW, explanation="已核实"), (), ROW, []),
        (finding("warning", ("t2.rules.made", "narratives.s1")), (), (), []),
    ],
)
def test_what_findings_mark(found, framed, tinted, signed):
    marks = Marks.of([found], TableGrid(form_file.load("2021").tables["t3"]))
    assert {c for c, mark in marks.cells.items() if mark.is_framed} == set(framed)
    assert {c for c, mark in marks.cells.items() if not mark.is_framed} == set(tinted)
    assert sorted(place.box.text for place in marks.titles) == sorted(signed)


def test_blanks_to_be_filled_are_not_broken():
    blank = Finding("CELL.BLANK", "warning", "s3", "有未填的格", cells=ROW)
    assert Marks.of([blank], TableGrid(form_file.load("2021").tables["t3"])) == Marks()


def test_the_gravest_finding_comes_first():
    grid = TableGrid(form_file.load("2021").tables["t3"])
    marks = Marks.of([finding("hint"), finding("warning"), finding()], grid)
    mark = marks.cells["t3.new.natural"]
    assert [severity for severity, _ in mark.messages] == ["error", "warning", "hint"]
    assert (mark.severity, mark.is_framed) == ("error", True)
    assert set(marks.titles.values()) == {"error"}


def test_a_group_without_labels_is_signed_at_its_head():
    cells = tuple(f"t4.review.{c}" for c in ("total", "upheld", "other"))
    marks = Marks.of([finding(cells=cells)], TableGrid(form_file.load("2021").tables["t4"]))
    assert [place.box.text for place in marks.titles] == ["行政复议"]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("severity", ["error", "warning"])
def test_broken_cells_are_framed_and_signed_and_so_is_their_row(dressed, shown, dark, severity):
    dressed(dark=dark)
    view = shown(items={"t3.new.natural": 3})
    view.go_to("t3.granted.legal")
    plain = picture(view)
    view.set_findings([finding(severity)])
    QApplication.processEvents()
    image = picture(view)
    ink = theme.colour(severity)
    rect = cell_rect(view, "t3.new.natural")
    frame = 2 * 2 * (rect.width() + rect.height() - 8)
    assert pixels(image, rect, ink) > 0.9 * frame
    inner = QRect(rect.left() + 4, rect.top() + 4, 12, 10)
    assert image.copy(inner) != plain.copy(inner)
    grid = view.model().grid
    for place in (grid.label("t3.new.natural"), grid.column_head("t3.new.natural")):
        at = on_screen(view, place)
        assert image.copy(at) != plain.copy(at)
    view.set_findings([])
    QApplication.processEvents()
    assert picture(view) == plain


@pytest.mark.parametrize("mark", ["unsure", "refused"])
def test_an_uncertain_cell_is_signed_until_it_is_settled(dressed, shown, mark):
    dressed()
    view = shown(items={"t3.new.natural": 3})
    view.go_to("t3.granted.legal")
    plain = picture(view)
    draft = view.model().draft
    draft.set({f"{mark}.t3.new.natural": "字迹不清"}, "读取")
    QApplication.processEvents()
    signed = picture(view)
    rect = cell_rect(view, "t3.new.natural")
    corner = QRect(rect.left(), rect.top(), 16, 16)
    assert signed.copy(corner) != plain.copy(corner)
    draft.set({"t3.new.natural": 3}, "填写")
    QApplication.processEvents()
    assert picture(view) == plain


def test_a_long_figure_is_set_smaller_not_cut(dressed, shown):
    dressed()
    view = shown(items={"t3.granted.legal": 123_456_789})
    rect = cell_rect(view, "t3.granted.legal")
    image = picture(view)
    ink = theme.colours().ink
    edge = QRect(rect.left(), rect.top() + 1, 2, rect.height() - 2)
    assert pixels(image, rect, ink) > 0
    assert pixels(image, edge, ink) == 0
