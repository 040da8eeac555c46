"""Tell the highest glibc symbol in a bundle, which decides how old a system may be.

python packaging/glibc.py FOLDER
"""

import re
import sys
from pathlib import Path

_SYMBOL = re.compile(rb"GLIBC_2\.(\d+)\0")


def highest(folder: Path) -> tuple[int, list[Path]]:
    """Return n of the highest GLIBC_2.n that files in a folder ask for, and those files."""
    asked: dict[int, list[Path]] = {0: []}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            data = path.read_bytes()
            if data.startswith(b"\x7fELF"):
                wanted = max((int(n) for n in _SYMBOL.findall(data)), default=0)
                asked.setdefault(wanted, []).append(path)
    top = max(asked)
    return top, asked[top]


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    version, files = highest(folder)
    print(f"GLIBC_2.{version}")
    print("\n".join(f"    {path.relative_to(folder)}" for path in files), file=sys.stderr)
