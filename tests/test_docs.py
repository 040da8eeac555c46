"""The documents are true: commands, keys and files that they name exist."""

import re
from pathlib import Path

import pytest

from app import cli
from ui.menu import MENUS

ROOT = Path(__file__).parents[1]
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *ROOT.glob("packaging/**/*.md")])


@pytest.mark.parametrize("path", DOCS, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
        assert "://" not in target, target  # there is no network
        assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_readme_names_every_command_of_the_program():
    text = (ROOT / "README.md").read_text("utf-8")
    for command in cli.COMMANDS:
        assert f"nianbao {command}" in text, command


def test_readme_names_every_command_of_the_makefile():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    text = (ROOT / "README.md").read_text("utf-8") + (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    for target in re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE):
        assert f"make {target}" in text, target


def test_architecture_names_real_files():
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    for name in re.findall(r"`((?:app|ui|tests|resources|packaging)/[\w/.*-]+)`", text):
        places = [ROOT / name, ROOT / "src" / name, ROOT / "src" / (name + ".py")]
        found = any(p.exists() for p in places) or list((ROOT / "src").glob(name))
        assert found or list(ROOT.glob(name)), name


def test_no_document_says_english_to_the_clerk():
    for _, entries in MENUS:
        for entry in entries:
            if entry:
                words = re.sub(r"\(&.\)|PDF|…", "", entry[1])
                assert not re.search("[A-Za-z]", words), entry[1]
