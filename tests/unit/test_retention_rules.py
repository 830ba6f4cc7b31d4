"""The schedule of retention: its days are exact on both sides, and nothing is kept that no rule reaches."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from chengxin.retention.labels import BASIS, SINCE, WHAT
from chengxin.retention.records import RECORDS
from chengxin.retention.rules import SCHEDULE, Basis, Term, What
from chengxin.voices.complaints.keeping import (
    ASKED_DAYS,
    CONTACT_MONTHS,
    RECEIPT_DAYS,
    WORDS_YEARS,
    keeping,
)

days = st.dates(date(2012, 1, 1), date(2090, 12, 31))
terms = st.builds(Term, months=st.integers(0, 48), days=st.integers(0, 400))
CLOSED = date(2026, 8, 31)


@given(terms, days, days)
def test_a_record_is_due_exactly_when_its_term_is_over(term: Term, since: date, today: date) -> None:
    assert (since <= term.cutoff(today)) == (term.ends(since) <= today)


@given(terms, days)
def test_what_is_due_today_is_due_tomorrow(term: Term, today: date) -> None:
    assert term.cutoff(today) <= term.cutoff(today + timedelta(1))


def test_half_a_year_after_the_end_of_a_long_month_is_the_end_of_the_short_one() -> None:
    term = Term(months=6)
    assert term.ends(date(2026, 8, 31)) == date(2027, 2, 28)
    assert term.cutoff(date(2027, 2, 28)) == date(2026, 8, 31)


def test_every_rule_stands_once_in_the_schedule_with_records_and_words() -> None:
    assert [rule.what for rule in SCHEDULE] == list(What)
    assert set(RECORDS) == set(WHAT) == set(SINCE) == set(What)
    assert set(BASIS) == set(Basis)


def test_what_law_or_promise_asks_for_names_where_it_stands() -> None:
    assert all(rule.source for rule in SCHEDULE if rule.basis is not Basis.ASSUMED)


def test_an_open_case_is_kept_whole() -> None:
    kept = keeping(closed_on=None, handled=True, asked=True, erased_on=None)
    assert (kept.contact, kept.words, kept.receipt) == (None, None, None)


def test_contact_goes_first_then_the_words_and_last_the_receipt() -> None:
    kept = keeping(closed_on=CLOSED, handled=True, asked=False, erased_on=None)
    assert kept.contact == date(2027, 2, 28)
    assert kept.words == date(2029, 8, 31)
    assert kept.receipt == date(2029, 8, 31) + timedelta(RECEIPT_DAYS)


def test_a_wish_to_erase_shortens_the_term_to_the_days_of_a_challenge() -> None:
    kept = keeping(closed_on=CLOSED, handled=True, asked=True, erased_on=None)
    assert kept.words == kept.contact == CLOSED + timedelta(ASKED_DAYS)


@given(closed=days, said=st.fixed_dictionaries({"handled": st.booleans(), "asked": st.booleans()}))
def test_nothing_is_kept_longer_than_the_longest_promise(closed: date, said: dict[str, bool]) -> None:
    kept = keeping(closed_on=closed, erased_on=None, **said)
    assert kept.contact is not None
    assert kept.words is not None
    assert kept.receipt is not None
    assert kept.contact <= kept.words < kept.receipt
    assert kept.contact <= Term(months=CONTACT_MONTHS).ends(closed)
    assert kept.words <= Term(months=WORDS_YEARS * 12).ends(closed)


def by_the_schedule(what: What, since: date) -> date:
    (rule,) = [rule for rule in SCHEDULE if rule.what is what]
    return rule.term.ends(since)


@given(days)
def test_a_case_s_own_page_promises_what_the_schedule_does(closed: date) -> None:
    handled = keeping(closed_on=closed, handled=True, asked=False, erased_on=None)
    taken_back = keeping(closed_on=closed, handled=False, asked=False, erased_on=None)
    asked = keeping(closed_on=closed, handled=True, asked=True, erased_on=None)
    assert handled.contact == by_the_schedule(What.CONTACT, closed)
    assert handled.words == by_the_schedule(What.WORDS, closed)
    assert taken_back.words == by_the_schedule(What.UNHANDLED, closed)
    assert asked.words == by_the_schedule(What.ASKED, closed)
    assert handled.words is not None
    assert handled.receipt == by_the_schedule(What.RECEIPT, handled.words)
