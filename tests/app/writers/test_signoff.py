"""The sheet for signatures: what goes round, room to sign, and a code that scanners read."""

import shutil
import subprocess
from datetime import UTC, date, datetime
from io import BytesIO

import pypdfium2
import pytest

from app import cli, fingerprint, report_file
from app.checks.finding import Finding
from app.signoff import CHAIN, Post
from app.store.record import Signature
from app.writers import pdf, signoff
from app.writers.sheet import HEIGHT, Layout

SAVED = "2025年1月6日 09:32　张三"


def sending(report, findings=(), chain=CHAIN, signed=None):
    return signoff.Sending(report, 214, SAVED, list(findings), chain, signed or {})


def text_of(page, fonts):
    document = pypdfium2.PdfDocument(BytesIO(pdf.render(page, fonts)))
    return ["".join(p.get_textpage().get_text_bounded().split()) for p in document]


def test_the_code_is_read_from_the_rendered_sheet(invented, fonts, tmp_path, capsys):
    if shutil.which("zbarimg") is None:
        pytest.skip("zbarimg (Debian: zbar-tools) is not installed")
    report = invented()
    page = pdf.render(signoff.compose(sending(report)), fonts)
    picture = tmp_path / "送审单.png"
    pypdfium2.PdfDocument(BytesIO(page))[0].render(scale=200 / 72).to_pil().save(picture)
    done = subprocess.run(
        ["zbarimg", "--quiet", "--raw", "--nodbus", picture], capture_output=True, text=True
    )
    source = tmp_path / "报告.nianbao"
    source.write_text(report_file.dumps(report), "utf-8")
    assert cli.main(["fingerprint", str(source)]) == 0
    assert done.stdout == capsys.readouterr().out == fingerprint.code(report) + "\n"


def test_it_says_what_goes_round_and_who_signs(invented, fonts):
    report = invented()
    (text,) = text_of(signoff.compose(sending(report)), fonts)
    code = fingerprint.code(report)
    for words in (
        "示例市人民政府", "2024年政府信息公开工作年度报告送审单", "第214步", code,
        "2025年1月6日09:32张三", "错误0处，疑问0处；未填0项", "科室负责人（内容是否真实）",
        "（是否涉密）", "（单位公章）",
        f"第214步核对码{code}第1页共1页",
    ):  # fmt: skip
        assert "".join(words.split()) in text, words


def test_what_is_known_of_the_signatures_is_printed(invented, fonts):
    moment = datetime(2025, 1, 8, tzinfo=UTC)
    signed = Signature("镇长", "赵六", date(2025, 1, 8), "同意", 1, "C", moment, "张三", False)
    chain = (Post("起草人", "", "张三"), Post("镇长", "签发"))
    (text,) = text_of(signoff.compose(sending(invented(), (), chain, {"镇长": signed})), fonts)
    assert "起草人张三年月日" in text
    assert "镇长（签发）同意2025年1月8日" in text.replace("赵六", "")
    assert "分管领导" not in text


def test_findings_and_explanations_stand_below_the_table(invented, fonts):
    explained = Finding("YOY", "warning", "s1", "变化较大。", explanation="属实")
    findings = [
        Finding("T3.TOT", "error", "s3", "合计不符。"),
        *[explained] * 40,
        Finding("H", "hint", "s1", "提示不必上报。"),
    ]
    pages = text_of(signoff.compose(sending(invented(), findings)), fonts)
    assert "错误1处，疑问40处，其中已说明40处" in pages[0]
    assert "1.✗合计不符。" in pages[0]
    assert "41.！变化较大。说明：属实" in "".join(pages)
    assert "提示不必上报" not in "".join(pages)


@pytest.mark.parametrize("posts", [1, 5, 8, 12])
def test_the_table_stands_under_its_title_on_one_sheet(invented, fonts, posts):
    chain = [Post(f"第{n}环节", "内容是否真实、准确、完整", "欧阳某某") for n in range(posts)]
    layout = Layout(signoff.compose(sending(invented(), (), chain)), fonts)
    assert len(layout.sheets) == 1
    assert all(f.y + f.height <= HEIGHT + 0.01 for f in layout.sheets[0].frames)
