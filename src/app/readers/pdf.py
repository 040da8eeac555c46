"""PDF files (.pdf), read in a process of their own that can be stopped.

pdfium is fast and sturdy, but a crafted file can keep it busy for hours or let one compressed
stream grow without bound, and code in C cannot be interrupted. So it runs outside: its time, memory
and files are limited, its answer is plain JSON, and its crash is a sentence.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import app
from app.errors import Unreadable
from app.readers.extract import Block, Box, Extract, Paragraph, Place, TooLarge, check_size, grid

CHILD = "--read-pdf"
"""The argument by which the packaged program is told to be the reading process."""
_SECONDS = 9.5
_LARGEST_ANSWER = 40_000_000
_FAILURES = {
    "locked": "“{}”设有密码，请取消密码、另存后再试。",
    "scanned": "“{}”是扫描的图片，没有可以读取的文字，请改用Word或Excel原件，或照着录入。",
    "damaged": "“{}”已损坏，请重新获取后再试。",
}


def read(data: bytes, name: str) -> Extract:
    """Read a PDF file.

    Raises:
        Unreadable: it is damaged, locked, scanned, or takes too long.
        TooLarge: it has far more in it than a report.
    """
    answer = _ask(data, name)
    failure = answer.get("failure")
    if failure == "large":
        raise TooLarge
    if failure or not isinstance(answer.get("blocks"), list):
        raise Unreadable(_FAILURES.get(str(failure), _FAILURES["damaged"]).format(name))
    blocks: list[Block] = []
    for block in answer["blocks"]:
        if "boxes" in block:
            boxes = (Box(*box) for box in block["boxes"])
            blocks.append(grid(boxes, Place(page=block["page"], table=block["table"])))
        else:
            blocks.append(Paragraph(block["text"], Place(page=block["page"])))
    check_size(blocks)
    return Extract(tuple(blocks))


def _ask(data: bytes, name: str) -> dict[str, Any]:
    """Let the other process read; returns its answer."""
    try:
        done = subprocess.run(
            _command(), input=data, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable(f"“{name}”读取超时，可能已损坏，请改用Word或Excel原件。") from error
    if done.returncode != 0 or len(done.stdout) > _LARGEST_ANSWER:
        raise Unreadable(_FAILURES["damaged"].format(name))
    return dict(json.loads(done.stdout))


def _command() -> list[str]:
    """Return how to start the reading process: the packaged program itself, or Python."""
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD]
    source = str(Path(app.__file__).parents[1])
    code = (
        "import sys; sys.path[:0] = sys.argv[1:]; from app.readers import pdf_page; pdf_page.main()"
    )
    return [sys.executable, "-c", code, source]
