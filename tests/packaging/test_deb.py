"""The Debian package: what it asks for, what it holds, and what it says of others."""

import gzip
import io
import re
import subprocess
import tarfile
import xml.etree.ElementTree as ElementTree

import pytest

from app import cli

LIMIT = 100_000_000


@pytest.fixture
def control(deb):
    told = subprocess.run(["dpkg-deb", "-f", deb], capture_output=True, text=True, check=True)
    return dict(re.findall(r"^([\w-]+): (.*)$", told.stdout, re.MULTILINE))


@pytest.fixture(scope="module")
def files(deb):
    """The files of the package by name; opened, not unpacked."""
    packed = subprocess.run(["dpkg-deb", "--fsys-tarfile", deb], capture_output=True, check=True)
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        yield Files(archive)


class Files:
    def __init__(self, archive):
        self._archive = archive
        self.members = {entry.name.removeprefix("./"): entry for entry in archive}

    def read(self, name):
        data = self._archive.extractfile(self.members[name]).read()
        return (gzip.decompress(data) if name.endswith(".gz") else data).decode()


def test_it_is_small_enough_to_carry(deb):
    assert deb.stat().st_size <= LIMIT


def test_no_script_runs_when_it_comes_or_goes(deb):
    told = subprocess.run(
        ["dpkg-deb", "--ctrl-tarfile", deb], capture_output=True, check=True
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(told)) as archive:
        assert {name.removeprefix("./") for name in archive.getnames()} <= {"", ".", "control"}


def test_it_asks_for_each_library_that_it_does_not_bring(control, elf_files, tool, monkeypatch):
    asked = set(re.findall(r"[\w.+-]*lib[\w.+-]+|zlib1g", control["Depends"]))
    build = tool("deb.build")
    wanted = set(re.findall(r"[\w.+-]*lib[\w.+-]+|zlib1g", build.depends(35)))
    assert asked == wanted


def test_files_lie_where_desktops_look(files):
    for name in (
        "usr/bin/nianbao",
        "usr/share/applications/nianbao.desktop",
        "usr/share/mime/packages/nianbao.xml",
        "usr/share/man/man1/nianbao.1.gz",
        "usr/share/icons/hicolor/48x48/apps/nianbao.png",
        "usr/share/icons/hicolor/scalable/apps/nianbao.svg",
        "usr/share/doc/nianbao/copyright",
        "usr/share/doc/nianbao/changelog.gz",
    ):
        assert name in files.members, name
    assert files.members["usr/bin/nianbao"].linkname == "../lib/nianbao/nianbao"


def test_files_belong_to_root_and_only_root_writes(files):
    for name, entry in files.members.items():
        assert (entry.uid, entry.gid) == (0, 0), name
        assert entry.issym() or not entry.mode & 0o022, name


def test_a_double_click_on_a_report_opens_it(files):
    entry = files.read("usr/share/applications/nianbao.desktop")
    assert "\nName=年报\n" in entry
    assert "\nExec=nianbao %F\n" in entry
    kind = re.search(r"^MimeType=(.*);$", entry, re.MULTILINE)[1]
    told = ElementTree.fromstring(files.read("usr/share/mime/packages/nianbao.xml"))
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    assert told.find(f"{space}mime-type").get("type") == kind
    assert told.find(f"*/{space}glob").get("pattern") == "*.nianbao"


def test_the_man_page_tells_of_each_command(files):
    page = files.read("usr/share/man/man1/nianbao.1.gz")
    for name in cli.COMMANDS:
        assert f".B {name}\n" in page, name


def test_each_library_in_it_is_named_with_its_licence(files):
    told = files.read("usr/share/doc/nianbao/THIRD_PARTY.md")
    inner = "usr/lib/nianbao/_internal/"
    for folder, name in (
        ("PySide6", "PySide6_Essentials"),
        ("PIL", "pillow"),
        ("lxml", "lxml"),
        ("openpyxl", "openpyxl"),
        ("pypdfium2", "pypdfium2"),
        ("reportlab", "reportlab"),
        ("sqlalchemy", "SQLAlchemy"),
    ):
        assert any(member.startswith(f"{inner}{folder}/") for member in files.members), folder
        assert f"| {name} |" in told
        assert any(
            member.startswith("usr/share/doc/nianbao/licences/" + name.split("_")[0])
            for member in files.members
        ), name
    assert "LGPL" in told
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in files.read(
        "usr/share/doc/nianbao/licences/PySide6_Qt/LGPL-3.0.txt"
    )


def test_each_font_has_its_licence(files):
    fonts = "usr/share/doc/nianbao/licences/fonts/"
    assert {f"{fonts}Fandol.txt", f"{fonts}NotoSansSC.txt", f"{fonts}NOTICE.md"} <= set(
        files.members
    )


def test_the_manual_and_its_pictures_are_in_it(files):
    told = "usr/lib/nianbao/_internal/resources/help/"
    pictures = re.findall(r"\]\((screenshots/[^)]+)\)", files.read(f"{told}manual.md"))
    assert pictures
    assert {told + picture for picture in pictures} <= set(files.members)
