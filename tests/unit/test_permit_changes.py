"""What counts as a change of a permit, and what is only part of the opening balance."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.agencies.permits.labels import CHANGE, FACT
from chengxin.agencies.permits.rules import (
    PERMIT_FACTS,
    Change,
    Fact,
    change_of_status,
    changes_of,
    changes_of_holder,
    grant_is_news,
    news_until,
    publish_by,
)
from chengxin.agencies.rules import ENDINGS, PermitStatus

TODAY = date(2026, 11, 20)
DAYS = st.dates(date(2000, 1, 1), date(2040, 1, 1))


def test_the_five_endings_are_five_changes_with_five_words() -> None:
    words = {str(CHANGE[Change(ending.value)]) for ending in ENDINGS}
    assert len(words) == len(ENDINGS) == 5


def test_every_change_and_every_fact_has_words() -> None:
    assert set(CHANGE) == set(Change)
    assert set(FACT) == set(Fact)


@pytest.mark.parametrize(("before", "after"), list(product(PermitStatus, sorted(ENDINGS))))
def test_an_ending_is_told_by_its_own_name(before: PermitStatus, after: PermitStatus) -> None:
    assert change_of_status(before, after) == (None if before is after else Change(after.value))


@pytest.mark.parametrize("before", list(PermitStatus))
def test_nobody_is_told_that_a_status_became_unknown(before: PermitStatus) -> None:
    assert change_of_status(before, PermitStatus.UNKNOWN) is None


def test_a_status_that_was_unknown_does_not_come_into_force_again() -> None:
    assert change_of_status(PermitStatus.UNKNOWN, PermitStatus.VALID) is None
    assert change_of_status(PermitStatus.SUSPENDED, PermitStatus.VALID) is Change.RESUMED


def test_a_list_that_still_calls_an_expired_permit_valid_tells_nothing() -> None:
    assert change_of_status(PermitStatus.EXPIRED, PermitStatus.VALID) is None


def test_an_ending_holds_from_the_day_its_source_tells() -> None:
    new = {"status": "revoked", "status_on": date(2026, 10, 1)}
    (told,) = changes_of({"status": "valid", "status_on": None}, new, learnt_on=TODAY)
    assert (told.change, told.on, told.dated) == (Change.REVOKED, date(2026, 10, 1), True)


def test_an_ending_without_a_day_is_dated_by_when_it_was_learnt_and_says_so() -> None:
    (told,) = changes_of({"status": "valid"}, {"status": "deregistered"}, learnt_on=TODAY)
    assert (told.on, told.dated) == (TODAY, False)


def test_a_later_last_day_is_a_renewal_and_an_earlier_one_a_change() -> None:
    early, late = date(2026, 1, 1), date(2031, 1, 1)
    (renewed,) = changes_of({"valid_to": early}, {"valid_to": late}, learnt_on=TODAY)
    (cut,) = changes_of({"valid_to": late}, {"valid_to": early}, learnt_on=TODAY)
    assert (renewed.change, renewed.old, renewed.new) == (Change.RENEWED, "2026-01-01", "2031-01-01")
    assert cut.change is Change.CHANGED


def test_a_renewal_after_the_end_is_told_once() -> None:
    old = {"status": "expired", "valid_to": date(2026, 1, 1)}
    new = {"status": "valid", "valid_to": date(2031, 1, 1), "valid_from": date(2026, 2, 1)}
    (told,) = changes_of(old, new, learnt_on=TODAY)
    assert (told.change, told.on) == (Change.RENEWED, date(2026, 2, 1))


def test_a_fact_that_was_empty_before_is_learnt_not_changed() -> None:
    assert list(changes_of({"scope": ""}, {"scope": "职业中介活动"}, learnt_on=TODAY)) == []
    (told,) = changes_of({"scope": "招聘"}, {"scope": "职业中介活动"}, learnt_on=TODAY)
    assert (told.fact, told.old, told.new) == ("scope", "招聘", "职业中介活动")


def test_a_new_name_and_a_new_address_change_the_permit_that_repeats_them() -> None:
    old = {"name": "旧名", "folded_name": "旧名", "address": "滨江路1号"}
    new = {"name": "新名", "folded_name": "新名", "address": "滨江路2号"}
    assert [each.fact for each in changes_of_holder(old, new, learnt_on=TODAY)] == ["name", "address"]
    assert list(changes_of_holder({"name": "新名"}, {"name": "新名 "}, learnt_on=TODAY)) == []


def test_the_stock_of_a_first_import_is_no_news() -> None:
    long_ago, lately = TODAY - timedelta(days=400), TODAY - timedelta(days=5)
    assert not grant_is_news(long_ago, recorded_on=TODAY, agency_is_new=True)
    assert grant_is_news(lately, recorded_on=TODAY, agency_is_new=True)


def test_a_permit_added_to_a_known_agency_is_news_when_its_day_is_told() -> None:
    assert grant_is_news(TODAY - timedelta(days=400), recorded_on=TODAY, agency_is_new=False)
    assert not grant_is_news(None, recorded_on=TODAY, agency_is_new=False)


@given(valid_to=DAYS, recorded_on=DAYS)
def test_only_a_term_that_still_runs_is_watched(valid_to: date, recorded_on: date) -> None:
    watched = news_until(valid_to, recorded_on=recorded_on)
    assert watched == (valid_to if valid_to >= recorded_on else None)


@given(
    fact=st.sampled_from(PERMIT_FACTS),
    status=st.sampled_from(PermitStatus),
    other=st.sampled_from(PermitStatus),
)
def test_what_is_the_same_is_never_told(fact: Fact, status: PermitStatus, other: PermitStatus) -> None:
    assert list(changes_of({}, {}, learnt_on=TODAY)) == []
    told = list(changes_of({"status": status}, {"status": other}, learnt_on=TODAY))
    assert len(told) == (change_of_status(status, other) is not None)
    assert all(each.fact != fact for each in told)


def test_a_decision_is_published_within_twenty_working_days() -> None:
    assert publish_by(date(2026, 10, 9)) == date(2026, 11, 5)
