"""Text from bytes: UTF-8 with or without mark, UTF-16, GB18030, and what a page says of itself."""

import codecs
import re

from app.errors import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]{3,20})""", re.IGNORECASE)
_LEAST_SENSE = 0.05
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_COMMON = frozenset("的一是不了在人有年政府信息公开工作报告本市和第条数行")


def decode(data: bytes, name: str) -> str:
    """Return the text of a file in whatever encoding Chinese offices use.

    Raises:
        Unreadable: it is no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace").lstrip("\ufeff")
    declared = _DECLARED.search(data[:4096])
    tried = ["utf-8", "gb18030"]
    named = _known(declared[1].decode("ascii")) if declared else None
    if named and named not in tried:
        tried.insert(1, named)
    if 0 in data[:4096]:
        tried = ["utf-16-le", "utf-16-be"]
    texts = [text for encoding in tried if (text := _decoded(data, encoding)) is not None]
    if not texts:
        texts = [_guessed(data)]
    best = max(texts, key=_sense) if tried[0].startswith("utf-16") else texts[0]
    is_noise = tried[0].startswith("utf-16") and _sense(best) < _LEAST_SENSE
    if is_noise or "\x00" in best or best.count("\ufffd") * 50 > len(best):
        raise Unreadable(f"“{name}”不是文字文件或已损坏，请用Word、Excel或WPS打开后另存再试。")
    return best


def _known(encoding: str) -> str | None:
    try:
        found = codecs.lookup(encoding).name
    except LookupError:
        return None
    return "gb18030" if found in ("gb2312", "gbk", "hz") else found


def _decoded(data: bytes, encoding: str) -> str | None:
    """Decode strictly, but let a file be cut in the middle of its last character."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        return decoder.decode(data, final=False)
    except (UnicodeDecodeError, LookupError):
        return None


def _guessed(data: bytes) -> str:
    """Neither UTF-8 nor GB18030: Big5, or a little damage in the middle."""
    from charset_normalizer import from_bytes  # noqa: PLC0415  (costs 30 ms, rarely needed)

    best = from_bytes(data[:200_000]).best()
    if best is not None and _sense(str(best)) > 0.2:
        return data.decode(best.encoding, errors="replace")
    return max((data.decode(e, errors="replace") for e in ("utf-8", "gb18030")), key=_sense)


def _sense(text: str) -> float:
    """How much a text looks like Chinese: the share of its Chinese characters that are common."""
    sample = text[:20_000]
    chinese = _CHINESE.findall(sample)
    return sum(ch in _COMMON for ch in chinese) / (len(chinese) + 20) if chinese else 0.0
