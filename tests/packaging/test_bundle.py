"""Every command in the bundle, and what is in it and what is not."""

import json
import re
import stat

import pytest

from app import cli
from app.draft import keep
from app.report import Report
from app.store.store import Store

KINDS = ("docx", "xlsx", "html", "pdf", "json", "nianbao")
TESTED = {"convert", "check", "read", "fingerprint", "verify", "backup", "restore"}


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "nianbao.db"
    with Store.open(path) as store:
        keep(store, Report.new("示例市档案局", 2024), "新建", "张三")
    return path


def test_no_command_is_left_out():
    assert set(cli.COMMANDS) == TESTED


def test_it_tells_its_version(run):
    assert re.fullmatch(r"年报 \d+\.\d+\.\d+\n", run("--version").stdout)


@pytest.mark.parametrize("kind", KINDS)
def test_what_it_writes_it_reads_and_finds_sound(run, sample, tmp_path, kind):
    written = run("convert", sample, tmp_path / f"报告.{kind}")
    assert (written.returncode, written.stderr) == (0, "")
    checked = run("check", "--json", tmp_path / f"报告.{kind}")
    assert (checked.returncode, json.loads(checked.stdout)["findings"]) == (0, [])


def test_it_reads_a_file_and_compares_it_with_its_code(run, sample, tmp_path):
    run("convert", sample, tmp_path / "报告.docx")
    told = run("read", tmp_path / "报告.docx").stdout
    assert "示例市人民政府" in told
    code = run("fingerprint", sample).stdout.strip()
    assert run("verify", code, tmp_path / "报告.docx").returncode == 0
    assert run("verify", "AAAA-AAAA-AAAA-A", tmp_path / "报告.docx").returncode != 0


def test_it_backs_up_and_restores(run, database, tmp_path):
    (tmp_path / "U盘").mkdir()
    made = run("backup", "--db", database, tmp_path / "U盘")
    assert made.returncode == 0, made.stderr
    backup = next(path for path in (tmp_path / "U盘").rglob("*") if path.is_file())
    database.unlink()
    restored = run("restore", "--db", database, backup)
    assert (restored.returncode, database.exists()) == (0, True), restored.stderr


def test_without_a_display_it_says_so_in_one_line(run):
    said = run()
    assert said.returncode == 2
    assert said.stderr.count("\n") == 1
    assert "显示器" in said.stderr


def test_it_leaves_nothing_in_the_home_of_who_only_checks(run, bare, sample, tmp_path):
    run("check", sample)
    assert list((tmp_path / "home").iterdir()) == []


def test_only_what_is_needed_of_qt_is_in_it(bundle, tool):
    contents = tool("contents")
    inner = bundle / "_internal"
    for path in inner.rglob("*"):
        if path.is_file() and "PySide6" in path.parts:
            assert contents.is_needed(path.relative_to(inner)), path
    names = {path.name for path in inner.rglob("*")}
    assert {"libqxcb.so", "libqoffscreen.so", "qtbase_zh_CN.qm"} <= names
    assert {f"lib{name}platforminputcontextplugin.so" for name in ("ibus", "compose")} <= names


def test_no_tools_of_ours_are_in_it(bundle, tool):
    names = {path.stem for path in (bundle / "_internal").iterdir()}
    unused = {name for name in tool("contents").UNUSED if "." not in name}
    assert names.isdisjoint(unused | {"tests", "_pytest", "pluggy", "ruff", "hatchling"})


def test_every_module_is_in_it(bundle):
    source = bundle.parents[2] / "src"  # menus import many by a name that no analysis sees
    modules = {path.relative_to(source).with_suffix(".pyc") for path in source.rglob("*.py")}
    assert len(modules) > 100
    assert [module for module in modules if not (bundle / "_internal" / module).exists()] == []


def test_modules_are_compiled(bundle):
    inner = bundle / "_internal"
    assert list(inner.rglob("*.py")) == []
    assert (inner / "app" / "cli.pyc").exists()


def test_it_runs_on_debian_12(bundle, tool):
    least, files = tool("glibc").highest(bundle)
    assert 0 < least <= 36, files


def test_no_place_of_the_build_is_in_it(bundle):
    place = str(bundle.parents[2]).encode()
    for path in (bundle / "_internal" / "app").rglob("*.pyc"):
        assert place not in path.read_bytes(), path


def test_everyone_may_read_it_and_nobody_write(bundle):
    for path in bundle.rglob("*"):
        if not path.is_symlink():
            assert not path.stat().st_mode & stat.S_IWOTH, path
