"""Places in words: divisions are read from what lists say, and names are found however they are said."""

import pytest

from chengxin.search.places import divisions, is_own, keys, learned, said, shortened


@pytest.mark.parametrize(
    ("place", "named"),
    [
        ("云岭市东湖区", ("云岭市", "东湖区")),
        ("云岭市市中区", ("云岭市", "市中区")),
        ("津市市", ("津市市",)),
        ("云岭苗族自治州新乡县", ("云岭苗族自治州", "新乡县")),
        ("省直辖县级行政区划临江市", ("临江市",)),
        ("云岭市东湖新城", ("云岭市", "东湖新城")),
        ("东湖", ("东湖",)),
        ("Easthaven, Rivertown", ("Rivertown", "Easthaven")),
        ("", ()),
    ],
)
def test_a_place_is_cut_into_its_divisions(place: str, named: tuple[str, ...]) -> None:
    assert divisions(place) == named


def test_namesakes_in_two_cities_have_two_keys() -> None:
    found = dict(learned([("990000", "云岭市市中区"), ("990000", "东湖市市中区")]))
    assert sorted(key for key, name in found.items() if name == "市中区") == [
        "990000东湖市市中区",
        "990000云岭市市中区",
    ]


def test_an_agency_lies_in_every_division_its_place_names() -> None:
    assert keys("990000", "云岭市东湖区") == (("990000云岭市", "云岭市"), ("990000云岭市东湖区", "东湖区"))


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("远帆（江州）人力资源有限公司", ("江州远帆人力资源有限公司",)),
        ("江州市远帆人力资源有限公司", ("江州远帆人力资源有限公司",)),
        ("远帆（江州市）人力资源有限公司", ("江州市远帆人力资源有限公司", "江州远帆人力资源有限公司")),
        ("远帆（集团）有限公司", ()),
        ("江州远帆人力资源有限公司", ()),
    ],
)
def test_a_name_is_known_in_the_forms_people_say(name: str, forms: tuple[str, ...]) -> None:
    assert said(name) == forms


def test_a_said_form_is_told_from_an_alias() -> None:
    name = "江州市远帆人力资源有限公司"
    assert is_own(shortened(name)[0], name)
    assert not is_own("远帆派遣", name)
