"""Tables of one year: what figures say about one another beyond the sums (B.2–B.4)."""

import re
from collections.abc import Iterator

from app.checks.finding import ERROR, HINT, WARNING, Finding
from app.checks.rule import NOW, Case, rule
from app.unit import COUNTY, DEPARTMENT, TOWNSHIP, level, unit_type


@rule("T2.RULES.LEVEL", pace=NOW)
def rules_of_the_lower_level(case: Case) -> Iterator[Finding]:
    """Counties, their offices and townships make no 规章 (row hint of a published 2019 form).

    Beyond that hint unconfirmed, hence a warning; silent where the level cannot be told.
    """
    if level(case.report) not in (COUNTY, TOWNSHIP):
        return
    cells = tuple(c for c in case.cells("rules") if case.figure(c))
    if cells:
        message = "县级及以下机关不制定规章，规章一行却有数，请核对是否应填在规范性文件一行。"
        yield case.about("T2.RULES.LEVEL", WARNING, cells, message)


@rule("T2O.PUB.NEW", pace=NOW)
def more_published_than_made(case: Case) -> Iterator[Finding]:
    """More newly published than newly made: were older papers released? (B.2, design)."""
    for made, published in case.rows("made", "published"):
        known = case.known(made, published)
        if known and known[1] > known[0]:
            message = (
                f"{case.name(published)}{known[1]}件多于本年新制作{known[0]}件，是否含往年文件。"
            )
            yield case.about("T2O.PUB.NEW", HINT, (published, made), message)


@rule("T2O.DEC.ITEM", pace=NOW)
def decisions_without_items(case: Case) -> Iterator[Finding]:
    """Decisions were made though there is no item to decide on (B.2, design)."""
    for count, change, decisions in case.rows("item_counts", "item_changes", "item_decisions"):
        known = case.known(count, change, decisions)
        if known and known[2] > 0 and known[0] + known[1] == 0:
            none = "但上一年项目数量加本年增减为0，没有项目却有决定"
            message = f"{case.name(decisions)}为{known[2]}，{none}。"
            yield case.about("T2O.DEC.ITEM", WARNING, (decisions, count, change), message)


@rule("T2O.BUY.PAIR", pace=NOW)
def purchase_pair(case: Case) -> Iterator[Finding]:
    """Money paid without a project is wrong; a project without payment may be unpaid (B.2)."""
    for projects, amount in case.rows("purchase_projects", "purchase_amount"):
        known = case.known(projects, amount)
        if known is None:
            continue
        if known[0] == 0 and known[1] > 0:
            message = f"采购项目数量为0，采购总金额却为{case.shown(amount, known[1])}。"
            yield case.about("T2O.BUY.PAIR", ERROR, (projects, amount), message)
        elif known[0] > 0 and known[1] == 0:
            message = f"采购项目数量为{known[0]}，采购总金额却为0，请核对（金额指已支付的总金额）。"
            yield case.about("T2O.BUY.PAIR", WARNING, (amount, projects), message)


@rule("T3.X3.SHARE", pace=NOW)
def much_of_the_rest(case: Case) -> Iterator[Finding]:
    """A large share of “其他” hides what became of applications: say what it is (B.3, B.10)."""
    rest, total = case.value("other_misc"), case.value("outcomes")
    if rest and total and rest * 100 > case.limits.misc_share * total:
        share = f"{rest * 100 / total:.1f}"
        message = (
            f"“其他处理”中的“3.其他”有{rest}件，占办理结果的{share}%，宜在文字中说明具体情形。"
        )
        yield case.about("T3.X3.SHARE", HINT, case.cells("other_misc"), message)


@rule("T3.OUT.SHARE", pace=NOW)
def much_carried_out(case: Case) -> Iterator[Finding]:
    """A large share is carried on, though terms are 20 working days and 20 more (B.3, design)."""
    left, all_ = case.value("carried_out"), case.value("received", "carried_in")
    if left and all_ and left * 100 > case.limits.carried_share * all_:
        share = f"{left * 100 / all_:.1f}"
        message = (
            f"结转下年度继续办理{left}件，占全部申请的{share}%，请核对是否有逾期未答复的申请。"
        )
        yield case.about("T3.OUT.SHARE", HINT, case.cells("carried_out"), message)


@rule("T3.SECRET", pace=NOW)
def state_secret_in_a_small_office(case: Case) -> Iterator[Finding]:
    """Townships and county offices seldom hold state secrets: have it confirmed (B.3)."""
    secret = case.value("refused_secret")
    small = level(case.report) == TOWNSHIP or (
        unit_type(case.report) == DEPARTMENT and level(case.report) == COUNTY
    )
    if secret and small:
        message = f"以“属于国家秘密”为由不予公开{secret}件，请与保密工作人员核实确已依法定密。"
        yield case.about("T3.SECRET", HINT, case.cells("refused_secret"), message)


@rule("T3.FEE.LINK", pace=NOW)
def unpaid_without_fee(case: Case) -> Iterator[Finding]:
    """Applications lapsed unpaid, so a fee was asked for: 六 must tell of it (note in the form)."""
    unpaid = case.value("other_unpaid")
    if unpaid and "处理费" not in case.text_of("matters").text:
        message = (
            f"表三有{unpaid}件逾期未缴费，说明发出过收费通知，第六部分却没有写信息处理费情况。"
        )
        yield case.about("T3.FEE.LINK", WARNING, case.cells("other_unpaid"), message)


@rule("T4.NOAPP", pace=NOW)
def cases_without_applications(case: Case) -> Iterator[Finding]:
    """Reviews or suits though nobody applied in two years; older answers are possible (B.4)."""
    cells = tuple(c for c in case.cells("cases") if case.figure(c))
    if not cells or case.last is None:
        return
    if case.value("received", "carried_in") == 0 == case.last.value("received", "carried_in"):
        message = "本年和上年都没有收到政府信息公开申请，却有行政复议或行政诉讼，请核对。"
        yield case.about("T4.NOAPP", WARNING, cells, message)


@rule("T4.LOSS", pace=NOW)
def correction_without_a_word(case: Case) -> Iterator[Finding]:
    """Decisions were corrected: 一 or 五 should say what follows from it (B.4, design)."""
    cells = tuple(c for c in case.cells("cases_corrected") if case.figure(c))
    text = case.text_of("overview").text + case.text_of("problems").text
    if cells and not re.search("纠正|纠错|败诉|撤销|确认违法|责令|被诉|复议|诉讼", text):
        message = "表四有结果纠正的案件，第一、第五部分没有提到纠正情况和改进措施。"
        yield case.about("T4.LOSS", HINT, cells, message)
