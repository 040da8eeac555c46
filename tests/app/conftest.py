"""A clock that tests hand in."""

from datetime import UTC, datetime, timedelta

import pytest


class Ticking:
    """A clock that stands still until it is told to go on."""

    def __init__(self):
        self.time = datetime(2025, 1, 6, 9, 0, tzinfo=UTC)

    def __call__(self):
        return self.time

    def pass_by(self, seconds):
        self.time += timedelta(seconds=seconds)


@pytest.fixture
def new_clock():
    return Ticking


@pytest.fixture
def clock(new_clock):
    return new_clock()
