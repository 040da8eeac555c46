"""No command and no window asks for an internet socket; what the program makes is private."""

import json
import os
import platform
import signal
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from app import resources

HERE = Path(__file__).parent
SAMPLE = resources.root() / "samples" / "city-2024.nianbao"
FORMATS = (".nianbao", ".json", ".docx", ".xlsx", ".html", ".pdf")
ELSEWHERE = "http://192.0.2.1/a"


@pytest.fixture(scope="module")
def offline(tmp_path_factory):
    """Run a command that is killed for an internet socket; returns what it printed."""
    if sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64"):
        pytest.skip("a program is kept from the network by Linux here")
    home = tmp_path_factory.mktemp("home")
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(sys.path), "HOME": str(home), "NIANBAO_LOG": str(home / "log")
    }  # fmt: skip

    def run(*command, status=(0,), timeout=60):
        done = subprocess.run(
            [sys.executable, str(HERE / "offline.py"), sys.executable, *map(str, command)],
            check=False, capture_output=True, text=True, env=environment, timeout=timeout,
        )  # fmt: skip
        assert done.returncode in status, (done.returncode, done.stderr)
        return done.stdout

    run.home = home
    return run


@pytest.fixture
def nianbao(offline):
    return lambda *arguments, **options: offline("-m", "app.cli", *arguments, **options)


@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6"])
def test_the_guard_is_awake(offline, family):
    asks = f"import socket; socket.socket(socket.{family})"
    offline("-c", asks, status=(-signal.SIGSYS,))


@pytest.mark.parametrize("suffix", FORMATS)
def test_converting_and_reading_need_no_network(nianbao, tmp_path, suffix):
    written = tmp_path / f"a{suffix}"
    nianbao("convert", SAMPLE, written)
    nianbao("read", written)
    nianbao("convert", written, tmp_path / "b.nianbao")


def test_the_other_commands_need_no_network(nianbao, tmp_path, typist):
    nianbao("--version")
    nianbao("check", "--json", SAMPLE, status=(0, 1))
    code = nianbao("fingerprint", SAMPLE).strip()
    nianbao("verify", code, SAMPLE)
    with typist(tmp_path / "a.db", 1, 20) as program:
        program.communicate()
    nianbao("backup", tmp_path, "--db", tmp_path / "a.db")
    [made] = tmp_path.glob("a-backup/*.db")
    nianbao("restore", "--db", tmp_path / "a.db")
    nianbao("restore", made, "--db", tmp_path / "a.db")


def calling_out(path):
    """Add to a Word or Excel file what makes other programs look elsewhere."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    link = (
        f'<Relationship Id="rIdAway" TargetMode="External" Target="{ELSEWHERE}" Type="http://'
        'schemas.openxmlformats.org/officeDocument/2006/relationships/{}"/></Relationships>'
    )
    for name, kind in (
        ("word/_rels/document.xml.rels", "image"),
        ("word/_rels/settings.xml.rels", "attachedTemplate"),
        ("xl/_rels/workbook.xml.rels", "externalLink"),
    ):
        if name in parts:
            parts[name] = parts[name].replace(b"</Relationships>", link.format(kind).encode())
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def pointing_elsewhere(path, secret):
    text = path.read_text("utf-8")
    told = (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        f'<link rel="stylesheet" href="{ELSEWHERE}"><img src="{ELSEWHERE}">'
        f'<iframe src="{secret.as_uri()}"></iframe><p>&x;</p>'
    )
    path.write_text(told + text, "utf-8")


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".html"])
def test_files_that_point_elsewhere_reach_nothing(nianbao, tmp_path, suffix):
    path, secret = tmp_path / f"a{suffix}", tmp_path / "secret.txt"
    secret.write_text("绝不外传的内容", "utf-8")
    nianbao("convert", SAMPLE, path)
    pointing_elsewhere(path, secret) if suffix == ".html" else calling_out(path)
    read = nianbao("read", path)
    assert "绝不外传" not in read
    nianbao("convert", path, tmp_path / "b.nianbao")
    assert "绝不外传" not in (tmp_path / "b.nianbao").read_text("utf-8")


def test_an_entity_of_another_file_is_not_read(nianbao, tmp_path):
    secret, path = tmp_path / "secret.txt", tmp_path / "a.docx"
    secret.write_text("绝不外传的内容", "utf-8")
    nianbao("convert", SAMPLE, path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = parts["word/document.xml"].decode()
    head, _, rest = body.partition("?>")
    body = f'{head}?><!DOCTYPE w [<!ENTITY x SYSTEM "{secret.as_uri()}">]>{rest}'
    parts["word/document.xml"] = body.replace("</w:t>", "&x;</w:t>", 1).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    said = nianbao("read", path, status=(0, 2))
    assert "绝不外传" not in said


@pytest.mark.slow
def test_the_window_needs_no_network_and_keeps_to_itself(offline, tmp_path):
    """A clerk types, pastes, undoes and reads files for a while; then everything is private."""
    database = tmp_path / "data" / "nianbao.db"
    work = (
        "import builtins, json, os, runpy, sys, time\n"
        "tell, seen, begun = print, set(), time.monotonic()\n"
        "def heard(line, **options):\n"
        "    tell(line, **options)\n"
        "    seen.add(json.loads(line).get('report'))\n"
        "    if time.monotonic() > begun + 4 and len(seen - {None}) > 1: os._exit(0)\n"
        "builtins.print = heard\n"
        f"sys.argv = ['', {str(database)!r}, '1', {str(SAMPLE)!r}]\n"
        f"runpy.run_path({str(HERE / 'window_typist.py')!r}, run_name='__main__')"
    )
    before = os.umask(0o022)
    try:
        told = offline("-c", work)
        lines = [json.loads(line) for line in told.splitlines()]
        assert len({line["report"] for line in lines if "report" in line}) > 1
        offline("-m", "app.cli", "backup", "--db", database)
    finally:
        os.umask(before)
    made = [*database.parent.rglob("*"), *offline.home.rglob("log/*")]
    assert {path.name for path in made} >= {"nianbao.db", "nianbao-backup", "crash.log"}
    for path in made:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), (path, oct(mode))
    assert stat.S_IMODE(database.parent.stat().st_mode) == 0o700
