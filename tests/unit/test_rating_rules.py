"""The rules of ratings: shown only from five, and never hidden for being negative."""

import pytest

from chengxin.core.errors import DomainError
from chengxin.opinions.ratings import rules
from chengxin.opinions.ratings.rules import Reason, State


def test_four_ratings_are_no_score() -> None:
    assert rules.score([(5, 5, 5, 5, 5)] * 4) is None


def test_five_ratings_are_a_score_with_their_number() -> None:
    score = rules.score([(5, 5, 5, 5, 5), (1, 1, 1, 1, 1), (2, 2, 2, 2, 2), (3, 3, 3, 3, 3), (4, 5, 4, 5, 4)])
    assert score is not None
    assert (score.count, score.mean) == (5, 3.1)
    assert score.steps == {5: 1, 1: 1, 2: 1, 3: 1, 4: 1}


def test_no_reason_to_hide_a_rating_is_that_it_is_negative() -> None:
    assert set(Reason) == {
        "personal_data",
        "insult",
        "advertising",
        "off_topic",
        "not_a_client",
        "repeated",
        "unlawful",
    }


def test_a_hidden_rating_can_be_shown_again_and_a_removed_one_cannot() -> None:
    rules.may_move(State.HIDDEN, State.PUBLISHED)
    with pytest.raises(DomainError):
        rules.may_move(State.REMOVED, State.PUBLISHED)
