"""Where the user's files lie, on each system."""

import sys
from pathlib import Path

import pytest

from app import user_files


@pytest.fixture(autouse=True)
def home(monkeypatch):
    monkeypatch.setattr(Path, "home", lambda: Path("/home/zhang"))
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("system", "data", "log"),
    [
        ("linux", ".local/share/nianbao", ".local/state/nianbao/log"),
        ("win32", "AppData/Local/nianbao", "AppData/Local/nianbao/Logs"),
        ("darwin", "Library/Application Support/nianbao", "Library/Logs/nianbao"),
    ],
)
def test_where_programs_keep_what_is_the_users(monkeypatch, system, data, log):
    monkeypatch.setattr(sys, "platform", system)
    assert user_files.data() == Path("/home/zhang", data)
    assert user_files.log() == Path("/home/zhang", log)


def test_the_environment_may_name_other_places(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    monkeypatch.setenv("XDG_STATE_HOME", " ")
    assert user_files.data() == Path("/data/nianbao")
    assert user_files.log() == Path("/home/zhang/.local/state/nianbao/log")


def test_a_folder_named_from_where_the_program_stands_is_none(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", "data")
    assert user_files.data().is_absolute()
