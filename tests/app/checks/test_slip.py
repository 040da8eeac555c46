"""What looks like a slip."""

import pytest

from app.checks.slip import slip


@pytest.mark.parametrize(
    ("now", "should", "word"),
    [
        (1326, 1362, "颠倒"), (450, 45, "多写了一个0"), (45, 450, "少写了一个0"),
        (1862, 1362, "一位数字不同"), (362, 1362, "漏写"), (13362, 1362, "多写"), (0, 37, "漏填"),
        (24, 12, "重复"), (7, 0, "不应有数"), (-8, 8, "正负号"),
    ],
)  # fmt: skip
def test_a_slip_is_named(now, should, word):
    score, words = slip(now, should)
    assert word in words
    assert score > 0


def test_what_looks_like_nothing_scores_nothing():
    assert slip(5137, 88) == (0, "")
    assert slip(5, 5) == (0, "")
    assert slip(45, 54)[0] > slip(45, 55)[0] > slip(45, 46)[0] - 5
