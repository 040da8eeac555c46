"""The grid of a printed table: rows of marks and texts into merged boxes."""

from collections.abc import Iterator

from app.form import GridCell

LEFT, UP, UPRIGHT = "<", "^", "|"
"""In a row of a table: joined to the box at the left, to the one above, upright text."""


def head_path(head: list[list[str]], column: int) -> list[str]:
    """The heads over a grid column from the top, merged ones resolved, each once."""
    path: list[str] = []
    for depth, row in enumerate(head):
        at, up = column, depth
        while row[at] == LEFT:
            at -= 1
        text = head[up][at]
        while text == UP:
            up -= 1
            text = head[up][at]
        if text not in path[-1:]:
            path.append(text)
    return path


def boxes(grid: list[list[tuple[str, str]]], width: int) -> Iterator[GridCell]:
    """Merge a grid of (kind, text) whose marks say which places are joined."""
    for r, row in enumerate(grid):
        if len(row) != width:
            raise ValueError(f"row {r + 1} has {len(row)} columns, not {width}")
        for c, (kind, text) in enumerate(row):
            if text in (LEFT, UP):
                continue
            columns = 1
            while c + columns < width and row[c + columns][1] == LEFT:
                columns += 1
            rows = 1
            while r + rows < len(grid) and grid[r + rows][c][1] == UP:
                rows += 1
            upright = text.startswith(UPRIGHT)
            yield GridCell(
                row=r,
                column=c,
                rows=rows,
                columns=columns,
                kind=kind,
                text="" if kind == "figure" else text.removeprefix(UPRIGHT),
                cell=text if kind == "figure" else "",
                vertical=upright,
            )
