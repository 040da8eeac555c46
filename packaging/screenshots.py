"""Photograph the real window and its dialogs; starts a virtual display of 1366 × 768 itself.

The light ones at 100 % are the pictures of the manual and lie in docs/screenshots, among them the
steps of the first day; those at 200 % and in the dark theme are for the critical eye and lie in
docs/looks. The clock stands still and the printer is an invented one, so that pictures differ only
where the window does.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QProgressDialog

from app import clock, report_file, resources, settings
from app.draft import keep
from app.printing import Printer
from app.settings import Settings
from app.writers import document
from ui import bridge, command
from ui.main import application
from ui.printing import job
from ui.settings.dialog import SettingsDialog
from ui.style import icon, look, theme
from ui.window import Window

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "end_to_end"))
from first_day import FirstDay, last_year, this_year  # noqa: E402

PICTURES, LOOKS = ROOT / "docs" / "screenshots", ROOT / "docs" / "looks"
SCREEN = "1366x768x24"
TABS = ("cover", "s1", "s2", "s3", "s4", "s5", "s6", "preview")
DIALOGS = (
    "new", "go_to", "item_history", "history", "bin", "fee", "circulation", "chain", "notes",
    "print", "copies", "paper", "compare", "manual", "keys", "about", "send",
)  # fmt: skip
"""Actions that open a dialog over a draft."""
IN_REVIEW = ("sign", "finish", "give_back")
VARIANTS = (
    ("light", 100, PICTURES, ""),
    ("light", 200, LOOKS, "-200"),
    ("dark", 100, LOOKS, "-dark"),
    ("dark", 200, LOOKS, "-dark-200"),
)
UNIT = {"org": "示例市人民政府", "unit_type": "government", "cover.telephone": "0000-1234567"}
HOME = Path("/home/zhangsan/.local/share/nianbao/nianbao.db")
MORNING = datetime(2025, 1, 16, 9, 30)
COLOURS = 96
PATIENCE_MS = 20_000


class Still(datetime):
    """A clock that stands."""

    @classmethod
    def now(cls, tz=None) -> datetime:
        """Always the same."""
        return MORNING


class Office:
    """A way to one printer, which takes everything."""

    def printers(self) -> list[Printer]:
        """Return it."""
        return [Printer("office", "办公室打印机", True, True, "", False, "A4", True)]

    def send(self, pdf: bytes, order, title: str) -> str:
        """Take it."""
        return ""


def main() -> int:
    """Run the photographer under a virtual display."""
    if os.environ.get("NIANBAO_PHOTO"):
        return photograph()
    server = shutil.which("xvfb-run")
    if server is None:
        print("xvfb-run is missing: apt-get install xvfb xauth", file=sys.stderr)
        return 2
    environment = {
        **os.environ,
        "NIANBAO_PHOTO": "1",
        "QT_QPA_PLATFORM": "xcb",
        "TZ": "Asia/Shanghai",
    }
    command = [server, "-a", "-s", f"-screen 0 {SCREEN}", sys.executable, __file__]
    return subprocess.run(command, env=environment, check=False).returncode


def photograph() -> int:
    """Take every picture in every variant, each variant with a database of its own."""
    clock.datetime = Still
    job.service = Office
    app = application()
    theme.load_marks()
    first_day(app)
    for name, percent, folder, suffix in VARIANTS:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as place:
            look.wear(app, name, percent)
            Session(
                Path(place), Settings("张三", UNIT, "", {}, percent, name), folder, suffix
            ).run()
    for folder in (PICTURES, LOOKS):
        files = list(folder.glob("*.png"))
        print(f"{len(files)} pictures, {sum(f.stat().st_size for f in files) // 1024} KB: {folder}")
    return 0


def first_day(app: QApplication) -> None:
    """Live through the first day of the manual, with a picture of each step."""
    look.wear(app, "light", 100)
    with tempfile.TemporaryDirectory() as place:
        unit = {"org": "示例市人民政府", "unit_type": "government"}
        session = Session(Path(place), Settings("张三", unit), PICTURES, "")
        file = Path(place) / "2023年政府信息公开工作年度报告.docx"
        document.write(last_year(), file)
        window = session.window

        def photo(widget, name: str) -> None:
            session.rest()
            session.save(widget, name)

        day = FirstDay(window, file, photo)
        day.read_last_year()
        day.fill_in(this_year(day.carried_over(), window.draft.last_year))
        day.write()
        session.rest()
        day.mend()
        day.preview()
        day.print()
        window.close()
        bridge.wait_for_tasks()


class Session:
    """One window over a throw-away database, photographed from the first day on."""

    def __init__(self, place: Path, chosen: Settings, folder: Path, suffix: str) -> None:
        self.place, self.chosen, self.folder, self.suffix = place, chosen, folder, suffix
        self.window = Window(place / "nianbao.db")
        self.window.show_list(None)
        self.window.resize(1366, 768)
        self.window.show()
        QTest.qWaitForWindowExposed(self.window)
        icon.dress(self.window)
        self.window.start()
        self.window.settings = chosen
        settings.write(chosen, self.window.store.set_setting)

    def run(self) -> None:
        """Go through the window."""
        self.rest()
        self.save(self.window, "welcome")
        self.settings()
        self.review()
        self.samples()
        self.tabs()
        self.window.view.setCurrentIndex(3)
        self.window.view.focus_tab()
        for action in DIALOGS:
            self.dialog(action, lambda action=action: self.window.menu.trigger(action))
        self.window.draft.move("review")
        for action in IN_REVIEW:
            self.dialog(action, lambda action=action: self.window.menu.trigger(action))
        self.window.close()
        bridge.wait_for_tasks()

    def settings(self) -> None:
        """The pages of the settings, with the folder of an invented user."""
        dialog = SettingsDialog(self.chosen, HOME, self.window)
        dialog.show()
        for index in range(dialog.pages.count()):
            dialog.pages.setCurrentIndex(index)
            self.rest()
            self.save(dialog, f"settings{index or ''}")
        dialog.close()

    def review(self) -> None:
        """Reading last year's report from a Word file."""
        report = sample("city-2024")
        document.write(report, self.place / "去年的报告.docx")
        self.dialog(
            "review", lambda: command.read_file(self.window, self.place / "去年的报告.docx")
        )

    def samples(self) -> None:
        """Two reports, with a total typed wrong in the one that is open."""
        for name in ("district-2020", "city-2024"):
            opened = keep(self.window.store, sample(name), "读入示例", "张三")
        self.window.refresh_list()
        self.window.open_report(opened)
        self.window.draft.set({"t3.granted.total": 1326}, "填写“（一）予以公开：总计”")

    def tabs(self) -> None:
        """Every tab of the open report."""
        view = self.window.view
        for index, name in enumerate(TABS):
            view.setCurrentIndex(index)
            view.focus_tab()
            if name == "s3":
                self.window.menu.trigger("next")
            self.rest()
            self.save(self.window, name)

    def dialog(self, name: str, act) -> None:
        """Photograph the dialog that comes of an act, and reject it."""
        waited = 0
        timer = QTimer()

        def look() -> None:
            nonlocal waited
            waited += timer.interval()
            shown = [d for d in QApplication.topLevelWidgets() if isinstance(d, QDialog)]
            for dialog in (d for d in shown if d.isVisible()):
                if not isinstance(dialog, QProgressDialog):
                    timer.stop()
                    self.rest()
                    self.save(dialog, name)
                    dialog.reject()
                    return
            assert waited < PATIENCE_MS, f"no dialog for {name}"

        timer.timeout.connect(look)
        timer.start(50)
        act()
        while timer.isActive():
            QTest.qWait(50)

    def rest(self) -> None:
        """Wait until everything is painted."""
        QTest.qWait(250)
        bridge.wait_for_tasks()
        QTest.qWait(150)

    def save(self, widget, name: str) -> None:
        """Write a picture with few colours, which these need no more of."""
        buffer = QBuffer()
        widget.grab().save(buffer, "PNG")
        picture = Image.open(BytesIO(buffer.data().data())).convert("RGB")
        few = picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(self.folder / f"{name}{self.suffix}.png", optimize=True)


def sample(name: str):
    path = resources.root() / "samples" / f"{name}.nianbao"
    return report_file.loads(path.read_bytes(), path.name)


if __name__ == "__main__":
    sys.exit(main())
