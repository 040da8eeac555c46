"""Files that were changed at random: a proposal or a sentence, soon, never anything else.

What is changed are files as the program writes them; of archives, the parts inside, so that the
change comes past the zip. What was found this way stands as a test of its own with the readers.
"""

import io
import random
import re
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import fingerprint, report_file, resources
from app.errors import AppError
from app.readers import read
from app.writers import document

SAMPLES = sorted((resources.root() / "samples").glob("*.nianbao"))
SUFFIXES = (".nianbao", ".docx", ".xlsx", ".html", ".pdf", ".txt", ".tsv")
LONGEST_S = 20
ODD = (
    b"", b"\0", b"\xff\xfe", b"-1", b"0", b"65536", b"99999999999999999999", b"1e999", b"NaN",
    b"&#0;", b"<", b"]]>", b"%n", "〇".encode(), "𠮷".encode(), b"\xed\xa0\x80", b"\n" * 3000,
    b"[" * 3000, b"<p>" * 3000, b"<td colspan=9999 rowspan=9999>", b"(((((",
)  # fmt: skip


@pytest.fixture(scope="module")
def originals(tmp_path_factory):
    """The samples in every format, as bytes, by suffix."""
    folder = tmp_path_factory.mktemp("originals")
    found = {}
    for suffix in SUFFIXES:
        found[suffix] = []
        for sample in SAMPLES:
            report = report_file.loads(sample.read_bytes(), sample.name)
            if suffix in (".txt", ".tsv"):
                content = plain(report, "\t" if suffix == ".tsv" else " ").encode()
            else:
                document.write(report, target := folder / f"a{suffix}")
                content = target.read_bytes()
            found[suffix].append(content)
    return found


def plain(report, gap):
    """A report as text, its tables as lines."""
    parts = [f"{report.org}{report.year}年政府信息公开工作年度报告"]
    for section in report.form.sections:
        parts += [section.title, report.prose(section.id)]
        for row in report.form.tables[section.table].rows if section.table else ():
            name = report.form.cells[row[0]].name.rpartition("：")[0]
            parts.append(gap.join([name, *(report.shown(cell) for cell in row)]))
    return "\n".join(parts)


def changed(content, choose):
    """Change some bytes, words or stretches."""
    for _ in range(choose.choice((1, 1, 2, 5, 20))):
        start = choose.randrange(len(content) + 1)
        end = min(len(content), start + choose.choice((0, 1, 4, 40, 400)))
        words = [m.span() for m in re.finditer(rb"\w+", content[start : start + 2000])]
        kind = choose.randrange(5)
        if kind == 0 and words:
            first, last = choose.choice(words)
            content = content[: start + first] + choose.choice(ODD) + content[start + last :]
        elif kind == 1:
            content = content[:start] + choose.choice(ODD) + content[end:]
        elif kind == 2:
            again = choose.choice((2, 3, 50))
            content = content[:start] + content[start:end] * again + content[end:]
        elif kind == 3:
            content = content[:start] + content[end:]
        else:
            other = choose.randrange(len(content) + 1)
            content = content[:start] + content[other : other + end - start] + content[end:]
    return content


def changed_within(content, choose):
    """Change parts of an archive, or lose one."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in choose.choices(list(parts), k=choose.choice((1, 1, 3))):
        parts[name] = changed(parts[name], choose) if choose.random() < 0.95 else b""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return whole.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_changed_file_is_read_or_refused_in_words(originals, tmp_path, suffix, rounds, count):
    choose = random.Random(suffix)
    path = tmp_path / f"a{suffix}"
    few = 6 if suffix == ".pdf" else 15
    for number in range(rounds(few, 100 * few)):
        content = choose.choice(originals[suffix])
        within = content.startswith(b"PK") and choose.random() < 0.8
        path.write_bytes((changed_within if within else changed)(content, choose))
        begin = time.monotonic()
        try:
            report = read(path).report()
            report_file.dumps(report)
            said = "read"
        except AppError as refusal:
            said = "refused in words" if path.name in str(refusal) else f"nameless: {refusal}"
        except Exception:
            Path(f"{path}.{number}").write_bytes(path.read_bytes())  # to be looked at
            raise
        assert time.monotonic() - begin < LONGEST_S
        assert not said.startswith("nameless")
        count(f"changed {suffix}", tried=1, **{said: 1})


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.text(max_size=40), st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ- oOlI", max_size=24))
)
def test_any_text_is_a_code_or_refused_in_words(text):
    try:
        code = fingerprint.read(text)
    except AppError:
        return
    assert fingerprint.read(code) == code
