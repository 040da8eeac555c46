"""Print the pinned packages that a bundle ships: what the program needs, and what that needs.

    python packaging/shipped.py [--platform win32]

The names come from `pyproject.toml` and the metadata of the installed packages, versions and hashes
from `constraints.txt`; the output is a requirements file for pip.
"""

import argparse
import re
import sys
import tomllib
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Print the requirements; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--platform", default=sys.platform, help="sys.platform of the target")
    platform = parser.parse_args().platform
    pinned = pins((ROOT / "constraints.txt").read_text("utf-8"))
    print("\n".join(pinned[name] for name in sorted(closure(platform))))
    return 0


def closure(platform: str = sys.platform) -> set[str]:
    """Return the canonical names of all packages that the program needs on a platform."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    waiting, found = list(project["dependencies"]), set()
    environment = {
        "sys_platform": platform,
        "platform_system": {"win32": "Windows", "linux": "Linux"}.get(platform, ""),
        "python_version": "3.11",
        "extra": "",
    }
    while waiting:
        wanted = Requirement(waiting.pop())
        name = canonicalize_name(wanted.name)
        if name in found or (wanted.marker and not wanted.marker.evaluate(environment)):
            continue
        found.add(name)
        waiting += requires(name) or []
    return found


def pins(text: str) -> dict[str, str]:
    """Return the entries of a constraints file by canonical name, hashes and all."""
    entry = re.compile(r"^(\S+)==(\S+)(?: ;[^\\\n]*)?((?: \\\n +--hash=\S+)+)", re.MULTILINE)
    return {canonicalize_name(name): f"{name}=={version}{hashes}"
            for name, version, hashes in entry.findall(text)}  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
