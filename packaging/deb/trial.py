"""Try the Debian package on a bare Debian, from `apt-get install` to `apt-get purge`, as root.

    packaging/deb/trial.py bookworm|trixie|… [--with PACKAGE]… [--deb FILE]

Nothing of ours is there but the package; the display, the window manager and the keys come from
outside. It is installed and used without a network. One line a step: ok or failed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))

from bare import QUIET, Bare, alone  # noqa: E402
from desk import DISPLAYS, Desk  # noqa: E402
from steps import Steps  # noqa: E402

PACKAGE, HOME = "nianbao.deb", "/home/clerk"
SAMPLE = "/usr/lib/nianbao/_internal/resources/samples/city-2024.nianbao"
KINDS = ("docx", "xlsx", "html", "pdf", "json", "nianbao")
CUPS = ("cups-daemon", "cups-client", "cups-filters", "printer-driver-cups-pdf")
QUEUE = ("-p", "Trial", "-E", "-v", "cups-pdf:/", "-P", "/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")
OF_THE_SYSTEM = (
    "var/lib/dpkg/", "var/lib/apt/", "var/cache/", "var/log/", "var/lib/systemd/",
    "etc/cups/", "var/spool/cups/",
)  # fmt: skip
"""What dpkg, apt and fontconfig write about any package, and CUPS about the trial's printer."""


class Trial(Steps):
    """The steps, in their order, with what later ones need of earlier ones."""

    def __init__(self, system: Bare, deb: Path, seen: Path) -> None:
        super().__init__(seen)
        self.system, self.deb = system, deb
        self.home = system.folder / HOME[1:]
        self.environment = {"HOME": HOME, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}

    def install(self) -> None:
        """Install the package, as from a USB stick, for a user who has nothing yet."""
        system, install = self.system, ("apt-get", "install", "-y", "--no-install-recommends")
        (system.folder / PACKAGE).write_bytes(self.deb.read_bytes())
        with self.step("what the package asks for is fetched") as told:
            system.run("apt-get", "update", network=True)
            for wanted in ((f"/{PACKAGE}",), CUPS):
                system.run(*install, "--download-only", *wanted, network=True)
            system.run("useradd", "--create-home", "clerk")
            told.append(f"{len(system.packages())} packages are installed")
        self.before, self.known = system.files(), system.packages()
        with self.step("apt-get install, without a network") as told:
            system.run(*install, f"/{PACKAGE}")
            more = system.packages() - self.known - {"nianbao"}
            told.append(f"{len(more)} more packages")

    def clerk(self, *arguments: str, status: int = 0) -> str:
        """Run nianbao as the user; returns what it said."""
        command = ["env", "-i", *(f"{k}={v}" for k, v in self.environment.items()), "nianbao"]
        done = subprocess.run(
            self.system.command(*command, *arguments, user="clerk"),
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == status, f"{arguments}: {done.returncode}, {done.stdout.strip()}"
        return done.stdout

    def commands(self) -> None:
        """Every command that needs no database, on a Word report."""
        word = f"{HOME}/报告.docx"
        with self.step("--version") as told:
            told.append(self.clerk("--version").strip())
        with self.step("without a display it says so in one line"):
            assert "显示器" in self.clerk(status=2)
        with self.step("convert to .docx and from there to all kinds, each read back and sound"):
            self.clerk("convert", SAMPLE, word)
            for kind in KINDS:
                self.clerk("convert", word, f"{HOME}/再次.{kind}")
                self.clerk("check", f"{HOME}/再次.{kind}")
        with self.step("read"):
            assert "示例市人民政府" in self.clerk("read", word)
        with self.step("fingerprint, verify") as told:
            code = self.clerk("fingerprint", SAMPLE).strip()
            self.clerk("verify", code, word)
            told.append(code)

    def window(self, desk: Desk) -> None:
        """Read the Word report in the window, look at it, save it as PDF, print it."""
        with self.step("the window opens, with a Word report to review"):
            self.open(desk, f"{HOME}/报告.docx")
            desk.review(self.seen)
        with self.step("the report is read in, and each part is shown"):
            desk.look_through(self.seen)
        with self.step("a PDF is saved from the window"):
            desk.press("ctrl+shift+s")
            desk.type(f"{HOME}/window.pdf")
            desk.press("Return")
            made = self.home / "window.pdf"
            desk.wait(lambda: made.exists() and made.read_bytes()[:5] == b"%PDF-", "no PDF")
            self.clerk("check", f"{HOME}/window.pdf")
        with self.step("it is printed from the window, by CUPS") as told:
            self.print(desk, told)
        with self.step("the window closes, and its log knows of no error"):
            desk.press("ctrl+q")
            assert desk.program.wait(30) == 0
            log = self.home / ".local/state/nianbao/log/nianbao.log"
            assert not log.exists() or "CRITICAL" not in log.read_text("utf-8")
        with self.step("the report is there again after a restart"):
            self.open(desk)
            desk.press("ctrl+q")
            assert desk.program.wait(30) == 0

    def open(self, desk: Desk, *files: str) -> None:
        """Open the window as the user."""
        told = {**self.environment, "DISPLAY": desk.display}
        command = ["env", "-i", *(f"{k}={v}" for k, v in told.items()), "nianbao", *files]
        desk.start(self.system.command(*command, user="clerk"), QUIET)

    def print(self, desk: Desk, told: list[str]) -> None:
        """Print the open report with a CUPS of the system, which has one printer: cups-pdf."""
        system = self.system
        system.run("apt-get", "install", "-y", "--no-install-recommends", *CUPS)
        server = subprocess.Popen(system.command("cupsd", "-f"), stdout=subprocess.DEVNULL)
        try:
            desk.wait((system.folder / "run/cups/cups.sock").exists, "no CUPS")
            system.run("lpadmin", *QUEUE)
            desk.press("ctrl+p")
            desk.wait(lambda: desk.active() != desk.main, "no dialog to print")
            desk.settle()
            desk.photograph(self.seen / "5-print.png")
            desk.press("Return")
            printed = self.home / "PDF"
            desk.wait(lambda: any(printed.glob("*.pdf")), "nothing came out of the printer")
            desk.close_dialogs()
            page = next(printed.glob("*.pdf"))
            desk.wait(lambda: b"%%EOF" in page.read_bytes()[-20:], "the print has no end")
            told.append(f"{page.stat().st_size // 1000} kB came out")
        finally:
            server.terminate()
            server.wait(20)

    def database(self) -> None:
        """Back the database up and bring it back."""
        with self.step("backup, restore"):
            database = self.home / ".local/share/nianbao/nianbao.db"
            assert database.exists()
            (self.home / "stick").mkdir()
            subprocess.run(["chown", "--reference", self.home, self.home / "stick"], check=True)
            self.clerk("backup", f"{HOME}/stick")
            backup = next(path for path in (self.home / "stick").rglob("*") if path.is_file())
            for path in database.parent.glob("nianbao.db*"):
                path.unlink()
            self.clerk("restore", "/" + str(backup.relative_to(self.system.folder)))
            assert database.exists()

    def remove(self) -> None:
        """Remove the package and look what is left."""
        users = {path for path in self.home.rglob("*") if path.is_file()}
        with self.step("apt-get remove, and installed again"):
            self.system.run("apt-get", "remove", "-y", "nianbao")
            self.compare({path for path in self.system.files() if "nianbao" in path})
            self.system.run("apt-get", "install", "-y", "--no-install-recommends", f"/{PACKAGE}")
        with self.step("apt-get purge, of what came with it, too; nothing is left") as told:
            came = self.system.packages() - self.known
            self.system.run("apt-get", "purge", "-y", *came)
            self.compare(self.system.files() ^ self.before)
            told.append(f"{len(self.before)} files and folders as before")
        with self.step("what the user wrote is there") as told:
            assert users <= set(self.home.rglob("*"))
            told.append(f"{len(users)} files")

    @staticmethod
    def compare(changed: set[str]) -> None:
        """Let nothing be changed but what dpkg, apt and their triggers keep about any package."""
        left = sorted(path for path in changed if not path.startswith(OF_THE_SYSTEM))
        assert not left, f"{len(left)} left or missing: {', '.join(left[:20])}"


def main() -> int:
    """Run the trial; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("release", help="of Debian, by its name")
    more = parser.add_argument("--with", dest="more", action="append", default=[])
    more.metavar, more.help = "PACKAGE", "to be there before, such as a desktop"
    parser.add_argument("--deb", type=Path, help="by default that of `make deb`")
    options = parser.parse_args()
    alone()
    deb = options.deb or max((ROOT / "dist").glob("nianbao_*.deb"), default=None)
    if deb is None:
        sys.exit("no package: make deb")
    seen = ROOT / "build" / "trial" / options.release
    system = Bare(ROOT / "build" / "bare" / options.release, options.release)
    trial = Trial(system, deb, seen)
    print(f"{deb.name} on {options.release} {' '.join(options.more)}", flush=True)
    try:
        system.make()
        if options.more:
            system.run("apt-get", "update", network=True)
            system.run("apt-get", "install", "-y", *options.more, network=True)
        trial.install()
        trial.commands()
        with Desk() as desk:
            system.share(DISPLAYS)
            trial.window(desk)
        trial.database()
        trial.remove()
    finally:
        system.remove()
    return trial.end()


if __name__ == "__main__":
    sys.exit(main())
