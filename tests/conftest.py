"""What every test shares: no screen, no traces in the user's folders, an invented form."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything imports Qt

import shutil
from pathlib import Path

import pytest

DATA = Path(__file__).parent / "data"


@pytest.fixture(autouse=True)
def own_folders(tmp_path, monkeypatch):
    """Let no test see or touch the user's reports, settings, forms or log."""
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.delenv("NIANBAO_DB", raising=False)
    monkeypatch.setenv("NIANBAO_LOG", str(tmp_path / "log"))


@pytest.fixture
def later_form(tmp_path, monkeypatch):
    """The invented form of 2027, put where a user puts a form."""
    folder = tmp_path / "forms"
    folder.mkdir()
    monkeypatch.setenv("NIANBAO_FORMS", str(folder))
    return Path(shutil.copy(DATA / "2027.toml", folder))


@pytest.fixture(scope="session")
def shared():
    """The folder with real reports, where there is one beside the checkout."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not (folder / "data").is_dir():
        pytest.skip("the folder with real reports is not here")
    return folder
