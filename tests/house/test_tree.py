"""The shape of the tree: what stands where, how large files are, what the docs name."""

import ast
import re
from dataclasses import fields
from pathlib import Path

import pytest

from chengxin.cli import NOUNS
from chengxin.config import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "site" / "chengxin"
MODULES = sorted(each for each in PACKAGE.rglob("*.py") if each.parent.name != "versions")
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_site_is_a_source_root_with_one_package() -> None:
    assert [each.name for each in (ROOT / "site").iterdir() if each.name != "__pycache__"] == ["chengxin"]


def test_the_index_folder_ships_nothing_but_its_readme() -> None:
    ignored = (ROOT / ".gitignore").read_text()
    assert "/search_index/*" in ignored
    assert "!/search_index/README.md" in ignored


@pytest.mark.parametrize("path", [*MODULES, *TESTS], ids=name_of)
def test_no_file_is_over_300_lines(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 300


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_function_is_over_40_lines(path: Path) -> None:
    long = [
        node.name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 40
    ]
    assert long == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_clock_tells_the_time(path: Path) -> None:
    if path.name != "clock.py":
        assert not re.search(r"datetime\.now\(|date\.today\(|utcnow\(", path.read_text())


def test_every_setting_is_documented() -> None:
    guide = (ROOT / "docs" / "operator.md").read_text()
    missing = [PREFIX + each.name.upper() for each in fields(Settings)]
    assert [name for name in missing if f"`{name}`" not in guide] == []


def test_every_command_is_documented() -> None:
    guide = (ROOT / "docs" / "operator.md").read_text()
    assert [noun for noun in NOUNS if f"`chengxin {noun}" not in guide] == []


def test_every_command_exists_and_helps() -> None:
    from click.testing import CliRunner  # noqa: PLC0415 (only this test runs the command line)

    from chengxin.cli import main  # noqa: PLC0415

    for noun in NOUNS:
        answer = CliRunner().invoke(main, [noun, "--help"])
        assert answer.exit_code == 0, (noun, answer.output)


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = sorted(int(each.name[:4]) for each in (ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
