"""A new report: what it takes over from last year's report of the same unit."""

from app.form import Form
from app.report import COVER, Report, Value

NEXT_YEAR = (("carried_in_row", "carried_out_row"),)
"""Roles of cells of a year, and of those of the year before that say the same figure in advance."""


def begin(org: str, year: int, profile: str | None, last_year: Report | None) -> Report:
    """Return the first content of a report.

    Last year's report gives the unit's data, edited section titles where the form is the same, and
    the applications carried over: its 结转下年度 is this year's 上年结转.

    Raises:
        NoForm: there is no form for the year.
    """
    report = Report.new(org.strip(), year, profile)
    report.set({"cover.legal_basis": report.form.legal_basis})
    if last_year is not None:
        report.set(_unit_data(last_year, report.form))
        report.set(_carried_over(last_year, report.form))
    return report


def _unit_data(last_year: Report, form: Form) -> dict[str, Value]:
    kept = [f"cover.{key}" for key in COVER if key != "legal_basis"] + ["unit_type"]
    same_form = (last_year.form.id, last_year.form.profile) == (form.id, form.profile)
    if same_form:
        kept += ["cover.legal_basis", *(f"titles.{section.id}" for section in form.sections)]
    return {item: last_year.items[item] for item in kept if item in last_year.items}


def _carried_over(last_year: Report, form: Form) -> dict[str, Value]:
    changes: dict[str, Value] = {}
    for role, role_before in NEXT_YEAR:
        before = {cell.rsplit(".", 1)[-1]: cell for cell in last_year.form.role(role_before)}
        for cell in form.role(role):
            source = before.get(cell.rsplit(".", 1)[-1])
            value = last_year.figure(source) if source and cell not in form.total_of else None
            if value is not None:
                changes[cell] = value
    return changes
