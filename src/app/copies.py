"""What a copy of a report looks like: drafts with open errors and samples say so themselves."""

from collections.abc import Iterable

from app.checks.finding import ERROR, Finding
from app.report import Report
from app.writers.page import Options

DRAFT = "草稿"


def options(report: Report, findings: Iterable[Finding]) -> Options:
    """Return how a copy is composed: 草稿 across it while errors stand, else a sample's mark."""
    has_errors = any(f.severity == ERROR and not f.explanation for f in findings)
    mark = report.further.get("mark")
    return Options(watermark=DRAFT if has_errors else str(mark or ""))
