"""The invented city on paper: names, codes, numbers and texts, before anything is stored."""

from datetime import date

import pytest

from chengxin.accounts.credentials import check_password, check_username
from chengxin.agencies import uscc
from chengxin.agencies.rules import PermitKind
from chengxin.bulletins.rules import Column, check_slug
from chengxin.core.folding import fold_name
from chengxin.sample import codes, staff
from chengxin.sample.profiles import Profile, profiles
from chengxin.sample.reading import articles, dated, table

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def city() -> list[Profile]:
    return profiles(400, TODAY)


def test_the_same_day_draws_the_same_city(city: list[Profile]) -> None:
    assert profiles(400, TODAY) == city


def test_a_larger_city_begins_with_the_smaller_one(city: list[Profile]) -> None:
    assert profiles(90, TODAY) == city[:90]


def test_another_day_changes_no_name_and_no_code(city: list[Profile]) -> None:
    later = profiles(400, date(2027, 3, 1))
    assert [(each.name, each.uscc, each.uid) for each in later] == [
        (each.name, each.uscc, each.uid) for each in city
    ]


def test_every_credit_code_has_its_check_character_and_no_place(city: list[Profile]) -> None:
    assert all(uscc.is_valid(each.uscc) for each in city)
    assert {each.uscc[2:4] for each in city} == {"99"}


def test_no_two_agencies_share_a_name_a_code_or_a_permit_number(city: list[Profile]) -> None:
    numbers = [(held.kind, held.number) for each in city for held in each.permits]
    assert len({fold_name(each.name) for each in city}) == len(city)
    assert len({each.uscc for each in city}) == len(city)
    assert len({each.uid for each in city}) == len(city)
    assert len(set(numbers)) == len(numbers)


def test_every_name_begins_with_an_invented_place(city: list[Profile]) -> None:
    places = {prefix for each in table("places")["region"] for prefix in each["prefixes"]}
    assert [each.name for each in city if not each.name.startswith(tuple(places))] == []


def test_the_city_has_every_kind_of_permit_and_look_alikes(city: list[Profile]) -> None:
    names = {each.name for each in city}
    assert {held.kind for each in city for held in each.permits} == set(PermitKind)
    assert {"江州捷聘人力资源有限公司", "江州捷骋人力资源有限公司"} <= names


def test_telephone_numbers_are_nobodys() -> None:
    assert codes.phone(7).startswith("0990-0")
    assert codes.mobile(7).startswith("100")
    assert len(codes.mobile(7)) == 11


def test_dates_in_texts_follow_today() -> None:
    text = "{day -25}、{month -170}、{quarter -22}、{year}、{short 18}"
    assert dated(text, TODAY) == "2026年10月28日、2026年6月、2026年三季度、2026、12月10日"


def test_the_first_quarter_follows_the_fourth_of_the_year_before() -> None:
    assert dated("{quarter 0}", date(2027, 2, 1)) == "2026年四季度"


def test_every_news_column_has_a_text_to_show() -> None:
    shown = [head for head, _ in articles() if "state" not in head]
    assert {head["column"] for head in shown} == set(Column)
    assert len(shown) >= 14


def test_every_news_address_can_be_typed() -> None:
    assert all(check_slug(head["slug"]) for head, _ in articles())


def test_the_sample_accounts_obey_the_rules() -> None:
    for each in staff.accounts():
        check_username(each["username"])
        check_password(staff.password(), username=each["username"])
