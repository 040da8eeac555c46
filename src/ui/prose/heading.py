"""Shows headings in prose as print does: level 2 in 楷体 up to its first 。, numbers of level 3."""

from functools import cache

from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
)

from app.writers import page
from ui.prose import span
from ui.style import theme

_KAI = ("KaiTi", "楷体", "KaiTi_GB2312", "楷体_GB2312", "STKaiti")


class HeadingHighlighter(QSyntaxHighlighter):
    """Dresses what `writers.page` prints as a heading."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._level2, self._level3 = QTextCharFormat(), QTextCharFormat()
        for looks in (self._level2, self._level3):
            looks.setFontWeight(QFont.Weight.Bold)
        if kai():
            self._level2.setFontFamilies([kai()])

    def highlightBlock(self, text: str) -> None:
        """Dress one paragraph."""
        for paragraph in page.paragraphs(text):
            start = text.index(paragraph.text)
            lead = paragraph.spans[0].text
            if paragraph.style == "level2":
                self.setFormat(span.units(text[:start]), span.units(lead), self._level2)
            elif paragraph.style == "level3" and (number := page.LEVEL3.match(lead)):
                self.setFormat(span.units(text[:start]), number.end(), self._level3)


@cache
def kai() -> str:
    """Return a 楷体 of the desktop, else the bundled one."""
    for family in _KAI:
        if QFontDatabase.hasFamily(family):
            return family
    return theme.load("kai.ttf")
