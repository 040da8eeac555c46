"""What a new report takes over from last year's."""

from app import new_report
from app.report import PREFACE, Report


def test_without_last_year_only_the_legal_basis_is_there():
    report = new_report.begin(" 示例市人民政府 ", 2024, None, None)
    assert report.org == "示例市人民政府"
    assert report.figures() == {}
    assert "国办公开办函〔2021〕30号" in report.text(PREFACE)


def test_last_year_gives_the_unit_and_what_was_carried_over():
    before = Report.new("示例市人民政府", 2023)
    before.set(
        {
            "unit_type": "government",
            "cover.address": "示例路1号",
            "titles.s5": "五、问题及改进",
            "t3.carried_out.natural": 34,
            "t3.carried_out.legal": 0,
            "t2.normative.in_force": 66,
            "narratives.s1": "去年的文字",
        }
    )
    report = new_report.begin("示例市人民政府", 2024, None, before)
    assert report.figures() == {
        "t3.carried_in.natural": 34,
        "t3.carried_in.legal": 0,
        "t3.carried_in.total": 34,
    }
    assert report.is_worked_out("t3.carried_in.total")
    assert report.text("unit_type") == "government"
    assert report.text("cover.address") == "示例路1号"
    assert report.title("s5") == "五、问题及改进"
    assert report.text("narratives.s1") == ""


def test_across_the_change_of_form_only_what_means_the_same_is_taken():
    before = Report.new("示例局", 2020, "hubei")
    before.set(
        {
            "t3.carried_out.natural": 2,
            "t2.fees.last_year": 7,
            "cover.legal_basis": "旧依据",
            "titles.s2": "旧标题",
        }
    )
    report = new_report.begin("示例局", 2021, None, before)
    assert report.figure("t3.carried_in.natural") == 2
    assert report.figure("t2.fees.amount") is None
    assert report.text("cover.legal_basis") == report.form.legal_basis
    assert report.title("s2") == report.form.section("s2").title
