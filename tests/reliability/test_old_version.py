"""A database of every schema that was ever released opens, with all that is in it."""

import json
import runpy
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app import backup, clock
from app.draft import Draft
from app.store import migration, snapshot, soundness
from app.store.failure import TooNew
from app.store.glance import Glance
from app.store.store import Store

KEPT = Path(__file__).parents[1] / "data" / "databases"
VERSIONS = range(1, migration.VERSION + 1)
content = runpy.run_path(str(Path(__file__).with_name("old_database.py")))["content"]


@pytest.fixture(params=VERSIONS, ids="v{}".format)
def old(request, tmp_path):
    """A copy of a database as that version left it, and what is in it."""
    kept = KEPT / f"v{request.param}.db"
    assert kept.exists(), "make it by old_database.py before this version is released"
    path = Path(shutil.copy(kept, tmp_path / "nianbao.db"))
    return request.param, path, json.loads(kept.with_suffix(".json").read_text("utf-8"))


def recorded(path):
    with closing(sqlite3.connect(path)) as db:
        return [name for (name,) in db.execute("SELECT name FROM migration ORDER BY version")]


def test_it_is_what_that_version_left(old):
    version, path, _ = old
    assert recorded(path) == [m.__name__ for m in migration.MIGRATIONS[:version]]


def test_all_that_is_in_it_is_there(old):
    _, path, known = old
    assert content(path) == known
    assert recorded(path) == [m.__name__ for m in migration.MIGRATIONS]
    soundness.require(path, thorough=True)


def test_it_is_gone_on_with(old):
    _, path, _ = old
    with Store.open(path) as store:
        listed = next(each for each in store.reports() if each.state == "draft")
        draft = Draft.open(store, listed.id, "王五")
        before = dict(draft.report.items)
        draft.set({"narratives.s5": "又写一句。"}, "编写")
        draft.undo()
        assert draft.report.items == before
        draft.undo()
        assert draft.report.items == store.at(listed.id, draft.revision)


def test_it_is_backed_up_before_its_tables_are_changed(old):
    version, path, known = old
    was = path.read_bytes()
    Store.open(path).close()
    made = snapshot.found(snapshot.folder_beside(path))
    assert len(made) == (version < migration.VERSION)
    for each in made:
        assert recorded(each.path) == recorded(KEPT / f"v{version}.db")
        assert "旧版程序" in backup.describe(each)
        backup.restore(each.path, path, clock.now)
        assert content(path) == known
    assert (KEPT / f"v{version}.db").read_bytes() == was


def test_a_glance_leaves_an_older_one_to_the_migration(old):
    version, path, _ = old
    look = Glance.open(path)
    assert (look is None) == (version < migration.VERSION)
    if look:
        look.close()


@pytest.mark.parametrize("opener", [Store.open, Glance.open])
def test_a_newer_one_is_refused_in_words(tmp_path, opener):
    path = Path(shutil.copy(KEPT / f"v{migration.VERSION}.db", tmp_path))
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("INSERT INTO migration VALUES (?, 'later', '')", (migration.VERSION + 1,))
    before = path.read_bytes()
    with pytest.raises(TooNew, match="请升级程序"):
        opener(path)
    assert path.read_bytes() == before
