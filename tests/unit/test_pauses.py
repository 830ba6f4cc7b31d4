"""The pauses for wrong guesses grow, end soon, and stop a guesser in one place before the holder elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.core.pacing import rest
from chengxin.core.pauses import PHRASE_EVERYWHERE, PHRASE_HERE, SIGN_IN, Curve

tries = st.integers(0, 10_000)


@pytest.mark.parametrize(
    ("curve", "seconds"),
    [
        (SIGN_IN, [0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600]),
        (PHRASE_HERE, [0, 60, 120, 240, 480, 900, 900]),
        (PHRASE_EVERYWHERE, [0, 60, 120, 240, 480, 900, 900]),
    ],
)
def test_the_first_guesses_are_free_and_then_the_pauses_double(curve: Curve, seconds: list[int]) -> None:
    assert [curve.after(curve.free + more) for more in range(len(seconds))] == seconds


@pytest.mark.parametrize("curve", [SIGN_IN, PHRASE_HERE, PHRASE_EVERYWHERE])
@given(guesses=tries)
def test_no_pause_is_longer_than_its_bound_and_none_gets_shorter(curve: Curve, guesses: int) -> None:
    assert 0 <= curve.after(guesses) <= curve.after(guesses + 1) <= curve.longest


@given(tries)
def test_one_place_waits_at_least_as_long_as_everybody_together(wrong: int) -> None:
    assert PHRASE_HERE.after(wrong) >= PHRASE_EVERYWHERE.after(wrong)


@given(st.floats(0, 60), st.floats(0.001, 1))
def test_an_answer_comes_on_a_whole_beat_and_never_a_beat_late(spent: float, beat: float) -> None:
    waited = rest(spent, beat)
    beats = (spent + waited) / beat
    assert -1e-9 <= waited <= beat + 1e-9
    assert abs(beats - round(beats)) < 1e-6
