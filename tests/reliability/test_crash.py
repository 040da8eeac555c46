"""The real window, killed at any moment of work: every acknowledged step is there, nothing half."""

import json
import os
import random
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app import report_file, resources
from app.store import soundness
from app.store.store import Store

SCRIPT = Path(__file__).with_name("window_typist.py")
SAMPLES = sorted((resources.root() / "samples").glob("*.nianbao"))
LONGEST_S = 1.5
"""Work goes on so long at most before the kill."""


@pytest.fixture(scope="module")
def kill(tmp_path_factory):
    """Let the clerk work on a database and kill the window; returns what was acknowledged."""
    log = tmp_path_factory.mktemp("log")
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(sys.path), "NIANBAO_LOG": str(log)
    }  # fmt: skip

    def work(database, seed):
        command = [sys.executable, str(SCRIPT), str(database), str(seed), *map(str, SAMPLES)]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
        ) as window:
            lines = []
            for line in window.stdout:
                lines.append(line)
                if line == b"{}\n":
                    break
            alarm = threading.Timer(random.Random(seed).uniform(0, LONGEST_S), window.kill)
            alarm.start()
            lines += window.stdout.read().splitlines(keepends=True)
            alarm.join()
            assert b"{}\n" in lines, window.stderr.read().decode()
        written = log / "nianbao.log"  # made with its first entry
        assert not written.exists() or "CRITICAL" not in written.read_text("utf-8")
        return [json.loads(line) for line in lines if line.endswith(b"\n")]

    return work


@pytest.fixture(scope="module")
def read_from_files():
    """What a report holds right after it was read from one of the samples."""
    return [report_file.loads(path.read_bytes(), path.name).items for path in SAMPLES]


def check(database, told, known, read_from_files):
    """Compare a database with what was acknowledged; `known` is that of all rounds before, too.

    Returns how many steps were acknowledged, and how many more are there.
    """
    for line in told:
        if "items" in line:
            known[line["report"]] = line
    soundness.require(database, thorough=True)
    more, read_in = 0, 0
    with Store.open(database) as store:
        kept = {listed.id: store.load(listed.id) for listed in store.reports()}
        assert kept.keys() >= known.keys()
        for report, loaded in kept.items():
            if report not in known:  # a file was read, but the window had not shown it yet
                assert loaded.head.revision == 1
                assert loaded.items in read_from_files
                read_in += 1
                known[report] = of(loaded)
                continue
            acknowledged = known[report]
            ahead = loaded.head.stamp - acknowledged["stamp"]
            assert ahead in (0, 1), (loaded.head, acknowledged["stamp"])
            before = loaded.items
            if ahead and loaded.head.revision > acknowledged["revision"]:
                before = store.at(report, acknowledged["revision"])
            if not ahead or before is not loaded.items:
                assert before == acknowledged["items"]
            more += ahead
            known[report] = of(loaded)
    assert more <= 1, "only the step that was being told may be there besides"
    assert read_in <= 1
    return len(told), more + read_in


def of(loaded):
    """What is known of a report from now on."""
    head = loaded.head
    return {"stamp": head.stamp, "revision": head.revision, "items": loaded.items}


@pytest.mark.slow
def test_a_killed_window_loses_nothing(tmp_path, kill, read_from_files, rounds, count):
    length = rounds(3, 20)

    def life(number):
        """One database, killed again and again and gone on with."""
        database, known = tmp_path / f"{number}" / "nianbao.db", {}
        for round_ in range(length):
            told = kill(database, number * 1000 + round_)
            dialogs = [line["dialog"] for line in told if "dialog" in line]
            assert not dialogs, f"life {number}, round {round_}"
            steps, more = check(database, told, known, read_from_files)
            ahead = {"written, not yet told": more}
            count("window killed", tried=1, lost=0, acknowledged=steps, **ahead)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(life, range(rounds(2, 50))))
