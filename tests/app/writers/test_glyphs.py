import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from app.writers import fontfile, glyphs, sfnt
from app.writers.fontfile import FontFile

SRC = Path(fontfile.__file__).parents[2]


def face(role):
    return glyphs.load(next(file for file in fontfile.bundled() if file.role == role))


def test_a_face_is_parsed_once():
    assert face("latin") is face("latin") is glyphs.registered(face("latin").name)


def test_advance_and_ink_of_characters():
    latin = face("latin")
    assert latin.advance("0") == 500
    left, bottom, right, top = latin.box("0")
    assert 0 < left < right < 500
    assert -20 < bottom < 0 < 600 < top < 700
    assert latin.advance(" ") == 250
    assert latin.box(" ") is None
    assert latin.advance("年") is None


@pytest.mark.parametrize("role", ["title", "body", "hei", "kai", "song"])
def test_bundled_dashes_join_and_dots_are_full_width(role):
    left, _, right, _ = face(role).box("—")
    assert (left, right) == (0, 1000)
    assert face(role).advance("·") == 1000


def test_a_mapped_glyph_without_outline_counts_as_none(office, bundled_font):
    _, put = office
    latin = face("latin")
    start = latin._outlines + latin._face.glyphPos[latin._face.charToGlyph[ord("A")]]
    data = bundled_font("latin", Nianbao_Latin="Hollow", NianbaoLatin="Hollow")
    hollow = data[:start] + bytes(10) + data[start + 10 :]
    found = glyphs.load(FontFile("latin", "", put("hollow.ttf", hollow)))
    assert found.advance("A") is None
    assert found.advance("B") == latin.advance("B")


def test_what_the_parser_cannot_read_is_refused(office, bundled_font):
    _, put = office
    data = bundled_font("latin")
    with pytest.raises(sfnt.Unusable, match="损坏"):
        glyphs.load(FontFile("latin", "", put("a.ttf", data.replace(b"hhea", b"xxxx"))))


def test_damage_inside_glyphs_is_told_in_words(office, bundled_font):
    _, put = office
    latin = face("latin")
    start = latin._outlines + latin._face.glyphPos[latin._face.charToGlyph[ord("é")]]
    data = bundled_font("latin", Nianbao_Latin="Broken", NianbaoLatin="Broken")
    broken = data[: start + 12] + b"\xff\xff" + data[start + 14 :]  # a part that does not exist
    found = glyphs.load(FontFile("latin", "", put("broken.ttf", broken)))
    canvas = Canvas(BytesIO(), initialFontName=found.name)
    canvas.drawString(0, 0, "é")
    with pytest.raises(glyphs.DamagedFont, match=r"“broken\.ttf”已损坏"):
        canvas.save()


@given(st.lists(st.characters(exclude_categories=["Cs"], min_codepoint=1), max_size=256))
def test_the_map_for_copying_says_every_character(characters):
    subset = [0, *map(ord, characters)][:256]
    pairs = {}
    for block in glyphs.to_unicode(subset).split("beginbfchar")[1:]:
        lines = block.split("endbfchar")[0].split("\n")[1:-1]
        assert 1 <= len(lines) <= 100
        pairs |= dict(line.split() for line in lines)
    read = {int(key[1:-1], 16): bytes.fromhex(text[1:-1]) for key, text in pairs.items()}
    assert {key: text.decode("utf-16-be") for key, text in read.items()} == {
        position: chr(code) for position, code in enumerate(subset) if code
    }


HELVETICA = """
import sys
from io import BytesIO
from app.writers import fontfile, glyphs
name = glyphs.load(next(file for file in fontfile.bundled() if file.role == "latin")).name
{first}
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.graphics.renderPDF import draw
from reportlab.platypus.tables import Table
from reportlab.pdfgen.canvas import Canvas
{then}
page = BytesIO()
canvas = Canvas(page, pageCompression=0)
table = Table([["1", "2"]])
table.wrapOn(canvas, 300, 300)
table.drawOn(canvas, 10, 10)
drawing = Drawing(50, 50)
drawing.add(QrCodeWidget("abc"))
draw(drawing, canvas, 100, 100)
canvas.save()
sys.exit(b"Helvetica" in page.getvalue())
"""


@pytest.mark.parametrize("order", ["before", "after", "never"])
def test_helvetica_stays_out_whenever_the_font_is_set(order):
    call = "glyphs.embed_all(name)"
    code = HELVETICA.format(
        first=call if order == "before" else "", then=call if order == "after" else ""
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=SRC, check=False)
    assert done.returncode == (1 if order == "never" else 0)
