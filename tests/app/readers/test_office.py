"""Old Word and Excel files, where a LibreOffice is installed to make and to read them."""

import subprocess

import pytest

from app.errors import AppError
from app.readers import office, read


@pytest.fixture
def old(tmp_path, scribe):
    """Write a report and turn it into an old kind of file."""
    program = office.find()
    if program is None:
        pytest.skip("LibreOffice is not installed")

    def go(kind):
        writer = scribe(2024, None, kind, blanks=True)
        source = tmp_path / ("报告.xlsx" if kind == "xls" else "报告.docx")
        writer.xlsx(source) if kind == "xls" else writer.docx(source)
        subprocess.run(
            [program, f"-env:UserInstallation={(tmp_path / 'own').as_uri()}", "--headless",
             "--convert-to", kind, "--outdir", tmp_path / "old", source],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        made = tmp_path / "old" / f"报告.{kind}"
        if not made.exists():
            pytest.skip(f"this LibreOffice has no part that writes .{kind}")
        return made, writer

    return go


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["doc", "rtf", "odt", "xls"])
def test_old_files_are_read(old, same, kind):
    path, writer = old(kind)
    same(read(path), writer)


def test_without_libreoffice_people_are_told_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(office, "find", lambda: None)
    path = tmp_path / "报告.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"))
    with pytest.raises(AppError, match=r"“报告\.doc”.*另存为\.docx"):
        read(path)
