"""The PDF pen: draws the sheets of a page with every font embedded.

The same page and fonts give the same bytes.
"""

from collections import defaultdict
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from app.writers import watermark
from app.writers.file import save
from app.writers.fonts import Fonts
from app.writers.glyphs import embed_all
from app.writers.ink import Frame, Text
from app.writers.line import Line, Run
from app.writers.page import Foot, Page
from app.writers.paper import HEIGHT, LEFT, NUMBER_DROP, NUMBER_SIZE, PAPER, TOP, WIDTH
from app.writers.pen import Pen
from app.writers.sheet import Layout, Mark, Sheet

RULE = 0.5
FOOT_SIZE = 9.0
"""小五 for what stands opposite the page number."""
FOOT_GAP = 14.0

rl_config.useA85 = 0  # ASCII armour costs a tenth of the time and a fifth of the size


@dataclass(frozen=True, slots=True)
class PdfResult:
    """What was written: the number of sheets, and the characters that no font has (printed 〓)."""

    page_count: int
    missing: tuple[str, ...]


def write(page: Page, target: Path | BinaryIO, fonts: Fonts) -> PdfResult:
    """Write a page as PDF, to a file whole or not at all.

    Raises:
        NotSaved: the file could not be written; one that was there before is unharmed.
    """
    content, result = _draw(page, fonts)
    if isinstance(target, Path):
        save(target, content)
    else:
        target.write(content)
    return result


def render(page: Page, fonts: Fonts) -> bytes:
    """Return a page as PDF."""
    return _draw(page, fonts)[0]


def _draw(page: Page, fonts: Fonts) -> tuple[bytes, PdfResult]:
    embed_all(fonts.name("body"))
    layout = Layout(page, fonts)
    count = len(layout.sheets)
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=PAPER, invariant=1, pageCompression=1, lang="zh-CN")
    _inform(canvas, page)
    for number, sheet in enumerate(layout.sheets, 1):
        sheet.texts += _foot(page.foot, number, count, fonts)
        if page.watermark:
            watermark.draw(canvas, page.watermark, fonts, PAPER)
        _draw_sheet(canvas, sheet, fonts)
        _outline(canvas, [mark for mark in layout.marks if mark.sheet == number - 1])
        canvas.showPage()
    canvas.save()
    return buffer.getvalue(), PdfResult(count, _missing(layout.sheets, fonts))


def _inform(canvas: Canvas, page: Page) -> None:
    canvas.setTitle(_encodable(page.title))
    canvas.setAuthor(_encodable(page.author))
    canvas.setSubject(_encodable(page.subject))
    canvas.setKeywords(_encodable(page.keywords))
    canvas.setCreator("年报")
    canvas.addPageLabel(0, style="ARABIC", start=1)
    canvas.setViewerPreference("DisplayDocTitle", "true")


def _outline(canvas: Canvas, marks: list[Mark]) -> None:
    for mark in marks:
        key = f"{mark.sheet}-{mark.y:.0f}"
        canvas.bookmarkPage(key, fit="XYZ", left=0, top=PAPER[1] - TOP - mark.y + 10)
        canvas.addOutlineEntry(_encodable(mark.text), key)
        canvas.showOutline()


def _encodable(text: str) -> str:
    """Leave out halves of characters, which a damaged file can hold and no encoding can."""
    return text.encode(errors="ignore").decode()


def _draw_sheet(canvas: Canvas, sheet: Sheet, fonts: Fonts) -> None:
    """Draw rules first, then text."""
    canvas.translate(LEFT, PAPER[1] - TOP)
    canvas.setLineWidth(RULE)
    for frame in sheet.frames:
        _draw_frame(canvas, frame)
    pen = Pen(canvas, fonts)
    for text in sheet.texts:
        pen.draw(text)
    pen.lift()


def _draw_frame(canvas: Canvas, frame: Frame) -> None:
    if frame.height:
        filled = int(frame.filled)
        lower = -frame.y - frame.height
        canvas.rect(frame.x, lower, frame.width, frame.height, stroke=1 - filled, fill=filled)
    else:
        canvas.line(frame.x, -frame.y, frame.x + frame.width, -frame.y)


def _foot(foot: Foot | None, number: int, count: int, fonts: Fonts) -> list[Text]:
    """The page number outside, one character in; what the foot says on the opposite side."""
    dash = fonts.box("—", "song") or (0.0, 0.0, 0.0, 380.0)
    y = HEIGHT + NUMBER_DROP + dash[3] * NUMBER_SIZE / 1000
    odd = number % 2 == 1
    text = f"— {number} —"
    wide = fonts.width(text, "song", NUMBER_SIZE)
    texts = [_text(WIDTH - NUMBER_SIZE - wide if odd else NUMBER_SIZE, y, NUMBER_SIZE, text)]
    if foot is None:
        return texts
    counted = f"第{number}页 共{count}页" if foot.count else ""
    words = "　".join(part for part in (foot.text, counted) if part)
    room = WIDTH - wide - 2 * NUMBER_SIZE - FOOT_GAP
    width = fonts.width(words, "song", FOOT_SIZE)
    size = FOOT_SIZE * min(1.0, room / width) if words else FOOT_SIZE
    x = NUMBER_SIZE if odd else WIDTH - NUMBER_SIZE - width * size / FOOT_SIZE
    return [*texts, _text(x, y, size, words)]


def _text(x: float, y: float, size: float, words: str) -> Text:
    return Text(x, y, size, Line((Run(0.0, words, "song", 0.0),), 0.0))


def _missing(sheets: list[Sheet], fonts: Fonts) -> tuple[str, ...]:
    """The characters that were asked for and that no face has."""
    asked: dict[str, set[str]] = defaultdict(set)
    for sheet in sheets:
        for text in sheet.texts:
            for run in text.line.runs:
                asked[run.role].update(run.text)
    found = {
        character
        for role, characters in asked.items()
        for character in fonts.missing("".join(sorted(characters)), role)
    }
    return tuple(sorted(found))
