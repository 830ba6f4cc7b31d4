"""Natural persons (自然人) in published tables: their rows are refused, their columns never read.

The tables of 双公示 mix firms with persons. A person's decision or permit is no matter of this platform, and
identity numbers, documents and phones are not needed for a firm's.
"""

import re
from collections.abc import Iterable, Mapping

from chengxin.core.tables import TableError
from chengxin.core.tables.shape import fold_header

# Titles that hold a person's own data; a column with one of these in its title is never read.
PERSONAL = (
    "身份证",
    "证件号码",
    "证件类型",
    "自然人",
    "护照",
    "手机",
    "家庭住址",
    "出生日期",
    "identity number",
    "passport",
)
# The column that may hold a firm's code or a person's number; its cells are looked at one by one.
MIXED = frozenset({"统一社会信用代码或证件号码"})
# What says that the party of a row is a person, read only to refuse the row.
SUBJECT_NAMES = ("行政相对人类别", "主体类别", "相对人类别", "party category")
PERSON_NUMBER_NAMES = (
    "自然人证件号码",
    "证件号码",
    "居民身份证号",
    "行政相对人代码_5(居民身份证号)",
    "行政相对人代码_6(居民身份证号)",
)
PERSONS = frozenset({"自然人", "个人", "公民", "natural person", "individual"})
PERSON_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{1,8}·[\u3400-\u9fff]{1,8}")
# Endings of short names that firms have and persons do not.
FIRM_ENDINGS = (
    "公司",
    "中心",
    "集团",
    "商行",
    "商店",
    "工厂",
    "部",
    "厂",
    "店",
    "社",
    "所",
    "站",
    "院",
    "行",
    "处",
    "会",
)


def is_natural_person(*, subject: str, name: str, code: str, person_number: str) -> bool:
    """Tell whether the party of a row is a person: by its category, else by a person's number and name."""
    if subject.strip().casefold() in PERSONS:
        return True
    named_like_one = bool(PERSON_NAME.fullmatch(name)) and not name.endswith(FIRM_ENDINGS)
    if subject.strip() or not named_like_one:
        return False
    return not code or "*" in code or bool(person_number)


def columns_of(header: Iterable[str]) -> list[int]:
    """Return the places of the columns that hold a person's own data."""
    marks = [fold_header(each) for each in PERSONAL]
    mixed = {fold_header(each) for each in MIXED}
    folded = [fold_header(title) for title in header]
    return [
        at for at, title in enumerate(folded) if title not in mixed and any(mark in title for mark in marks)
    ]


def without_them(header: tuple[str, ...], found: Mapping[str, list[int]]) -> dict[str, list[int]]:
    """Return the columns of the fields without a person's own; refuse a field that has no other column."""
    personal = set(columns_of(header))
    kept = {name: [at for at in places if at not in personal] for name, places in found.items()}
    lost = [header[at] for name, places in found.items() if not kept[name] for at in places]
    if lost:
        raise TableError(
            f"The column {lost[0]!r} holds data of persons; it is never read. Take it out of --map."
        )
    return kept
