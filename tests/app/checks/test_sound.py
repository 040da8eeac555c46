"""A sound report has nothing to say."""

import pytest

from app import checks


@pytest.mark.parametrize(
    ("form", "profile"),
    [("2021", None), ("2021", "single_other"), ("2019", None), ("2019", "hubei")],
)
@pytest.mark.parametrize("typed", [True, False])
def test_a_sound_report_has_no_findings(sound, form, profile, typed):
    assert checks.run(sound(form=form, profile=profile, typed=typed)) == []


def test_a_sound_report_with_last_year_has_no_findings(found):
    assert found(last={}) == []
