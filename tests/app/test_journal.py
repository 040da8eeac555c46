"""The log is private, rotates, and holds nothing of a report."""

import logging
import os
import stat

import pytest

from app import journal


@pytest.fixture(autouse=True)
def own_handler():
    """Let the log begin anew where this test has its folder."""
    logger = logging.getLogger("nianbao")
    before, logger.handlers = logger.handlers, []
    yield
    for handler in logger.handlers:
        handler.close()
    logger.handlers = before


def test_a_bug_is_kept_with_its_places_and_without_content():
    def work(text):
        raise ValueError(f"cannot take {text} at t3.new")

    try:
        try:
            work("示例市3001件")
        except ValueError as error:
            raise KeyError("第七部分") from error
    except KeyError as error:
        where = journal.bug(error)
    kept = where.read_text("utf-8")
    assert "in work" in kept
    assert "ValueError: cannot take" in kept
    assert "direct cause" in kept
    for secret in ("示例市", "3001", "第七部分"):
        assert secret not in kept.replace('raise KeyError("第七部分")', "").replace(
            'work("示例市3001件")', ""
        )


@pytest.mark.skipif(os.name != "posix", reason="file modes are those of POSIX")
def test_it_rotates_and_stays_private():
    before = os.umask(0o022)
    try:
        for _ in range(40):
            where = journal.note("x" * 60_000)
    finally:
        os.umask(before)
    files = sorted(where.parent.iterdir())
    assert [f.name for f in files] == ["nianbao.log", *(f"nianbao.log.{n}" for n in (1, 2, 3))]
    assert all(f.stat().st_size <= 500_000 for f in files)
    assert {stat.S_IMODE(f.stat().st_mode) for f in files} == {0o600}
    assert stat.S_IMODE(where.parent.stat().st_mode) == 0o700
