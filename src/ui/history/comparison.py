"""Two reports side by side on the screen: figures with differences, changed words marked."""

from html import escape

from PySide6.QtWidgets import QTextBrowser, QWidget

from app.comparison import ADDED, REMOVED, SAME, Comparison, Passage
from ui.style import theme


class ComparisonView(QTextBrowser):
    """Shows a comparison; words that went are struck through, words that came are underlined."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("改动对照")

    def show_comparison(self, comparison: Comparison, before: str, after: str) -> None:
        """Show the differences; `before` and `after` head the columns."""
        if comparison.is_same:
            self.setPlainText("两者内容相同。")
            return
        parts = []
        heads = "".join(f"<th align='left'>{escape(text)}</th>" for text in (before, after))
        if comparison.figures:
            rows = "".join(
                f"<tr><td>{escape(figure.cell.name)}</td>"
                + "".join(f"<td align='right'>{escape(text)}</td>" for text in figure.shown)
                + "</tr>"
                for figure in comparison.figures
            )
            parts.append(_table(f"<th align='left'>项目</th>{heads}<th>增减</th>", rows))
        for text in comparison.texts:
            rows = "".join(
                f"<tr><td width='50%'>{_marked(passage, ADDED)}</td>"
                f"<td width='50%'>{_marked(passage, REMOVED)}</td></tr>"
                for passage in text.passages
            )
            parts.append(f"<h4>{escape(text.name)}</h4>" + _table(heads, rows))
        self.setHtml("".join(parts))


def _table(heads: str, rows: str) -> str:
    return (
        "<table border='1' cellspacing='0' cellpadding='4' width='100%' "
        f"style='border-color: {theme.colours().rule}'><tr>{heads}</tr>{rows}</table>"
    )


def _marked(passage: Passage, without: str) -> str:
    """One side of a passage: the words of the other side left out, the own ones marked."""
    colours = theme.colours()
    styles = {
        REMOVED: f"text-decoration: line-through; color: {colours.error}",
        ADDED: f"text-decoration: underline; font-weight: bold; color: {colours.hint}",
    }
    return "".join(
        escape(piece.text)
        if piece.mark == SAME
        else f"<span style='{styles[piece.mark]}'>{escape(piece.text)}</span>"
        for piece in passage.shown_pieces
        if piece.mark != without
    )
