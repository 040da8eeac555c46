"""Every rule has an example that passes and one that fails; sentences are of real shape."""

import re
from datetime import date
from pathlib import Path

import pytest

from app.checks.rule import RULES

OVERVIEW = "narratives.s1"
TODAY = {"today": date(2025, 1, 20)}


def s1(text):
    return {"add": {"s1": text}}


def s2(text):
    return {"add": {"s2": text}}


def town(**more):
    return {"org": "示例县云溪镇人民政府"} | more


def old(**more):
    return {"form": "2019"} | more


EXAMPLES = [
    # cells
    ("CELL.INT", {"set": {"t3.new.other": 0}}, {"set": {"refused.t3.new.other": "-5"}}),
    ("CELL.INT", {"set": {"unsure.t3.new.other": "x"}}, {"set": {"refused.t3.new.other": "1.5"}}),
    ("CELL.SIGN", old(set={"t2.licences.change": -8}), old(set={"refused.t3.new.other": "-8"})),
    ("CELL.DEC", {"set": {"t2.fees.amount": 1}}, {"set": {"refused.t2.fees.amount": "0.0000001"}}),
    ("CELL.DEC", {"set": {"t2.fees.amount": 0}}, {"set": {"refused.t2.fees.amount": "-3.5"}}),
    ("CELL.TEXT", {}, {"set": {"refused.t3.new.legal": "见附件"}}),
    ("CELL.UNIT", {"set": {"unsure.t2.fees.amount": "字迹不清"}},
     {"set": {"unsure.t2.fees.amount": "375万 → 375（万元）"}}),
    ("CELL.UNSURE", {}, {"set": {"unsure.t2.fees.amount": "两处写法不同"}}),
    ("CELL.SCALE", {"last": {"t2.fees.amount": 11_000_000}}, {"last": {"t2.fees.amount": 12_500}}),
    ("CELL.BLANK", {"set": {"t3.new.legal": 0}}, {"set": {"t3.new.legal": None}}),
    ("CELL.HUGE", {"set": {"t2.penalties.decisions": 99_999_999}},
     {"set": {"t2.penalties.decisions": 100_000_000}}),
    ("CELL.HUGE", {}, {"set": {"t3.new.natural": 1_000_001}}),
    # table two
    ("T2.STOCK.MIN", {"set": {"t2.rules.made": 3, "t2.rules.in_force": 3}},
     {"set": {"t2.rules.made": 3, "t2.rules.in_force": 2}}),
    ("T2.STOCK.ROLL", {"last": {"t2.normative.in_force": 11}},
     {"last": {"t2.normative.in_force": 14}}),
    ("T2.REPEAL.MAX", {"last": {"t2.normative.in_force": 0}},
     {"last": {"t2.normative.in_force": 0}, "set": {"t2.normative.repealed": 3}}),
    ("T2.RULES.LEVEL", {"set": {"t2.rules.in_force": 1}},
     town(set={"t2.rules.in_force": 1})),
    ("T2.RULES.LEVEL", {"org": "示例自治州人民政府", "set": {"t2.rules.in_force": 1}},
     {"org": "示例县财政局", "set": {"t2.rules.in_force": 1}}),
    ("T2.FEE.NAME", {"set": {"narratives.s6": "全年收取信息处理费3940元。"}},
     {"set": {"narratives.s6": "全年收取信息处理费3940元。", "t2.fees.amount": 100_000}}),
    ("T2O.PUB.MAX", old(set={"t2.normative.published": 12, "t2.normative.made": 12}),
     old(set={"t2.normative.published": 13, "t2.normative.made": 13})),
    ("T2O.PUB.NEW", old(set={"t2.normative.published": 2}),
     old(set={"t2.normative.published": 3})),
    ("T2O.ITEM.ROLL", old(last={"t2.licences.last_year": 22}),
     old(last={"t2.licences.last_year": 20})),
    ("T2O.ITEM.NEG", old(set={"t2.licences.change": -21, "t2.licences.decisions": 0}),
     old(set={"t2.licences.change": -22})),
    ("T2O.DEC.ITEM", old(set={"t2.licences.change": -20}),
     old(set={"t2.licences.change": -21})),
    ("T2O.BUY.PAIR", old(), old(set={"t2.procurement.projects": 0})),
    ("T2O.BUY.PAIR", old(set={"t2.procurement.projects": 0, "t2.procurement.amount": 0}),
     old(set={"t2.procurement.amount": 0})),
    ("T2O.TOTAL.ROLL", old(last={"t2.normative.public_total": 10}),
     old(last={"t2.normative.public_total": 11})),
    # table three
    ("T3.ROWSUM", {}, {"set": {"t3.granted.total": 31}}),
    ("T3.TOT", {}, {"set": {"t3.outcomes.natural": 71}}),
    ("T3.BALANCE", {}, {"set": {"t3.carried_out.business": 1}}),
    ("T3.DIAG", {}, {"set": {"t3.granted.total": 31}}),
    ("T3.CARRY", {"last": {}}, {"last": {"t3.carried_out.natural": 4, "t3.carried_out.total": 4}}),
    ("T3.CARRY", {"last": {}, "last_form": "2019", "year": 2021},
     {"last": {"t3.carried_out.total": 4}, "last_form": "2019", "year": 2021}),
    ("T3.X3.SHARE", {"set": {"t3.other_misc.total": 2}}, {"set": {"t3.other_misc.total": 3}}),
    ("T3.OUT.SHARE", {"set": {"t3.carried_out.total": 5}}, {"set": {"t3.carried_out.total": 6}}),
    ("T3.SECRET", {"set": {"t3.refused_secret.total": 1}},
     town(set={"t3.refused_secret.total": 1})),
    ("T3.FEE.LINK", {"set": {"t3.other_unpaid.total": 1}},
     {"set": {"t3.other_unpaid.total": 1, "narratives.s6": "无其他事项。"}}),
    # table four
    ("T4.SUM.REV", {}, {"set": {"t4.review.total": 2}}),
    ("T4.SUM.DIR", {}, {"set": {"t4.suit_direct.total": 2}}),
    ("T4.SUM.AFT", {}, {"set": {"t4.suit_after_review.pending": 2}}),
    ("T4.PEND.ROLL", {"last": {"t4.review.pending": 1}}, {"last": {"t4.review.pending": 2}}),
    ("T4.AFT.MAX", {"last": {}, "set": {"t4.suit_after_review.total": 2}},
     {"last": {}, "set": {"t4.suit_after_review.total": 3}}),
    ("T4.LOSS", {"set": {"t4.review.corrected": 1}},
     {"set": {"t4.review.corrected": 1, OVERVIEW: "全年依法办理各项公开工作。"}}),
    # text against tables
    ("TXT.NUM", s1("共受理政府信息公开申请21件（含上年结转1件）。"),
     s1("共受理政府信息公开申请23件。")),
    ("TXT.NUM", s1("其中予以公开13件、部分公开3件、无法提供3件。"),
     s1("政府信息公开申请中予以公开14件、部分公开3件。")),
    ("TXT.NUM", s1("全年受理政府信息公开申请约20余件。"),
     s1("全年受理政府信息公开申请约200余件。")),
    ("TXT.ZERO", {"set": {"t4.review.upheld": 0, "t4.review.total": 0,
                          OVERVIEW: "全年未发生因政府信息公开引起的行政复议、行政诉讼案件。"}},
     s1("全年未发生因政府信息公开引起的行政复议、行政诉讼案件。")),
    ("TXT.ZERO", s1("未收到逾期的政府信息公开申请。"), s1("本年度未收到政府信息公开申请。")),
    ("TXT.ALLKEEP", s1("因政府信息公开引起的行政复议均获维持。"),
     {"set": {"t4.review.pending": 1}} | s1("因政府信息公开引起的行政复议均获维持。")),
    ("TXT.PCT", s1("收到政府信息公开申请20件，其中自然人申请18件，占90%。"),
     s1("收到政府信息公开申请20件，其中自然人申请18件，占80%。")),
    ("TXT.YOY", s1("受理政府信息公开申请20件，同比增长25%。")
     | {"last": {"t3.new.total": 16, "t3.carried_in.total": 0}},
     s1("受理政府信息公开申请20件，同比增长12.5%。")
     | {"last": {"t3.new.total": 16, "t3.carried_in.total": 0}}),
    ("TXT.PARTS", s1("公开信息217条，其中，门户网站公开125条，公众号公开92条。"),
     s1("公开信息217条，其中，门户网站公开125条，公众号公开93条。")),
    ("TXT.PARTS", s1("受理50件，其中个人申请30件，单位申请20件；网络申请45件，信函申请5件。"),
     s1("公开信息63条，其中，机构信息16条，动态信息36条，其他信息5条。")),
    ("TXT.FEE", {"set": {"narratives.s6": "收取信息处理费3940元。"}} | s1("收取信息处理费3940元。"),
     {"set": {"narratives.s6": "收取信息处理费3940元。"}}
     | s1("收取信息处理费3490元。")),
    ("TXT.T2", s2("发布规范性文件解读信息6条。"),
     s2("发布规范性文件、规范性文件解读等信息6条。")
     | {"set": {"t2.normative.made": 0, "t2.normative.repealed": 0, "t2.normative.in_force": 0}}),
    ("TXT.GRANT", {"add": {"s1": "全年主动公开政府信息63条。", "s2": "主动公开政府信息63条。"}},
     {"add": {"s1": "全年主动公开政府信息63条。", "s2": "主动公开政府信息36条。"}}),
    ("TXT.GRANT", s1("全年主动公开政府信息63条，通过门户网站主动公开政府信息50条。"),
     s1("全年主动公开政府信息63条。全年主动公开各类政府信息50条。")),
    # prose
    ("NARR.SECTION", {}, {"set": {"narratives.s5": None}}),
    ("NARR.SHORT", {}, {"set": {"narratives.s5": "存在不足，下一步将改进。"}}),
    ("NARR.FIVE", {}, {"set": {OVERVIEW: "本机关做好主动公开和依申请公开，加强平台建设。" * 9}}),
    ("NARR.GOVASSESS", {"set": {OVERVIEW: "本机关做好公开。"}, "org": "示例市财政局"},
     {"set": {OVERVIEW: "本机关做好公开，加强考核。"}}),
    ("NARR.PROB.BOTH", {}, {"set": {"narratives.s5": "工作取得较好成绩，群众普遍满意。" * 6}}),
    ("NARR.NONE", {}, {"set": {"narratives.s5": "无。"}}),
    ("NARR.FEE", old(set={"narratives.s6": "无其他事项。"}),
     {"set": {"narratives.s6": "无其他事项。"}}),
    ("NARR.EXTRA", {"add": {"s6": "办理人大建议3件。"}},
     {"set": {"narratives.s6": "全年办理人大建议3件、政协提案2件，办结率100%。"}}),
    ("NARR.YEAR", s1("与2023年相比，公开数量有所增长。"), s1("2023年，我市举办业务学习三次。")),
    ("NARR.YEAR", s1("有2件申请结转2025年办理。"), s1("有0件申请转结2024年办结。")),
    ("NARR.YEAR", {"add": {"s5": "2025年，我市将继续加强学习。"}},
     s1("2025年，我市公开信息20条。")),
    ("NARR.YEAR", s1("落实《示例市2021—2025年规划》和“十四五”规划。"),
     s1("落实《示例市2023年政务公开工作要点》。")),
    ("NARR.YEAR", s1("自2019年新修订的条例施行以来，机制不断完善。"),
     s1("2022年全市共举办发布会三场。")),
    ("NARR.PERIOD", {"set": {"narratives.preface": "统计期限自2024年1月1日起至12月31日止。"}},
     {"set": {"narratives.preface": "统计期限自2023年1月1日起至2023年12月31日止。"}}),
    ("NARR.TITLEYEAR", {}, {"org": "2024示例县云溪镇人民政府"}),
    ("NARR.TITLEYEAR", {"context": {"file_name": "示例市2024年政府信息公开工作年度报告.docx"}},
     {"context": {"file_name": "示例市2023年政府信息公开工作年度报告.docx"}}),
    ("NARR.LAW", {"add": {"preface": "按照国办公开办函〔2021〕30号文件要求编制。"}},
     {"add": {"preface": "按照国办公开办函〔2019〕60号文件要求编制。"}}),
    ("NARR.LAW", {},
     {"add": {"preface": "《中华人民共和国政府信息公开条例》（国务院令第492号）。"}}),
    ("NARR.STALE", {}, {"add": {"preface": "本报告由概述、主动公开、收费及减免等部分组成。"}}),
    ("NARR.SIM.PREV", {"last": {"narratives.s5": "队伍建设、平台维护都还不够，今后逐项落实。" * 4}},
     {"last": {"narratives.s5": "工作中还存在一些不足：一是政策解读形式不够丰富，"
               "二是队伍力量有待加强。\n"
               "下一步，将从以下方面改进：一是运用图表和问答开展解读，"
               "二是定期开展业务学习，提高质量。"}}),
    ("NARR.PLACE", s1("公开栏目3个。"), s1("全年公开信息XX条。")),
    ("NARR.GAPNUM", s1("主动公开信息30条，通知公告文件齐全。"),
     s1("主动公开信息  条，其中通知3条。")),
    ("NARR.UNITNAME", town(add={"s5": "我镇将继续努力。"}), town(add={"s5": "我局将继续努力。"})),
    ("NARR.UNITNAME", {"context": {"units": ("示例县财政局",)}} | s1("指导示例县财政局做好公开。"),
     {"context": {"units": ("示例县财政局",)}} | s1("示例县财政局认真落实各项要求。")),
    ("NARR.NUMBERING", {}, s1("一是加强学习，三是加强检查。")),
    ("NARR.NUMBERING", s1("（六）其他情况。无。"), s1("（七）其他情况。无。")),
    ("PRINT.CHAR", s1("𬬭、䶮、㛃是通用规范汉字。"), s1("这是一个罕见字：\U00030ede。")),
    ("NARR.DOUBLE", s1("以服务群众为目的的工作方法。"), s1("解读重大政策的的出台背景。")),
    ("NARR.DOUBLE", s1("一步一步推进。"), s1("进一步进一步规范公开流程。")),
    # before publishing
    ("PRIV.IDCARD", s1("信用代码11320800014320006X对应机构。"),
     s1("证件号11010519491231002X的申请人。")),
    ("PRIV.MOBILE", s1("联系电话0517-83605210。"), s1("联系人手机13800001234。")),
    ("PRIV.BANK", s1("项目编号6222021234567890128。"), s1("开户账号6222021234567890128。")),
    ("PRIV.MAIL", {}, s1("意见请发zhangsan@example.cn处理。")),
    ("PRIV.NAME", s1("申请人对答复不服的，可以依法复议。"), s1("申请人王小明，要求公开补偿方案。")),
    ("PRIV.PLATE", {}, s1("查处苏A12345号车辆。")),
    ("PRIV.ADDR", {}, s1("当事人家住云溪路8号3室。")),
    ("SEC.MARK", s1("以属于国家秘密为由不予公开，做好保密审查。"), s1("机密★1年")),
    ("SEC.WORD", s1("落实保密审查制度，不涉及国家秘密、商业秘密。"),
     s1("转发内部资料，注意保管。")),
    ("SEC.AGGR", {}, {"context": {"reviewing": True}}),
    # year against year, dates
    ("YOY.JUMP", {"last": {"t2.penalties.decisions": 50}},
     {"last": {"t2.penalties.decisions": 90}}),
    ("YOY.ZERO", {"last": {"t2.coercion.decisions": 300}},
     {"set": {"t2.coercion.decisions": 0}, "last": {"t2.coercion.decisions": 20}}),
    ("YOY.COLUMN", {"last": {}},
     {"set": {"t3.new.legal": 7, "t3.new.other": 9, "t3.carried_out.natural": 1},
      "last": {"t3.new.legal": 9, "t3.new.other": 7, "t2.normative.in_force": 12}}),
    ("YOY.SAME", {"last": {}},
     {"last": {"t3.carried_out.natural": 2, "t3.carried_out.total": 2,
               "t2.normative.in_force": 12}}),
    ("DATE.DUE", {"org": "示例市财政局", "context": TODAY},
     {"org": "示例市财政局", "context": {"today": date(2025, 2, 1)}}),
    ("DATE.DUE", {"set": {"published": "2025-03-20"}, "context": TODAY},
     {"set": {"published": "2025-04-01"}, "context": TODAY}),
    ("DATE.EARLY", {"set": {"published": "2025-01-05"}, "context": TODAY},
     {"set": {"published": "2024-12-25"}, "context": TODAY}),
    ("ADM.SIGN", {"context": {"unsigned": ("分管领导",)}},
     {"context": TODAY | {"unsigned": ("分管领导",)}}),
    ("ADM.CHANGED", {"context": TODAY}, {"context": TODAY | {"changed_since_review": True}}),
    ("EXPLAIN.LAPSED", {},
     {"set": {"explanations.1":
              '{"rule": "T4.LOSS", "text": "旧", "values": {"t3.new.legal": "4"}}'}}),
]  # fmt: skip
ELSEWHERE = {
    "NARR.LONG": "test_limits_can_be_set",
    "CELL.UNKNOWN": "test_unknown_cells_are_named",
    "T4.NOAPP": "test_cases_without_applications",
    "T3.ALLZERO.TEXT": "test_requests_told_of_over_an_empty_table",
}


@pytest.mark.parametrize(
    ("rule", "passes", "fails"), EXAMPLES, ids=[f"{e[0]}-{i}" for i, e in enumerate(EXAMPLES)]
)
def test_rule(found, rule, passes, fails):
    assert rule not in ids(found(**passes))
    wanted = "T3.ROWSUM" if rule == "T3.DIAG" else rule
    told = [finding for finding in found(**fails) if finding.id == wanted]
    assert told
    for finding in told:
        assert finding.message.endswith("。")
        assert finding.severity in ("error", "warning", "hint")
        if rule == "T3.DIAG":
            assert finding.suspects[0].value == 13


def ids(findings):
    return {finding.id for finding in findings}


def test_cases_without_applications(found):
    """Reviews are told of though nobody applied this year or last."""
    none = {"t3.new.total": 0, "t3.carried_in.total": 0}
    assert "T4.NOAPP" not in ids(found(set=none, last={}))
    assert "T4.NOAPP" in ids(found(set=none, last=none))


def test_requests_told_of_over_an_empty_table(found, sound):
    zeros = {c: 0 for c in sound().form.cells if c.startswith("t3.")}
    quiet = zeros | {OVERVIEW: "全年未收到政府信息公开申请。"}
    assert "T3.ALLZERO.TEXT" not in ids(found(set=quiet))
    assert "T3.ALLZERO.TEXT" in ids(found(set=zeros))


def test_unknown_cells_are_named(sound):
    from app import checks

    report = sound()
    report.further["cells"] = {"t9.new.natural": 4}
    (finding,) = checks.run(report)
    assert (finding.id, finding.severity) == ("CELL.UNKNOWN", "hint")
    assert "t9.new.natural" in finding.message


def test_limits_can_be_set(found):
    from app.checks.finding import Limits

    assert "NARR.LONG" in ids(found(context={"limits": Limits(overview_longest=100)}))
    assert "NARR.LONG" not in ids(found(context={"limits": Limits(overview_longest=1000)}))


# ── the catalogue ───────────────────────────────────────────────────────────────────────────

CATALOGUE = """
CELL.INT CELL.SIGN CELL.DEC CELL.UNIT CELL.SCALE CELL.BLANK CELL.TEXT CELL.HUGE
T2.STOCK.MIN T2.STOCK.ROLL T2.REPEAL.MAX T2.RULES.LEVEL T2.FEE.NAME T2O.PUB.MAX T2O.PUB.NEW
T2O.ITEM.ROLL T2O.ITEM.NEG T2O.DEC.ITEM T2O.BUY.PAIR T2O.TOTAL.ROLL
T3.ROWSUM T3.TOT T3.BALANCE T3.CARRY T3.X3.SHARE T3.OUT.SHARE T3.SECRET T3.FEE.LINK T3.ALLZERO.TEXT
T3.DIAG T4.SUM.REV T4.SUM.DIR T4.SUM.AFT T4.NOAPP T4.PEND.ROLL T4.AFT.MAX T4.LOSS
TXT.NUM TXT.ZERO TXT.ALLKEEP TXT.PCT TXT.YOY TXT.PARTS TXT.FEE TXT.T2 TXT.GRANT
NARR.SECTION NARR.SHORT NARR.LONG NARR.FIVE NARR.GOVASSESS NARR.PROB.BOTH NARR.NONE NARR.FEE
NARR.YEAR NARR.PERIOD NARR.TITLEYEAR NARR.LAW NARR.STALE NARR.SIM.PREV NARR.SIM.PEER NARR.PLACE
NARR.GAPNUM NARR.UNITNAME NARR.NUMBERING NARR.DOUBLE NARR.EXTRA PRINT.CHAR
PRIV.IDCARD PRIV.MOBILE PRIV.BANK PRIV.MAIL PRIV.NAME PRIV.PLATE PRIV.ADDR
SEC.MARK SEC.WORD SEC.META SEC.AGGR
YOY.JUMP YOY.SAME YOY.ZERO YOY.COLUMN DATE.DUE DATE.EARLY ADM.SIGN ADM.CHANGED
""".split()
DOCS = Path(__file__).parents[3] / "docs" / "checks.md"


def documented():
    """The rows of the tables in the catalogue: id → what it says about its state."""
    rows = re.findall(r"^\| ([A-Z0-9.]+) \|.*\| ([^|]+) \|$", DOCS.read_text("utf-8"), re.MULTILINE)
    return dict(rows)


def test_each_id_is_implemented_or_the_reason_why_not_is_given():
    known, told = {id for rule in RULES for id in rule.ids}, documented()
    assert set(CATALOGUE) <= told.keys()
    for id, state in told.items():
        assert (id in known) == state.startswith("implemented"), id
        assert id in known or len(state) > len("not implemented: "), id
    assert known <= told.keys()


def test_each_rule_says_where_it_comes_from():
    for rule in RULES:
        assert rule.check.__doc__, rule.ids


def test_each_rule_has_its_examples():
    shown = {example[0] for example in EXAMPLES} | set(ELSEWHERE)
    assert {id for rule in RULES for id in rule.ids} == shown
