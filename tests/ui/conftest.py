"""Real widgets over a real draft in a real database."""

import pytest

from app.draft import Draft, keep
from app.report import Report
from app.store.store import Store


@pytest.fixture
def database(tmp_path):
    return tmp_path / "nianbao.db"


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
