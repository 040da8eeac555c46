"""The door to all writers: the suffix decides, files are whole, failures are sentences."""

import errno
import json
import os
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from app import report_file
from app.errors import AppError
from app.writers import document
from app.writers.document import UnknownKind
from app.writers.file import NotSaved
from app.writers.page import Options

SOURCE = Path(document.__file__).parents[2]
BEGINNINGS = {
    ".nianbao": b'{\n  "schema"',
    ".json": b'{\n  "schema"',
    ".pdf": b"%PDF-",
    ".docx": b"PK",
    ".xlsx": b"PK",
    ".html": b"<!DOCTYPE html>",
}


@pytest.mark.parametrize("suffix", [*BEGINNINGS, ".DOCX", ".Html"])
def test_the_suffix_decides(invented, fonts, tmp_path, suffix):
    path = tmp_path / f"示例市 2024年报{suffix}"
    assert document.write(invented(), path, fonts=fonts) == ()
    assert path.read_bytes().startswith(BEGINNINGS[suffix.lower()])
    assert list(tmp_path.iterdir()) == [path]


def test_every_kind_has_a_name():
    assert document.KINDS.keys() == BEGINNINGS.keys()


@pytest.mark.parametrize("name", ["报告.doc", "报告.txt", "报告", ".docx"])
def test_other_kinds_are_refused_in_words(invented, tmp_path, name):
    with pytest.raises(UnknownKind, match=r"\.docx、\.xlsx、\.html之一"):
        document.write(invented(), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_the_report_file_holds_the_report(invented, tmp_path):
    document.write(invented(), tmp_path / "报告.nianbao", Options(blank=True))
    report = report_file.loads((tmp_path / "报告.nianbao").read_bytes(), "报告.nianbao")
    assert report.items == invented().items
    assert json.loads((tmp_path / "报告.nianbao").read_bytes())["schema"] == "nianbao/1"


def test_characters_that_cannot_be_printed_are_named(invented, fonts, tmp_path):
    report = invented()
    report.set({"titles.s1": "一、总体\ue000情况"})
    assert document.write(report, tmp_path / "报告.pdf", fonts=fonts) == ("\ue000",)


def test_options_reach_the_page(invented, tmp_path):
    path = tmp_path / "报告.html"
    document.write(invented(), path, Options(signed=date(2025, 1, 20)))
    assert "2025年1月20日" in path.read_text("utf-8")


def test_the_fragment_for_the_clipboard(invented):
    fragment = document.fragment(invented())
    assert fragment.startswith("<h1")
    assert "<html" not in fragment


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".html", ".nianbao"])
def test_every_process_writes_the_same_bytes(invented, tmp_path, suffix):
    """What a set or a clock decides would differ: other hash seed, other time, other folder."""
    source, ours, theirs = (tmp_path / name for name in ("源.nianbao", f"1{suffix}", f"2{suffix}"))
    document.write(invented(), source)
    document.write(report_file.loads(source.read_bytes(), source.name), ours)
    code = (
        "import sys; from pathlib import Path; from app import report_file\n"
        "from app.writers import document; source, target = map(Path, sys.argv[1:])\n"
        "document.write(report_file.loads(source.read_bytes(), source.name), target)"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(SOURCE), "TZ": "UTC-9"}
    subprocess.run([sys.executable, "-c", code, source, theirs], env=environment, check=True)
    assert ours.read_bytes() == theirs.read_bytes()


# ── whole or not at all ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("suffix", sorted(BEGINNINGS))
@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "磁盘已满"),
        (errno.EROFS, "只读"),
        (errno.EACCES, "没有写入权限"),
        (errno.EIO, "写入时出错"),
    ],
)
def test_a_failure_leaves_the_old_file(
    invented, fonts, tmp_path, monkeypatch, suffix, number, sentence
):
    path = tmp_path / f"报告{suffix}"
    path.write_bytes(b"old")

    def fail(_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(NotSaved, match=f"^“报告{suffix}”没有保存，原有文件未受影响：.*{sentence}"):
        document.write(invented(), path, fonts=fonts)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_disk_that_is_really_full(invented, tmp_path, monkeypatch):
    path = tmp_path / "报告.html"
    path.write_bytes(b"old")
    really_open = Path.open
    monkeypatch.setattr(
        Path, "open", lambda _path, _mode: really_open(Path("/dev/full"), "wb", buffering=0)
    )
    with pytest.raises(NotSaved, match="磁盘已满"):
        document.write(invented(), path)
    monkeypatch.undo()
    assert path.read_bytes() == b"old"


def test_a_folder_that_is_not_there(invented, tmp_path):
    with pytest.raises(NotSaved, match="文件夹不存在"):
        document.write(invented(), tmp_path / "无" / "报告.html")


def test_a_folder_of_that_name(invented, tmp_path):
    (tmp_path / "报告.html").mkdir()
    with pytest.raises(NotSaved, match="同名的文件夹"):
        document.write(invented(), tmp_path / "报告.html")
    assert [path.name for path in tmp_path.iterdir()] == ["报告.html"]


def test_a_name_as_long_as_the_disk_allows(invented, tmp_path):
    path = tmp_path / ("年" * 83 + ".html")
    document.write(invented(), path)
    assert path.is_file()
    with pytest.raises(NotSaved, match="文件名过长"):
        document.write(invented(), tmp_path / ("年" * 90 + ".html"))


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_rights_and_links_stay(invented, tmp_path):
    kept = tmp_path / "存档.html"
    kept.write_bytes(b"old")
    kept.chmod(0o640)
    link = tmp_path / "报告.html"
    link.symlink_to(kept)
    document.write(invented(), link)
    assert link.is_symlink()
    assert kept.read_bytes().startswith(b"<!DOCTYPE")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o640


def test_a_failure_is_told_to_people():
    assert issubclass(NotSaved, AppError)
    assert issubclass(UnknownKind, AppError)
