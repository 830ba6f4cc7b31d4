"""Two forms that meet on one code are two records with two receipts; one form sent again stays one, in each room."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select
from tests import disputes, make, suggestions

from chengxin.core import receipts
from chengxin.core.clock import frozen
from chengxin.core.database import Database
from chengxin.core.proofs import prove
from chengxin.core.receipts import Receipt
from chengxin.intake.counting import Door, Guard, Usual, counted_on
from chengxin.intake.resends import ATTEMPTS, TakenError, with_a_free_code
from chengxin.standing.objections import actions as objections
from chengxin.standing.objections.models import Objection
from chengxin.voices.complaints import queries, receiving
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.suggestions import actions as suggesting
from chengxin.voices.suggestions.models import Suggestion

SECRET = "a secret of the tests"
GUARD = Guard(usual=Usual(daily=100, daily_subject=100), secret=SECRET)
Room = tuple[type[Any], Callable[..., Any], Callable[..., Any]]
ROOMS: dict[str, Room] = {
    "complaints": (
        Complaint,
        partial(make.filing, disputes.KEY.recipients),
        partial(receiving.receive, actor="public", sketch=None, guard=GUARD),
    ),
    "suggestions": (
        Suggestion,
        suggestions.filing,
        partial(suggesting.receive, actor="public", guard=GUARD),
    ),
    "objections": (
        Objection,
        partial(disputes.filing, applicant="public"),
        partial(objections.receive, actor="public", guard=GUARD),
    ),
}


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with frozen(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


@pytest.fixture(params=sorted(ROOMS))
def room(request: pytest.FixtureRequest) -> Room:
    return ROOMS[request.param]


@pytest.fixture
def one_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the first code of every form be the same, and leave its phrase alone."""
    mint = receipts.mint

    def crowded(secret: str, seed: str, *, attempt: int = 0) -> Receipt:
        made = mint(secret, seed, attempt=attempt)
        return made if attempt else Receipt(receipts.NOBODYS.code, made.words)

    monkeypatch.setattr(receipts, "mint", crowded)


def send(database: Database, room: Room, nonce: str) -> tuple[int, Receipt]:
    _model, filing, receive = room

    def store(filed: Any) -> int:
        with database.writing() as session:
            return int(receive(session, filing=filed).id)

    return with_a_free_code(lambda attempt: filing(nonce=nonce, attempt=attempt), store)


def stored(database: Database, room: Room) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(room[0])) or 0


@pytest.mark.usefixtures("one_code")
def test_who_meets_a_strangers_code_gets_another_and_nothing_is_lost(database: Database, room: Room) -> None:
    first, second = send(database, room, "one"), send(database, room, "another")
    assert first[0] != second[0]
    assert first[1].code != second[1].code
    assert stored(database, room) == 2


@pytest.mark.usefixtures("one_code")
def test_a_form_sent_again_finds_its_own_record_behind_the_strangers(database: Database, room: Room) -> None:
    send(database, room, "one")
    sent = [send(database, room, "another") for _ in range(3)]
    assert len(set(sent)) == 1
    assert send(database, room, "one")[0] != sent[0][0]
    assert stored(database, room) == 2


@pytest.mark.usefixtures("one_code")
def test_forms_that_meet_at_once_are_all_kept(database: Database, room: Room) -> None:
    with ThreadPoolExecutor(4) as pool:
        sent = list(pool.map(partial(send, database, room), "ababcdcd"))
    assert len({number for number, _ in sent}) == len({receipt.code for _, receipt in sent}) == 4
    assert stored(database, room) == 4


@pytest.mark.usefixtures("one_code")
def test_each_receipt_opens_its_own_case_and_each_is_counted_once(database: Database) -> None:
    room = ROOMS["complaints"]
    sent = [send(database, room, nonce) for nonce in ("one", "another", "another")]
    with database.reading() as session:
        for number, receipt in sent:
            case = queries.by_receipt(session, prove(secret=SECRET, typed=receipt.both))
            assert case is not None
            assert case.id == number
        assert counted_on(session, Door.CASES, datetime(2026, 11, 20, tzinfo=UTC).date()) == 2


def test_a_form_that_finds_no_free_code_is_refused_and_never_taken_for_another() -> None:
    tried: list[int] = []

    def taken(filing: Any) -> None:
        raise TakenError

    def prepare(attempt: int) -> Any:
        tried.append(attempt)

    with pytest.raises(TakenError):
        with_a_free_code(prepare, taken)
    assert tried == list(range(ATTEMPTS))


def test_what_comes_without_a_phrase_has_no_code_to_share(database: Database, one_code: None) -> None:
    del one_code
    filings = [disputes.filing(nonce=nonce, applicant="paper") for nonce in ("one", "another", "one")]
    with database.writing() as session:
        made = [objections.receive(session, actor="command", filing=each).id for each in filings]
    assert made[0] == made[2] != made[1]
