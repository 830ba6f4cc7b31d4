"""The pauses for wrong phrases grow, end soon, and stop a guesser in one place before the holder elsewhere."""

from hypothesis import given
from hypothesis import strategies as st

from chengxin.core.backoff import FREE_EVERYWHERE, FREE_HERE, LONGEST_PAUSE, minutes_of_pause
from chengxin.core.pacing import rest

tries = st.integers(0, 10_000)


def test_the_first_wrong_phrases_are_free_and_then_the_pauses_double() -> None:
    pauses = [minutes_of_pause(wrong, free=FREE_HERE) for wrong in range(FREE_HERE - 1, FREE_HERE + 6)]
    assert pauses == [0, 1, 2, 4, 8, 15, 15]


@given(tries)
def test_no_pause_is_longer_than_a_quarter_of_an_hour_and_none_gets_shorter(wrong: int) -> None:
    pause = minutes_of_pause(wrong, free=FREE_HERE)
    assert 0 <= pause <= minutes_of_pause(wrong + 1, free=FREE_HERE) <= LONGEST_PAUSE


@given(tries)
def test_one_place_waits_at_least_as_long_as_everybody_together(wrong: int) -> None:
    assert minutes_of_pause(wrong, free=FREE_HERE) >= minutes_of_pause(wrong, free=FREE_EVERYWHERE)


@given(st.floats(0, 60), st.floats(0.001, 1))
def test_an_answer_comes_on_a_whole_beat_and_never_a_beat_late(spent: float, beat: float) -> None:
    waited = rest(spent, beat)
    beats = (spent + waited) / beat
    assert -1e-9 <= waited <= beat + 1e-9
    assert abs(beats - round(beats)) < 1e-6
