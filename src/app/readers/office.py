"""Old Word, WPS and RTF files (.doc, .wps, .rtf): turned into .docx by an installed LibreOffice.

It runs with a profile of its own that executes no macro, updates no link and reaches no network, in
a folder that is removed afterwards. Without LibreOffice people are told to save as .docx; WPS and
Word have no command that does this without a window.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from app.errors import Unreadable

SECONDS = 40
"""LibreOffice takes 3 to 8 s to start with a new profile, on old machines more."""
_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
)
_SETTINGS = {
    ("Office.Common/Security/Scripting", "MacroSecurityLevel"): "3",
    ("Office.Common/Security/Scripting", "DisableMacrosExecution"): "true",
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks"): "true",
    ("Office.Common/Security/Scripting", "DisableActiveContent"): "true",
    ("Office.Writer/Content/Update", "Link"): "0",
    ("Office.Common/Load", "UpdateDocMode"): "0",
    ("Inet/Settings", "ooInetProxyType"): "2",
    ("Inet/Settings", "ooInetHTTPProxyName"): "127.0.0.1",
    ("Inet/Settings", "ooInetHTTPProxyPort"): "9",
    ("Inet/Settings", "ooInetHTTPSProxyName"): "127.0.0.1",
    ("Inet/Settings", "ooInetHTTPSProxyPort"): "9",
}


def find() -> Path | None:
    """Return where LibreOffice is installed, if it is."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return Path(found)
    return next((Path(place) for place in _PLACES if Path(place).is_file()), None)


def to_docx(data: bytes, name: str) -> bytes:
    """Return a file of an old kind as .docx.

    Raises:
        Unreadable: there is no LibreOffice, or it cannot read the file.
    """
    office = find()
    if office is None:
        raise Unreadable(f"“{name}”是旧格式文件，请用Word或WPS打开，另存为.docx后再试。")
    with tempfile.TemporaryDirectory(prefix="nianbao-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        source = place / "in.doc"
        source.write_bytes(data)
        _write_profile(place / "profile" / "user")
        _run(
            [str(office), f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless",
             "--norestore", "--nologo", "--nodefault", "--convert-to", "docx:MS Word 2007 XML",
             "--outdir", str(place / "out"), str(source)],
            name,
        )  # fmt: skip
        made = place / "out" / "in.docx"
        if not made.is_file():
            raise Unreadable(f"“{name}”无法打开，可能已损坏或设有密码，请另存为.docx后再试。")
        return made.read_bytes()


def _write_profile(folder: Path) -> None:
    folder.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{key}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for (path, key), value in _SETTINGS.items()
    )
    (folder / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">' + items + "</oor:items>",
        encoding="utf-8",
    )


def _run(command: list[str], name: str) -> None:
    """Run LibreOffice with everything it starts; all of it ends when the time is up."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True, creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )  # fmt: skip
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        _end(process)
        raise Unreadable(f"“{name}”转换超时，请用Word或WPS另存为.docx后再试。") from error


def _end(process: "subprocess.Popen[bytes]") -> None:
    if sys.platform == "win32":
        subprocess.run(
            ["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False
        )
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
