"""How alike two texts are."""

from hypothesis import given
from hypothesis import strategies as st

from app.checks.similarity import likeness, unchanged

letters = st.text("一二三四甲乙丙丁", max_size=40)


def common(one, two):
    """The longest common subsequence, the plain way."""
    row = [0] * (len(two) + 1)
    for a in one:
        before = row[:]
        for j, b in enumerate(two):
            row[j + 1] = before[j] + 1 if a == b else max(before[j + 1], row[j])
    return row[-1]


@given(letters, letters)
def test_likeness_is_twice_what_is_common_over_both_lengths(one, two):
    wanted = 200 * common(one, two) // (len(one) + len(two)) if one and two else 0
    assert likeness(one, two) == wanted


def test_marks_and_blanks_do_not_count():
    assert likeness("一、二；三。", "一 二\n三") == 100


def test_unchanged_sentences_are_listed_the_longest_first():
    now = "全年工作扎实推进成效明显。规范流程提高办理质量。新写的一句话放在这里。"
    last = "规范流程，提高办理质量！全年工作扎实推进成效明显。"
    assert unchanged(now, last) == ["全年工作扎实推进成效明显。", "规范流程提高办理质量。"]
