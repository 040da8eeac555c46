"""Places of kept characters in what a widget shows, in the units of Qt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import prose
from app.store.change import Change
from ui.prose import span

TEXTS = st.text(alphabet=st.sampled_from("ab 甲𬬭·•\u3000\t\u00a0\u200b\n"), max_size=30)


@pytest.mark.parametrize(
    ("shown", "places"),
    [
        ("", [0]),
        ("甲乙", [0, 1, 2]),
        ("  甲 \n\n乙\n", [2, 4, 6, 7]),
        ("𬬭乙", [0, 2, 3]),
        ("甲\t乙", [0, 1, 2, 3]),
        ("\n\n", [0]),
    ],
)
def test_places(shown, places):
    assert span.places(shown) == places


@given(TEXTS)
def test_at_its_place_stands_the_character_itself(shown):
    kept = prose.clean(shown)
    coded = shown.encode("utf-16-le")
    places = span.places(shown, kept)
    for char, place in zip(kept, places[:-1], strict=True):
        found = coded[2 * place : 2 * place + 2 * span.units(char)].decode("utf-16-le")
        assert found == char or (found, char) == ("\t", "\u3000")
    assert sorted(places) == places
    assert places[-1] <= span.units(shown)


@given(TEXTS, TEXTS, st.data())
def test_a_character_outside_a_change_is_found_again(before, after, data):
    change = Change.between("narratives.s1", before, after)
    at = data.draw(st.integers(0, len(before)))
    if at < change.start or at >= change.start + len(change.old):
        assert before[at : at + 1] == after[span.moved(at, change) :][:1]


@pytest.mark.parametrize(
    ("one", "other", "touch"),
    [
        ("甲x乙丙", "甲乙丙y", False),
        ("甲x乙丙", "甲y乙丙", True),
        ("x", "甲y丙", True),
        ("乙丙", "甲乙", False),
    ],
)
def test_changes_of_the_same_text_that_touch(one, other, touch):
    text = "甲乙丙"
    changes = [Change.between("narratives.s1", text, after) for after in (one, other)]
    assert span.touch(*changes) is touch
    assert span.touch(*reversed(changes)) is touch
