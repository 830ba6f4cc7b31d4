"""Which region a text means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.agencies.gazetteer import Found, Gazetteer, Place
from chengxin.agencies.provinces import PROVINCES

PLACES = [
    Place("980000", "云泽省", "province", None),
    Place("990000", "江州市", "province", None),
    Place("990100", "市辖区", "city", "990000"),
    Place("990101", "临江区", "county", "990100"),
    Place("990102", "青石自治县", "county", "990100"),
    Place("980100", "云泽市", "city", "980000"),
    Place("980101", "临江区", "county", "980100"),
    Place("980200", "白沙市", "city", "980000"),
    Place("980201", "北桥区", "county", "980200"),
    Place("980102", "北桥区", "county", "980100"),
]


@pytest.fixture
def gazetteer() -> Gazetteer:
    """Give two invented provinces."""
    return Gazetteer(PLACES)


@pytest.mark.parametrize(
    ("texts", "code", "rest"),
    [
        (["江州市", "江州市", "临江区"], "990101", ()),
        (["江州", "临江"], "990101", ()),
        (["江州市", "", "青石自治县"], "990102", ()),
        (["云泽省", "白沙市", "北桥区"], "980201", ()),
        (["云泽省", "北桥区"], "980000", ("北桥区",)),
        (["云泽省白沙市北桥区"], "980201", ()),
        (["云泽白沙北桥"], "980201", ()),
        (["云泽省", "无名市"], "980000", ("无名市",)),
        (["云泽"], "980000", ()),
        (["临江"], None, ("临江",)),
        (["临江区"], None, ("临江区",)),
        (["MANILA", "ERMITA"], None, ("MANILA", "ERMITA")),
        (["990101"], "990101", ()),
        (["990199"], "990100", ()),
        (["979999"], None, ("979999",)),
        ([], None, ()),
    ],
)
def test_texts_lead_to_the_most_specific_known_region(
    gazetteer: Gazetteer, texts: list[str], code: str | None, rest: tuple[str, ...]
) -> None:
    assert gazetteer.resolve(texts) == Found(code, rest)


def test_an_address_is_read_by_complete_names_only(gazetteer: Gazetteer) -> None:
    assert gazetteer.resolve_address("江州市临江区滨江路 12 号") == "990101"
    assert gazetteer.resolve_address("白沙路 12 号") is None
    assert gazetteer.resolve_address("") is None


def test_a_lineage_starts_at_the_province(gazetteer: Gazetteer) -> None:
    assert [place.name for place in gazetteer.lineage("980201")] == ["云泽省", "白沙市", "北桥区"]
    assert gazetteer.lineage(None) == []


def test_a_circle_of_parents_ends(gazetteer: Gazetteer) -> None:
    circle = Gazetteer(
        [Place("970000", "环州", "city", "970001"), Place("970001", "环县", "county", "970000")]
    )
    assert circle.resolve(["环州"]).code == "970000"


def test_the_34_provinces_are_known() -> None:
    assert len(PROVINCES) == 34


@given(st.lists(st.text(max_size=12), max_size=4))
def test_any_texts_can_be_resolved(texts: list[str]) -> None:
    found = Gazetteer(PLACES).resolve(texts)
    assert found.code is None or len(found.code) == 6
