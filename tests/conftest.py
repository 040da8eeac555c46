"""What every test shares: no screen, no traces in the user's folders, an invented form."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything imports Qt

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
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


@pytest.fixture
def common_user() -> Iterator[Path]:
    """A folder of a user without special rights, as whom the test goes on."""
    if os.name != "posix":
        pytest.skip("file rights are those of POSIX")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        was = os.geteuid()
        if was == 0:
            os.chown(folder, 65534, 65534)
            os.seteuid(65534)
        try:
            yield folder
        finally:
            folder.chmod(0o700)
            os.seteuid(was)


@pytest.fixture
def small_disk(tmp_path):
    folder = tmp_path / "small"
    folder.mkdir()
    mount = shutil.which("mount")
    made = mount and os.geteuid() == 0 and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(folder)],
        check=False, capture_output=True,
    )  # fmt: skip
    if not made or made.returncode:
        pytest.skip("a small file system needs the right to mount one")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)
