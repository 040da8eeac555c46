"""Compare the code on a paper with a file, as `nianbao verify` does."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app import fingerprint, readers
from app.readers import Proposal

_LONGEST_LIST = 20


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether paper and file say the same, and that in words, a line each."""

    same: bool
    lines: tuple[str, ...]


def verify(text: str, path: Path) -> Verdict:
    """Compare a code as it was typed with the content of a file.

    Raises:
        Mistyped: it is no code at all.
        AppError: the file cannot be read.
    """
    wanted = fingerprint.read(text)
    proposal = readers.read(path)
    found = fingerprint.code(proposal.report())
    same = found == wanted
    if same:
        told = f"一致：“{path.name}”与核对码为{wanted}的纸质件内容相同。"
    else:
        told = f"不一致：纸质件的核对码是{wanted}，“{path.name}”的是{found}，内容不相同。"
    return Verdict(same, (told, *_reservations(proposal, same)))


def _reservations(proposal: Proposal, same: bool) -> Iterator[str]:
    """What a reading cannot prove; the report file of this program leaves nothing open."""
    if proposal.exact is not None:
        return
    left = [f"{leftover.text.strip()[:40]}（{leftover.place}）" for leftover in proposal.leftovers]
    if same:
        if left:
            yield f"文件中另有{len(left)}处文字不属于报告内容，没有参加核对："
            yield from _listed(left)
        return
    yield (
        "这不是年报文件，内容是读出来的，不一致也可能出自读取；"
        "要得出确切结论，请用.nianbao文件核对。"
    )
    cells = proposal.form.cells
    unsure = [f"{cells[r.cell].name}（{r.place}，{r.doubt}）" for r in proposal.unsure]
    unsure += [f"{name}：{why}" for name, why in proposal.doubts.items()]
    if unsure:
        yield f"读得不确定的有{len(unsure)}处："
        yield from _listed(unsure)
    if left:
        yield f"没有读入的有{len(left)}处："
        yield from _listed(left)


def _listed(entries: list[str]) -> Iterator[str]:
    yield from (f"  {entry}" for entry in entries[:_LONGEST_LIST])
    if len(entries) > _LONGEST_LIST:
        yield f"  ……另有{len(entries) - _LONGEST_LIST}处，可用 nianbao read 查看"
