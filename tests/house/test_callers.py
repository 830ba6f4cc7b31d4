"""Nothing stands about unused: every public function has a caller in the program, every template is shown."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, meta

ROOT = Path(__file__).resolve().parents[2]
SITE, TEMPLATES = ROOT / "site", ROOT / "templates"
# What is called through a list of modules, so that no call names it whole.
THROUGH_A_LIST = {"plan": "sample/city asks each subject", "sealed_columns": "cli/keys asks each room"}
# What only the tests call, each for a reason that holds until a page or a command comes.
SPARED: Mapping[str, str] = {
    "chengxin.agencies.actions.enrol": "the register grows by imports; an act of the rules without a page",
    "chengxin.agencies.actions.grant": "permits come by imports; an act of the rules without a page",
    "chengxin.intake.counting.counted_on": "what the limits count is read back by tests alone",
    "chengxin.opinions.ratings.actions.remove": "taken out for good: an act of the rules without a page",
    "chengxin.standing.sanctions.queries.in_force": "what readers may see, asked by tests after every walk",
}


def module_of(path: Path) -> str:
    name = ".".join(path.relative_to(SITE).with_suffix("").parts)
    return name.removesuffix(".__init__")


@cache
def trees() -> Mapping[str, ast.Module]:
    """Return every module of the program but the migrations, which alembic calls."""
    paths = [path for path in SITE.rglob("*.py") if "versions" not in path.parts]
    return {module_of(path): ast.parse(path.read_text()) for path in paths}


def functions() -> Iterator[tuple[str, str]]:
    """Yield the public functions of the modules; what is decorated is called by whatever decorates it."""
    for module, tree in trees().items():
        for each in tree.body:
            if (
                isinstance(each, ast.FunctionDef)
                and not each.name.startswith("_")
                and not each.decorator_list
            ):
                yield module, each.name


def imported(tree: ast.Module) -> Mapping[str, str]:
    """Return what the names that a module imports stand for, as dotted addresses."""
    found: dict[str, str] = {}
    for each in ast.walk(tree):
        if isinstance(each, ast.ImportFrom) and each.module:
            found |= {name.asname or name.name: f"{each.module}.{name.name}" for name in each.names}
        elif isinstance(each, ast.Import):
            found |= {name.asname or name.name.split(".")[0]: name.name for name in each.names}
    return found


def used() -> set[str]:
    """Return the dotted address of everything the program refers to."""
    found = set()
    for module, tree in trees().items():
        names = imported(tree)
        found |= set(names.values())
        for each in ast.walk(tree):
            if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load):
                found.add(f"{module}.{each.id}")
            elif isinstance(each, ast.Attribute):
                said = ast.unparse(each)
                first, _, rest = said.partition(".")
                found.add(f"{names.get(first, first)}.{rest}")
    return found


def words() -> list[re.Pattern[str]]:
    """Return every text of the program that can name a template; what an f-string fills in may be any name."""
    found = []
    for tree in trees().values():
        for each in ast.walk(tree):
            if isinstance(each, ast.Constant) and isinstance(each.value, str) and "." in each.value:
                found.append(re.escape(str(each.value)))
            elif isinstance(each, ast.JoinedStr):
                said = [str(part.value) if isinstance(part, ast.Constant) else "" for part in each.values]
                found.append("".join(re.escape(part) or r"\w+" for part in said))
    return [re.compile(each) for each in found if "html" in each or "txt" in each or "xml" in each]


def test_every_public_function_has_a_caller() -> None:
    outside = (ROOT / "wsgi.py").read_text() + (ROOT / "pyproject.toml").read_text()
    known = used()
    idle = [
        f"{module}.{name}"
        for module, name in functions()
        if f"{module}.{name}" not in known
        and name not in THROUGH_A_LIST
        and not re.search(rf"\b{name}\b", outside)
    ]
    assert sorted(set(idle)) == sorted(SPARED)


def test_every_template_is_shown() -> None:
    environment = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    included = {
        name
        for path in TEMPLATES.rglob("*.html")
        for name in meta.find_referenced_templates(environment.parse(path.read_text()))
    }
    named = words()
    idle = [
        name
        for path in sorted(TEMPLATES.rglob("*.*"))
        if (name := str(path.relative_to(TEMPLATES))) not in included
        and not any(each.fullmatch(name) for each in named)
    ]
    assert idle == []
