"""Every sentence of the site has its Chinese, with the same blanks."""

import re
from pathlib import Path

from babel.messages import pofile
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir

ROOT = Path(__file__).resolve().parents[2]
METHODS = [("site/chengxin/**.py", "python"), ("templates/**.html", "jinja2")]
KEYWORDS = {"_": None, "_l": None, "N_": None, "gettext": None, "lazy_gettext": None}
BLANK = re.compile(r"%\(\w+\)s")


def catalogue() -> Catalog:
    with (ROOT / "site/chengxin/translations/zh_Hans_CN/LC_MESSAGES/messages.po").open("rb") as file:
        return pofile.read_po(file, locale="zh_Hans_CN")


def used() -> set[str]:
    options = {"templates/**.html": {"trimmed": "true"}}
    found = extract_from_dir(ROOT, METHODS, options_map=options, keywords=KEYWORDS)
    return {message for _file, _line, message, _comments, _context in found if isinstance(message, str)}


def test_every_message_has_its_chinese() -> None:
    known = catalogue()
    assert sorted(m for m in used() if not (found := known.get(m)) or not found.string) == []


def test_no_message_is_left_over_or_doubtful() -> None:
    wanted = used()
    assert [m.id for m in catalogue() if m.id and (m.id not in wanted or m.fuzzy)] == []


def test_the_blanks_are_the_same_in_both_languages() -> None:
    differing = [
        m.id
        for m in catalogue()
        if m.id and set(BLANK.findall(str(m.id))) != set(BLANK.findall(str(m.string)))
    ]
    assert differing == []


def test_the_chinese_has_no_space_beside_digits_and_no_english_marks() -> None:
    pattern = re.compile(
        r"[\u4e00-\u9fff] +(?:\d|%\()|\)s +[\u4e00-\u9fff]|[\u4e00-\u9fff][,;?!](?:$|[\u4e00-\u9fff])"
    )
    assert [m.string for m in catalogue() if m.id and pattern.search(str(m.string))] == []
