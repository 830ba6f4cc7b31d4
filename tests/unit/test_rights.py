"""Roles, rights, usernames and passwords."""

import pytest

from chengxin.accounts.credentials import check_password, check_username
from chengxin.accounts.rules import (
    RIGHTS,
    Officer,
    Right,
    Role,
    check_agency,
    rights_of,
    roles_from,
    roles_text,
)
from chengxin.core.errors import DomainError


def officer(*roles: Role) -> Officer:
    return Officer(id=7, username="limin", name="李敏", roles=frozenset(roles))


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_rights(role: Role) -> None:
    assert RIGHTS[role]


def test_every_right_belongs_to_a_role() -> None:
    assert rights_of(Role) == frozenset(Right)


def test_a_moderator_decides_cases_but_publishes_nothing() -> None:
    moderator = officer(Role.MODERATOR)
    assert moderator.may(Right.DECIDE_CASES)
    assert not moderator.may(Right.PUBLISH_NOTICES, Right.PUBLISH_NEWS, Right.NAME_EXEMPLARS)


def test_a_publisher_reads_no_complaint() -> None:
    assert not officer(Role.PUBLISHER).may(Right.READ_CASES)


def test_an_administrator_keeps_the_house_but_reads_and_decides_nothing_in_it() -> None:
    reading = {Right.READ_FIGURES, Right.READ_OFFICER_FIGURES}
    assert officer(Role.ADMIN).rights == reading | {
        Right.KEEP_ACCOUNTS,
        Right.EDIT_STANDARD_TEXTS,
        Right.ERASE,
    }


def test_an_auditor_changes_nothing() -> None:
    reading = {Right.READ_LEDGER, Right.READ_FIGURES, Right.READ_OFFICER_FIGURES}
    assert officer(Role.AUDITOR).rights == reading


def test_a_handling_officer_answers_cases_but_neither_rates_nor_hands_them_out() -> None:
    handling = officer(Role.HANDLING_OFFICER)
    assert handling.may(Right.DECIDE_CASES)
    assert not handling.may(Right.MODERATE_RATINGS, Right.HAND_OUT_CASES, Right.PUBLISH_NOTICES)


def test_an_expert_and_an_association_see_no_case_and_publish_nothing() -> None:
    assert officer(Role.EXPERT).rights == {Right.READ_FIGURES}
    assert officer(Role.ASSOCIATION).rights == {Right.DRAFT_NEWS}


def test_two_roles_add_up() -> None:
    both = officer(Role.MODERATOR, Role.PUBLISHER)
    assert both.may(Right.DECIDE_CASES)
    assert both.may(Right.PUBLISH_NOTICES)


def test_one_right_of_several_is_enough() -> None:
    assert officer(Role.PUBLISHER).may(Right.DECIDE_CASES, Right.DRAFT_NEWS)


def test_the_ledger_names_an_officer_by_number() -> None:
    assert officer(Role.ADMIN).actor == "account:7"


def test_roles_are_kept_in_one_order() -> None:
    assert roles_text(roles_from(" publisher, moderator ")) == "moderator,publisher"


@pytest.mark.parametrize("text", ["", " , ", "king", "moderator,king"])
def test_unknown_or_missing_roles_are_refused(text: str) -> None:
    with pytest.raises(DomainError, match="roles are moderator"):
        roles_from(text)


@pytest.mark.parametrize("username", ["limin", "wang.qiang", "a1", "l-m_3"])
def test_plain_usernames_are_taken(username: str) -> None:
    check_username(username)


@pytest.mark.parametrize("username", ["", "a", "Limin", "李敏", "1limin", "li min", "limin\n", "a" * 33])
def test_usernames_that_could_be_mistaken_are_refused(username: str) -> None:
    with pytest.raises(DomainError):
        check_username(username)


@pytest.mark.parametrize(
    "password", ["elevenchars", "", "x" * 257, "LiMin-Office", "ＬｉＭｉｎ－Ｏｆｆｉｃｅ"]
)
def test_short_long_and_username_passwords_are_refused(password: str) -> None:
    with pytest.raises(DomainError):
        check_password(password, username="limin-office")


def test_a_long_phrase_is_a_good_password() -> None:
    check_password("三月的雨下在江州老桥上面", username="limin")


def test_an_agency_has_one_right_and_is_a_guest() -> None:
    assert officer(Role.AGENCY).rights == {Right.OWN_FILE}
    assert officer(Role.AGENCY).is_guest
    assert not officer(Role.MODERATOR, Role.ADMIN).is_guest


@pytest.mark.parametrize(
    ("roles", "agency_id"),
    [([Role.AGENCY], None), ([Role.AGENCY, Role.PUBLISHER], 3), ([Role.MODERATOR], 3)],
)
def test_nobody_is_both_of_the_staff_and_of_an_agency(roles: list[Role], agency_id: int | None) -> None:
    with pytest.raises(DomainError, match="agency"):
        check_agency(roles, agency_id)


def test_an_agency_account_names_its_agency() -> None:
    check_agency([Role.AGENCY], 3)
    check_agency([Role.MODERATOR], None)
