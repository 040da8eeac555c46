"""The labels of the tabs of a report; apart, so that they can be drawn before anything is open."""

from app.form import Form, Section

COVER, PREVIEW = "封面与前言", "预览与打印"


def labels(form: Form) -> list[str]:
    """Return the labels in their order: cover, sections, preview."""
    return [COVER, *map(_label, form.sections), PREVIEW]


def _label(section: Section) -> str:
    return f"{section.title.partition('、')[0]} {section.short}"
