"""Reading in a process of its own that can be stopped: PDF, old Excel, and whatever is very large.

Code in C cannot be interrupted and a crafted file may keep it busy for hours or let a compressed
stream grow without bound. So such files are read outside: time, memory and files of that process
are limited, its answer is plain JSON, and its crash is a sentence. It takes about 100 ms to start.
"""

import io
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import app
from app.errors import AppError, Unreadable
from app.readers.extract import Area, Block, Box, Extract, Grid, Paragraph, Place, TooLarge, grid

CHILD = "--read-apart"
"""The first argument by which the packaged program is told to be the reading process."""
_DRAW = "--draw"
_SECONDS = 8.5
_CPU_SECONDS = 8
_DATA_BYTES = 380_000_000
_LARGEST_ANSWER = 40_000_000


def read(kind: str, data: bytes, name: str) -> Extract:
    """Read a file of a kind (see `container`) in another process.

    Raises:
        Unreadable: what the reader there found, or that it took too long, too much, or crashed.
        TooLarge: there is far more in it than a report.
    """
    answer = _ask([kind, name], data, name)
    if answer.get("is_large"):
        raise TooLarge
    if "failure" in answer:
        raise Unreadable(str(answer["failure"]))
    blocks = tuple(_block(block) for block in answer["blocks"])
    return Extract(blocks, title=str(answer["title"]), notes=tuple(map(str, answer["notes"])))


def draw(first: int, scale: float, data: bytes, name: str) -> list[Mapping[str, Any]]:
    """Draw pages of a PDF in another process; see `picture`.

    Raises:
        Unreadable: one cannot be drawn, or that took too long or too much.
    """
    try:
        return list(_ask([_DRAW, str(first), str(scale)], data, name)["pages"])
    except (Unreadable, KeyError) as error:
        raise Unreadable(f"“{name}”的页面无法显示，请对照原件核对。") from error


def main(arguments: list[str]) -> None:
    """Be the reading process: a file on standard input, its blocks as JSON on standard output.

    Args:
        arguments: the kind and the name of the file; or `_DRAW`, a page and a scale.
    """
    _limit()
    from app.readers import container  # noqa: PLC0415  (under the limits, and only in here)

    kind, *rest = arguments
    answer: Mapping[str, object]
    try:
        data = io.FileIO(0, closefd=False).readall()  # without console there is no sys.stdin
        if kind in ("pdf", _DRAW):
            from app.readers import faces  # noqa: PLC0415  (under the limits)

            faces.offer()
        if kind == _DRAW:
            from app.readers import picture  # noqa: PLC0415  (under the limits)

            answer = {"pages": picture.draw(data, int(rest[0]), float(rest[1]))}
        else:
            answer = _plain(container.extract(kind, data, rest[0]))
    except (TooLarge, MemoryError, RecursionError):
        answer = {"is_large": True}
    except AppError as failure:
        answer = {"failure": str(failure)}
    with io.BufferedWriter(io.FileIO(1, "w", closefd=False)) as out:
        out.write(json.dumps(answer, ensure_ascii=False).encode())


def _limit() -> None:
    """Bound what this process may use, where the system can."""
    try:
        import resource  # noqa: PLC0415  (POSIX only)
    except ImportError:
        return
    for kind, amount in (
        (resource.RLIMIT_DATA, _DATA_BYTES),
        (resource.RLIMIT_CPU, _CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (amount, amount))


def _ask(arguments: list[str], data: bytes, name: str) -> dict[str, Any]:
    """Let the other process read; returns its answer."""
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        done = subprocess.run(
            _command() + arguments, input=data, capture_output=True, timeout=_SECONDS,
            check=False, creationflags=hidden,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise Unreadable(f"“{name}”读取超时，可能已损坏，请改用Word或Excel原件。") from error
    if done.returncode != 0 or not 0 < len(done.stdout) <= _LARGEST_ANSWER:
        raise Unreadable(f"“{name}”已损坏或内容过多，无法读取，请改用Word或Excel原件。")
    return dict(json.loads(done.stdout))


def _command() -> list[str]:
    """Return how to start the reading process: the packaged program itself, or Python."""
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD]
    source = str(Path(app.__file__).parents[1])
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); "
        "from app.readers import apart; apart.main(sys.argv[2:])"
    )
    return [sys.executable, "-c", code, source]


def _plain(extract: Extract) -> dict[str, object]:
    blocks: list[dict[str, object]] = []
    for block in extract.blocks:
        place = block.place
        plain: dict[str, object] = {
            "place": [place.page, place.sheet, place.table, place.row, place.paragraph, place.line],
            "path": block.path,
        }
        if isinstance(block, Grid):
            boxes = dict.fromkeys(b for row in block.matrix for b in row if b is not None)
            plain["boxes"] = [[b.row, b.column, b.rows, b.columns, b.text, b.area] for b in boxes]
            plain["first_row"] = block.first_row
        else:
            plain["text"], plain["area"] = block.text, block.area
        blocks.append(plain)
    return {"blocks": blocks, "title": extract.title, "notes": extract.notes}


def _block(plain: Mapping[str, Any]) -> Block:
    place, path = Place(*plain["place"]), tuple(plain["path"])
    if "boxes" in plain:
        boxes = (
            Box(row, column, rows, columns, text, _area(area))
            for row, column, rows, columns, text, area in plain["boxes"]
        )
        return grid(boxes, place, path, plain["first_row"])
    return Paragraph(plain["text"], place, path, _area(plain["area"]))


def _area(plain: Sequence[float] | None) -> Area | None:
    return (plain[0], plain[1], plain[2], plain[3]) if plain else None
