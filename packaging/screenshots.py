"""Photograph the real window, every tab, into docs/screenshots; starts a virtual display itself."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PySide6.QtTest import QTest

from app import report_file, resources
from app.draft import keep
from ui import bridge
from ui.main import application
from ui.window import Window

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "screenshots"
SCREEN = "1366x768x24"
TABS = ("cover", "s1", "s2", "s3", "s4", "s5", "s6", "preview")


def main() -> int:
    """Run the photographer under a virtual display of 1366 × 768."""
    if os.environ.get("NIANBAO_PHOTO"):
        return photograph()
    server = shutil.which("xvfb-run")
    if server is None:
        print("xvfb-run is missing: apt-get install xvfb xauth", file=sys.stderr)
        return 2
    environment = {**os.environ, "NIANBAO_PHOTO": "1", "QT_QPA_PLATFORM": "xcb"}
    command = [server, "-a", "-s", f"-screen 0 {SCREEN}", sys.executable, __file__]
    return subprocess.run(command, env=environment, check=False).returncode


def photograph() -> int:
    """Open the samples in a throw-away database and take a picture of each tab."""
    TARGET.mkdir(parents=True, exist_ok=True)
    app = application()
    with tempfile.TemporaryDirectory() as folder:
        window = Window(Path(folder) / "nianbao.db")
        window.show_list(None)
        window.resize(1366, 768)
        window.show()
        QTest.qWaitForWindowExposed(window)
        window.start()
        for name in ("district-2020", "city-2024"):
            path = resources.root() / "samples" / f"{name}.nianbao"
            report = report_file.loads(path.read_bytes(), path.name)
            opened = keep(window.store, report, "读入示例", "张三")
        window.refresh_list()
        window.open_report(opened)
        window.draft.who = "张三"
        window.draft.set({"t3.granted.total": 1326}, "填写“（一）予以公开：总计”")
        for index, name in enumerate(TABS):
            window.view.setCurrentIndex(index)
            window.view.focus_tab()
            if name == "s3":
                window.menu.trigger("next")
            QTest.qWait(400)
            bridge.wait_for_tasks()
            QTest.qWait(200)
            app.processEvents()
            window.grab().save(str(TARGET / f"{name}.png"))
        window.close()
    print(f"{len(TABS)} pictures in {TARGET}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
