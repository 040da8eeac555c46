"""Try the setup and the portable .zip under wine, from a silent setup to removal, as root.

    packaging/windows/trial.py

Wine 10 runs in a bare Debian 13, without a network. Wine is not Windows: what works here may still
fail there. It lacks icuuc.dll, a part of Windows of which Qt takes its rarer encodings; for the
window an empty one stands in, here alone. One line a step: ok or failed.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))

from bare import QUIET, Bare, alone  # noqa: E402
from desk import DISPLAYS, Desk  # noqa: E402
from steps import Steps  # noqa: E402

RELEASE, PACKAGES = "trixie", ("wine64", "gcc-mingw-w64-x86-64-win32")
WINE, SERVER = "/usr/lib/wine/wine64", "/usr/lib/wine/wineserver64"
DIST = ROOT / "dist"

SAMPLE = r"program\Lib\site-packages\app\_resources\samples\city-2024.nianbao"
KINDS = ("docx", "xlsx", "html", "pdf", "json", "nianbao")
HIVE = r"HKCU\Software"
KEYS = {
    rf"{HIVE}\Classes\.nianbao": "Nianbao.Report",
    rf"{HIVE}\Classes\Nianbao.Report\shell\open\command": "launcher.py",
    rf"{HIVE}\Microsoft\Windows\CurrentVersion\Uninstall\nianbao": "DisplayVersion",
}
"""What the setup writes into the registry, and a word of it."""
MAKE = """
from pathlib import Path
import os
from app.draft import keep
from app.report import Report
from app.store.store import Store
path = Path(os.environ["LOCALAPPDATA"]) / "nianbao" / "nianbao.db"
path.parent.mkdir(parents=True, exist_ok=True)
with Store.open(path) as store:
    keep(store, Report.new("示例市档案局", 2024), "新建", "张三")
"""


class Trial(Steps):
    """The steps, in their order, with what later ones need of earlier ones."""

    def __init__(self, system: Bare, seen: Path) -> None:
        super().__init__(seen)
        self.system, prefix = system, seen / "prefix"
        self.environment = {
            **QUIET, "WINEPREFIX": str(prefix), "WINEDEBUG": "-all", "HOME": "/root",
            "XDG_RUNTIME_DIR": "/tmp",
            "WINEDLLOVERRIDES": "mscoree,mshtml=", "LC_ALL": "C.UTF-8",
        }  # fmt: skip
        self.drive = prefix / "drive_c"
        self.work = self.drive / "reports"

    def command(self, *command: str | Path) -> list[str]:
        """Return what runs a program of Windows in the folder of the reports."""
        return self.system.command("env", "-C", self.work, WINE, *command)

    def run(self, *command: str | Path, status: int = 0) -> str:
        """Run a program of Windows; returns what it said."""
        done = subprocess.run(
            self.command(*command), env=self.environment, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, check=False, timeout=300,
        )  # fmt: skip
        said = done.stdout.decode("utf-8", "replace")
        assert done.returncode == status, f"{command}: {done.returncode}, {said[-500:]}"
        return said

    def begin(self) -> None:
        """Make a drive C: with nothing of ours."""
        self.work.mkdir(parents=True)
        self.system.share(self.seen)
        self.system.share(DIST)
        with self.step("wine") as told:
            self.run("wineboot", "--init")
            self.settle()
            told.append(self.system.run(WINE, "--version").splitlines()[-1])
        self.local = next(self.drive.glob("users/*/AppData/Local"))
        self.menu = self.local.parent / "Roaming/Microsoft/Windows/Start Menu/Programs/年报.lnk"
        self.folder = self.local / "Programs/nianbao"
        self.python = self.place(self.folder / "program/python.exe")
        self.before = self.files()

    def settle(self) -> None:
        """Wait until every program of Windows has ended."""
        wait = self.system.command(SERVER, "-w")
        subprocess.run(wait, env=self.environment, check=True, timeout=120)

    def end_all(self) -> None:
        """End every program of Windows that is still there."""
        command = self.system.command(SERVER, "-k")
        subprocess.run(command, env=self.environment, check=False, timeout=60)

    def place(self, path: Path) -> str:
        """Return how Windows calls a file on the drive."""
        return "C:\\" + str(path.relative_to(self.drive)).replace("/", "\\")

    def files(self) -> set[str]:
        """Return every file on the drive."""
        return {str(path.relative_to(self.drive)) for path in self.drive.rglob("*")}

    def install(self, setup: Path) -> None:
        """Install without a word, once more over it, and not while it runs."""
        with self.step("setup /S: the program, the start menu") as told:
            self.run(setup, "/S")
            self.settle()
            assert self.menu.exists(), "no start menu"
            told.append(f"{len(list(self.folder.rglob('*')))} files and folders")
        with self.step("the registry: file type, command, removal"):
            for key, word in KEYS.items():
                assert word in self.run("reg", "query", key, "/s"), key
        with self.step("setup while the program runs: refused with status 2, nothing changed"):
            running = subprocess.Popen(
                self.command(self.python, "-c", "print(1, flush=True); input()"),
                env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )  # fmt: skip
            assert running.stdout
            running.stdout.readline()
            self.run(setup, "/S", status=2)
            running.communicate(b"\n", timeout=60)
            assert (self.folder / "program/launcher.py").exists()
        with self.step("setup once more over it"):
            self.run(setup, "/S")
            self.settle()

    def commands(self, name: str, folder: Path) -> None:
        """Every command that needs no database, by nianbao.cmd."""
        sample = rf"{self.place(folder)}\{SAMPLE}"

        def nianbao(*arguments: str) -> str:
            return self.run("cmd", "/c", "call", self.place(folder / "nianbao.cmd"), *arguments)

        with self.step(f"{name}: --version") as told:
            told.append(nianbao("--version").strip())
        with self.step(f"{name}: convert to all kinds, each read back and sound"):
            nianbao("convert", sample, "word.docx")
            for kind in KINDS:
                nianbao("convert", "word.docx", f"again.{kind}")
                nianbao("check", f"again.{kind}")
        with self.step(f"{name}: read"):
            assert "示例市人民政府" in nianbao("read", "word.docx")
        with self.step(f"{name}: fingerprint, verify") as told:
            code = nianbao("fingerprint", sample).strip()
            nianbao("verify", code, "word.docx")
            told.append(code)

    def database(self) -> None:
        """Make a database with the program's own Python, back it up and bring it back."""
        with self.step("backup, restore, of a database in the user's folder"):
            self.run(self.python, "-c", MAKE)
            self.kept = self.local / "nianbao/nianbao.db"
            assert self.kept.exists(), "no database"
            command = self.place(self.folder / "nianbao.cmd")
            stick = self.work / "stick"
            stick.mkdir()
            self.run("cmd", "/c", command, "backup", "stick")
            backup = next(path for path in stick.rglob("*") if path.is_file())
            for path in self.kept.parent.glob("nianbao.db*"):
                path.unlink()
            self.run("cmd", "/c", command, "restore", f"stick\\{backup.relative_to(stick)}")
            assert self.kept.exists(), "not restored"

    def portable(self, archive: Path) -> None:
        """Unpack the .zip into a folder with a blank and Chinese in its name."""
        folder = self.drive / "便携 年报"
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(folder)
        self.commands("the portable .zip", folder / "nianbao")
        shutil.rmtree(folder)

    def window(self, desk: Desk) -> None:
        """Read a Word report in the window, look at it, save it as PDF."""
        with self.step("icuuc.dll, which wine lacks, has a stand-in") as told:
            told.append(f"{self.stand_in()} functions that do nothing")
        with self.step("the window opens, with a Word report to review"):
            self.open(desk, "word.docx")
            desk.review(self.seen)
        with self.step("the report is read in, and each part is shown"):
            desk.look_through(self.seen)
        with self.step("a PDF is saved from the window"):
            desk.press("ctrl+shift+s")
            desk.wait(lambda: desk.active() != desk.main, "no dialog for a name")
            desk.press("ctrl+a")
            desk.type("window.pdf")
            desk.photograph(self.seen / "5-name.png")
            desk.press("Return")
            made = self.work / "window.pdf"
            desk.wait(lambda: made.exists() and made.read_bytes()[:5] == b"%PDF-", "no PDF")
        with self.step("the window closes, and its log knows of no error"):
            desk.settle()
            desk.photograph(self.seen / "6-saved.png")
            desk.front()  # wine does not give it the keys back
            desk.press("ctrl+q")
            assert desk.program.wait(30) == 0
            for log in self.local.glob("nianbao/**/nianbao.log"):
                assert "CRITICAL" not in log.read_text("utf-8"), log.read_text("utf-8")[-500:]

    def open(self, desk: Desk, *files: str) -> None:
        """Open the window."""
        launcher = self.place(self.folder / "program/launcher.py")
        program = self.command(self.python.replace("python.", "pythonw."), launcher, *files)
        desk.start(program, self.environment)

    def stand_in(self) -> int:
        """Make a library with every function of icuuc.dll that Qt names; returns how many."""
        modules = self.folder / "program/Lib/site-packages/PySide6"
        told = self.system.run("x86_64-w64-mingw32-objdump", "-p", modules / "Qt6Core.dll")
        names = re.findall(r"(?i:ucnv)_\w+", told.partition("DLL Name: icuuc.dll")[2])
        source = "".join(
            f"__declspec(dllexport) void *{name}(void) {{ return 0; }}\n" for name in set(names)
        )
        (self.seen / "icuuc.c").write_text(source)
        build = ("-shared", "-nostdlib", "-e", "0", "-o", modules / "icuuc.dll")
        self.system.run("x86_64-w64-mingw32-gcc-win32", *build, self.seen / "icuuc.c")
        return len(set(names))

    def remove(self) -> None:
        """Remove the program and look what is left."""
        with self.step("uninstall.exe /S; nothing is left but the user's reports") as told:
            self.run(self.place(self.folder / "uninstall.exe"), "/S")
            self.settle()
            shutil.rmtree(self.work)
            self.work.mkdir()
            left = self.files() - self.before
            own = {path for path in left if "AppData/Local/nianbao" in path}
            # Windows has the folder Programs, and clears NSIS's copy away when it starts next
            others = {p for p in left - own if not p.endswith("/Programs") and "~nsu" not in p}
            assert not others, sorted(others)[:20]
            assert self.kept.exists(), "the database is gone"
            told.append(f"{len(own)} files of the user")
        with self.step("the registry knows nothing of it"):
            for key in (*KEYS, rf"{HIVE}\Classes\Nianbao.Report"):
                self.run("reg", "query", key, status=1)


def main() -> int:
    """Run the trial; returns the exit status."""
    alone()
    setup = max(DIST.glob("nianbao-*-setup.exe"), default=None)
    archive = max(DIST.glob("nianbao-*-windows.zip"), default=None)
    if setup is None or archive is None:
        sys.exit("no setup: make windows")
    system = Bare(ROOT / "build/bare/wine", RELEASE)
    trial = Trial(system, ROOT / "build/trial/wine")
    print(f"{setup.name}, {archive.name}", flush=True)
    try:
        system.make()
        system.run("apt-get", "update", network=True)
        system.run("apt-get", "install", "-y", "--no-install-recommends", *PACKAGES, network=True)
        trial.begin()
        trial.install(setup)
        trial.commands("installed", trial.folder)
        trial.database()
        with Desk("pythonw") as desk:
            system.share(DISPLAYS)
            trial.window(desk)
            trial.end_all()
        trial.portable(archive)
        trial.remove()
    finally:
        trial.end_all()
        system.remove()
    return trial.end()


if __name__ == "__main__":
    sys.exit(main())
