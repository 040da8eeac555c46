"""Real widgets over a real draft in a real database."""

import docx
import pytest

from app.draft import Draft, keep
from app.report import Report
from app.store.store import Store
from app.writers import document
from ui import bridge
from ui.window import Window


@pytest.fixture
def database(tmp_path):
    return tmp_path / "nianbao.db"


@pytest.fixture
def window(qtbot, database):
    """The window on a database that is still empty, with all that goes with it."""
    window = Window(database)
    window.show_list(None)
    window.show()
    window.start()
    yield window
    window.close()
    bridge.wait_for_tasks()


@pytest.fixture
def store(database):
    with Store.open(database, patience_s=0.05) as opened:
        yield opened


@pytest.fixture
def draft(store):
    report = keep(store, Report.new("示例市档案局", 2024), "新建", "张三")
    return Draft.open(store, report, "张三")


@pytest.fixture
def reread(draft, store):
    """Return what another connection reads of the report of the draft now."""

    def read():
        with Store.open(store.path) as other:
            return Draft.open(other, draft.head.report, "李四").report

    return read


@pytest.fixture
def written(tmp_path, invented):
    """Write an invented report into a file of a kind; returns its path."""

    def write(kind, name="报告", **what):
        path = tmp_path / f"{name}.{kind}"
        document.write(invented(**what), path)
        return path

    return write


@pytest.fixture
def ugly(written):
    """A Word file with an amount in 元, two texts that are no figures, and a table of its own."""
    path = written("docx", "不规范的报告")
    word = docx.Document(path)
    fees, applications, _ = word.tables
    for cell, text in (
        (fees.rows[13].cells[1], "251000元"),
        (applications.rows[5].cells[4], "3O"),
        (applications.rows[6].cells[5], "约12"),
    ):
        first, *others = cell.paragraphs[0].runs
        first.text = text
        for run in others:
            run.text = ""
    own = word.add_table(rows=2, cols=2)
    for row, (label, figure) in zip(
        own.rows, (("已报送部门", "35"), ("未报送部门", "2")), strict=True
    ):
        row.cells[0].text, row.cells[1].text = label, figure
    word.save(path)
    return path
