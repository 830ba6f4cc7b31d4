"""Standard texts: what they may hold, and how their places are filled in."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.core.errors import DomainError
from chengxin.desk.cases.candidates import heart
from chengxin.voices.standard_texts.rules import (
    ANY_MOVE,
    AUTHORITY,
    SUGGESTION,
    Place,
    check,
    filled,
    unknown_places,
)

DAY = date(2026, 11, 27)
VALUES: dict[Place, str | date] = {
    place: DAY if place.endswith(("by", "to")) else place.value for place in Place
}


@given(st.text(alphabet=st.characters(exclude_characters="{}"), max_size=200))
def test_a_text_without_places_stays_as_it_is(body: str) -> None:
    assert unknown_places(body, use=ANY_MOVE) == []
    assert filled(body, VALUES) == body


@given(st.lists(st.sampled_from(Place), max_size=6))
def test_every_known_place_is_filled_in(places: list[Place]) -> None:
    body = "编号" + "，".join(f"{{{place}}}" for place in places)
    assert unknown_places(body, use=ANY_MOVE) == []
    assert "{" not in filled(body, VALUES)


@given(st.text(min_size=1, max_size=40))
def test_a_text_that_passes_can_always_be_filled_in(body: str) -> None:
    if unknown_places(body, use=ANY_MOVE):
        with pytest.raises(DomainError):
            check("标题", body, use="")
    else:
        filled(body, VALUES)


def test_days_are_written_in_the_language_of_the_text() -> None:
    assert filled("请在{answer_by}前", VALUES) == "请在2026年11月27日前"
    assert filled("by {answer_by}", VALUES) == "by 2026-11-27"


def test_a_place_reaches_nothing_but_its_own_value() -> None:
    assert unknown_places("{case_no.__class__} {0} {", use=ANY_MOVE) == ["{case_no.__class__}", "{0}", "{"]


def test_a_reply_to_a_suggestion_has_no_case_to_fill_in() -> None:
    assert unknown_places("{authority}，{today}", use=SUGGESTION) == []
    assert unknown_places("{case_no}", use=SUGGESTION) == ["{case_no}"]


def test_an_authority_needs_a_name_alone() -> None:
    check("市场监督管理局", "", use=AUTHORITY)
    with pytest.raises(DomainError):
        check("", "12315", use=AUTHORITY)


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("江州捷聘人力资源有限公司", "江州捷聘"),
        ("江州市捷聘劳务派遣有限公司", "捷聘"),
        ("远帆职业介绍所", "远帆"),
        ("人力资源服务有限公司", ""),
    ],
)
def test_the_heart_of_a_name_is_what_tells_it_from_others(name: str, core: str) -> None:
    assert heart(name) == core
