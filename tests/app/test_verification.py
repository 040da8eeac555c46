"""`nianbao fingerprint` and `nianbao verify`, on files of every kind."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import cli, fingerprint, report_file, resources, verification
from app.checks import run

SAMPLE = resources.root() / "samples" / "city-2024.nianbao"


@pytest.fixture(scope="module")
def sample():
    return report_file.loads(SAMPLE.read_bytes(), SAMPLE.name)


@pytest.fixture
def run_cli(capsys):
    def call(*arguments):
        status = cli.main(list(map(str, arguments)))
        return status, *capsys.readouterr()

    return call


def test_a_file_is_known_by_its_own_code(run_cli, sample):
    assert run_cli("fingerprint", SAMPLE) == (0, fingerprint.code(sample) + "\n", "")
    status, told, _ = run_cli("verify", fingerprint.code(sample).lower(), SAMPLE)
    assert (status, told[:2]) == (0, "一致")


def test_a_code_of_something_else_is_told_from_a_mistyped_one(run_cli, sample):
    other = sample.copy()
    other.set({"t3.new.natural": 1})
    code = fingerprint.code(other)
    status, told, _ = run_cli("verify", code, SAMPLE)
    assert status == 1
    assert told.startswith("不一致")
    assert code in told
    assert fingerprint.code(sample) in told
    status, told, error = run_cli("verify", code[:-1] + ("0" if code[-1] != "0" else "1"), SAMPLE)
    assert (status, told) == (2, "")
    assert "输错" in error


def test_a_file_that_cannot_be_read_is_told(run_cli, tmp_path):
    status, _, error = run_cli("verify", "8J91-Q9V5-2KRS-1", tmp_path / "没有.nianbao")
    assert status == 2
    assert "没有.nianbao" in error


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_verify_refuses_any_change_of_the_file(sample, tmp_path, data):
    """One figure or one character, anywhere in the content."""
    content = json.loads(report_file.dumps(sample))
    group = data.draw(st.sampled_from(["cells", "narratives"]))
    key = data.draw(st.sampled_from(sorted(content[group])))
    if group == "cells":
        content["cells"][key] = data.draw(
            st.integers(0, 10**8).filter(lambda n: n != sample.figure(key) and n * 10**6 != 0)
        )
    else:
        text = content[group][key]
        at = data.draw(st.integers(0, len(text) - 1))
        new = data.draw(st.sampled_from("甲0，A").filter(lambda ch: ch != text[at]))
        content[group][key] = text[:at] + new + text[at + 1 :]
    path = tmp_path / "改.nianbao"
    path.write_text(json.dumps(content), "utf-8")
    assert not verification.verify(fingerprint.code(sample), path).same


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".html", ".pdf"])
def test_other_kinds_of_file_are_verified_by_what_was_read(run_cli, sample, tmp_path, suffix):
    path = tmp_path / f"报告{suffix}"
    assert run_cli("convert", SAMPLE, path)[0] == 0
    assert verification.verify(fingerprint.code(sample), path).same
    changed = verification.verify("8J91-Q9V5-2KRS-1", path)
    assert not changed.same
    assert "不是年报文件" in changed.lines[1]


def test_what_reading_could_not_prove_is_said(sample, tmp_path):
    path = tmp_path / "报告.html"
    assert cli.main(["convert", str(SAMPLE), str(path)]) == 0
    figure = str(sample.figure("t3.new.natural"))
    path.write_text(path.read_text("utf-8").replace(f">{figure}<", ">3O01<", 1), "utf-8")
    verdict = verification.verify(fingerprint.code(sample), path)
    assert not verdict.same
    assert any("不确定" in line for line in verdict.lines)
    name = sample.form.cells["t3.new.natural"].name
    assert any(name in line for line in verdict.lines)


def test_publishing_is_refused_while_errors_stand(run_cli, sample, tmp_path):
    target = tmp_path / "公开.pdf"
    assert not any(f.severity == "error" for f in run(sample))
    assert run_cli("convert", "--publish", SAMPLE, target)[0] == 0
    written = target.read_bytes()
    broken = sample.copy()
    broken.set({"t3.new.total": 1})
    source = tmp_path / "错.nianbao"
    source.write_text(report_file.dumps(broken), "utf-8")
    status, _, error = run_cli("convert", "--publish", source, target)
    assert status == 2
    assert "不能生成公开用的文件" in error
    assert target.read_bytes() == written
    assert run_cli("convert", source, target)[0] == 0
