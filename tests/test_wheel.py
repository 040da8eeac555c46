"""The wheel alone, in an environment without the source, does the main job."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RESOURCES = "app/_resources"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", str(folder), str(ROOT)], check=True, timeout=120)
    [path] = folder.glob("nianbao-*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """An environment with the wheel; the one that runs the tests lends it the libraries."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / Path(sys.executable).name
    [site] = {
        Path(line)
        for line in subprocess.run(
            [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.split("\n")
        if line
    }
    # A plain path in a .pth lends packages, but not the editable install that lies beside them.
    lent = site / "lent.pth"
    lent.write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    command = [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(command, check=True, timeout=120)
    return scripts / "nianbao"


def test_everything_that_is_shipped_is_in_the_wheel(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    wanted = {
        f"{RESOURCES}/{path.relative_to(ROOT / 'resources').as_posix()}"
        for path in (ROOT / "resources").rglob("*")
        if path.is_file()
    }
    assert wanted <= set(names)
    assert not [name for name in names if name.startswith("tests/")]


def test_the_wheel_does_the_main_job_without_the_source(installed, tmp_path):
    sample = tmp_path / "sample.nianbao"
    sample.write_bytes((ROOT / "resources" / "samples" / "city-2024.nianbao").read_bytes())
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    environment |= {k: v for k, v in os.environ.items() if k in ("SYSTEMROOT", "TEMP")}

    def nianbao(*arguments):
        return subprocess.run(
            [installed, *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
        )

    done = nianbao("check", "--json", "sample.nianbao")
    assert done.returncode == 0, done.stderr
    for suffix in (".pdf", ".docx", ".xlsx", ".html", ".json"):
        done = nianbao("convert", "sample.nianbao", "out" + suffix)
        assert (done.returncode, done.stderr) == (0, ""), suffix
        assert (tmp_path / ("out" + suffix)).stat().st_size > 3000
