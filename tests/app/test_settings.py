"""Settings in a real database, and what is made of damaged ones."""

from datetime import date
from pathlib import Path

import pytest

from app import settings
from app.backup import SECOND_PLACE, second_place
from app.settings import Settings
from app.store.store import Store

ALL = Settings(
    who="张三",
    unit={"org": "示例市档案局", "unit_type": "department", "cover.telephone": "0000-123"},
    due="01-20",
    fonts={"body": "bundled"},
    text_size=150,
    look="dark",
    backup_place="/media/usb",
)


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "nianbao.db") as opened:
        yield opened


@pytest.mark.parametrize("chosen", [Settings(), ALL])
def test_what_is_kept_is_read(store, chosen):
    settings.write(ALL, store.set_setting)
    settings.write(chosen, store.set_setting)
    assert settings.read(store.setting) == chosen


def test_a_new_database_has_the_defaults(store):
    assert settings.read(store.setting) == Settings()


def test_what_cannot_be_read_has_its_default():
    damaged = dict.fromkeys(("unit", "fonts"), "{") | {
        "text_size": "99999", "look": "pink", "due": "13-45",
    }  # fmt: skip
    kept = settings.read(lambda name: damaged.get(name, ""))
    assert (kept.unit, kept.fonts, kept.text_size, kept.look) == ({}, {}, 100, "")
    assert kept.due_day(2024) is None


def test_backups_find_their_second_place(store):
    settings.write(ALL, store.set_setting)
    assert SECOND_PLACE == "backup_place"
    assert second_place(store.path) == Path("/media/usb") == ALL.second_place
    assert Settings().second_place is None


def test_own_deadline_is_in_the_year_after():
    assert ALL.due_day(2024) == date(2025, 1, 20)
    assert Settings().due_day(2024) is None
    assert Settings(due="02-29").due_day(2023) is None
