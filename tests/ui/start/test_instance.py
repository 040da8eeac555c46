"""A second start finds the first window, also one that is just starting."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QTimer

from ui.start.instance import Instance

SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from ui.start.instance import Instance
app = QCoreApplication([])
second = Instance(Path(sys.argv[1]))
assert not second.claim()
sys.exit(0 if second.raise_other(sys.argv[2:]) else 1)
"""


@pytest.fixture
def first(database):
    instance = Instance(database)
    assert instance.claim()
    yield instance
    instance.release()


@pytest.fixture
def second_start(database, pytestconfig):
    """Return what starts the program a second time, in a process of its own."""
    started = []

    def start(*files):
        source = pytestconfig.rootpath / "src"
        command = [sys.executable, "-c", SECOND, str(database), *files]
        started.append(subprocess.Popen(command, cwd=source))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def test_only_one_window_has_the_database(first, database):
    second = Instance(database)
    assert not second.claim()
    first.release()
    assert second.claim()
    second.release()


def test_another_database_has_a_window_of_its_own(first, database):
    other = Instance(database.with_name("other.db"))
    assert other.claim()
    other.release()


def test_second_start_hands_over_its_files(first, second_start, qtbot):
    given = []
    first.listen(given.append)
    second = second_start("/a\n1.nianbao", "/示例.nianbao")
    qtbot.waitUntil(lambda: second.poll() == 0, timeout=20_000)
    assert given == [["/a\n1.nianbao", "/示例.nianbao"]]


def test_second_start_waits_for_a_window_that_is_just_starting(first, second_start, qtbot):
    given = []
    second = second_start()
    QTimer.singleShot(1500, lambda: first.listen(given.append))
    qtbot.waitUntil(lambda: second.poll() == 0, timeout=20_000)
    assert given == [[]]
