"""What a step did to one item leads there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.store.change import Change

prose = st.text("甲乙丙，。\n𠮷", max_size=12)


@given(prose, prose)
def test_a_change_of_a_text_leads_there_and_back(old, new):
    change = Change.between("narratives.s1", old or None, new or None)
    assert change.applied(old or None) == (new or None)
    assert change.reversed().applied(new or None) == (old or None)


@given(prose, prose, prose, prose)
def test_only_the_span_is_kept(left, right, old, new):
    change = Change.between("narratives.s1", left + old + right, left + new + right)
    assert len(change.old) <= len(old)
    assert len(change.new) <= len(new)
    assert not change.old or not change.new or change.old[0] != change.new[0]
    assert not change.old or not change.new or change.old[-1] != change.new[-1]


@pytest.mark.parametrize(("old", "new"), [(None, 0), (0, None), (0, 7), (-8, 10**15)])
def test_a_figure_is_kept_whole(old, new):
    change = Change.between("t3.new.natural", old, new)
    assert (change.old, change.new, change.is_text) == (old, new, False)
    assert change.applied(old) == new
    assert change.reversed().applied(new) == old
