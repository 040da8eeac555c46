"""Backups: verified, thinned by name, carried to a second place, restored."""

import os
import shutil
import sqlite3
import stat
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import backup, cli
from app.draft import Draft, keep
from app.report import Report
from app.store import place, snapshot
from app.store.failure import Busy, Damaged, Foreign, NotCopied, NotRestored, TooNew
from app.store.snapshot import Snapshot
from app.store.store import Store

CELL = "t3.new.natural"


@pytest.fixture
def database(tmp_path) -> Path:
    return tmp_path / "data" / "nianbao.db"


@pytest.fixture
def store(database, clock):
    with Store.open(database, clock) as opened:
        yield opened


@pytest.fixture
def draft(store):
    return Draft.open(store, keep(store, Report.new("示例市档案局", 2024), "新建", "张三"), "张三")


def figure(path):
    with Store.open(path) as store:
        return Draft.open(store, store.reports()[0].id, "李四").report.figure(CELL)


def copies(database):
    return [each.path.name for each in backup.found(database)]


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_backup_holds_every_step_that_was_acknowledged(draft, database, clock):
    draft.set({CELL: 3}, "填写")
    made = backup.make(database, None, clock)
    assert made.trouble == ""
    assert made.snapshot.path.parent == database.with_name("nianbao-backup")
    assert figure(made.snapshot.path) == 3


def test_nothing_is_written_where_nothing_changed(draft, database, clock):
    first = backup.make(database, None, clock)
    clock.pass_by(60)
    assert backup.make(database, None, clock) == first
    draft.set({CELL: 3}, "填写")
    second = backup.make(database, None, clock)
    assert [each.number for each in backup.found(database)] == [2, 1]
    assert second.snapshot.at - first.snapshot.at == timedelta(seconds=60)


def test_where_there_is_no_report_there_is_nothing_to_lose(store, database, clock):
    assert backup.make(database, None, clock) is None
    assert copies(database) == []


def test_a_day_without_a_backup_is_noticed(draft, database, clock):
    assert backup.is_due(database, clock)
    backup.make(database, None, clock)
    assert not backup.is_due(database, clock)
    clock.pass_by(24 * 3600)
    assert backup.is_due(database, clock)


def test_a_clock_that_lost_the_year_does_not_make_old_backups_new(draft, database, clock):
    backup.make(database, None, clock)
    clock.pass_by(-25 * 365 * 24 * 3600)
    draft.set({CELL: 3}, "填写")
    made = backup.make(database, None, clock)
    assert (made.snapshot.number, made.snapshot.at.year) == (2, 2000)
    assert backup.found(database)[0] == made.snapshot


@pytest.mark.skipif(os.name != "posix", reason="file modes are those of POSIX")
def test_backups_are_private(draft, database, clock, tmp_path):
    (tmp_path / "usb").mkdir()
    made = backup.make(database, tmp_path / "usb", clock)
    for folder in (made.snapshot.path.parent, backup.folder_in(tmp_path / "usb", database)):
        assert mode(folder) == 0o700
        assert {mode(path) for path in folder.iterdir()} == {0o600}


def zero(path, table):
    """Zero the page at the root of a table, in the file itself."""
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        [page] = db.execute(root, (table,)).fetchone()
    db.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(bytes(4096))


def test_a_bad_one_never_displaces_a_good_one(draft, store, database, clock):
    good = backup.make(database, None, clock)
    draft.set({CELL: 3}, "填写")
    store.close()
    zero(database, "narrative")
    clock.pass_by(60)
    with pytest.raises(Damaged) as told:
        backup.make(database, None, clock)
    assert told.value.__notes__
    folder = good.snapshot.path.parent
    assert [path.name for path in folder.iterdir()] == [good.snapshot.path.name]


def test_a_history_that_leads_elsewhere_is_found_by_the_daily_check(draft, store, database, clock):
    draft.set({CELL: 3}, "填写")
    store.close()
    with sqlite3.connect(database) as db:
        db.execute("UPDATE value SET value = 7 WHERE cell = ?", (CELL,))
    db.close()
    with pytest.raises(Damaged):
        backup.make(database, None, clock, thorough=True)
    assert copies(database) == []


# ── thinning ────────────────────────────────────────────────────────────────────────────────


def named(moments):
    return [Snapshot(i, at, Path(f"{i}.db")) for i, at in enumerate(moments, 1)]


def test_of_years_of_work_days_weeks_and_months_are_left():
    begin = datetime(2024, 1, 1, 9)
    every = named(begin + timedelta(hours=8 * i) for i in range(3 * 365 * 2))
    gone = set(backup.surplus(every))
    left = [each for each in every if each not in gone]
    assert left[-10:] == every[-10:]
    days = {each.at.date() for each in left}
    last = every[-1].at.date()
    assert days >= {last - timedelta(days=i) for i in range(14)}
    assert {(day.year, day.month) for day in days} == {(e.at.year, e.at.month) for e in every}
    assert len(left) < 10 + 14 + 8 + 36


def test_thinning_goes_on_as_it_began():
    """Thinned each time or once at the end: the same days, weeks and months are left."""
    every = named(datetime(2024, 1, 1, 9) + timedelta(hours=7 * i) for i in range(900))
    kept = []
    for each in every:
        kept.append(each)
        gone = set(backup.surplus(kept))
        kept = [k for k in kept if k not in gone]
    gone = set(backup.surplus(every))
    assert set(kept) == {each for each in every if each not in gone}


@given(st.lists(st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1)), max_size=80))
def test_the_ten_newest_are_always_left_whatever_the_clock_said(moments):
    every = named(moments)
    assert not set(backup.surplus(every)) & set(every[-10:])


@pytest.mark.parametrize(
    "name",
    ["nianbao.db", "nianbao-0001-20250106-090000.db.part", "nianbao-0001-20251306-090000.db",
     "nianbao-1-20250106-090000.db", "报告.db"],
)  # fmt: skip
def test_other_files_are_never_taken_for_backups(tmp_path, name):
    (tmp_path / name).touch()
    assert snapshot.found(tmp_path) == []


# ── the second place ────────────────────────────────────────────────────────────────────────


@pytest.fixture
def usb(tmp_path) -> Path:
    (tmp_path / "usb").mkdir()
    return tmp_path / "usb"


def test_the_second_place_gets_the_same_file(draft, database, clock, usb):
    made = backup.make(database, usb, clock)
    [far] = snapshot.found(backup.folder_in(usb, database))
    assert far.path.read_bytes() == made.snapshot.path.read_bytes()
    assert backup.found(database, usb) == [made.snapshot]
    shutil.rmtree(made.snapshot.path.parent)
    assert backup.found(database, usb) == [far]


def test_a_second_place_that_vanished_is_told_and_caught_up(draft, database, clock, usb):
    usb.rename(usb.with_name("away"))
    made = backup.make(database, usb, clock)
    assert "找不到" in made.trouble
    assert made.snapshot.path.exists()
    assert not usb.exists()
    usb.with_name("away").rename(usb)
    assert backup.make(database, usb, clock).trouble == ""
    assert len(snapshot.found(backup.folder_in(usb, database))) == 1


def test_a_second_place_that_cannot_be_written_costs_a_sentence(common_user, clock):
    database, usb = common_user / "nianbao.db", common_user / "usb"
    usb.mkdir(mode=0o500)
    with Store.open(database) as store:
        store.create("2021", None, 2024, {"org": "示例市档案局"}, "新建", "张三")
    made = backup.make(database, usb, clock)
    assert "写不进去" in made.trouble
    assert made.snapshot.path.exists()


def fill(disk, left):
    """Let only so many bytes be left on a disk."""
    (disk / "fill").write_bytes(bytes(shutil.disk_usage(disk).free - left))


def test_a_second_place_without_room_costs_a_sentence(draft, database, clock, small_disk):
    fill(small_disk, 20_000)
    assert "写不进去" in backup.make(database, small_disk, clock).trouble
    assert not list(small_disk.rglob("*.part"))
    (small_disk / "fill").unlink()
    assert backup.make(database, small_disk, clock).trouble == ""


def test_a_disk_without_room_keeps_what_was_there(small_disk, clock):
    database = small_disk / "nianbao.db"
    with Store.open(database) as store:
        report = keep(store, Report.new("示例市档案局", 2024), "新建", "张三")
        draft = Draft.open(store, report, "张三")
        first = backup.make(database, None, clock)
        fill(small_disk, 60_000)
        draft.set({CELL: 3}, "填写")
        with pytest.raises(NotCopied, match="没有受影响"):
            backup.make(database, None, clock)
        assert copies(database) == [first.snapshot.path.name]
        (small_disk / "fill").unlink()
        assert backup.make(database, None, clock).snapshot.number == 2


# ── restoring ───────────────────────────────────────────────────────────────────────────────


def test_a_backup_takes_the_place_and_the_present_one_is_set_aside(draft, store, database, clock):
    old = backup.make(database, None, clock)
    draft.set({CELL: 3}, "填写")
    store.close()
    clock.pass_by(60)
    aside = backup.restore(old.snapshot.path, database, clock)
    assert figure(database) is None
    assert figure(aside) == 3
    assert figure(backup.found(database)[0].path) == 3
    assert backup.restore(aside, database, clock) != aside
    assert figure(database) == 3


def test_a_log_that_lies_there_goes_with_the_old_one(draft, store, database, clock, tmp_path):
    old = backup.make(database, None, clock)
    draft.set({CELL: 3}, "填写")
    log = database.with_name("nianbao.db-wal")
    left, main = log.read_bytes(), database.read_bytes()
    store.close()
    database.write_bytes(main)
    log.write_bytes(left)
    aside = backup.restore(old.snapshot.path, database, clock)
    assert figure(database) is None
    assert figure(aside) == 3


@pytest.mark.skipif(os.name != "posix", reason="Windows refuses to replace an open file")
def test_a_database_that_is_open_elsewhere_is_not_replaced(draft, database, clock):
    old = backup.make(database, None, clock)
    code = (
        "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]);"
        "db.execute('SELECT count(*) FROM report').fetchall(); print(flush=True); sys.stdin.read()"
    )
    command = [shutil.which("python3"), "-c", code, str(database)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe) as other:
        other.stdout.readline()
        with pytest.raises(Busy, match="关闭年报窗口"):
            backup.restore(old.snapshot.path, database, clock)
        other.communicate()
    assert not list(database.parent.glob("*set-aside*"))


def foreign(path):
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE a (b)")
    db.close()


def damaged(path):
    zero(path, "value")


def newer(path):
    with sqlite3.connect(path) as db:
        db.execute("INSERT INTO migration VALUES (99, 'later', '')")
    db.close()


def garbage(path):
    path.write_bytes(b"%PDF-1.4" * 1000)


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [(foreign, Foreign), (garbage, Foreign), (damaged, Damaged), (newer, TooNew)],
)
def test_only_a_sound_database_of_ours_is_restored(draft, store, database, clock, spoil, kind):
    draft.set({CELL: 3}, "填写")
    backup.make(database, None, clock)
    store.close()
    before = database.read_bytes()
    bad = database.with_name("bad.db")
    if spoil is not foreign:
        shutil.copy(backup.found(database)[0].path, bad)
    spoil(bad)
    with pytest.raises(kind):
        backup.restore(bad, database, clock)
    assert database.read_bytes() == before
    assert not place.waiting_beside(database).exists()


def test_without_room_nothing_changes(small_disk, clock):
    database = small_disk / "nianbao.db"
    with Store.open(database) as store:
        report = keep(store, Report.new("示例市档案局", 2024), "新建", "张三")
        old = backup.make(database, None, clock)
        Draft.open(store, report, "张三").set({CELL: 3}, "填写")
    fill(small_disk, 60_000)
    with pytest.raises(NotRestored, match="没有变动"):
        backup.restore(old.snapshot.path, database, clock)
    assert figure(database) == 3
    (small_disk / "fill").unlink()
    backup.restore(old.snapshot.path, database, clock)
    assert figure(database) is None


def test_a_power_cut_while_restoring_leaves_the_one_or_the_other(draft, store, database, clock):
    """Cut after each change of the folder: the next start finds a sound database."""
    draft.set({CELL: 3}, "填写")
    old = backup.make(database, None, clock)
    draft.set({CELL: 4}, "填写")
    store.close()
    shutil.copy(old.snapshot.path, place.waiting_beside(database))
    database.with_name("nianbao.db-wal").write_bytes(b"the log of the old one")
    assert figure(database) == 3
    assert not place.waiting_beside(database).exists()
    assert figure(database) == 3


def test_every_backup_is_described(draft, store, database, clock):
    draft.set({CELL: 3}, "填写")
    made = backup.make(database, None, clock)
    line = backup.describe(made.snapshot)
    assert line.startswith("第1份")
    assert "1份报告，最后修改 2025-01-06" in line
    zero(made.snapshot.path, "report")
    assert "已损坏" in backup.describe(made.snapshot)


# ── the command line ────────────────────────────────────────────────────────────────────────


def test_the_commands_back_up_list_and_restore(draft, store, database, usb, capsys):
    assert cli.main(["backup", str(usb), "--db", str(database)]) == 0
    [near, far] = [*database.parent.glob("*-backup/*.db"), *usb.rglob("*.db")]
    assert near.read_bytes() == far.read_bytes()
    assert str(near) in capsys.readouterr().out
    draft.set({CELL: 3}, "填写")
    store.close()
    assert cli.main(["restore", "--db", str(database)]) == 0
    assert str(near) in capsys.readouterr().out
    assert cli.main(["restore", str(far), "--db", str(database)]) == 0
    [aside] = database.parent.glob("*set-aside*")
    assert str(aside) in capsys.readouterr().out
    assert (figure(database), figure(aside)) == (None, 3)


def test_a_damaged_database_is_restored_by_its_own_name(draft, store, database, capsys):
    cli.main(["backup", "--db", str(database)])
    draft.set({CELL: 3}, "填写")
    store.close()
    zero(database, "signoff")
    assert cli.main(["backup", "--db", str(database)]) == 2
    assert "已损坏" in capsys.readouterr().err
    assert cli.main(["restore", str(database), "--db", str(database)]) == 0
    assert "到第2步的内容已完整取回" in capsys.readouterr().out
    assert figure(database) == 3


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["backup", "nowhere", "--db", "{}"], "找不到"),
        (["backup", "--db", "{}.not"], "没有找到数据库"),
        (["restore", "nowhere.db", "--db", "{}"], "无法打开"),
        (["restore", __file__, "--db", "{}"], "不是年报的数据库"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(draft, store, database, capsys, arguments, words):
    store.close()
    assert cli.main([argument.format(database) for argument in arguments]) == 2
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1
    assert figure(database) is None
