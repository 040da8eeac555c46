"""Check files as `nianbao check` does: one result a file, in their order."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app import checks
from app.checks.finding import Finding
from app.errors import AppError
from app.report import Report

SIGNS = {"error": "✗ 错误", "warning": "！ 疑问", "hint": "ⓘ 提示"}


@dataclass(frozen=True)
class Inspected:
    """What was found in one file; `error` says why it could not be read."""

    path: Path
    report: Report | None
    findings: tuple[Finding, ...] = ()
    error: str = ""

    @property
    def status(self) -> int:
        """0 without errors, 1 with, 2 where the file could not be read."""
        if self.error:
            return 2
        return int(any(finding.severity == "error" for finding in self.findings))

    def as_json(self) -> str:
        """One line of JSON by the contract in docs/command-line.md."""
        if self.report is None:
            answer = {"file": str(self.path), "error": self.error, "findings": []}
            return json.dumps(answer, ensure_ascii=False)
        form = self.report.form
        head = json.dumps({"file": str(self.path)}, ensure_ascii=False)[:-1]
        return f'{head}, "findings": [{", ".join(f.as_json(form) for f in self.findings)}]}}'

    def as_text(self) -> str:
        """Lines for people."""
        if self.report is None:
            return f"{self.path}\n  无法读取：{self.error}"
        title = f"{self.path}（{self.report.org}{self.report.year}年）"
        if not self.findings:
            return f"{title}\n  核对通过，未发现问题。"
        return "\n".join([title, *(line for f in self.findings for line in self._lines(f))])

    def _lines(self, finding: Finding) -> Iterator[str]:
        yield f"  {SIGNS[finding.severity]} {finding.message}〔{finding.id}〕"
        if finding.excerpt and finding.excerpt not in finding.message:
            yield f"      原文：{finding.excerpt}"
        if self.report is not None:
            for suspect in finding.suspects:
                yield f"      可能：{suspect.describe(self.report.form)}"


def inspect(
    paths: Sequence[Path], last_year: Report | None, load: Callable[[Path], Report]
) -> Iterator[Inspected]:
    """Check files one by one; without `last_year`, last year's report is looked for among them."""
    reports = [_loaded(path, load) for path in paths]
    by_unit = {(r.org, r.year): r for r in reports if isinstance(r, Report) and r.org}
    for path, report in zip(paths, reports, strict=True):
        if isinstance(report, str):
            yield Inspected(path, None, error=report)
            continue
        before = last_year or by_unit.get((report.org, report.year - 1))
        yield Inspected(path, report, tuple(checks.run(report, before)))


def _loaded(path: Path, load: Callable[[Path], Report]) -> Report | str:
    try:
        return load(path)
    except AppError as error:
        return str(error)
