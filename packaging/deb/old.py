"""Make the Debian package for desktops from glibc 2.28 on, in a bare Debian 11, as root.

    packaging/deb/old.py

The newest Qt asks for glibc 2.34, Qt 6.9 for 2.28, and so does what is built here: CPython and
SQLite of Debian 12, from their source packages. The libraries are the pinned wheels that an old
system can load, with PySide6 as `old.txt` has it. The package lies in dist/old.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE.parent))

from bare import Bare, alone, source  # noqa: E402

BUILD, DIST = ROOT / "build" / "old", ROOT / "dist" / "old"
RELEASE, OF_PYTHON = "bullseye", "bookworm"
OLDEST = range(5, 29)
"""The versions 2.n of glibc of which a wheel may ask for one: no newer than PySide6 6.9 does."""
PREFIX = "/opt/python"
PYTHON = f"{PREFIX}/bin/python3.11"
OLD_NAMES = "".join(
    f'__asm__(".symver {name},{name}@GLIBC_2.2.5");\n'
    for name in ("exp", "exp2", "log", "log2", "pow")
)
"""Functions of which glibc 2.29 has newer ones; the older are in every glibc."""
HEADERS = (
    "build-essential", "ca-certificates", "libbz2-dev", "libexpat1-dev", "libffi-dev",
    "liblzma-dev", "libssl-dev", "pkg-config", "tcl", "zlib1g-dev",
)  # fmt: skip
COPIED = ("packaging", "src", "resources", "docs")
FILES = ("CHANGELOG.md", "LICENSE", "THIRD_PARTY.md", "pyproject.toml")


def main() -> None:
    """Build dist/old/nianbao_VERSION_ARCHITECTURE.deb."""
    alone()
    system = Bare(ROOT / "build" / "bare" / "old", RELEASE)
    if (system.folder / PYTHON[1:]).exists():
        system.mount()  # left by an earlier run: CPython need not be built again
    else:
        system.make(*HEADERS)
        python(system)
    wheels()
    lay_out(system)
    build(system)
    DIST.mkdir(parents=True, exist_ok=True)
    for made in (system.folder / "nianbao" / "dist").glob("*.deb"):
        shutil.copy(made, DIST)
        print(f"{(DIST / made.name).relative_to(ROOT)}: {made.stat().st_size / 1e6:.1f} MB")


def python(system: Bare) -> None:
    """Build SQLite and CPython from source packages of a newer release, signed by Debian."""
    where = system.folder / "etc/apt/sources.list.d/python.list"
    where.write_text(f"deb-src {source()} {OF_PYTHON} main\n")
    (system.folder / "old.h").write_text(OLD_NAMES)
    system.run("apt-get", "update", network=True)
    system.run("sh", "-c", "apt-get source sqlite3 python3.11", network=True)
    flags = f"CFLAGS='-O2 -include /old.h' CPPFLAGS=-I{PREFIX}/include"
    flags += f" LDFLAGS='-L{PREFIX}/lib -Wl,-rpath,{PREFIX}/lib' ac_cv_func_sem_clockwait=no"
    make = f"./configure --prefix={PREFIX} {flags}"
    made = "make -j2 && make install"
    told = system.run("sh", "-c", f"cd /sqlite3-* && {make} --disable-tcl && {made}")
    # Debian repairs pyexpat by what only the core may see, and builds it into the core.
    core = "sed -i '1i #define Py_BUILD_CORE_MODULE 1' Modules/pyexpat.c"
    shared = "--enable-shared --without-ensurepip"
    told += system.run("sh", "-c", f"cd /python3.11-* && {core} && {make} {shared} && {made}")
    (BUILD / "python.txt").write_text(told, "utf-8")


def wheels() -> None:
    """Fetch the wheels: those of the package and its tools that an old glibc can load."""
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent)}
    shipped = subprocess.run(
        [sys.executable, str(HERE.parent / "shipped.py")],
        env=environment, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    older = (HERE / "old.txt").read_text("utf-8")
    for name in re.findall(r"^(\S+)==", older, re.M):
        shipped = re.sub(rf"^{name}==\S+( \\\n +--hash=\S+)+\n", "", shipped, flags=re.M)
    shutil.rmtree(BUILD / "wheels", ignore_errors=True)
    BUILD.mkdir(parents=True, exist_ok=True)
    (BUILD / "shipped.txt").write_text(shipped + older, "utf-8")
    fetch = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    fetch += [
        "--no-deps",
        "--require-hashes",
        "--only-binary=:all:",
        "--dest",
        str(BUILD / "wheels"),
    ]
    fetch += [f"--platform=manylinux{tag}_x86_64" for tag in ("2014", *map("_2_{}".format, OLDEST))]
    fetch += ["--python-version=3.11", "--implementation=cp"]
    fetch += ["--abi=cp311", "--abi=abi3", "--abi=none"]
    for name in (BUILD / "shipped.txt", HERE.parent / "constraints.txt"):
        subprocess.run([*fetch, "-r", str(name)], check=True)


def lay_out(system: Bare) -> None:
    """Copy the source and the wheels into the system."""
    place = system.folder / "nianbao"
    shutil.rmtree(place, ignore_errors=True)
    for name in COPIED:
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, place)
    shutil.copytree(BUILD / "wheels", place / "wheels")
    shutil.copy(BUILD / "shipped.txt", place)


def build(system: Bare) -> None:
    """Build bundle and package in the system, as `make deb` does."""
    here = ("env", "-C", "/nianbao", f"PYTHON={PYTHON}")
    system.run(*here, "packaging/prepare.sh", "deb", network=True)
    system.run(*here, PYTHON, "-m", "venv", "build/venv")
    pip = ("build/venv/bin/python", "-m", "pip", "install", "--no-index", "--find-links=wheels")
    lists = ("-r", "shipped.txt", "-r", "packaging/constraints.txt")
    system.run(*here, *pip, "--require-hashes", *lists)
    print(system.run(*here, "build/venv/bin/python", "packaging/deb/build.py").splitlines()[-1])


if __name__ == "__main__":
    main()
