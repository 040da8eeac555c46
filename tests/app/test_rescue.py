"""A damaged database: set aside, the newest backup offered, and all that is newer saved."""

import sqlite3

import pytest

from app import backup, rescue
from app.draft import Draft, keep
from app.report import Report
from app.store import soundness
from app.store.failure import Damaged, Foreign
from app.store.store import Store

CELL, S1 = "t3.new.natural", "narratives.s1"


@pytest.fixture
def database(tmp_path):
    return tmp_path / "nianbao.db"


class Office:
    """A database with two reports, a backup, and work that came after it."""

    def __init__(self, database, clock):
        self.database, self.clock = database, clock
        with Store.open(database, clock) as store:
            for year in (2023, 2024):
                report = Report.new("示例市档案局", year)
                report.set({S1: "主动公开情况。" * 300, CELL: year})
                keep(store, report, "新建", "张三")
        self.backup = backup.make(database, None, clock).snapshot
        self.known = self.contents()

    def work(self, *changes, report=2):
        with Store.open(self.database, self.clock) as store:
            draft = Draft.open(store, report, "张三")
            for change in changes:
                draft.set(change, "填写")
        self.known = self.contents()

    def contents(self):
        with Store.open(self.database) as store:
            return {each.id: store.load(each.id) for each in store.reports()}

    def zero(self, *tables):
        """Zero the page at the root of each table."""
        db = sqlite3.connect(self.database)
        roots = dict(db.execute("SELECT name, rootpage FROM sqlite_master"))
        db.close()
        self.spoil(*((roots[table] - 1) * 4096 for table in tables))

    def spoil(self, *places, length=4096):
        with self.database.open("r+b") as file:
            for at in places:
                file.seek(at)
                file.write(bytes(length))

    def examine(self):
        return rescue.examine(self.database, self.database, self.clock)

    def restore(self):
        before = self.database.read_bytes()
        with self.examine() as found:
            aside = backup.restore(found.result, self.database, self.clock)
        assert aside is None if not before else aside.read_bytes() == before
        soundness.require(self.database, thorough=True)
        return found


@pytest.fixture
def office(database, clock):
    return Office(database, clock)


@pytest.mark.parametrize("table", ["setting", "signoff", "copy"])
def test_steps_newer_than_the_backup_are_saved(office, table):
    office.work({CELL: 1}, {CELL: 2}, {S1: "已改。"}, {CELL: 3})
    office.zero(table)
    with pytest.raises(Damaged):
        soundness.require(office.database)
    found = office.restore()
    assert "备份停在第1步，到第5步的内容已完整取回" in found.lines()[1]
    assert office.contents() == office.known


@pytest.mark.parametrize(
    "table", ["report", "step", "value", "narrative", "value_change", "narrative_change"]
)
def test_without_a_second_witness_the_content_is_saved_beside_the_backup(office, table):
    """The root page of a table is gone: that of the reports, of the content or of the steps."""
    before = office.contents()
    office.work({CELL: 1}, {CELL: 2}, {S1: "已改。"}, {CELL: 3})
    office.zero(table)
    found = office.restore()
    assert "只取回了一部分" in found.lines()[1]
    contents = office.contents()
    assert contents.pop(3).items == office.known[2].items
    assert contents == before


def test_a_file_without_a_head_is_damaged_not_foreign(office):
    office.work({CELL: 3})
    office.spoil(0, length=100)
    with pytest.raises(Foreign, match="或已损坏"):
        Store.open(office.database)
    office.restore()
    assert office.contents() == office.known


def test_zeros_alone_are_replaced_by_the_backup_with_a_warning(office):
    known = office.known
    office.work({CELL: 3})
    office.database.write_bytes(bytes(office.database.stat().st_size))
    lines = office.restore().lines()
    assert office.contents() == known
    assert "可能已经丢失" in lines[-1]


def test_a_new_report_in_a_torn_file_comes_back_as_a_draft_to_be_compared(office):
    with Store.open(office.database, office.clock) as store:
        report = Report.new("示例市文物局", 2024)
        report.set({CELL: 77, S1: "新写的。"})
        keep(store, report, "新建", "李四")
    office.zero("setting")
    found = office.restore()
    [newer] = found.transfer.newer
    assert (newer.org, newer.kept) == ("示例市文物局", None)
    assert "另存为一份新草稿" in found.lines()[1]
    contents = office.contents()
    assert contents[3].items[CELL] == 77
    assert contents[3].items[S1] == "新写的。"


def test_a_new_report_whose_row_is_lost_comes_back_by_the_index(office):
    known = office.contents()
    with Store.open(office.database, office.clock) as store:
        report = Report.new("示例市文物局", 2020, "hubei")
        report.set({CELL: 77, S1: "新写的。"})
        keep(store, report, "新建", "李四")
    office.zero("report")
    found = office.restore()
    assert [(newer.org, newer.year, newer.kept) for newer in found.transfer.newer] == [
        ("示例市文物局", 2020, None)
    ]
    contents = office.contents()
    saved = contents.pop(3)
    assert (saved.form, saved.items[CELL], saved.items[S1]) == ("2019", 77, "新写的。")
    assert contents == known


def test_without_a_backup_what_is_legible_is_all_there_is(office):
    office.work({CELL: 3})
    office.backup.path.unlink()
    office.zero("setting")
    found = office.restore()
    assert found.lines()[0] == "没有完好的备份。"
    assert [loaded.items for loaded in office.contents().values()] == [
        loaded.items for loaded in office.known.values()
    ]


def test_a_flipped_figure_is_marked_as_unsure(office):
    office.work({CELL: 3})
    with sqlite3.connect(office.database) as db:
        db.execute("UPDATE value SET value = 7 WHERE report = 2 AND cell = ?", (CELL,))
    db.close()
    with pytest.raises(Damaged):
        soundness.require(office.database, thorough=True)
    office.restore()
    with Store.open(office.database) as store:
        assert store.load(2).items[CELL] == 2024
        saved = store.load(3).items
    assert saved[CELL] == 7
    assert "两处记录不一致" in saved[f"unsure.{CELL}"]


def test_signatures_and_notes_newer_than_the_backup_are_saved(office):
    with Store.open(office.database, office.clock) as store:
        head = store.load(2).head
        store.circulation.note(head, CELL, "", "请核实来源", "李四")
    office.zero("setting")
    found = office.restore()
    assert found.transfer.facts == 1
    with Store.open(office.database) as store:
        assert [note.body for note in store.circulation.notes(2)] == ["请核实来源"]


def test_a_damaged_backup_is_passed_over(office):
    office.work({CELL: 3})
    office.clock.pass_by(60)
    second = backup.make(office.database, None, office.clock).snapshot
    second.path.write_bytes(second.path.read_bytes()[:9000])
    office.database.write_bytes(b"")
    found = office.restore()
    assert found.base == office.backup


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04" * 5000, bytes(9000)])
def test_a_file_that_is_no_database_is_not_rescued(database, clock, content):
    database.write_bytes(content)
    with pytest.raises(Foreign, match="没有读到报告"):
        rescue.examine(database, database, clock)
    assert database.read_bytes() == content
    assert [path.name for path in database.parent.glob(".nianbao*")] == []


def test_without_room_it_is_told(small_disk, clock):
    office = Office(small_disk / "nianbao.db", clock)
    (small_disk / "fill").write_bytes(bytes(150_000))
    with pytest.raises(Exception, match="已满"):
        office.examine()
    assert not list(small_disk.glob(".nianbao*"))


def test_a_restored_database_is_worked_on_as_before(office):
    office.work({CELL: 3})
    office.zero("value")
    office.restore()
    office.work({CELL: 5})
    with Store.open(office.database) as store:
        draft = Draft.open(store, 2, "张三")
        draft.undo()
        draft.undo()
        assert draft.report.items[CELL] == 2024
    soundness.require(office.database, thorough=True)


def test_a_backup_in_the_second_place_is_found_by_what_is_legible(office, tmp_path):
    usb = tmp_path / "usb"
    usb.mkdir()
    with Store.open(office.database) as store:
        store.set_setting(backup.SECOND_PLACE, str(usb))
    backup.make(office.database, backup.second_place(office.database), office.clock)
    for each in backup.found(office.database):
        each.path.unlink()
    office.zero("report")
    known = office.known
    assert office.restore().base.path.is_relative_to(usb)
    assert office.contents() == known
