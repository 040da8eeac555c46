"""What could not be printed as it stands."""

from collections.abc import Iterator

from app import coverage
from app.checks.finding import ERROR, Finding
from app.checks.rule import Case, Prose, rule
from app.coverage import MISSING


@rule("PRINT.CHAR")
def unprintable_characters(case: Case) -> Iterator[Finding]:
    """Characters that no bundled face has: on paper they are 〓, never blank (design, 1)."""
    titles = [
        Prose(f"titles.{section.id}", section.id, case.report.title(section.id))
        for section in case.form.sections
    ]
    for text in (Prose("org", "preface", case.report.org), *titles, *case.prose):
        for character in coverage.missing(text.text):
            at = text.text.index(character)
            message = (
                f"“{character}”（U+{ord(character):04X}）没有可用的字体，"
                f"打印时将显示为“{MISSING}”。请改用通用字，或者安装含有该字的字体。"
            )
            yield text.quoted("PRINT.CHAR", ERROR, (at, at + len(character)), message)
