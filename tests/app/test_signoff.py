"""The way from desk to desk: which ways lead on, and what stops the final copy."""

import pytest

from app import signoff
from app.checks.finding import Finding
from app.signoff import CHAIN, Post, Refused

STATES = ("draft", "review", "returned", "final", "published")


def finding(rule="TEXT.X", severity="error", explanation=""):
    return Finding(rule, severity, "s1", f"{rule}不符。", explanation=explanation)


@pytest.mark.parametrize(
    ("route", "starts"),
    [
        (signoff.SEND, {"draft", "returned"}),
        (signoff.RETURN, {"review"}),
        (signoff.FINISH, {"review"}),
        (signoff.PUBLISH, {"final"}),
        (signoff.REOPEN, {"final"}),
        (signoff.CORRECT, {"published"}),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_way_begins_where_it_begins_and_nowhere_else(route, starts):
    for state in STATES:
        if state in starts:
            signoff.check(route, state, "理由")
        else:
            with pytest.raises(Refused, match=route.name):
                signoff.check(route, state, "理由")


@pytest.mark.parametrize("route", [r for r in signoff.ROUTES if r.end == "returned"])
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_going_back_needs_a_reason(route, reason):
    with pytest.raises(Refused, match="理由"):
        signoff.check(route, next(iter(route.start)), reason)


@pytest.mark.parametrize(
    "found",
    [[], [finding(severity="hint")], [finding(explanation="属实")], [finding("A", "warning", "x")]],
)
def test_what_is_right_or_explained_becomes_final(found):
    signoff.check_final(found, ())


@pytest.mark.parametrize(
    "found",
    [
        finding(),
        finding("T3.ROWSUM", explanation="属实"),
        finding("YOY.SAME", "warning"),
        finding("T4.SUM.ROW", explanation="属实"),
    ],
    ids=lambda f: f.id,
)
def test_what_stops_it_is_named(found):
    with pytest.raises(Refused, match=found.id):
        signoff.check_final([found], (), "理由")


def test_a_missing_signature_needs_a_reason():
    missing = signoff.unsigned(CHAIN, ["经办人", "科室负责人", "主要负责人"])
    assert missing == ("分管领导", "保密审查人")
    with pytest.raises(Refused, match="分管领导、保密审查人"):
        signoff.check_final([], missing)
    signoff.check_final([], missing, "分管领导出差，电话同意")


def test_the_desks_come_from_the_settings():
    chain = (Post("起草人", "", "张三"), Post("政务公开办", "是否应当公开"))
    assert signoff.read_chain(signoff.write_chain((*chain, Post("")))) == chain


@pytest.mark.parametrize("setting", ["", "[]", "不是", '[{"name": 1, "x": 2}]', "3"])
def test_settings_that_say_nothing_leave_the_usual_desks(setting):
    assert signoff.read_chain(setting) == CHAIN
