"""A report on its way from desk to desk, and the papers printed of it."""

from datetime import date

import pytest

from app import checks, report_file, resources, signoff
from app.circulation import Circulation
from app.draft import Draft, keep
from app.fingerprint import Mistyped
from app.signoff import Post, Refused
from app.store.failure import Locked
from app.store.store import Store

SAMPLE = resources.root() / "samples" / "city-2024.nianbao"
DAY = date(2025, 1, 8)


@pytest.fixture
def store(tmp_path, clock):
    with Store.open(tmp_path / "nianbao.db", clock) as opened:
        yield opened


@pytest.fixture
def draft(store):
    report = report_file.loads(SAMPLE.read_bytes(), SAMPLE.name)
    return Draft.open(store, keep(store, report, "读入", "张三"), "张三")


@pytest.fixture
def way(store, draft):
    return Circulation(store, draft)


def sign_all(way):
    for title in way.unsigned():
        way.sign(title, "李四", DAY, "同意")


def log(way, draft, purpose="送审"):
    way.log(draft.revision, way.code, 2, "打印机", purpose)


def test_from_draft_to_publication(way, draft, store):
    assert [r.name for r in way.routes()] == ["送审"]
    way.go(signoff.SEND)
    assert [r.name for r in way.routes()] == ["退回", "定稿"]
    assert list(way.in_force()) == ["经办人"]
    sign_all(way)
    way.go(signoff.FINISH)
    way.go(signoff.PUBLISH, published=date(2025, 1, 22))
    assert [(m.was, m.state, m.who) for m in way.moves()] == [
        ("draft", "review", "张三"), ("review", "final", "张三"), ("final", "published", "张三"),
    ]  # fmt: skip
    assert draft.report.text("published") == "2025-01-22"
    again = Draft.open(store, draft.head.report, "张三")
    assert again.report.text("published") == "2025-01-22"
    assert again.revision == draft.revision
    assert store.at(draft.head.report, 1).get("published") == "2025-01-20"


def test_a_report_under_review_is_locked_and_tells_its_listeners(way, draft):
    told = []
    draft.subscribe(told.append)
    draft.set({"t3.new.natural": 3002}, "改")
    way.go(signoff.SEND)
    assert told[-1].kind == "move"
    assert draft.is_locked
    assert draft.undo_label == ""
    assert draft.undo() is None
    with pytest.raises(Locked):
        draft.set({"t3.new.natural": 3001}, "改")
    assert draft.report.figure("t3.new.natural") == 3002


def test_returning_needs_a_reason_and_lets_signatures_lapse(way, draft):
    way.go(signoff.SEND)
    sign_all(way)
    with pytest.raises(Refused, match="理由"):
        way.go(signoff.RETURN)
    way.go(signoff.RETURN, "表三与台账不符")
    assert not draft.is_locked
    assert way.moves()[-1].note == "表三与台账不符"
    assert way.in_force() == {}
    assert all(signature.lapsed for signature in way.signatures())
    way.go(signoff.SEND)
    assert list(way.in_force()) == ["经办人"]


def test_nothing_becomes_final_with_errors_or_without_signatures(way, draft):
    total = draft.report.figure("t3.new.total")
    draft.set({"t3.new.total": total + 1}, "改")
    way.go(signoff.SEND)
    sign_all(way)
    with pytest.raises(Refused, match="还不能定稿"):
        way.go(signoff.FINISH)
    assert draft.head.state == "review"
    way.go(signoff.RETURN, "合计不符")
    draft.set({"t3.new.total": total}, "改")
    way.go(signoff.SEND)
    with pytest.raises(Refused, match="还没有登记签署意见"):
        way.go(signoff.FINISH)
    way.go(signoff.FINISH, "分管领导出差，电话同意")
    assert way.moves()[-1].note == "分管领导出差，电话同意"


def test_the_desks_are_those_of_the_settings(way, store):
    store.set_setting("chain", signoff.write_chain([Post("起草人"), Post("镇长", "签发", "赵六")]))
    way.go(signoff.SEND)
    assert list(way.in_force()) == ["起草人"]
    assert way.unsigned() == ("镇长",)


def test_a_signature_says_who(way):
    way.go(signoff.SEND)
    with pytest.raises(Refused, match="姓名"):
        way.sign("科室负责人", " ", DAY, "同意")


def test_notes_and_answers_say_something(way, draft):
    with pytest.raises(Refused):
        way.note("t3.new.natural", "", " ", "李四")
    way.note("t3.new.natural", "", "请核对", "李四")
    (note,) = way.notes()
    with pytest.raises(Refused):
        way.answer(note, "")
    way.answer(note, "已与台账核对")
    assert way.notes()[0].answered_by == "张三"


def test_a_print_is_out_of_date_once_the_content_changes_and_says_what(way, draft):
    log(way, draft)
    (copy,) = way.copies()
    assert not way.is_outdated(copy)
    draft.set({"published": "2025-01-20"}, "改")
    assert not way.is_outdated(copy)  # no content
    draft.set({"t3.new.natural": 3002}, "改")
    assert way.is_outdated(copy)
    changes = [f.cell.id for f in way.since(copy.revision).figures]
    assert changes[0] == "t3.new.natural"
    draft.undo()
    assert not way.is_outdated(copy)


def test_a_paper_is_traced_by_the_log(way, draft, store):
    log(way, draft)
    code = way.code
    assert way.trace(code.lower()).comparison is None
    draft.set({"narratives.s1": draft.report.prose("s1") + "再补一句。"}, "改")
    paper = way.trace(code)
    assert paper.revision == 1
    assert [t.item for t in paper.comparison.texts] == ["narratives.s1"]


def test_a_paper_is_traced_through_every_revision(way, draft):
    codes = []
    for figure in (5, 6, None, 7):
        draft.set({"t4.review.upheld": figure, "t3.new.natural": figure}, "改")
        codes.append((draft.revision, way.code))
    draft.undo()
    for revision, code in codes:
        assert way.trace(code).revision in (revision, draft.revision)
        assert (way.trace(code).comparison is None) == (code == way.code)


def test_a_paper_of_another_report_is_named(way, draft, store):
    other = Draft.open(store, store.copy(draft.head.report, "复制", "张三"), "张三")
    other.set({"t3.new.natural": 1}, "改")
    theirs = Circulation(store, other)
    log(theirs, other)
    paper = way.trace(theirs.code)
    assert paper.revision is None
    assert paper.other.report == other.head.report


def test_an_unknown_code_is_told_from_a_mistyped_one(way):
    paper = way.trace("8J91-Q9V5-2KRS-1")
    assert (paper.revision, paper.comparison, paper.other) == (None, None, None)
    with pytest.raises(Mistyped):
        way.trace("8J91-Q9V5-2KRS-2")


def test_a_correction_is_told_against_what_was_published(way, draft):
    assert way.corrected() is None
    way.go(signoff.SEND)
    way.go(signoff.FINISH, "先行公开")
    way.go(signoff.PUBLISH, published=date(2025, 1, 22))
    assert way.corrected() is None
    with pytest.raises(Refused, match="理由"):
        way.go(signoff.CORRECT)
    way.go(signoff.CORRECT, "数字有误")
    draft.set({"t3.new.natural": 3002}, "改")
    move, compared = way.corrected()
    assert move.note == "数字有误"
    assert "t3.new.natural" in [f.cell.id for f in compared.figures]


def test_a_check_knows_about_the_review(way, draft):
    def told():
        context = way.in_context(checks.Context(today=DAY))
        return [f.id for f in checks.run(draft.report, None, context) if f.id.startswith("ADM.")]

    assert told() == []
    way.go(signoff.SEND)
    assert told() == ["ADM.SIGN"]
    sign_all(way)
    assert told() == []
    way.go(signoff.RETURN, "请核对")
    assert told() == []
    draft.set({"t3.new.natural": 3002}, "改")
    assert told() == ["ADM.CHANGED"]
    draft.undo()
    assert told() == []
