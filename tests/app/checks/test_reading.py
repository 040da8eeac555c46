"""What sentences tell of the figures: real shapes, invented names."""

import pytest

from app.checks.lexicon import lexicon
from app.checks.reading import paragraphs
from app.form_file import load

FORM = load("2021", None, 2024)


def told(text, section="", year=2024):
    """Return (number, name of the quantity, "part" or "") for each statement."""
    words = lexicon(load("2021", None, year))
    return [
        (int(t.number.value), t.quantities[0].name, "part" if t.part else "")
        for _, passage in paragraphs(text, words, section)
        for t in passage.told
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全市共受理政府信息公开申请31件，答复30件（含上年度结转申请3件，另有4件顺延到下年度答复）。",
         [(31, "收到的申请"), (30, "答复的申请"), (3, "上年结转的申请"), (4, "结转下年度的申请")]),
        ("全年收办依申请公开件 46 件，已办结 45 件，转下年度办理1件。",
         [(46, "收到的申请"), (45, "答复的申请"), (1, "结转下年度的申请")]),
        ("本年度新收政府信息公开申请数量为9件，上年转结政府信息公开申请2件，结转至2025年办理1件。",
         [(9, "收到的申请"), (2, "上年结转的申请"), (1, "结转下年度的申请")]),
        ("本街道共收到12件信息公开申请，其中10件予以公开、2件不予公开。",
         [(12, "收到的申请"), (10, "予以公开"), (2, "不予公开")]),
        ("收到公民、法人和其他组织提出的政府信息公开申请共计二十三件。", [(23, "收到的申请")]),
        ("收到依申请公开58件，其中自然人申请50件，法人或其他组织申请8件。",
         [(58, "收到的申请"), (50, "自然人的申请"), (8, "法人或其他组织的申请")]),
        ("受理申请１，８０８件。", [(1808, "收到的申请")]),
        ("因政府信息公开引发的行政复议3件，其中结果维持1件，结果纠正1件，尚未审结1件。",
         [(3, "行政复议"), (1, "行政复议结果维持"), (1, "行政复议结果纠正"),
          (1, "行政复议尚未审结")]),
        ("政府信息公开行政诉讼案件 9 件，其中未经复议直接起诉4件，复议后起诉5件。",
         [(9, "行政诉讼"), (4, "未经复议直接起诉"), (5, "复议后起诉")]),
        ("因政府信息公开被申请行政复议、行政诉讼案件3件。", [(3, "行政复议、行政诉讼")]),
        ("政府信息公开行政复议、行政诉讼均为0件。", [(0, "行政复议"), (0, "行政诉讼")]),
        ("制发行政规范性文件8件，废止26件，现行有效规范性文件66件。",
         [(8, "规范性文件制发件数"), (26, "规范性文件废止件数"), (66, "规范性文件现行有效件数")]),
        ("全年作出行政许可决定345件、行政处罚决定40件。",
         [(345, "行政许可处理决定"), (40, "行政处罚处理决定")]),
    ],
)  # fmt: skip
def test_numbers_belong_to_what_they_count(text, expected):
    assert [(n, name) for n, name, _ in told(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "全年未收到和处理政府信息公开申请。",
        "本年度无依申请公开政府信息办理事项。",
        "我镇未接到任何形式的政府信息公开申请。",
        "政府信息公开申请均未收到。",
        "2024年，我局没有收到公民、法人或者其他组织提出的政府信息公开申请。",
        "暂无依申请公开。",
    ],
)
def test_none_at_all_is_understood(text):
    assert told(text) == [(0, "申请", "")]


@pytest.mark.parametrize(
    "text",
    [
        "全年未发生因政府信息公开引起的行政复议、行政诉讼案件。",
        "因政府信息公开引发的行政复议和行政诉讼均未发生。",
        "没有发生因依申请公开引发的举报、投诉、行政复议或行政诉讼等事件。",
    ],
)
def test_none_of_several_is_understood(text):
    assert [(n, name) for n, name, _ in told(text)] == [(0, "行政复议"), (0, "行政诉讼")]


@pytest.mark.parametrize(
    "text",
    [
        "共收到意见建议，其中申请、主动公开信息500件。",
        "收到意见建议500件，办结人大建议12件。",
        "受理行政许可申请500件，受理救助申请30件。",
        "办理12345热线工单800件，办结率100%。",
        "无条件受理政府信息公开申请，无逾期答复政府信息公开申请情况。",
        "未收到政府信息公开申请人的投诉。",
        "全局全年办理行政复议案件120件，审结100件。",
        "2023年收到政府信息公开申请18件。",
        "11—30件（含30件）的部分，政府信息公开申请每件100元。",
        "公布规范性文件、规范性文件解读及清理结果信息6条。",
        "（三）不予公开",
        "收到政府信息公开申请后5个工作日内登记。",
        "完善规章制度12项。",
    ],
)
def test_what_counts_something_else_is_left_alone(text):
    assert told(text) == []


@pytest.mark.parametrize(
    "text", ["通过网络收到政府信息公开申请12件。", "各镇共收到政府信息公开申请12件。"]
)
def test_a_part_is_known_as_a_part(text):
    assert told(text) == [(12, "收到的申请", "part")]


def test_prose_of_a_table_is_about_its_table_from_the_start():
    assert told("全年收到申请5件，办结5件。", "s3")[0] == (5, "收到的申请", "")
    assert told("收到行政复议5件。", "s4") == [(5, "行政复议", "")]
    assert told("收到行政复议5件。", "s1") == []


def test_a_heading_hands_its_topic_to_the_paragraph_below():
    text = "（二）依申请公开情况\n全年共收到20件，办结19件。"
    assert told(text) == [(20, "收到的申请", ""), (19, "答复的申请", "")]


@pytest.fixture(scope="module")
def contradictions(found):
    def run(text, **example):
        told = found(add={"s1": text}, **example)
        return [f for f in told if f.id.startswith("TXT.")]

    return run


@pytest.mark.parametrize(
    "text",
    [
        "全年受理政府信息公开申请20件。", "全年受理政府信息公开申请21件（含上年结转1件）。",
        "全年办理政府信息公开申请19件。", "受理申请约20件。", "收到政府信息公开申请近20件。",
        "通过网络收到政府信息公开申请12件。", "示例市水务局收到政府信息公开申请4件。",
        "受理政府信息公开申请20件，其中自然人18件，占90%，法人或其他组织2件，占10.0%。",
        "收到政府信息公开申请20件，占全省总量的0.2%。", "上年收到申请14件。",
        "全年收到行政复议1件，与政府信息公开有关，结果维持。",
    ],
)  # fmt: skip
def test_statements_that_agree_by_any_reading_raise_nothing(contradictions, text):
    assert contradictions(text) == []


def test_a_contradiction_offers_both_repairs(sound, contradictions):
    (finding,) = contradictions("本年受理了政府信息公开行政复议3件。")
    assert (finding.id, finding.expected, finding.found) == ("TXT.NUM", 1, 3)
    assert finding.cells == ("t4.review.total",)
    assert finding.excerpt == "本年受理了政府信息公开行政复议3件。"
    report = sound()
    text = report.text("narratives.s1") + "\n本年受理了政府信息公开行政复议3件。"
    assert text[finding.start : finding.end] == finding.excerpt
    by_table, by_text = finding.mends
    assert by_table.changes == {"narratives.s1": text.replace("复议3件", "复议1件")}
    assert by_text.changes == {"t4.review.total": 3}


def test_a_number_that_looks_like_a_slip_of_one_reading_is_held_to_it(sound, found):
    (finding,) = [
        f for f in found(set={"t3.new.total": 3119}, add={"s3": "受理政府信息公开申请3191件。"})
        if f.id == "TXT.NUM" and "3191" in f.message
    ]  # fmt: skip
    assert finding.expected == 3119
    assert len(finding.mends) == 2


def test_what_is_denied_is_compared_with_what_it_means_first(contradictions):
    (finding,) = contradictions("全年未收到政府信息公开申请。")
    assert (finding.id, finding.found, finding.expected) == ("TXT.ZERO", 0, 20)
    assert finding.cells == ("t3.new.total",)


def test_where_several_readings_are_meant_nothing_is_offered(contradictions):
    (finding,) = contradictions("共受理政府信息公开申请33件。")
    assert finding.mends == ()
    assert finding.expected == 21


def test_a_part_may_not_exceed_the_whole(contradictions):
    (finding,) = contradictions("通过网络收到政府信息公开申请120件。")
    assert finding.id == "TXT.NUM"


def test_blanks_and_sums_over_blanks_are_not_compared(sound):
    from app import checks

    report = sound(typed=False)
    report.set({"t3.new.natural": None, "narratives.s3": "共收到政府信息公开申请20件。"})
    assert not [f for f in checks.run(report) if f.id.startswith("TXT.")]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("受理政府信息公开申请20件，较上年增加4件。", False),
        ("受理政府信息公开申请20件，较上年增加7件。", True),
        ("受理政府信息公开申请20件，同比下降25%。", True),
        ("受理政府信息公开申请20件，与上年相比，增长25.0%。", False),
        ("政府信息公开申请数量同比增长25%。", False),
        ("公开信息500条，同比增长80%。", False),
        ("群众满意率提升5%。", False),
    ],
)
def test_changes_are_recomputed(found, text, wrong):
    last = {"t3.new.total": 16, "t3.carried_in.total": 0}
    told = {f.id for f in found(add={"s1": text}, last=last)}
    assert ("TXT.YOY" in told) is wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("公开信息217条。渠道主要是网站等，其中，网站125条，公众号92条。", False),
        ("公开信息217条。渠道主要是网站等，其中，网站125条，公众号91条。", True),
        ("公开信息63条，其中机构16条，动态36条，预决算5条，报告1条，其他5条。", False),
        ("公开信息63条，其中机构16条，动态36条，预决算6条，报告1条，其他5条。", True),
        ("公开信息423条，其中总结1条，机构3条，文件3条，基层治理312条。", False),
        ("受理66件，其中自然人58件，网络申请60件。", False),
        ("培训5次（线上2次、线下3次）。", False),
        ("培训6次（线上2次、线下3次）。", True),
        ("线上培训2次、线下培训3次，合计6次。", True),
        ("公开22条，其中人事2条，财务4条（其中预算1条、决算3条），其他16条。", False),
        ("公开信息66551条，其中本级31339余条，县区35213条。", False),
        ("收取信息处理费3940元，其中甲局2000元，乙局1940元。", False),
        ("收取信息处理费3940元，其中甲局2000元，乙局1930元。", True),
    ],
)
def test_itemised_lists_are_added_up(contradictions, text, wrong):
    assert [f.id for f in contradictions(text)] == ["TXT.PARTS"] * wrong


@pytest.mark.parametrize(
    ("form", "text"), [("2021", "制定规范性文件3件。"), ("2019", "新制作规范性文件3件。")]
)
def test_each_form_knows_its_own_figures(found, form, text):
    assert "TXT.NUM" in {f.id for f in found(form=form, add={"s2": text})}
