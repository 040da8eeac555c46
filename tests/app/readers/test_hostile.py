"""Damaged, encrypted, gigantic and malicious files: one sentence with the name, soon, in bounds."""

import contextlib
import io
import random
import time
import zipfile
import zlib

import pytest

from app.errors import AppError
from app.readers import read

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SECONDS = 10


def zipped(parts):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return whole.getvalue()


def docx(body, before=""):
    text = f"{before}<w:document {WORD}><w:body>{body}</w:body></w:document>"
    return zipped({"word/document.xml": text})


def xlsx(rows, merged="", **parts):
    return zipped(
        {
            "xl/workbook.xml": f'<workbook {SHEET} xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="一" sheetId="1" r:id="a"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
            '<Relationship Id="a" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f"<worksheet {SHEET}><sheetData>{rows}</sheetData>"
            f"{merged}</worksheet>",
            **parts,
        }
    )


def pdf(*objects):
    whole, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return whole + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\n" % (
        len(objects) + 1, table, len(objects) + 1
    ) + b"startxref\n%d\n%%%%EOF" % len(whole)  # fmt: skip


def one_page(content):
    packed = zlib.compress(content, 9)
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )


def many_pages(count):
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    pages = b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids)
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", pages, *[page] * count)


def entities(count):
    lines = ['<!ENTITY a0 "aaaaaaaaaa">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, count)]
    return f"<?xml version='1.0'?><!DOCTYPE l [{''.join(lines)}]>"


FILES = {
    "空.docx": lambda: b"",
    "空白.pdf": lambda: b"\0" * 1000,
    "乱码.bin": lambda: random.Random(1).randbytes(100_000),
    "乱码.txt": lambda: random.Random(2).randbytes(100_000),
    "乱码.pdf": lambda: b"%PDF-1.7\n" + random.Random(3).randbytes(50_000),
    "乱码.docx": lambda: b"PK\x03\x04word/document.xml" + random.Random(4).randbytes(50_000),
    "乱码.xls": lambda: OLE + random.Random(5).randbytes(50_000) + "Workbook".encode("utf-16-le"),
    "别的.txt": lambda: ("今天天气很好，适合出游。\n" * 30).encode(),
    "别的.zip": lambda: zipped({"说明.txt": "x"}),
    "炸弹.docx": lambda: docx(" " * 100_000_000),
    "炸弹.xlsx": lambda: xlsx(" " * 100_000_000),
    "许多段.docx": lambda: docx("<w:p/>" * 1_000_000),
    "实体.docx": lambda: docx("<w:p><w:r><w:t>&a11;</w:t></w:r></w:p>", entities(12)),
    "深.docx": lambda: docx("<w:sdt>" * 200_000),
    "宽.docx": lambda: docx("<w:tbl><w:tr>" + "<w:tc/>" * 200_000 + "</w:tr></w:tbl>"),
    "许多部件.docx": lambda: zipped({f"{n}": "" for n in range(6000)}),
    "百万列.xlsx": lambda: xlsx("<row>" + "<c><v>1</v></c>" * 1_000_000 + "</row>"),
    "最远.xlsx": lambda: xlsx('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "合并.xlsx": lambda: xlsx(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="3000"><c r="J3000"><v>1</v></c></row>',
        "<mergeCells>"
        + "".join(f'<mergeCell ref="A{n}:XFD1048576"/>' for n in range(2999, 0, -1))
        + "</mergeCells>",
    ),
    "字符串.xlsx": lambda: xlsx(
        "", **{"xl/sharedStrings.xml": f"<sst {SHEET}>" + "<si><t>a</t></si>" * 500_000 + "</sst>"}
    ),
    "嵌套.html": lambda: b"<div>" * 200_000,
    "嵌套表.html": lambda: b"<html><table><tr><td>" * 200_000,
    "百万列.html": lambda: b"<html><table><tr>" + b"<td>1</td>" * 1_000_000,
    "跨行.html": lambda: b"<html><table>" + b"<tr><td rowspan=9999 colspan=9999>1</td></tr>" * 3000,
    "括号.json": lambda: b"[" * 200_000,
    "大数.json": lambda: b'{"schema":"nianbao/1","year":2024,"cells":{"a":' + b"9" * 10**6 + b"}}",
    "万页.pdf": lambda: many_pages(10_000),
    "炸弹.pdf": lambda: one_page(b" " * 300_000_000),
    "许多字.pdf": lambda: one_page(b"BT /F 10 Tf " + b"(aaaaaaaaaa) Tj " * 500_000 + b"ET"),
    "许多线.pdf": lambda: one_page(b"0 0 m 100 100 l S " * 2_000_000),
    "扫描.pdf": lambda: one_page(b""),
    "加密.docx": lambda: OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le") + bytes(512),
    "长行.txt": lambda: "规章 0 0 0 ".encode() * 500_000,
    "多行.txt": lambda: "规章\n0\n0\n0\n".encode() * 100_000,
    "多次.txt": lambda: "二、主动公开政府信息情况\n".encode() + "规章 0 0 0\n".encode() * 5000,
    "似是.txt": lambda: "\n".join(
        f"本年其他法律行政{chr(0x4E00 + n)}规禁止公开 {n}" for n in range(4000)
    ).encode(),
    "旧报告.txt": lambda: "示例市2016年政府信息公开工作年度报告\n一、概述\n内容。".encode(),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_bad_files_end_in_a_sentence(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(FILES[name]())
    start = time.monotonic()
    with pytest.raises(AppError) as failure:
        read(path)
    assert f"“{name}”" in str(failure.value)
    assert str(failure.value).endswith("。")
    assert "\n" not in str(failure.value)
    assert time.monotonic() - start < SECONDS


@pytest.mark.parametrize("name", ["不在.docx", "文件夹"])
def test_what_is_no_file_is_named(tmp_path, name):
    (tmp_path / "文件夹").mkdir()
    with pytest.raises(AppError, match=name):
        read(tmp_path / name)


@pytest.mark.parametrize("where", ["file:///etc/hostname", "http://127.0.0.1:9/a"])
def test_nothing_outside_is_read(tmp_path, where):
    path = tmp_path / "外部.docx"
    before = f"<!DOCTYPE l [<!ENTITY x SYSTEM '{where}'>]>"
    for padding in ("", "<!--" + "x" * 9000 + "-->"):
        path.write_bytes(docx("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", padding + before))
        with pytest.raises(AppError):
            read(path)


def test_a_pdf_with_a_password_is_told(tmp_path):
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "加密.pdf"
    canvas = Canvas(str(path), encrypt=StandardEncryption("secret", canPrint=0))
    canvas.drawString(100, 100, "text")
    canvas.save()
    with pytest.raises(AppError, match="密码"):
        read(path)


@pytest.mark.parametrize("kind", ["docx", "xlsx", "html", "pdf"])
def test_any_damage_is_told_or_survived(scribe, tmp_path, kind):
    """Cut anywhere, with bytes changed anywhere: never anything but a proposal or a sentence."""
    from app.writers import document

    writer = scribe(2024, None, 7)
    whole = tmp_path / f"完好.{kind}"
    document.write(writer.report, whole)
    data, chance = whole.read_bytes(), random.Random(kind)
    path = tmp_path / f"损坏.{kind}"
    for round_number in range(6 if kind == "pdf" else 25):
        broken = bytearray(data[: chance.randrange(len(data))] if round_number % 5 == 0 else data)
        for _ in range(chance.choice([1, 5, 50])):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        path.write_bytes(broken)
        with contextlib.suppress(AppError):  # anything else is a crash
            assert read(path).lines()
