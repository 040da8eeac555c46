"""The way a report takes from desk to desk: its states, who signs, and what stops it. No I/O.

Signatures are given by hand on the sheet for signatures; the program keeps who gave which and when.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from app.checks.finding import Finding, blocking
from app.errors import AppError

_NAMED = 3


class Refused(AppError):
    """A report cannot go where it was to go."""


@dataclass(frozen=True, slots=True)
class Post:
    """A desk the report passes: its title, what is asked there, and who sits there, if known."""

    title: str
    question: str = ""
    name: str = ""


CHAIN = (
    Post("经办人"),
    Post("科室负责人", "内容是否真实"),
    Post("分管领导", "是否符合公开要求"),
    Post("保密审查人", "是否涉密"),
    Post("主要负责人", "签发"),
)
"""What is usual (domain notes, D.2); the settings may say otherwise."""


@dataclass(frozen=True, slots=True)
class Route:
    """A way from state to state: what people call it, and whether it takes a reason."""

    name: str
    start: frozenset[str]
    end: str
    takes_reason: bool = False


SEND = Route("送审", frozenset({"draft", "returned"}), "review")
RETURN = Route("退回", frozenset({"review"}), "returned", takes_reason=True)
FINISH = Route("定稿", frozenset({"review"}), "final")
PUBLISH = Route("公开", frozenset({"final"}), "published")
REOPEN = Route("重新打开", frozenset({"final"}), "returned", takes_reason=True)
CORRECT = Route("更正", frozenset({"published"}), "returned", takes_reason=True)
ROUTES = (SEND, RETURN, FINISH, PUBLISH, REOPEN, CORRECT)


def check(route: Route, state: str, reason: str = "") -> None:
    """Refuse a route that does not begin where the report stands, or lacks its reason.

    Raises:
        Refused: in words.
    """
    if state not in route.start:
        raise Refused(f"报告现在的状态不能“{route.name}”，可能已在别处变动，请重新载入后再看。")
    if route.takes_reason and not reason.strip():
        raise Refused(f"“{route.name}”须写明理由，理由随报告保存。")


def check_final(findings: Iterable[Finding], unsigned: Sequence[str], reason: str = "") -> None:
    """Refuse 定稿 while findings stand that stop it, or desks have not signed without a reason.

    Raises:
        Refused: in words, naming what stops it.
    """
    stopping = blocking(findings)
    if stopping:
        named = "；".join(f.message.rstrip("。") for f in stopping[:_NAMED])
        more = f"等{len(stopping)}处" if len(stopping) > _NAMED else ""
        raise Refused(
            f"还不能定稿：{named}{more}。请退回改正；属实的疑问须逐条填写说明（退回后填写）。"
        )
    if unsigned and not reason.strip():
        raise Refused(f"{'、'.join(unsigned)}还没有登记签署意见；确需先定稿的，请写明理由。")


def unsigned(chain: Sequence[Post], signed: Iterable[str]) -> tuple[str, ...]:
    """Return the titles of the desks that are not among those that have signed."""
    done = set(signed)
    return tuple(post.title for post in chain if post.title not in done)


def read_chain(setting: str) -> tuple[Post, ...]:
    """Return the desks as the settings have them, the usual ones where they say nothing."""
    try:
        return tuple(Post(**entry) for entry in json.loads(setting)) or CHAIN
    except (ValueError, TypeError):
        return CHAIN


def write_chain(chain: Sequence[Post]) -> str:
    """Return the desks as the settings keep them; those without a title are left out."""
    return json.dumps([asdict(post) for post in chain if post.title], ensure_ascii=False)
