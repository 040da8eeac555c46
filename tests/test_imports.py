"""The layers: imports go one way, the core never sees Qt, SQL stays in the store."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src"
LAYERS = [
    {
        "errors",
        "resources",
        "clock",
        "day",
        "prose",
        "exact_json",
        "deadline",
        "journal",
        "settings",
        "user_files",
    },
    {"form", "form_grid", "form_builder", "form_file", "numbers", "words", "coverage"},
    {"report", "report_file", "new_report", "fee", "fingerprint", "comparison", "unit"},
    {"checks", "signoff"},
    {
        "store",
        "readers",
        "writers",
        "inspection",
        "acceptance",
        "copies",
        "verification",
        "printing",
    },
    {"draft", "backup", "rescue", "circulation"},
    {"cli"},
]
"""Parts of `app` from the ground up; each imports its own layer and those below."""
ONLY_IN = {"sqlalchemy": "store", "sqlite3": "store", "reportlab": "writers"}


def modules():
    return sorted(SOURCE.rglob("*.py"))


def imported(path):
    """Every module that a file imports, also inside functions, with the names it takes from it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def part(name):
    """The module or package of `app` that a dotted name belongs to."""
    pieces = name.split(".")
    return pieces[1] if pieces[0] == "app" and len(pieces) > 1 else None


def height(name):
    return next((i for i, layer in enumerate(LAYERS) if name in layer), None)


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_go_one_way(path):
    own = path.relative_to(SOURCE).with_suffix("").parts
    if own[0] == "ui":
        return
    here = own[1]
    if here == "__init__":
        assert not list(imported(path))
        return
    level = height(here)
    assert level is not None, f"{here} has no layer: give it one in this test"
    for name in imported(path):
        top = name.split(".")[0]
        assert top not in ("PySide6", "shiboken6"), f"{path} imports Qt"
        assert top != "ui" or here == "cli", f"{path} imports the window"
        target = part(name)
        if target is not None and height(target) is not None:
            assert height(target) <= level, f"{here} imports {target}, which lies above it"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_libraries_stay_behind_their_doors(path):
    own = path.relative_to(SOURCE).with_suffix("").parts
    for name in imported(path):
        home = ONLY_IN.get(name.split(".")[0])
        assert home is None or own[:2] == ("app", home), f"{path} imports {name}"


def test_no_year_and_no_cell_id_in_code():
    """Forms are data: code asks for roles, not for cells or years."""
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Constant):
                continue
            assert node.value not in (2019, 2021, "2019", "2021"), f"{path}:{node.lineno}"
            if isinstance(node.value, str) and "\n" not in node.value:
                is_id = node.value.startswith(("t2.", "t3.", "t4.")) and " " not in node.value
                assert not is_id, f"{path}:{node.lineno}: {node.value}"


def test_modules_stay_small():
    """One reason to change: no module over 400 lines, no function over 60."""
    for path in modules():
        text = path.read_text("utf-8")
        assert text.count("\n") <= 400, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 60, f"{path}:{node.name}"


def test_broad_excepts_stand_only_where_failures_are_told():
    allowed = {("ui", "bridge.py"), ("app", "cli.py")}
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                names = {getattr(n, "id", "") for n in ast.walk(node.type)} if node.type else {""}
                broad = names & {"", "Exception", "BaseException"} and len(names) == 1
                own = path.relative_to(SOURCE).parts
                reraises = any(isinstance(n, ast.Raise) and n.exc is None for n in ast.walk(node))
                assert not broad or reraises or own in allowed, f"{path}:{node.lineno}"
