"""The one spelling of a query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.core.publishing import canonical_query, spelled

KNOWN = ("kind", "q", "page")


@given(st.text(max_size=60))
def test_the_canonical_query_is_its_own_canonical_query(raw: str) -> None:
    once = canonical_query(raw, KNOWN)
    assert canonical_query(once, KNOWN) == once


@given(st.dictionaries(st.sampled_from(KNOWN), st.text(max_size=120)))
def test_what_the_site_spells_from_clean_values_is_canonical_at_once(values: dict[str, str]) -> None:
    clean = canonical_query(spelled(values), KNOWN)
    assert canonical_query(clean, KNOWN) == clean
    assert clean.isascii()


@pytest.mark.parametrize("raw", ["", "x=1", "kind=", "page=1", "q=%00", "q=%20", "&&&", "=", "kind"])
def test_a_query_that_says_nothing_is_no_query(raw: str) -> None:
    assert canonical_query(raw, KNOWN) == ""


def test_a_very_long_value_is_cut() -> None:
    assert canonical_query(f"q={'a' * 500}", KNOWN) == f"q={'a' * 100}"
