"""Four eyes on the database itself: raw SQL cannot publish, review or end a notice by one person."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from tests import make
from tests.desk import Brake

from chengxin.core.database import Database
from chengxin.core.errors import NotAllowedError
from chengxin.ledger.rules import account_of
from chengxin.standing.sanctions import actions, workbench
from chengxin.standing.sanctions.hands import hands_of, put_hand
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import Part


@pytest.fixture(autouse=True)
def _noon(clock: Brake) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, 0, tzinfo=UTC)):
        yield


class Served:
    """A notice that waits for publication: written by two, reviewed by a third."""

    def __init__(self, database: Database) -> None:
        """Bring it there."""
        self.database = database
        with database.writing() as session:
            self.author, self.helper, self.reviewer, self.other = make.actors(session, count=4)
            made = actions.draft(session, actor=self.author, wording=make.wording())
            held: dict[str, Any] = {"sanction_id": made.id, "version": made.version}
            actions.revise(session, actor=self.helper, wording=make.wording(title="新题"), **held)
            held = {"sanction_id": made.id, "version": made.version}
            actions.submit(session, actor=self.author, reason="齐全", **held)
            held = {"sanction_id": made.id, "version": made.version}
            self.notice = actions.approve(session, actor=self.reviewer, reason="合法", **held)

    def run(self, statement: str, **values: object) -> None:
        """Run raw SQL in a transaction of its own."""
        ids = {name: account_of(getattr(self, name)) for name in ("author", "helper", "reviewer", "other")}
        with self.database.writing() as session:
            session.execute(text(statement), {**ids, "notice": self.notice.id, **values})


@pytest.fixture
def served(database: Database) -> Served:
    return Served(database)


PUBLISH = "UPDATE sanction SET state = 'published', published_by = {by} WHERE id = :notice"


def test_the_authors_and_the_second_person_are_on_record(served: Served) -> None:
    with served.database.reading() as session:
        parts = hands_of(session, served.notice)
        assert workbench.authors_of(session, served.notice) == {served.author, served.helper}
    assert parts[account_of(served.reviewer) or 0] is Part.SECOND
    assert len(parts) == 3


@pytest.mark.parametrize("by", [":author", ":helper", ":other", "NULL"])
def test_the_database_publishes_for_nobody_but_a_second_person(served: Served, by: str) -> None:
    with pytest.raises(IntegrityError):
        served.run(PUBLISH.format(by=by))


def test_the_database_publishes_for_a_second_person(served: Served) -> None:
    served.run("INSERT INTO sanction_hand (sanction_id, account_id, part) VALUES (:notice, :other, 'second')")
    served.run(PUBLISH.format(by=":other"))


@pytest.mark.parametrize("who", ["author", "helper"])
def test_an_author_cannot_be_made_the_second_person(served: Served, who: str) -> None:
    with pytest.raises(IntegrityError):
        served.run(
            f"INSERT INTO sanction_hand (sanction_id, account_id, part) VALUES (:notice, :{who}, 'second')"
        )
    with pytest.raises(IntegrityError):
        served.run(
            f"UPDATE sanction_hand SET part = 'second' WHERE sanction_id = :notice AND account_id = :{who}"
        )
    with pytest.raises(IntegrityError):
        served.run(f"DELETE FROM sanction_hand WHERE sanction_id = :notice AND account_id = :{who}")


def test_nobody_has_an_unknown_part(served: Served) -> None:
    with pytest.raises(IntegrityError):
        served.run(
            "INSERT INTO sanction_hand (sanction_id, account_id, part) VALUES (:notice, :other, 'friend')"
        )


@pytest.mark.parametrize("by", [":author", "NULL"])
def test_the_database_publishes_nothing_that_no_second_person_reviewed(served: Served, by: str) -> None:
    served.run("INSERT INTO sanction_hand (sanction_id, account_id, part) VALUES (:notice, :other, 'second')")
    served.run("UPDATE sanction SET reviewed_by = NULL, state = 'legal_review' WHERE id = :notice")
    with pytest.raises(IntegrityError):
        served.run(
            f"UPDATE sanction SET state = 'published', published_by = :other, reviewed_by = {by}"
            " WHERE id = :notice"
        )


def test_who_published_urgently_cannot_review_it_on_the_database(served: Served) -> None:
    served.run("INSERT INTO sanction_hand (sanction_id, account_id, part) VALUES (:notice, :other, 'second')")
    served.run(
        "UPDATE sanction SET state = 'published', published_by = :other, reviewed_by = NULL,"
        " urgent_reason = '侵害仍在继续' WHERE id = :notice"
    )
    with pytest.raises(IntegrityError):
        served.run("UPDATE sanction SET reviewed_by = :other WHERE id = :notice")
    served.run("UPDATE sanction SET reviewed_by = :reviewer WHERE id = :notice")


def test_no_notice_of_the_desk_is_born_public(served: Served) -> None:
    names = [column.name for column in Sanction.__table__.columns if column.name not in {"id", "number"}]
    listed = ", ".join(names)
    copied = ", ".join("'published'" if name == "state" else name for name in names)
    with pytest.raises(IntegrityError):
        served.run(f"INSERT INTO sanction ({listed}) SELECT {copied} FROM sanction WHERE id = :notice")


@pytest.mark.parametrize("end", ["withdrawn", "repaired"])
def test_the_database_ends_no_notice_early_by_one_person(database: Database, end: str) -> None:
    with database.writing() as session:
        notice = make.notice(session)
        (alone,) = make.actors(session, count=1)
    for proposer in ("NULL", ":alone"):
        with pytest.raises(IntegrityError), database.writing() as session:
            session.execute(
                text(
                    f"UPDATE sanction SET state = '{end}', ended_by = :alone, proposed_end_by = {proposer}"
                    " WHERE id = :notice"
                ),
                {"alone": account_of(alone), "notice": notice.id},
            )


def test_a_reviewer_cannot_write_in_the_notice_later(session: Session) -> None:
    author, reviewer = make.actors(session)
    made = make.served_notice(session, author=author, reviewer=reviewer)
    actions.return_for_changes(
        session, actor=reviewer, sanction_id=made.id, version=made.version, reason="写明金额"
    )
    with pytest.raises(NotAllowedError):
        actions.revise(
            session, actor=reviewer, sanction_id=made.id, version=made.version, wording=make.wording()
        )


def test_no_command_is_a_second_person(session: Session) -> None:
    author, reviewer = make.actors(session)
    made = make.served_notice(session, author=author, reviewer=reviewer)
    with pytest.raises(NotAllowedError):
        put_hand(session, made, actor="command", part=Part.SECOND)
