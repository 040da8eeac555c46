"""What every test shares: no screen, no traces in the user's folders, an invented form."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything imports Qt

import random
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.report import Report

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


@pytest.fixture
def invented():
    """Return a report of invented figures and prose; its totals are worked out."""

    def made(org="示例市示例区人民政府", year=2024, seed=1, profile=None):
        report, chance = Report.new(org, year, profile), random.Random(seed)
        cells = [c for c in report.form.cells.values() if c.id not in report.form.total_of]
        largest = {"amount": 10**9, "count": 400, "signed": 20}
        report.set({cell.id: chance.randrange(largest[cell.kind]) for cell in cells})
        report.set({
            "narratives.preface": f"本报告由{org}办公室编制，统计期限自{year}年1月1日至12月31日。",
            "narratives.s1": f"{year}年，主动公开政府信息217条。\n（一）主动公开情况。持续公开。",
            "narratives.s5": "存在的问题主要是公开形式不够多样。\n下一步将丰富公开形式。",
            "narratives.s6": "全年未收取信息处理费。",
        })  # fmt: skip
        return report

    return made


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


@pytest.fixture(scope="session")
def print_server():
    """A CUPS server of our own on the loopback address, with a printer that prints into a file."""
    needed = {"/usr/sbin/cupsd": "cups-daemon", "/usr/bin/lp": "cups-client"}
    needed[str(PrintServer.driver)] = "cups-filters"
    missing = [package for path, package in needed.items() if not Path(path).exists()]
    if missing or os.geteuid() != 0:
        reason = f"missing: {', '.join(missing)}" if missing else "cupsd is started by root only"
        pytest.skip(f"printing is tested against a real CUPS server; {reason}")
    # not below tmp_path: the filters run as another user and must be able to reach their files
    with tempfile.TemporaryDirectory(prefix="nianbao-cups-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with PrintServer(folder) as server:
            yield server


@pytest.fixture
def printer(print_server, monkeypatch):
    """A printer that is ready and has A4; the programs started from here on know its server."""
    monkeypatch.setenv("CUPS_SERVER", print_server.address)
    monkeypatch.setenv("CUPS_USER", "nianbao-test")
    print_server.set_up("PDF")
    yield print_server
    print_server.remove_all()


class PrintServer:
    """cupsd with its own files; `printed` is what the printer put out last."""

    driver = Path("/usr/share/ppd/cupsfilters/Generic-PDF_Printer-PDF.ppd")

    def __init__(self, folder: Path):
        self.folder = folder
        self.printed = folder / "printed.pdf"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"

    def __enter__(self):
        for part in ("spool", "cache", "state", "tmp", "ppd"):
            (self.folder / part).mkdir()
        (self.folder / "tmp").chmod(0o1777)
        files = (
            f"ServerRoot {self.folder}\nRequestRoot {self.folder}/spool\n"
            f"CacheDir {self.folder}/cache\nStateDir {self.folder}/state\n"
            f"TempDir {self.folder}/tmp\nAccessLog {self.folder}/access\n"
            f"ErrorLog {self.folder}/error\nPageLog {self.folder}/page\n"
            "SystemGroup root\nFileDevice Yes\n"
        )
        rules = (
            f"Listen {self.address}\nWebInterface No\nBrowsing No\nDefaultAuthType None\n"
            "<Location />\nOrder allow,deny\nAllow all\n</Location>\n"
            "<Policy default>\n<Limit All>\nOrder allow,deny\nAllow all\n</Limit>\n</Policy>\n"
        )
        (self.folder / "files.conf").write_text(files)
        (self.folder / "cupsd.conf").write_text(rules)
        command = ["/usr/sbin/cupsd", "-f", "-c", self.folder / "cupsd.conf"]
        self._daemon = subprocess.Popen([*command, "-s", self.folder / "files.conf"])
        give_up = time.monotonic() + 20
        while self.run("lpstat", "-r", check=False).returncode:
            assert time.monotonic() < give_up, (self.folder / "error").read_text()
        return self

    def __exit__(self, *_):
        self._daemon.terminate()
        self._daemon.wait(20)

    def run(self, *command, check=True):
        environment = {**os.environ, "CUPS_SERVER": self.address, "LC_ALL": "C"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        assert not check or done.returncode == 0, done.stderr
        return done

    def set_up(self, name, *options, device=""):
        self.printed.unlink(missing_ok=True)
        device = device or f"file://{self.printed}"
        queue = ["-p", name, "-E", "-v", device, "-P", self.driver, "-o", "PageSize=A4"]
        self.run("lpadmin", *queue, *options)

    def remove_all(self):
        for name in self.run("lpstat", "-e", check=False).stdout.split():
            self.run("cancel", "-a", "-x", name, check=False)
            self.run("lpadmin", "-x", name)


@pytest.fixture
def answer(qtbot):
    """Return a function that arranges what is done in the dialog of a kind that comes up next."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    waiting = []

    def arrange(kind, act, ready=lambda dialog: True):
        timer = QTimer()

        def look():
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, kind) and ready(dialog):
                timer.stop()
                waiting.remove(timer)
                try:
                    act(dialog)
                except BaseException:  # the test would wait for the dialog for ever
                    dialog.reject()
                    raise

        timer.timeout.connect(look)
        timer.start(5)
        waiting.append(timer)

    yield arrange
    assert not waiting, "a dialog that was expected did not come up"
