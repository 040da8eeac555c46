"""Check files as `nianbao check` does: one result a file, in their order."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app import checks, exact_json, numbers
from app.checks import finding
from app.checks.finding import Context, Finding, Suspect
from app.errors import AppError
from app.form import Form
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
        return int(any(f.severity == "error" for f in self.findings))

    def as_json(self) -> str:
        """One line of JSON by the contract in docs/command-line.md."""
        if self.report is None:
            answer: dict[str, object] = {"file": str(self.path), "error": self.error}
            answer["findings"] = []
        else:
            found = [finding.as_json(f, self.report.form) for f in self.findings]
            answer = {"file": str(self.path), "findings": found}
        return exact_json.dumps(answer)

    def as_text(self) -> str:
        """Lines for people."""
        if self.report is None:
            return f"{self.path}\n  无法读取：{self.error}"
        title = f"{self.path}（{self.report.org}{self.report.year}年）"
        if not self.findings:
            return f"{title}\n  核对通过，未发现问题。"
        return "\n".join([title, *(line for f in self.findings for line in self._lines(f))])

    def _lines(self, found: Finding) -> Iterator[str]:
        yield f"  {SIGNS[found.severity]} {found.message}〔{found.id}〕"
        if found.excerpt and found.excerpt not in found.message:
            yield f"      原文：{found.excerpt}"
        if self.report is not None:
            for suspect in found.suspects:
                yield f"      可能：{_described(suspect, self.report.form)}"


def _described(suspect: Suspect, form: Form) -> str:
    cell = form.cells[suspect.cell]
    return f"“{cell.name}”应为{numbers.show(suspect.value, cell.kind)}（{suspect.why}）"


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
        yield Inspected(
            path, report, tuple(checks.run(report, before, Context(file_name=path.name)))
        )


def _loaded(path: Path, load: Callable[[Path], Report]) -> Report | str:
    try:
        return load(path)
    except AppError as error:
        return str(error)
