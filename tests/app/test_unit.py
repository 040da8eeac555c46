"""What a name tells of an office."""

import pytest

from app.report import Report
from app.unit import level, unit_type


@pytest.mark.parametrize(
    ("org", "kind", "height"),
    [
        ("示例市人民政府", "government", "city"), ("示例县人民政府", "government", "county"),
        ("示例省示例市云溪区人民政府办公室", "government", "county"),
        ("示例县云溪镇人民政府", "township", "township"),
        ("示例区云溪街道办事处", "township", "township"),
        ("示例市财政局", "department", "city"), ("示例县发展和改革委员会", "department", "county"),
        ("示例市高新技术产业开发区管理委员会", "department", "city"),
        ("示例自治区人民政府", "government", ""), ("", "", ""), ("示例集团", "", ""),
    ],
)  # fmt: skip
def test_names_tell_kind_and_level(org, kind, height):
    report = Report.new(org, 2024)
    assert (unit_type(report), level(report)) == (kind, height)


def test_what_was_chosen_counts_more_than_the_name():
    report = Report.new("示例县云溪镇人民政府", 2024)
    report.set({"unit_type": "other"})
    assert unit_type(report) == "other"
