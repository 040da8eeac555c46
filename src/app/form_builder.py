"""Build a form for one profile and year from the data of a form file."""

import fnmatch
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from app import words
from app.errors import AppError
from app.form import COUNT, Cell, Equation, Form, Section, Table
from app.form_grid import LEFT, UP, UPRIGHT, boxes, head_path


class NoForm(AppError):
    """No form is known for a year, id or profile."""


class Builder:
    """Turns the data of one file into a form for one profile and year."""

    def __init__(self, data: Mapping[str, Any], profile: str | None, year: int) -> None:
        self.data, self.profile, self.year = data, profile, year
        self.cells: dict[str, Cell] = {}
        profiles = data.get("profiles", {})
        if profile is not None and profile not in profiles:
            raise NoForm(f"“{data['id']}”格式没有“{profile}”这一地方样式。")
        self.titles: Mapping[str, str] = profiles.get(profile, {}).get("titles", {})

    def form(self, folder: Path) -> Form:
        """Return the form; the words that it names lie beside its file, in `folder`.

        Raises:
            KeyError, TypeError, ValueError, IndexError, OSError: the data do not hold together.
        """
        data = self.data
        sections = tuple(self._section(s) for s in data["section"])
        by_table = {s.table: s.id for s in sections if s.table}
        tables = {t["id"]: self._table(t, by_table[t["id"]]) for t in data["table"]}
        equations = tuple(self._equations(data.get("equation", ())))
        roles = {name: self._expand(ids) for name, ids in data.get("roles", {}).items()}
        form = Form(
            id=data["id"],
            profile=self.profile,
            year=self.year,
            source=data.get("source", ""),
            legal_basis=data.get("legal_basis", ""),
            preface=data.get("preface", ""),
            contact=data.get("contact", ""),
            sections=sections,
            tables=tables,
            cells=self.cells,
            equations=equations,
            roles={name: cells for name, cells in roles.items() if cells},
            profiles={key: p["name"] for key, p in data.get("profiles", {}).items()},
            words=words.read(data, folder, lambda name: roles.get(name) or self._expand([name])),
        )
        _ = form.totals  # raises where totals need one another
        return form

    def _section(self, data: Mapping[str, Any]) -> Section:
        return Section(
            id=data["id"],
            title=self.titles.get(data["id"], data["title"]),
            short=data.get("short", data["title"]),
            table=data.get("table"),
            keywords=tuple(data.get("keywords", ())),
            requires=tuple(data.get("requires", ())),
            outline=tuple(data.get("outline", ())),
            role=data.get("role", ""),
            treats=tuple(map(tuple, data.get("treats", ()))),
            treats_government=tuple(map(tuple, data.get("treats_government", ()))),
        )

    # ── tables ──────────────────────────────────────────────────────────────────────────────

    def _table(self, data: Mapping[str, Any], section: str) -> Table:
        width = len(data["widths"])
        grid: list[list[tuple[str, str]]] = []
        rows: list[tuple[str, ...]] = []
        head_rows = 0
        for block in data["block"]:
            if "band" in block:
                grid.append([("band", block["band"])] + [("", LEFT)] * (width - 1))
            heads = self._heads(block)
            grid += heads
            head_rows = head_rows or len(grid)
            for row in block["rows"]:
                if not self._applies(row):
                    continue
                ids = self._row_cells(data, block, row, heads, section)
                rows.append(tuple(cell for cell in ids if cell in self.cells))
                labels = [("label", text) for text in self._labels(row)]
                grid.append(labels + [("figure", cell) for cell in ids])
        merged = tuple(boxes(grid, width))
        return Table(
            id=data["id"],
            title=data["title"],
            section=section,
            row_count=len(grid),
            column_count=width,
            head_rows=head_rows,
            widths=tuple(float(w) for w in data["widths"]),
            boxes=merged,
            rows=tuple(rows),
        )

    def _applies(self, row: Mapping[str, Any]) -> bool:
        if "profiles" in row:
            return self.profile in row["profiles"]
        return self.profile not in row.get("except_profiles", ())

    def _heads(self, block: Mapping[str, Any]) -> list[list[tuple[str, str]]]:
        """The head rows of a block as (kind, text), local hints added under the lowest heads."""
        rows = [[(_head_kind(t), t) for t in row] for row in block["head"]]
        hints = block.get("head_hints", {}).get(self.profile, {})
        lead = len(rows[-1]) - len(block["columns"])
        for offset, column in enumerate(block["columns"]):
            if column in hints:
                kind, text = rows[-1][lead + offset]
                rows[-1][lead + offset] = (kind, text + self._fill(hints[column]))
        return rows

    def _labels(self, row: Mapping[str, Any]) -> list[str]:
        labels = list(row["label"])
        hint = row.get("hint", {}).get(self.profile, "")
        if hint:
            last = max(i for i, text in enumerate(labels) if text not in (LEFT, UP))
            labels[last] += self._fill(hint)
        return labels

    def _fill(self, text: str) -> str:
        return text.replace("{last_year}", str(self.year - 1)).replace("{year}", str(self.year))

    def _row_cells(
        self,
        table: Mapping[str, Any],
        block: Mapping[str, Any],
        row: Mapping[str, Any],
        heads: list[list[tuple[str, str]]],
        section: str,
    ) -> list[str]:
        """Make the cells of one row; returns what stands in each grid column after the labels."""
        ids: list[str] = []
        lead = len(row["label"])
        for offset, key in enumerate(block["columns"]):
            if key == LEFT:
                ids.append(LEFT)
                continue
            cell_id = ".".join(part for part in (table["id"], row["key"], key) if part)
            column = table["columns"][key.rsplit(".", 1)[-1]]
            path = head_path(block["head"], lead + offset)
            label = self._path(table, block, row) or path[:-1]
            about = [row.get("about", ""), column.get("about", "")]
            source = row.get("source") or column.get("source", "")
            self.cells[cell_id] = Cell(
                id=cell_id,
                table=table["id"],
                section=section,
                row="/".join(label),
                column=path[-1],
                unit=column["unit"],
                kind=column.get("kind", COUNT),
                article=block.get("band", ""),
                printed_unit=column.get("printed_unit", ""),
                about="".join(a for a in about if a),
                source=source,
                name=_name(label, path[-1]),
            )
            ids.append(cell_id)
        return ids

    def _path(
        self, table: Mapping[str, Any], block: Mapping[str, Any], row: Mapping[str, Any]
    ) -> list[str]:
        """The labels of a row from the outermost group to its own, without local hints."""
        path: list[str] = []
        earlier = [r for r in block["rows"] if self._applies(r)]
        earlier = earlier[: earlier.index(row)]
        for depth, text in enumerate(row["label"]):
            if text == UP:
                text = next(r["label"][depth] for r in reversed(earlier) if r["label"][depth] != UP)
            if text != LEFT:
                path.append(text.removeprefix(UPRIGHT))
        return path

    # ── equations and roles ─────────────────────────────────────────────────────────────────

    def _equations(self, data: Iterable[Mapping[str, Any]]) -> Iterator[Equation]:
        worked_out: set[str] = set()
        for entry in data:
            for left, right, label in self._instances(entry):
                target = left[0] if entry.get("works_out") and left[0] not in worked_out else None
                if target:
                    worked_out.add(target)
                yield Equation(
                    id=entry["id"],
                    severity=entry["severity"],
                    section=self.cells[left[0]].section,
                    terms=tuple([(1, c) for c in left] + [(-1, c) for c in right]),
                    relation=entry.get("relation", "="),
                    label=label,
                    works_out=target,
                )

    def _instances(
        self, entry: Mapping[str, Any]
    ) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], str]]:
        """Write one entry out for every row and column that has all its cells."""
        first = entry["left"][0]
        pattern = re.escape(first)
        for key in ("row", "column"):
            pattern = pattern.replace(re.escape(f"{{{key}}}"), rf"(?P<{key}>[^.]+)")
        for cell in list(self.cells.values()):
            match = re.fullmatch(pattern, cell.id)
            if not match:
                continue
            names = match.groupdict()
            sides = [[text.format(**names) for text in entry[side]] for side in ("left", "right")]
            plain = [text for side in sides for text in side if "*" not in text]
            if any(text not in self.cells for text in plain):
                if not names:
                    raise ValueError(f"{entry['id']}: {plain}")
                continue
            label = entry["label"].format(row=_row_name(cell.row.split("/")), column=cell.column)
            yield self._expand(sides[0]), self._expand(sides[1]), label

    def _expand(self, patterns: Iterable[str]) -> tuple[str, ...]:
        """Write out * in cell ids; ids that this profile lacks fall away."""
        found: list[str] = []
        for pattern in patterns:
            if "*" in pattern:
                found += [c for c in fnmatch.filter(self.cells, pattern) if c not in found]
            elif pattern in self.cells and pattern not in found:
                found.append(pattern)
        return tuple(found)


def _head_kind(text: str) -> str:
    return "note" if text.startswith("（") else "head"


def _row_name(path: list[str]) -> str:
    """What people call a row: its own label, with the group it belongs to."""
    return " ".join(path[-2:] if len(path) > 2 else path[-1:])


def _name(path: list[str], column: str) -> str:
    return f"{_row_name(path)}：{column}"
