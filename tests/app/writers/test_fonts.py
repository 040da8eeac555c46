import os
import shutil
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from app.writers import fontfile, glyphs
from app.writers.fonts import BUNDLED, MISSING, ROLES, Fonts, upright

RARE = "𬬭䶮㛃"
TABLE = (
    (Path(__file__).parents[3] / "packaging" / "fonts" / "characters.txt")
    .read_text(encoding="utf-8")
    .replace("\n", "")
)
CHINESE = [role for role in ROLES if role != "latin"]


@pytest.fixture(scope="module")
def fonts():
    return Fonts.find(folders=())


def file_of(font_name):
    return Path(font_name.rpartition("#")[0]).name


def pieces(fonts, text, role):
    return [(file_of(font), part) for font, part in fonts.runs(text, role)]


def printed(fonts, text, role, per_line=25):
    """Draw text in rows of 20-pt cells from the top left corner of a sheet just as large."""
    rows = [text[start : start + per_line] for start in range(0, len(text), per_line)]
    page = BytesIO()
    size = (20 * per_line, 20 * len(rows))
    canvas = Canvas(page, pagesize=size, invariant=1, initialFontName=fonts.name(role))
    for number, row in enumerate(rows):
        for column, ch in enumerate(row):
            for font, part in fonts.runs(ch, role):
                canvas.setFont(font, 16)
                canvas.drawString(20 * column + 2, size[1] - 20 * number - 16, part)
    canvas.save()
    return page.getvalue()


def read_back(pdf):
    document = pypdfium2.PdfDocument(pdf)
    text = document[0].get_textpage().get_text_range()
    document.close()
    return "".join(text.split())


@pytest.mark.parametrize("role", CHINESE)
def test_every_general_standard_character_has_a_glyph_in_every_role(fonts, role):
    drawn = "".join(part for _, part in fonts.runs(TABLE, role))
    assert drawn == TABLE
    assert fonts.width(TABLE, role, 10) == pytest.approx(10 * len(TABLE))


def test_no_printed_character_is_blank(fonts):
    """Every 13th character and what 仿宋 lacks, looked at on paper."""
    lacking = [ch for ch in TABLE if file_of(fonts.runs(ch, "body")[0][0]) != "body.ttf"]
    sample = TABLE[::13] + "".join(lacking[::10]) + RARE
    document = pypdfium2.PdfDocument(printed(fonts, sample, "body"))
    picture = document[0].render().to_pil().convert("L")
    document.close()
    for position in range(len(sample)):
        row, column = divmod(position, 25)
        cell = picture.crop((20 * column, 20 * row, 20 * column + 20, 20 * row + 20))
        assert cell.getextrema()[0] < 160, sample[position]


def test_the_whole_table_can_be_copied_from_paper(fonts):
    assert read_back(printed(fonts, TABLE, "body", per_line=60)) == TABLE


@pytest.mark.parametrize("role", CHINESE)
def test_characters_above_the_basic_plane_can_be_copied(fonts, role, tmp_path):
    pdf = printed(fonts, RARE, role)
    assert read_back(pdf) == RARE
    if reader := shutil.which("pdftotext"):
        (tmp_path / "a.pdf").write_bytes(pdf)
        done = subprocess.run([reader, tmp_path / "a.pdf", "-"], capture_output=True, check=True)
        assert "".join(done.stdout.decode().split()) == RARE


def test_faces_take_turns_within_a_text(fonts):
    assert pieces(fonts, "共2024件（㛃）", "body") == [
        ("body.ttf", "共"),
        ("latin.ttf", "2024"),
        ("body.ttf", "件（"),
        ("song.ttf", "㛃"),
        ("body.ttf", "）"),
    ]


def test_narrow_marks_of_a_face_come_from_another(fonts):
    assert [file for file, _ in pieces(fonts, "“年”", "kai")] == ["song.ttf", "kai.ttf", "song.ttf"]
    assert fonts.width("“”‘’·—…", "kai", 10) == 70


def test_a_latin_apostrophe_stays_latin(fonts):
    assert pieces(fonts, "don’t", "latin") == [("latin.ttf", "don’t")]


def test_a_character_outside_the_common_ones_comes_from_the_rare_face(fonts):
    assert pieces(fonts, "\u9fef", "hei") == [("rare.ttf.xz", "\u9fef")]
    assert pieces(fonts, "☑", "hei") == [("mark.ttf", "☑")]


def test_a_character_no_face_has_is_printed_as_a_mark_and_named(fonts):
    text = "市\U00030ede\ue000局"
    assert "".join(part for _, part in fonts.runs(text, "body")) == f"市{MISSING * 2}局"
    assert fonts.missing(text) == ["\U00030ede", "\ue000"]
    assert fonts.missing("市局" + MISSING) == []


def test_what_has_no_ink_is_left_out_and_takes_no_room(fonts):
    assert pieces(fonts, "年\u200b\ufeff报", "song") == [("song.ttf", "年报")]
    assert fonts.runs("\u200b", "song") == []
    assert fonts.width("\u200b年\u00a01", "song", 10) == pytest.approx(10 + 2.5 + 5)


def test_ink_of_a_character(fonts):
    left, bottom, right, top = fonts.box("国", "body")
    assert 0 < left < right < 1000
    assert -200 < bottom < 0 < 700 < top < 880
    assert fonts.box("\u3000", "body") is None
    assert fonts.box("\u200b", "body") is None


def test_marks_for_writing_downwards(fonts):
    assert upright("结果（件）：“一”——") == "结果︵件︶︓﹃一﹄︱︱"
    marks = upright("，、。：；！？（）｛｝〔〕【】《》〈〉「」『』‘’“”…—")
    for role in CHINESE:
        assert fonts.missing(marks, role) == []
        assert "".join(part for _, part in fonts.runs(marks, role)) == marks


def test_the_face_of_the_workstation_is_preferred(office, bundled_font):
    folder, put = office
    path = put("仿宋_GB2312.ttf", bundled_font("kai", NianbaoKai="OfficeFang"))
    fonts = Fonts.find(folders=[folder])
    assert fonts.name("body") == f"{path}#0"
    assert pieces(fonts, "市2", "body") == [(path.name, "市"), ("latin.ttf", "2")]
    described = fonts.describe()
    assert [file.role for file in described] == list(ROLES)
    assert [file.path for file in described if not file.bundled] == [path]
    assert read_back(printed(fonts, "市政府" + RARE, "body")) == "市政府" + RARE


def test_a_workstation_face_within_a_collection_is_drawn(office, bundled_font, collection):
    folder, put = office
    song = bundled_font("hei", 年报黑体="宋体", NianbaoHei="OfficeSong")
    put("simsun.ttc", collection(bundled_font("latin"), song))
    fonts = Fonts.find(folders=[folder])
    assert file_of(fonts.name("song")) == "simsun.ttc"
    assert read_back(printed(fonts, "市政府", "song")) == "市政府"


def test_what_the_workstation_face_lacks_comes_from_the_bundled_one(office, bundled_font):
    folder, put = office
    put("simkai.ttf", bundled_font("latin", NianbaoLatin="OfficeKai"))
    fonts = Fonts.find(folders=[folder])
    assert pieces(fonts, "市", "kai") == [("kai.ttf", "市")]


def test_a_damaged_workstation_face_is_passed_over_with_a_note(office, bundled_font):
    folder, put = office
    put("simhei.ttf", bundled_font("latin")[:9_000])
    put("simkai.ttf", bundled_font("latin").replace(b"hhea", b"xxxx"))
    fonts = Fonts.find(folders=[folder])
    assert pieces(fonts, "市", "hei") == [("hei.ttf", "市")]
    assert pieces(fonts, "市", "kai") == [("kai.ttf", "市")]
    assert fonts.notes == [
        "字体文件“simhei.ttf”不完整，已改用其他字体。",
        "字体文件“simkai.ttf”已损坏或无法读取，已改用其他字体。",
    ]
    assert all(file.bundled for file in fonts.describe())


def test_a_choice_outranks_the_workstation_and_bundled_can_be_chosen(office, bundled_font):
    folder, put = office
    put("simhei.ttf", bundled_font("latin"))
    put("simkai.ttf", bundled_font("latin"))
    chosen = put("mine.ttf", bundled_font("title", NianbaoTitle="OfficeTitle"))
    choices = {"body": str(chosen), "hei": BUNDLED, "song": str(folder / "none.ttf")}
    fonts = Fonts.find(choices, [folder])
    assert {file.role: file.path.name for file in fonts.describe()} == {
        "title": "title.ttf",
        "body": "mine.ttf",
        "hei": "hei.ttf",
        "kai": "simkai.ttf",
        "song": "song.ttf",
        "latin": "latin.ttf",
    }
    assert fonts.notes == ["字体文件“none.ttf”已损坏或无法读取，已改用其他字体。"]


def test_the_clerks_own_folder_is_looked_at(tmp_path, bundled_font, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    folder = fontfile.folders()[0]
    assert folder.is_relative_to(tmp_path)
    folder.mkdir(parents=True)
    (folder / "times.ttf").write_bytes(bundled_font("latin"))
    assert Fonts.find().describe()[-1].path == folder / "times.ttf"


@pytest.mark.parametrize("end", [0, 1000, -1])
def test_a_damaged_packed_face_is_left_out_and_named(tmp_path, end):
    bundled = {file.role: file for file in fontfile.bundled()}
    broken = tmp_path / "broken.ttf.xz"
    broken.write_bytes(bundled["rare"].path.read_bytes()[:end])
    bundled["rare"] = replace(bundled["rare"], path=broken)
    fonts = Fonts(bundled.values())
    assert pieces(fonts, "\u9fef", "body") == [("song.ttf", MISSING)]
    assert "broken.ttf.xz" in fonts.notes[0]


def test_a_pack_of_rare_characters_is_the_last_resort():
    bundled = {file.role: file for file in fontfile.bundled()}
    rare = bundled.pop("rare")
    assert Fonts(bundled.values()).runs("\u9fef", "body")[0][1] == MISSING
    fonts = Fonts([*bundled.values(), replace(rare, role="pack")])
    assert pieces(fonts, "\u9fef", "body") == [("rare.ttf.xz", "\u9fef")]


def test_looking_for_fonts_parses_none(office, bundled_font, monkeypatch):
    folder, put = office
    put("simhei.ttf", bundled_font("latin"))
    monkeypatch.setattr(glyphs, "load", None)
    assert Fonts.find(folders=[folder]).missing("市政府2024年𬬭") == []


PRINT = """
import sys
from reportlab.pdfgen.canvas import Canvas
from app.writers.fonts import ROLES, Fonts
fonts = Fonts.find(folders=())
canvas = Canvas(sys.stdout.buffer, invariant=1, initialFontName=fonts.name("body"))
for role in ROLES:
    for font, part in fonts.runs("示例市2024年𬬭䶮㛃abc", role):
        canvas.setFont(font, 16)
        canvas.drawString(50, 50, part)
canvas.save()
"""


def test_the_same_text_gives_the_same_bytes_in_every_process():
    src = Path(fontfile.__file__).parents[2]
    pdfs = [
        subprocess.run(
            [sys.executable, "-c", PRINT],
            cwd=src,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert pdfs[0].startswith(b"%PDF")
    assert pdfs[0] == pdfs[1]
