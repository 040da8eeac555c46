"""Text as .docx, .xlsx and .html can hold it."""

import re

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """Drop what XML has no place for: control characters and halves of characters."""
    return _ILLEGAL.sub("", text)
