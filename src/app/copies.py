"""What a copy of a report looks like: the one for signature, and the clean one for publication."""

from collections.abc import Iterable

from app import fingerprint
from app.checks.finding import ERROR, Finding, blocking
from app.errors import AppError
from app.report import Report
from app.writers.page import Foot, Options

DRAFT = "草稿"
_NAMED = 3


class NotFinal(AppError):
    """Errors stand that stop the final copy."""


def options(report: Report, findings: Iterable[Finding], revision: int | None = None) -> Options:
    """Return how a copy for signature is composed: every page says which content it is.

    草稿 stands across it while errors stand, else a sample's mark; `revision` is left out where the
    report does not come from the store.
    """
    has_errors = any(f.severity == ERROR and not f.explanation for f in findings)
    code = fingerprint.code(report)
    words = f"第{revision}步　核对码 {code}" if revision is not None else f"核对码 {code}"
    return Options(
        foot=Foot(words), keywords=code, watermark=DRAFT if has_errors else _mark(report)
    )


def publication(report: Report, findings: Iterable[Finding]) -> Options:
    """Return how the clean copy for publication is composed: the code is not to be seen.

    Raises:
        NotFinal: errors stand that stop the final copy.
    """
    errors = [f for f in blocking(findings) if f.severity == ERROR]
    if errors:
        named = "；".join(f.message.rstrip("。") for f in errors[:_NAMED])
        more = "等" if len(errors) > _NAMED else ""
        raise NotFinal(
            f"还有{len(errors)}处错误没有改正或说明，不能生成公开用的文件：{named}{more}。"
            "请改正后再试；只看草稿可不加公开选项。"
        )
    return Options(keywords=fingerprint.code(report), watermark=_mark(report))


def _mark(report: Report) -> str:
    """What stands across every copy of a sample."""
    return str(report.further.get("mark") or "")
