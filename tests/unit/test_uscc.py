"""The credit code: its check character, and what is no code although it looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.agencies import uscc

bodies = st.text(alphabet=uscc.ALPHABET, min_size=17, max_size=17)


@pytest.mark.parametrize("code", ["91110000600037341L", "52440100MJ1234567G", "Y1110000MB01234564"])
def test_known_codes_pass(code: str) -> None:
    assert uscc.is_valid(code)


@pytest.mark.parametrize(
    "code", ["", "9111000060003734", "91110000600037341X", "91110000600037341I", "0" * 18]
)
def test_what_is_no_code_fails(code: str) -> None:
    assert not uscc.is_valid(code)


@given(bodies)
def test_every_body_has_one_check_character(body: str) -> None:
    passing = [each for each in uscc.ALPHABET if uscc.is_valid(body + each)]
    assert passing == [uscc.check_character(body)] or len(set(body)) == 1


@given(bodies, st.integers(0, 16), st.sampled_from(uscc.ALPHABET))
def test_one_wrong_character_is_noticed(body: str, at: int, wrong: str) -> None:
    check = uscc.check_character(body)
    changed = body[:at] + wrong + body[at + 1 :]
    assert changed == body or uscc.check_character(changed) != check


@given(st.text(max_size=30))
def test_any_text_can_be_asked_about(text: str) -> None:
    assert uscc.is_valid(uscc.tidy(text)) in {True, False}
    assert uscc.is_identity_number(uscc.tidy(text)) in {True, False}


def test_full_width_and_spaced_codes_are_tidied() -> None:
    assert uscc.tidy(" ９１１１００００－６０００３７３４１ｌ ") == "91110000600037341L"


def test_an_identity_number_is_told_from_a_code() -> None:
    assert uscc.is_identity_number("11010519491231002X")
    assert not uscc.is_identity_number("110105194912310021")
    assert not uscc.is_identity_number("91110000600037341L")
