"""The main job from end to end: typed with keys, killed, reopened, undone, printed, read back."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pdfplumber
import pytest

from app import form_file, report_file, resources

CLERK = Path(__file__).with_name("clerk.py")
SOURCE = Path(__file__).parents[2] / "src"


@pytest.fixture
def clerk(tmp_path, monkeypatch):
    """Start the clerk; the answers are lines of JSON."""
    monkeypatch.setenv("PYTHONPATH", str(SOURCE))
    processes = []

    def start(*arguments):
        process = subprocess.Popen(
            [sys.executable, str(CLERK), *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        processes.append(process)
        return process

    yield start
    for process in processes:
        process.kill()
        process.communicate()


def answers(process):
    for line in process.stdout:
        yield json.loads(line)
    assert process.wait() in (0, -signal.SIGKILL), process.stderr.read()


@pytest.fixture(scope="module")
def sound():
    """A complete, sound report: 200 figures."""
    sample = resources.root() / "samples" / "city-2024.nianbao"
    return report_file.loads(sample.read_bytes(), sample.name)


def test_fill_kill_reopen_undo_print(clerk, sound, printed_figures, tmp_path):
    database, pdf = tmp_path / "nianbao.db", tmp_path / "report.pdf"
    figures = {cell: json.loads(sound.shown(cell)) for cell in sound.figures()}
    wanted = {cell: sound.shown(cell) for cell in sound.figures()}
    assert len(wanted) == 200
    todo = tmp_path / "figures.json"
    todo.write_text(json.dumps(figures), "utf-8")

    first = clerk("fill", database, todo)
    said = answers(first)
    assert "T3.BALANCE" in next(said)["errors"]
    assert next(said)["errors"] == []
    typed = next(said)
    assert typed["figures"] == wanted
    first.send_signal(signal.SIGKILL)
    assert first.wait() == -signal.SIGKILL

    said = answers(clerk("reopen", database, pdf))
    again = next(said)
    assert again == {**typed, "org": "示例市人民政府"}
    assert next(said) == {"undone": 447 + 27, "balance": 2}
    assert next(said) == {"redone": 447, "balance": 0}
    assert next(said) == {"closed": True}
    assert list(said) == []

    with pdfplumber.open(pdf) as printed:
        assert printed_figures(printed, form_file.for_year(2024)) == wanted
