"""A finding is found again in a text that was edited after the check."""

import pytest

from app.checks.finding import Finding
from ui.prose.underline import find

TEXT = "收到35件，答复35件，结转0件。"


@pytest.mark.parametrize(
    ("excerpt", "start", "text", "found"),
    [
        ("35件", 2, TEXT, (2, 5)),
        ("35件", 8, TEXT, (8, 11)),
        ("35件", 8, "全年" + TEXT, (10, 13)),
        ("35件", 8, TEXT[1:], (7, 10)),
        ("35件", 40, TEXT, (8, 11)),
        ("36件", 2, TEXT, None),
        ("35件", 2, "", None),
        ("", 2, TEXT, (2, 5)),
        ("", 40, TEXT, None),
    ],
)
def test_find(excerpt, start, text, found):
    finding = Finding(
        "TXT.NUM", "warning", "s1", "不一致。", excerpt=excerpt, start=start, end=start + 3
    )
    assert find(finding, text) == found
