"""Breaking things on purpose: how often, and what became of it, is counted and printed.

`make torture` runs the same tests many times over (`TORTURE=1`) and prints a table for
docs/reliability.md.
"""

import json
import os
import platform
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from app.store import soundness
from app.store.store import Store

TORTURED = bool(os.environ.get("TORTURE"))
_COUNTS = pytest.StashKey[dict[str, Counter]]()


@pytest.fixture(scope="session")
def rounds():
    """How often: the first number in a run of all tests, the second under torture."""
    return lambda few, many: many if TORTURED else few


@pytest.fixture
def count(request):
    """Count, for the table: `count("power cut", tried=1, lost=0)`."""
    counts = request.config.stash.setdefault(_COUNTS, {})

    def add(fault, **what):
        counts.setdefault(fault, Counter()).update(what)

    return add


def pytest_sessionfinish(session):
    """A process that shares the work hands its counts to the one that tells them."""
    if hasattr(session.config, "workeroutput"):
        counts = session.config.stash.get(_COUNTS, {})
        session.config.workeroutput["counts"] = {name: dict(c) for name, c in counts.items()}


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error):
    """Take over what a process has counted."""
    counts = node.config.stash.setdefault(_COUNTS, {})
    for fault, counted in getattr(node, "workeroutput", {}).get("counts", {}).items():
        counts.setdefault(fault, Counter()).update(counted)


def pytest_terminal_summary(terminalreporter, config):
    counts = config.stash.get(_COUNTS, {})
    if not (TORTURED and counts):
        return
    lines = [f"{fault}: {told(counts[fault])}" for fault in sorted(counts)]
    failed = len(terminalreporter.stats.get("failed", ()))
    tried = sum(each["tried"] for each in counts.values())
    lost = sum(each["lost"] for each in counts.values())
    lines.append(f"all: tried {tried:,}, lost {lost:,}; tests that failed: {failed}")
    terminalreporter.section("torture")
    for line in lines:
        terminalreporter.line(line)
    keep(lines)


def told(counted):
    return ", ".join(f"{name} {number:,}" for name, number in counted.items())


def keep(lines):
    """Put the last output into the page about it, with the day and the commit."""
    page = Path(__file__).parents[2] / "docs" / "reliability.md"
    before, head, _ = page.read_text("utf-8").partition("## Last run of `make torture`\n")
    git = ["git", "-C", str(page.parent), "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(git, check=False, capture_output=True, text=True).stdout.strip()
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    when = f"{date.today()}, commit {commit or 'unknown'}, {system}:"
    page.write_text("\n".join([before + head, when, "", "```", *lines, "```", ""]), "utf-8")


@pytest.fixture(scope="session")
def typist():
    """Run the typist of the tests of the draft in a process; returns the process."""
    script = Path(__file__).parents[1] / "app" / "typist.py"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}

    def start(*arguments, before=(), **options):
        command = [*before, sys.executable, str(script), *map(str, arguments)]
        return subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env=environment, **options
        )

    return start


@pytest.fixture(scope="session")
def content():
    """Return the whole content of a sound database, without how it lies in the file."""

    def dump(path):
        with Store.open(path):
            pass
        soundness.require(path, thorough=True)
        with closing(sqlite3.connect(path)) as db:
            lines = list(db.iterdump())
        return [line for line in lines if not line.startswith('INSERT INTO "migration"')]

    return dump


@pytest.fixture(scope="session")
def digest():
    """Return what stands for the items of a report in a line of output."""
    return lambda items: json.dumps(items, ensure_ascii=False, sort_keys=True)
