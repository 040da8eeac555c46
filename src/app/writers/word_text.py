"""Paragraphs and runs of a .docx as XML."""

from xml.sax.saxutils import escape

from app.writers.markup import legal


def paragraph(runs: str, style: str = "", properties: str = "") -> str:
    """Return a paragraph; `properties` are further ones as XML, in the order of the schema."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    about = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{about}{runs}</w:p>"


def run(text: str, style: str = "", size: float = 0.0) -> str:
    """Return a run of text, line feeds as line breaks; `size` in pt, 0 is that of the style.

    The hint tells Word to take “ ” ‘ ’ … — from the Chinese face and not from the Latin one.
    """
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    sized = f'<w:sz w:val="{size * 2:.0f}"/><w:szCs w:val="{size * 2:.0f}"/>' if size else ""
    lines = escape(legal(text)).split("\n")
    texts = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    return f'<w:r><w:rPr>{named}<w:rFonts w:hint="eastAsia"/>{sized}</w:rPr>{texts}</w:r>'
