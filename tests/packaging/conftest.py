"""The bundle as `make deb` has left it, started as in an office: nothing of ours around it."""

import importlib
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUNDLE = ROOT / "build" / "bundle" / "nianbao"


@pytest.fixture(scope="session")
def bundle():
    """The folder of the bundle; skips where there is none of the present source."""
    program = BUNDLE / "nianbao"
    if not program.exists():
        pytest.skip("the bundle has not been built: make deb")
    newest = max(path.stat().st_mtime for path in (ROOT / "src").rglob("*.py"))
    if newest > program.stat().st_mtime:
        pytest.skip("the source is newer than the bundle: make deb")
    return BUNDLE


@pytest.fixture
def bare(tmp_path):
    """An environment with nothing but an empty home: no source, no virtual environment."""
    home = tmp_path / "home"
    home.mkdir()
    return {"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}


@pytest.fixture
def run(bundle, bare, tmp_path):
    """Run a command of the bundle; returns what it did."""

    def run(*arguments):
        command = [bundle / "nianbao", *map(str, arguments)]
        return subprocess.run(
            command, env=bare, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
        )

    return run


@pytest.fixture(scope="session")
def deb(bundle):
    """The Debian package made from the bundle."""
    found = sorted((ROOT / "dist").glob("nianbao_*.deb"))
    if not found or shutil.which("dpkg-deb") is None:
        pytest.skip("the Debian package has not been built: make deb")
    return found[-1]


@pytest.fixture
def tool(monkeypatch):
    """Import a module of the folder `packaging`."""
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    return importlib.import_module


@pytest.fixture
def elf_files(bundle):
    return [
        path
        for path in bundle.rglob("*")
        if path.is_file() and not path.is_symlink() and path.read_bytes()[:4] == b"\x7fELF"
    ]


@pytest.fixture
def sample(bundle):
    return bundle / "_internal" / "resources" / "samples" / "city-2024.nianbao"
