"""Standard texts as records: added, changed, retired; found by the letters they fit, in their order."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from chengxin.core.errors import DomainError, NotFoundError, StaleError
from chengxin.ledger import queries as ledger
from chengxin.ledger.rules import Subject
from chengxin.voices.standard_texts import actions, queries
from chengxin.voices.standard_texts.actions import Words
from chengxin.voices.standard_texts.models import StandardText

ACTOR = "account:1"


def words(**changes: Any) -> Words:
    given: Any = {
        "move": "merge",
        "track": "",
        "title": "并案",
        "body": "已并案。",
        "position": 5,
    }
    made: Words = given | changes
    return made


def titles(session: Session, *moves: str, track: str = "complaint") -> list[str]:
    return [each.title for each in queries.fitting(session, moves=moves, track=track)]


@pytest.fixture(autouse=True)
def nothing_yet(session: Session) -> None:
    session.query(StandardText).delete()


def test_texts_are_found_by_move_and_track_in_their_order(session: Session) -> None:
    kept: dict[str, Any] = {
        "后": {"position": 9},
        "先": {"position": 1},
        "举报": {"track": "report"},
        "别的": {"move": "accept"},
    }
    for title, changes in kept.items():
        actions.add(session, actor=ACTOR, words=words(title=title, **changes))
    assert titles(session, "merge") == ["先", "后"]
    assert titles(session, "merge", "accept", track="report") == ["先", "举报", "别的", "后"]


def test_a_retired_text_is_found_by_its_editors_alone(session: Session) -> None:
    text = actions.add(session, actor=ACTOR, words=words())
    actions.retire(session, actor=ACTOR, text_id=text.id, version=1)
    assert titles(session, "merge") == []
    assert [each.active for each in queries.everything(session)] == [False]
    actions.retire(session, actor=ACTOR, text_id=text.id, version=2)
    assert titles(session, "merge") == ["并案"]


def test_each_change_is_one_entry_that_names_the_fields(session: Session) -> None:
    text = actions.add(session, actor=ACTOR, words=words())
    actions.revise(session, actor=ACTOR, text_id=text.id, version=1, words=words(body="改了。", position=6))
    events = ledger.of_subject(session, Subject("standard_text", text.id))
    assert [each.verb for each in events] == ["text_added", "text_changed"]
    assert '"body","position"' in (events[1].new or "").replace(" ", "")


def test_a_text_that_somebody_changed_meanwhile_is_left_alone(session: Session) -> None:
    text = actions.add(session, actor=ACTOR, words=words())
    actions.revise(session, actor=ACTOR, text_id=text.id, version=1, words=words(title="新"))
    with pytest.raises(StaleError):
        actions.revise(session, actor=ACTOR, text_id=text.id, version=1, words=words(title="旧"))
    with pytest.raises(StaleError):
        actions.retire(session, actor=ACTOR, text_id=text.id, version=1)
    assert titles(session, "merge") == ["新"]


def test_what_is_not_there_is_not_changed(session: Session) -> None:
    with pytest.raises(NotFoundError):
        actions.retire(session, actor=ACTOR, text_id=99, version=1)


def test_a_text_with_a_place_nobody_fills_in_is_refused(session: Session) -> None:
    with pytest.raises(DomainError):
        actions.add(session, actor=ACTOR, words=words(body="{姓名}你好"))
    assert queries.everything(session) == []


def test_authorities_stand_apart_from_letters(session: Session) -> None:
    actions.add(session, actor=ACTOR, words=words(move="authority", title="市监局", body=""))
    actions.add(session, actor=ACTOR, words=words())
    assert [each.title for each in queries.authorities(session)] == ["市监局"]
