"""Pages are drawn apart, at the asked size; what cannot be drawn is a sentence."""

import pypdfium2
import pytest

from app.errors import Unreadable
from app.readers import picture, read
from app.readers.origin import Origins
from app.writers import document


@pytest.fixture
def printed(tmp_path, invented):
    path = tmp_path / "报告.pdf"
    document.write(invented(), path)
    return path


def darkest(drawn, area):
    """The darkest blue value within an area of the page."""
    left, top, right, bottom = (round(edge * drawn.scale) for edge in area)
    pixels = drawn.pixels
    rows = (pixels[y * drawn.stride + left * 4 : y * drawn.stride + right * 4]
            for y in range(top, bottom))  # fmt: skip
    return min(value for row in rows for value in row[::4])


def test_the_first_batch_is_drawn_at_the_asked_scale(printed):
    drawn = picture.of_pages(printed, 2, 1.5)
    assert list(drawn) == list(range(1, len(pypdfium2.PdfDocument(printed)) + 1))
    assert all(p.width == pytest.approx(595 * 1.5, abs=2) for p in drawn.values())
    assert all(len(p.pixels) == p.stride * p.height for p in drawn.values())


def test_ink_stands_where_the_reader_found_a_figure(printed):
    proposal = read(printed)
    drawn = picture.of_pages(printed, 1, 1.0)
    reading = next(r for r in proposal.readings if len(r.source) == 3)
    left, top, right, bottom = Origins(proposal.extract).find(reading.place, reading.source).area
    inside = (left + 3, top + 3, right - 3, bottom - 3)  # without the rules of the table
    assert darkest(drawn[reading.place.page], inside) < 100


def test_pages_beyond_the_first_batch(tmp_path):
    document = pypdfium2.PdfDocument.new()
    for _ in range(picture.BATCH + 2):
        document.new_page(300, 400)
    path = tmp_path / "长.pdf"
    document.save(path)
    assert list(picture.of_pages(path, picture.BATCH + 1, 1.0)) == [9, 10]


def test_a_huge_page_is_drawn_smaller(tmp_path):
    document = pypdfium2.PdfDocument.new()
    document.new_page(14_000, 14_000)
    path = tmp_path / "大.pdf"
    document.save(path)
    drawn = picture.of_pages(path, 1, 2.0)[1]
    assert drawn.width * drawn.height <= picture.MOST_PIXELS * 1.01


@pytest.mark.parametrize("content", [b"%PDF-1.4 broken", b""])
def test_what_cannot_be_drawn_is_a_sentence(tmp_path, content):
    path = tmp_path / "坏.pdf"
    path.write_bytes(content)
    with pytest.raises(Unreadable, match=r"“坏\.pdf”的页面无法显示"):
        picture.of_pages(path, 1, 1.0)


def test_a_file_that_has_gone_is_a_sentence(tmp_path):
    with pytest.raises(Unreadable, match=r"“没了\.pdf”打不开了"):
        picture.of_pages(tmp_path / "没了.pdf", 1, 1.0)
