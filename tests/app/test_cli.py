"""The command line as scripts use it: real processes, exit statuses, one line of error."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app import report_file, resources

SOURCE = Path(__file__).parents[2] / "src"
SAMPLES = sorted((resources.root() / "samples").glob("*.nianbao"))


@pytest.fixture
def nianbao(tmp_path):
    """Run the program in an empty folder; returns the finished process."""

    def run(*arguments, **environment):
        return subprocess.run(
            [sys.executable, "-m", "app.cli", *map(str, arguments)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(SOURCE), **environment},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
        )

    return run


@pytest.fixture
def sample(tmp_path):
    return shutil.copy(SAMPLES[0], tmp_path / "sample.nianbao")


def broken(sample, tmp_path, **cells):
    content = json.loads(Path(sample).read_text("utf-8"))
    content["cells"] |= {cell.replace("_dot_", "."): v for cell, v in cells.items()}
    content["worked_out"] = []
    path = tmp_path / "broken.json"
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    return path


@pytest.mark.parametrize("suffix", [".json", ".nianbao"])
def test_convert_keeps_every_figure(nianbao, sample, tmp_path, suffix):
    done = nianbao("convert", sample, "out" + suffix)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    was = report_file.loads(Path(sample).read_bytes(), "sample")
    now = report_file.loads((tmp_path / ("out" + suffix)).read_bytes(), "out")
    assert now.items == was.items
    assert now.further == was.further


def test_convert_makes_a_pdf_without_a_display(nianbao, sample, tmp_path):
    done = nianbao("convert", sample, "out.pdf", DISPLAY="", WAYLAND_DISPLAY="")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF-1.")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_samples_are_sound(nianbao, path):
    done = nianbao("check", "--json", path)
    assert done.returncode == 0, done.stdout
    [answer] = map(json.loads, done.stdout.splitlines())
    assert [f for f in answer["findings"] if f["severity"] != "hint"] == []


def test_check_answers_by_the_contract(nianbao, sample, tmp_path):
    path = broken(sample, tmp_path, t3_dot_granted_dot_total=1326)
    done = nianbao("check", "--json", sample, path, "absent.json")
    assert done.returncode == 2
    sound, wrong, absent = map(json.loads, done.stdout.splitlines())
    assert sound == {"file": str(sample), "findings": sound["findings"]}
    assert absent["findings"] == []
    assert absent["error"]
    errors = [f for f in wrong["findings"] if f["severity"] == "error"]
    first = errors[0]
    assert set(first) <= {
        "id", "severity", "cells", "section", "excerpt", "message", "expected", "found", "suspects",
    }  # fmt: skip
    assert "T3.ROWSUM" in {f["id"] for f in errors}
    assert first["suspects"][0]["cell"] == "t3.granted.total"
    assert first["suspects"][0]["value"] == 1362
    order = [f["severity"] for f in wrong["findings"]]
    assert order == sorted(order, key=["error", "warning", "hint"].index)


def test_check_tells_errors_by_its_exit_status(nianbao, sample, tmp_path):
    assert nianbao("check", sample).returncode == 0
    path = broken(sample, tmp_path, t4_dot_review_dot_total=350)
    done = nianbao("check", path)
    assert done.returncode == 1
    assert "T4.SUM.REV" in done.stdout


def test_amounts_are_exact_in_findings(nianbao, sample, tmp_path):
    path = broken(sample, tmp_path, t2_dot_fees_dot_amount="abc")
    done = nianbao("check", "--json", path)
    [answer] = map(json.loads, done.stdout.splitlines())
    assert any(f["id"].startswith("CELL.") and "abc" in f["message"] for f in answer["findings"])


@pytest.mark.parametrize(
    "arguments",
    [
        ("convert", "absent.json", "out.pdf"),
        ("convert", "sample.nianbao", "out.xyz"),
        ("convert", "sample.nianbao", "no/such/folder/out.pdf"),
        ("convert", "sample.nianbao"),
        ("check", "--last-year", "sample.nianbao", "sample.nianbao", "sample.nianbao"),
        ("check", "--last-year", "absent.json", "sample.nianbao"),
        ("check",),
        ("read", "absent.docx"),
        ("--nonsense",),
    ],
)
def test_what_cannot_be_done_is_one_line_and_status_two(nianbao, sample, arguments):
    done = nianbao(*arguments, DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="xcb")
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert any("\u4e00" <= ch <= "\u9fff" for ch in done.stderr)


@pytest.mark.skipif(sys.platform != "linux", reason="displays of Linux")
@pytest.mark.parametrize("display", ["", ":987"])
def test_without_a_display_the_window_says_what_can_be_done(nianbao, display):
    done = nianbao(DISPLAY=display, WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert done.returncode == 2
    assert "nianbao convert" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_help_is_chinese(nianbao):
    done = nianbao("--help")
    assert done.returncode == 0
    assert "convert" in done.stdout
    assert "核对" in done.stdout
