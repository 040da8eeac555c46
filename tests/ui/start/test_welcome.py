"""The first day: three ways in, unit data asked once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from app import report_file, settings
from app.report import Report
from app.store.store import Store
from ui import command
from ui.report.new_report import NewReportDialog
from ui.start import welcome
from ui.start.welcome import Welcome


@pytest.fixture
def page(window):
    page = window.middle.currentWidget()
    assert isinstance(page, Welcome)
    return page


def test_unit_data_are_asked_once_and_used(window, page, answer, qtbot):
    qtbot.keyClicks(page.unit.org, "ABC")
    page.unit.org.setText("示例市档案局")
    page.unit.org.editingFinished.emit()
    page.unit.unit_type.setCurrentIndex(page.unit.unit_type.findData("department"))
    page.unit.unit_type.activated.emit(0)
    page.unit.who.setText("张三")
    page.unit.has_due.click()
    with Store.open(window.database) as other:
        kept = settings.read(other.setting)
    assert (kept.org, kept.who, kept.due) == ("示例市档案局", "张三", "01-20")

    def create(dialog):
        assert dialog.org.text() == "示例市档案局"
        assert dialog.unit_type.currentData() == "department"
        dialog.accept()

    answer(NewReportDialog, create)
    qtbot.mouseClick(page.ways[0], Qt.MouseButton.LeftButton)
    assert window.draft.report.text("unit_type") == "department"
    assert window.draft.head.who == "张三"
    assert "1月20日" in window.foot._due.text()


def test_contact_data_go_into_reports_of_the_own_unit_only(window):
    unit = {"org": "示例市档案局", "cover.telephone": "0000-123"}
    window.settings = settings.Settings(unit=unit)
    command.begin_report(window, "示例市档案局", 2023, None)
    window.draft.set({"cover.telephone": "0000-999"}, "填写电话")
    command.begin_report(window, "示例市档案局", 2024, None)
    assert window.draft.report.text("cover.telephone") == "0000-999"
    command.begin_report(window, "示例市司法局", 2024, None)
    assert window.draft.report.text("cover.telephone") == ""


def test_the_years_report_begins_from_last_years_file(window, page, tmp_path, monkeypatch, qtbot):
    last_year = Report.new("示例市档案局", 2023)
    last_year.set({"t3.carried_out.natural": 7, "unit_type": "department"})
    path = tmp_path / "去年.nianbao"
    path.write_text(report_file.dumps(last_year), "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(path), ""))
    page.ways[1].click()
    qtbot.waitUntil(lambda: window.draft is not None and window.draft.report.year == 2024)
    assert window.draft.report.figure("t3.carried_in.natural") == 7
    assert window.draft.last_year.year == 2023
    welcome.begin_next(window, last_year)
    assert [listed.year for listed in window.store.reports()] == [2024, 2023]


def test_samples_are_marked_drafts_that_can_be_thrown_away(window, page):
    page.ways[2].click()
    assert len(window.store.reports()) == 2
    assert window.view.preview.copy().options.watermark == "样例"
    for _ in range(2):
        window.menu.trigger("discard")
    assert window.middle.currentWidget() is page


def test_page_says_what_each_way_leads_to(page):
    assert [button.text() for button in page.ways] == [text for _, text, _ in welcome.WAYS]
    assert all(button.accessibleDescription() for button in page.ways)
    assert not page.window().findings.isVisible()
    assert any("F1" in label.text() for label in page.findChildren(QLabel))
