"""Make the icons of the menus from Lucide (ISC): resources/icons/menu, each named for its action.

    npm pack lucide-static@1.62.0
    python packaging/menu_icons.py lucide-static-1.62.0.tgz

Only white space, comments and attributes without effect are left out.
"""

import hashlib
import re
import sys
import tarfile
from pathlib import Path

ORIGIN = "lucide-static 1.62.0"
SHA256 = "386f9080c440d6f5049cefe3456ae8357f7a0c7f76e59670cd1cb83bc7050a44"
TARGET = Path(__file__).resolve().parents[1] / "resources" / "icons" / "menu"
ICONS = {
    "new": "file-plus", "open": "folder-open", "last_year": "file-clock", "save_pdf": "file-down",
    "export": "file-output", "print": "printer", "settings": "settings", "undo": "undo-2",
    "redo": "redo-2", "go_to": "search", "fill": "grid-2x2-check", "history": "history",
    "discard": "trash-2", "copy": "copy", "next": "list-checks", "fee": "calculator",
    "circulation": "route", "send": "send", "sign": "signature", "finish": "stamp",
    "notes": "message-square-text", "paper": "scan-line", "compare": "git-compare",
    "preview": "eye", "manual": "book-open", "keys": "keyboard", "about": "info",
}  # fmt: skip


def main(archive: Path) -> None:
    """Take the icons out of the package, after its hash was compared."""
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != SHA256:
        sys.exit(f"{archive}: not {ORIGIN}: {found}")
    TARGET.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive) as package:
        for action, name in ICONS.items():
            drawn = read(package, f"package/icons/{name}.svg")
            (TARGET / f"{action}.svg").write_text(plain(drawn), "utf-8")
        licence = read(package, "package/LICENSE")
        (TARGET / "LICENSE").write_text(f"{ORIGIN}, sha256 {SHA256}\n\n{licence}", "utf-8")


def read(package: tarfile.TarFile, name: str) -> str:
    """Return a text file of the package."""
    file = package.extractfile(name)
    assert file is not None, name
    return file.read().decode()


def plain(drawn: str) -> str:
    """Return an icon on one line."""
    drawn = re.sub(r"<!--.*?-->|\bclass=\"[^\"]*\"", "", drawn)
    return re.sub(r"\s+", " ", drawn).replace("> <", "><").strip() + "\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
