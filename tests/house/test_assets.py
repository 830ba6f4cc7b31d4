"""Static files and templates: within their budgets, from no foreign host, whole without a script."""

import gzip
import re
from pathlib import Path

import pytest
from jinja2 import Environment, meta, nodes
from tests.conftest import settings_in

from chengxin.app import create_desk, create_public, installation_of

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
TEMPLATES = ROOT / "templates"
SHEETS = {"chengxin.css": (22, 6), "desk.css": (8, 3)}
SCRIPTS = sorted(STATIC.glob("*.js"))
PAGES = sorted(TEMPLATES.rglob("*.html"))
PARTS = sorted((TEMPLATES / "parts").glob("*.html"))
KILOBYTE = 1024


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    installed = installation_of(settings_in(tmp_path_factory.mktemp("templates")))
    made = create_public(installed).jinja_env
    made.filters.update(create_desk(installed).jinja_env.filters)
    return made


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_keeps_its_budget(name: str) -> None:
    content, (raw, packed) = (STATIC / name).read_bytes(), SHEETS[name]
    assert len(content) <= raw * KILOBYTE
    assert len(gzip.compress(content, 9)) <= packed * KILOBYTE


@pytest.mark.parametrize(
    ("name", "kilobytes"), [("chengxin.js", 3), ("desk.js", 6), ("passkey.js", 3), ("redacting.js", 2.5)]
)
def test_a_script_keeps_its_budget(name: str, kilobytes: float) -> None:
    assert len((STATIC / name).read_bytes()) <= kilobytes * KILOBYTE


@pytest.mark.parametrize("path", [*(STATIC / name for name in SHEETS), *SCRIPTS], ids=name_of)
def test_no_asset_names_another_host(path: Path) -> None:
    assert not re.search(r"https?:|//[a-z0-9-]+\.[a-z]", path.read_text())


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_knows_no_physical_side(name: str) -> None:
    assert re.findall(r"\b(?:left|right)\b", (STATIC / name).read_text()) == []


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_stays_within_old_engines(name: str) -> None:
    sheet = (STATIC / name).read_text()
    assert re.findall(r"@layer|light-dark\(|color-mix\(|@import|@font-face|:is\(|:where\(", sheet) == []
    assert nested_rules(sheet) == []


def nested_rules(sheet: str) -> list[str]:
    """Return the rules that stand inside another rule rather than inside a condition."""
    found: list[str] = []
    opened: list[str] = []
    for head, brace in re.findall(r"([^{};]*)([{}])", sheet):
        if brace == "}":
            opened.pop()
            continue
        if opened and not opened[-1].startswith("@media"):
            found.append(head.strip())
        opened.append(head.split("*/")[-1].strip())
    return found


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_template_has_no_inline_code_and_no_foreign_host(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", text)


@pytest.mark.parametrize("path", PARTS, ids=name_of)
def test_a_part_is_one_macro_named_like_its_file(path: Path, environment: Environment) -> None:
    macros = [each.name for each in environment.parse(path.read_text()).find_all(nodes.Macro)]
    assert macros == [path.stem]


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_template_compiles_and_finds_what_it_refers_to(path: Path, environment: Environment) -> None:
    tree = environment.parse(path.read_text())
    environment.compile(path.read_text())
    for name in meta.find_referenced_templates(tree):
        if name:
            environment.get_template(name)


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_template_uses_what_it_imports(path: Path, environment: Environment) -> None:
    tree = environment.parse(path.read_text())
    imported = {
        name[1] if isinstance(name, tuple) else name
        for each in tree.find_all(nodes.FromImport)
        for name in each.names
    }
    used = {each.name for each in tree.find_all(nodes.Name) if each.ctx == "load"}
    assert imported - used == set()


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_an_imported_macro_exists(path: Path, environment: Environment) -> None:
    for each in environment.parse(path.read_text()).find_all(nodes.FromImport):
        assert isinstance(each.template, nodes.Const)
        module = environment.get_template(each.template.value)
        tree = environment.parse((TEMPLATES / str(module.name)).read_text())
        offered = {macro.name for macro in tree.find_all(nodes.Macro)}
        assert {name[0] if isinstance(name, tuple) else name for name in each.names} <= offered
