"""Which trade names are alike: the same from both sides, by sound, shape, order or one character."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.vocabularies import invented

from chengxin.search import likeness as rules
from chengxin.search.likeness import Likeness, are_one_house, core_of, keys_of

VOCABULARY = invented()
CHARACTERS = "众合和诚城达大太未末江启明"
cores = st.text(CHARACTERS, min_size=2, max_size=4)


def why(one: str, other: str) -> Likeness | None:
    shared = set(keys_of(one, VOCABULARY.sounds)) & set(keys_of(other, VOCABULARY.sounds))
    found = [kind for key in shared if (kind := rules.likeness(key, one, other))]
    return min(found, key=lambda kind: kind.weight, default=None)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("众合", "众合", Likeness.SAME),
        ("众合", "众和", Likeness.HOMOPHONE),
        ("未来", "末来", Likeness.SHAPE),
        ("众合", "合众", Likeness.SWAPPED),
        ("启明星", "启明新", Likeness.ONE_CHARACTER),
        ("启明星", "新启明星", Likeness.ONE_CHARACTER),
        ("众合", "众达", None),
        ("众合", "新众合", None),
        ("启明星", "远帆路", None),
    ],
)
def test_names_are_alike_for_a_reason_or_not_at_all(one: str, other: str, expected: Likeness | None) -> None:
    assert why(one, other) is expected


@given(cores, cores)
def test_likeness_is_the_same_from_both_sides(one: str, other: str) -> None:
    assert why(one, other) is why(other, one)


@given(cores)
def test_a_name_is_like_itself(core: str) -> None:
    assert why(core, core) is Likeness.SAME


@given(st.text("众合诚达启明星", min_size=3, max_size=6), st.data())
def test_one_wrong_character_in_a_longer_name_is_always_seen(core: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(core) - 1))
    assert why(core, f"{core[:at]}郡{core[at + 1 :]}") is not None


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("江州众合人力资源有限公司", "众合"),
        ("众合（江州）人力资源集团有限公司", "众合"),
        ("江州衆合企業管理諮詢有限公司", "众合"),
        ("江州新众合人才市场", "新众合"),
        ("江州鸿途职业介绍所", "鸿途"),
        ("江州市人力资源服务中心", ""),
    ],
)
def test_the_trade_name_stands_between_place_and_business(name: str, core: str) -> None:
    assert core_of(name, VOCABULARY) == core


def test_a_branch_is_no_look_alike_of_its_company() -> None:
    company = "江州众合人力资源有限公司"
    assert are_one_house(company, f"{company}江北分公司")
    assert are_one_house(f"{company}江南分公司", f"{company}江北分公司")
    assert not are_one_house(company, "江州众和人力资源有限公司江北分公司")
    assert not are_one_house(company, company)


def test_every_character_of_a_similar_shape_stands_in_one_group() -> None:
    path = Path(rules.__file__).parent / "lexicon" / "shapes.txt"
    groups = path.read_text(encoding="utf-8").split()
    characters = "".join(groups)
    assert len(groups) > 300
    assert len(set(characters)) == len(characters)
    assert all(len(group) > 1 for group in groups)
