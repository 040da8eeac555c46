"""Copies: one for signature tells on every page what it holds, one for the public is clean."""

import re
from io import BytesIO

import pypdfium2
import pytest

from app import copies, fingerprint
from app.checks.finding import Finding
from app.report import Report
from app.writers import pdf
from app.writers.fonts import Fonts
from app.writers.page import compose

FONTS = Fonts.find(folders=())


@pytest.fixture
def report():
    made = Report.new("示例市档案局", 2024)
    made.set({"narratives.s1": "全年主动公开政府信息。\n" * 60, "t3.new.natural": 3})
    return made


def finding(rule, severity, explanation=""):
    return Finding(rule, severity, "s1", f"{rule}不符。", explanation=explanation)


def printed(report, options):
    """The text of each page, and the keywords."""
    document = pypdfium2.PdfDocument(BytesIO(pdf.render(compose(report, options), FONTS)))
    pages = [page.get_textpage().get_text_bounded() for page in document]
    return pages, document.get_metadata_dict()["Keywords"]


def test_every_page_of_a_copy_for_signature_says_which_content_it_is(report):
    pages, keywords = printed(report, copies.options(report, [], revision=214))
    code = fingerprint.code(report)
    assert len(pages) > 3
    for number, text in enumerate(pages, 1):
        foot = re.sub(r"\s", "", text)
        assert f"第214步核对码{code}第{number}页共{len(pages)}页" in foot
    assert keywords == code


def test_a_copy_that_does_not_come_from_the_store_has_no_revision(report):
    pages, _ = printed(report, copies.options(report, []))
    assert "步" not in pages[0]
    assert fingerprint.code(report) in pages[0]


def test_a_copy_for_publication_is_clean_and_known_by_its_information(report):
    pages, keywords = printed(report, copies.publication(report, []))
    assert keywords == fingerprint.code(report)
    assert not any("核对码" in text or "共" in text for text in pages)


@pytest.mark.parametrize("rule", ["T3.ROWSUM", "CELL.NEGATIVE", "TEXT.X"])
def test_errors_stop_the_copy_for_publication(report, rule):
    with pytest.raises(copies.NotFinal, match=f"还有1处错误.*{rule}不符"):
        copies.publication(report, [finding(rule, "error"), finding("YOY.SAME", "warning")])


def test_what_was_explained_stops_nothing_but_what_stands_without_appeal(report):
    copies.publication(report, [finding("TEXT.X", "error", "属实"), finding("A.B", "warning")])
    with pytest.raises(copies.NotFinal):
        copies.publication(report, [finding("T3.TOT", "error", "属实")])


def test_drafts_with_errors_and_samples_say_so(report):
    assert copies.options(report, [finding("T3.TOT", "error")]).watermark == "草稿"
    assert copies.options(report, [finding("A.B", "error", "属实")]).watermark == ""
    report.further["mark"] = "样例"
    assert copies.publication(report, []).watermark == "样例"
