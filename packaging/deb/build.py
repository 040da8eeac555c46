"""Make the Debian package from the bundle; run by `make deb` with the Python of build/venv.

The package has no scripts of its own: menus, icons and file types are registered by the triggers of
the desktop, and removing its files removes it. What the user wrote lies in the user's folders.
"""

import gzip
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE.parent))

import glibc  # noqa: E402
import icons  # noqa: E402
import third_party  # noqa: E402

BUILD, DIST = ROOT / "build", ROOT / "dist"
BUNDLE, STAGE = BUILD / "bundle" / "nianbao", BUILD / "deb"
LIMIT_MB = 100


def main() -> None:
    """Build dist/nianbao_VERSION_ARCHITECTURE.deb."""
    bundle()
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    architecture = output("dpkg", "--print-architecture").strip()
    shutil.rmtree(STAGE, ignore_errors=True)
    stage()
    least, _ = glibc.highest(BUNDLE)
    size = sum(path.lstat().st_size for path in STAGE.rglob("*")) // 1024
    control = (HERE / "control").read_text("utf-8").format(
        version=version, architecture=architecture, size=size, depends=depends(least)
    )  # fmt: skip
    put(control, "DEBIAN/control")
    DIST.mkdir(exist_ok=True)
    target = DIST / f"nianbao_{version}_{architecture}.deb"
    run("dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(STAGE), str(target))
    megabytes = target.stat().st_size / 1e6
    print(f"{target.relative_to(ROOT)}: {megabytes:.1f} MB, glibc 2.{least} or newer")
    if megabytes > LIMIT_MB:
        sys.exit(f"more than {LIMIT_MB} MB")


def bundle() -> None:
    """Let PyInstaller make the bundle; what it takes from this Python is stripped of symbols."""
    work = ["--distpath", str(BUNDLE.parent), "--workpath", str(BUILD / "pyinstaller")]
    spec = str(HERE.parent / "pyinstaller" / "nianbao.spec")
    run(sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level=ERROR", *work, spec)
    inner = BUNDLE / "_internal"
    run("strip", "--strip-unneeded", *map(str, inner.glob("libpython3*.so*")))
    run("strip", "--strip-unneeded", *map(str, inner.glob("python3*/lib-dynload/*.so")))


def stage() -> None:
    """Lay out the files of the package as they will lie on the system."""
    shutil.copytree(BUNDLE, STAGE / "usr/lib/nianbao", symlinks=True)
    (STAGE / "usr/bin").mkdir(parents=True)
    (STAGE / "usr/bin/nianbao").symlink_to("../lib/nianbao/nianbao")
    copy(HERE / "nianbao.desktop", "usr/share/applications/nianbao.desktop")
    copy(HERE / "nianbao.xml", "usr/share/mime/packages/nianbao.xml")
    pictures = BUILD / "icons"
    icons.main(pictures)
    for size in icons.SIZES:
        copy(pictures / f"{size}.png", f"usr/share/icons/hicolor/{size}x{size}/apps/nianbao.png")
    copy(icons.SOURCE, "usr/share/icons/hicolor/scalable/apps/nianbao.svg")
    put(gzipped(HERE / "nianbao.1"), "usr/share/man/man1/nianbao.1.gz")
    about = "usr/share/doc/nianbao"
    put(gzipped(ROOT / "CHANGELOG.md"), f"{about}/changelog.gz")
    copy(HERE / "copyright", f"{about}/copyright")
    python = ("Python", "{}.{}.{}".format(*sys.version_info), "PSF-2.0", "python.org")
    tool = ("PyInstaller (start of the program)", "6", "GPL-2.0 with exception", "pyinstaller.org")
    inner = BUNDLE / "_internal"
    third_party.write(inner, STAGE / about, sys.platform, [python, *borrowed(inner), tool])
    for path in STAGE.rglob("*"):
        if not path.is_symlink():
            executable = path.is_dir() or path == STAGE / "usr/lib/nianbao/nianbao"
            path.chmod(0o755 if executable else 0o644)


def borrowed(inner: Path) -> list[third_party.Row]:
    """Return what the bundle takes from this system beside Python; copies the licences."""
    found = []
    for path in sorted(inner.glob("lib*.so*")):
        package = None if path.name.startswith("libpython") else owner(path.name)
        if not path.is_symlink() and package:
            version = output("dpkg-query", "-W", "-f=${Version}", package)
            text = Path("/usr/share/doc") / package.partition(":")[0] / "copyright"
            if text.exists():
                place = STAGE / "usr/share/doc/nianbao/licences" / f"{path.name.split('.')[0]}.txt"
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(text, place)
            found.append((path.name, version, "see its text", f"Debian {package}"))
    return found


def depends(least: int) -> str:
    """Return the packages whose libraries the bundle asks for and does not bring."""
    files = [path for path in BUNDLE.rglob("*") if path.is_file()]
    brought = {path.name for path in files}
    asked = set()
    for path in files:
        if not path.is_symlink() and path.read_bytes()[:4] == b"\x7fELF":
            told = output("readelf", "-d", str(path))
            asked |= set(re.findall(r"\(NEEDED\).*\[(.+)\]", told))
    packages = {owner(name) for name in asked - brought if not name.startswith("ld-linux")}
    if None in packages:
        sys.exit("a library that the bundle needs is not installed here: packaging/prepare.sh deb")
    plain = {re.sub(r"t64$", "", package.partition(":")[0]) for package in packages}
    return ", ".join([f"libc6 (>= 2.{least})", *sorted(plain - {"libc6"})])


def owner(library: str) -> str | None:
    """Return the installed package that holds a library, None if none does."""
    known = re.search(rf"^\s*{re.escape(library)} \(.*=> (\S+)", output("ldconfig", "-p"), re.M)
    if known is None:
        return None
    for path in (known[1], str(Path(known[1]).resolve()), known[1].removeprefix("/usr")):
        told = subprocess.run(["dpkg", "-S", path], capture_output=True, text=True, check=False)
        if told.returncode == 0:
            return told.stdout.split(": ")[0].split(",")[0]
    return None


def copy(source: Path, place: str) -> None:
    put(source.read_bytes(), place)


def put(content: bytes | str, place: str) -> None:
    """Write a file of the package."""
    path = STAGE / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def gzipped(source: Path) -> bytes:
    return gzip.compress(source.read_bytes(), mtime=0)


def output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def run(*command: str) -> None:
    subprocess.run(command, check=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})


if __name__ == "__main__":
    main()
