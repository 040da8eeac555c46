"""The report against last year's of the same unit (B.2–B.4, B.8).

A rule is silent without last year's report, and where its form lacks the roles. 表二 changed what
it counts between the two forms, so its rules ask for last year's report in the same form.
"""

from collections.abc import Iterator
from dataclasses import replace

from app.checks.finding import ERROR, HINT, WARNING, Finding, Mend, Suspect
from app.checks.rule import NOW, Case, rule
from app.form import AMOUNT
from app.numbers import FEN_PER_WAN


def _expecting(
    case: Case, finding: Finding, expected: int, found: int, why: str, sureness: int = 50
) -> Finding:
    """Add the figure that the first cell should have by last year's report, and its repair."""
    cell = finding.cells[0]
    if expected < 0 or case.report.is_worked_out(cell):
        return replace(finding, expected=expected, found=found)
    return replace(
        finding,
        expected=expected,
        found=found,
        suspects=(Suspect(cell, expected, why),),
        sureness=sureness,
        mends=(Mend(f"改为{case.shown(cell, expected)}", {cell: expected}),),
    )


@rule("T2.STOCK.ROLL", pace=NOW)
def stock_rolls_on(case: Case) -> Iterator[Finding]:
    """What is in force = last year's stock + made − repealed (cross-year view of a peer, B.2)."""
    last = case.last_of_same_form
    if last is None:
        return
    for in_force, made, repealed in case.rows("in_force", "made", "repealed"):
        known, before = case.known(in_force, made, repealed), last.figure(in_force)
        if known is None or before is None or known[0] == before + known[1] - known[2]:
            continue
        due = before + known[1] - known[2]
        sum_ = f"上年{before}＋制发{known[1]}－废止{known[2]}＝{due}"
        message = f"{case.name(in_force)}应为{sum_}，现为{known[0]}。"
        finding = case.about("T2.STOCK.ROLL", WARNING, (in_force, made, repealed), message)
        yield _expecting(case, finding, due, known[0], "上年现行有效件数加本年制发减本年废止", 40)


@rule("T2.REPEAL.MAX", pace=NOW)
def no_more_repealed_than_there_were(case: Case) -> Iterator[Finding]:
    """废止 ≤ last year's stock + made: algebra of T2.STOCK.ROLL (B.2)."""
    last = case.last_of_same_form
    if last is None:
        return
    for in_force, made, repealed in case.rows("in_force", "made", "repealed"):
        known, before = case.known(made, repealed), last.figure(in_force)
        if known and before is not None and known[1] > before + known[0]:
            most = f"上年现行有效{before}件与本年制发{known[0]}件之和"
            message = f"{case.name(repealed)}{known[1]}件，多于{most}。"
            yield case.about("T2.REPEAL.MAX", ERROR, (repealed, made, in_force), message)


@rule("T2O.ITEM.ROLL", pace=NOW)
def items_roll_on(case: Case) -> Iterator[Finding]:
    """上一年项目数量 = last year's own count + its change (hint “指上年事项数” in a 2019 form)."""
    last = case.last_of_same_form
    if last is None:
        return
    for count, change in case.rows("item_counts", "item_changes"):
        now, before = case.figure(count), last.known(count, change)
        if now is not None and before and now != sum(before):
            due = f"上年报告的{before[0]}加增减{before[1]}，即{sum(before)}"
            message = f"{case.name(count)}应为{due}，现为{now}。"
            finding = case.about("T2O.ITEM.ROLL", WARNING, (count,), message)
            yield _expecting(case, finding, sum(before), now, "上年报告的项目数量加其增减")


@rule("T2O.TOTAL.ROLL", pace=NOW)
def public_total_rolls_on(case: Case) -> Iterator[Finding]:
    """对外公开总数量 against last year's and what is newly published (B.2, design)."""
    last = case.last_of_same_form
    if last is None:
        return
    for total, published in case.rows("public_totals", "published"):
        known, before = case.known(total, published), last.figure(total)
        if known and before is not None and known[0] != before + known[1]:
            due = before + known[1]
            sum_ = f"上年{before}加本年新公开{known[1]}为{due}"
            message = f"{case.name(total)}为{known[0]}，{sum_}，请核对。"
            yield case.about("T2O.TOTAL.ROLL", HINT, (total, published), message)


@rule("T3.CARRY", pace=NOW)
def carried_over(case: Case) -> Iterator[Finding]:
    """上年结转 = 结转下年度 of last year's report, column by column, across both forms (B.3).

    The total is an error, a single kind of applicant a warning; all are warnings where the unit
    was merged or split (机构改革).
    """
    if case.last is None:
        return
    totals = case.cells("carried_in")
    for cell, earlier in zip(
        case.cells("carried_in_row"), case.last.cells("carried_out_row"), strict=False
    ):
        now, before = case.figure(cell), case.last.figure(earlier)
        if now is None or before is None or now == before:
            continue
        grave = cell in totals and not case.context.restructured
        message = f"{case.name(cell)}为{now}，上年报告的“结转下年度继续办理”为{before}，应当一致。"
        finding = case.about("T3.CARRY", ERROR if grave else WARNING, (cell,), message)
        yield _expecting(case, finding, before, now, "上年报告结转的数", 70)


@rule("T4.PEND.ROLL", pace=NOW)
def pending_cases_reappear(case: Case) -> Iterator[Finding]:
    """Cases pending last year should be among this year's (B.4; how to count is unconfirmed)."""
    if case.last is None:
        return
    for total, pending in case.rows("cases", "cases_pending"):
        now, before = case.figure(total), case.last.figure(pending)
        if now is not None and before is not None and now < before:
            message = (
                f"{case.name(total)}为{now}，少于上年尚未审结的{before}件，上年未结案件是否漏计。"
            )
            yield case.about("T4.PEND.ROLL", HINT, (total,), message)


@rule("T4.AFT.MAX", pace=NOW)
def suits_after_reviews(case: Case) -> Iterator[Finding]:
    """Suits after review can be no more than reviews closed this year and last (B.4)."""
    closed = ("review_upheld", "review_corrected", "review_other")
    suits, now = case.value("suit_after_review"), case.value(*closed)
    before = case.last.value(*closed) if case.last else None
    if suits is not None and now is not None and before is not None and suits > now + before:
        cells = case.cells("suit_after_review", *closed)
        message = f"复议后起诉{suits}件，多于本年和上年审结的行政复议{now + before}件，请核对。"
        yield case.about("T4.AFT.MAX", HINT, cells, message)


_COMPARED = ("received", "outcomes", "cases")
_DECISIONS = ("licence_decisions", "penalty_decisions", "coercion_decisions")


def _pairs(case: Case, *roles: str) -> Iterator[tuple[str, int, int]]:
    """Cells of roles with this year's and last year's figure; those of 表二 in one form only."""
    if case.last is None:
        return
    for role in roles:
        last = case.last if role in _COMPARED else case.last_of_same_form
        for cell in case.cells(role):
            now, before = case.figure(cell), last.figure(cell) if last else None
            if now is not None and before is not None:
                yield cell, now, before


@rule("YOY.JUMP", pace=NOW)
def jumps(case: Case) -> Iterator[Finding]:
    """A figure that leapt since last year deserves a second look (B.8)."""
    least, share = case.limits.jump_least, case.limits.jump_share
    for cell, now, before in _pairs(case, *_DECISIONS, *_COMPARED):
        if now and before and abs(now - before) * 100 >= max(least * 100, share * before):
            message = f"{case.name(cell)}为{now}，上年为{before}，变化较大，请核对。"
            yield case.about("YOY.JUMP", HINT, (cell,), message)


@rule("YOY.ZERO", pace=NOW)
def vanished(case: Case) -> Iterator[Finding]:
    """Twenty and more, and now none, or the reverse: a row left out? (B.8)."""
    for cell, now, before in _pairs(case, *_DECISIONS, "fee_amount"):
        unit = FEN_PER_WAN if case.form.cells[cell].kind == AMOUNT else 1
        if min(now, before) == 0 and max(now, before) >= case.limits.zero_from * unit:
            shown = [case.shown(cell, value) for value in (now, before)]
            message = f"{case.name(cell)}为{shown[0]}，上年为{shown[1]}，请核对是否漏填或误填。"
            yield case.about("YOY.ZERO", WARNING, (cell,), message)


@rule("YOY.SAME", "YOY.COLUMN", pace=NOW)
def same_as_last_year(case: Case) -> Iterator[Finding]:
    """All figures of last year again: a copied report; all but two that changed places (B.8)."""
    last = case.last_of_same_form
    if last is None:
        return
    entered = [c for c in case.figures if c not in case.form.total_of]
    filled = sum(case.figures[c] != 0 for c in entered)
    if filled < case.limits.same_figures or any(last.figure(c) is None for c in entered):
        return
    differing = tuple(c for c in entered if case.figures[c] != last.figure(c))
    if not differing:
        cells = tuple(c for c in entered if case.figures[c])
        message = f"全部{filled}个非零数字都与上年报告相同，是否沿用了上年的表格。"
        yield case.about("YOY.SAME", WARNING, cells, message)
    elif len(differing) == 2:
        one, two = differing
        if case.figure(one) == last.figure(two) and case.figure(two) == last.figure(one):
            swapped = f"{case.name(one)}与{case.name(two)}两数互换"
            message = f"除{swapped}外，其余数字都与上年相同，是否填错了位置。"
            yield case.about("YOY.COLUMN", HINT, differing, message)
