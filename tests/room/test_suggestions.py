"""A suggestion is sealed, answered in public by a number of its year, and taken back by its author."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session
from tests.desk import Brake
from tests.suggestions import HIDDEN, KEY, REPLY, SECRET, TEXT, filing, redaction_of, suggestion

from chengxin.core.errors import DomainError, NotFoundError, StaleError
from chengxin.core.proofs import Proof, prove
from chengxin.core.redacting import Mask
from chengxin.core.resealing import reseal_batch
from chengxin.core.sealing import Keyring, SealError
from chengxin.ledger import queries as ledger
from chengxin.ledger.models import Event
from chengxin.ledger.rules import Subject
from chengxin.voices.suggestions import actions, erasing, queries, resealing, sealed
from chengxin.voices.suggestions.models import Suggestion
from chengxin.voices.suggestions.queries import Filters
from chengxin.voices.suggestions.rules import CONSENT_VERSION, Act, State

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _noon(clock: Brake) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, 0, tzinfo=UTC)):
        yield


def seen(made: Suggestion) -> dict[str, Any]:
    return {"suggestion_id": made.id, "version": made.version}


def answered(made: Suggestion, session: Session, act: Act = Act.ADOPT, **values: Any) -> Suggestion:
    given: dict[str, Any] = {"reply": REPLY, "intake_key": KEY.recipients, **seen(made), **values}
    return actions.answer(session, actor="command", act=act, **given)


def events(session: Session, made: Suggestion) -> list[Event]:
    return list(ledger.of_subject(session, Subject("suggestion", made.id)))


def proof_of(made: Any) -> Proof:
    return prove(secret=SECRET, typed=made.receipt.both)


def test_a_suggestion_is_kept_with_its_day_and_the_version_of_the_consent(session: Session) -> None:
    made = suggestion(session)
    assert (made.state, made.received_on, made.reply_by) == (State.RECEIVED, TODAY, date(2026, 12, 18))
    assert made.consent_version == CONSENT_VERSION
    assert (made.public_text, made.reply, made.number) == ("", "", None)


def test_the_same_form_sent_twice_is_one_suggestion(session: Session) -> None:
    one = actions.receive(session, actor="public", filing=filing(nonce="one form"))
    two = actions.receive(session, actor="public", filing=filing(nonce="one form"))
    assert one.id == two.id
    assert [event.verb for event in events(session, one)] == ["suggestion.received"]


def test_other_words_in_the_same_form_are_another_suggestion(session: Session) -> None:
    one = actions.receive(session, actor="public", filing=filing(nonce="one form"))
    two = actions.receive(session, actor="public", filing=filing(nonce="one form", text=f"{TEXT}谢谢。"))
    assert one.id != two.id


def test_words_and_contact_are_sealed_to_the_desk(session: Session) -> None:
    made = suggestion(session, contact_kind="named", name="王小川", phone="13900000000")
    assert made.sealed_text
    assert "建议".encode() not in made.sealed_text
    assert sealed.text_of(made, KEY) == TEXT
    assert sealed.contact_of(made, KEY) == "王小川 · 13900000000"
    with pytest.raises(SealError):
        sealed.text_of(made, Keyring.generate())


def test_sealed_columns_do_not_open_in_another_row(session: Session) -> None:
    one, two = suggestion(session), suggestion(session)
    one.sealed_text = two.sealed_text
    with pytest.raises(SealError):
        sealed.text_of(one, KEY)


def test_an_anonymous_author_leaves_no_contact(session: Session) -> None:
    assert suggestion(session).sealed_contact is None


def test_the_receipt_opens_its_suggestion_and_no_other(session: Session) -> None:
    made, other = filing(), filing()
    kept = actions.receive(session, actor="public", filing=made)
    actions.receive(session, actor="public", filing=other)
    found = queries.by_receipt(session, proof_of(made))
    assert found is not None
    assert found.id == kept.id
    mixed = f"{made.receipt.code} {other.receipt.phrase}"
    assert queries.by_receipt(session, prove(secret=SECRET, typed=mixed)) is None


@pytest.mark.parametrize(
    ("act", "state"),
    [
        (Act.ADOPT, State.ADOPTED),
        (Act.ADOPT_PARTLY, State.PARTLY),
        (Act.DECLINE, State.NOT_ADOPTED),
    ],
)
def test_an_answer_is_public_with_a_number_of_its_year(session: Session, act: Act, state: State) -> None:
    first, second = suggestion(session, act=act), suggestion(session, act=act)
    assert (first.state, first.year, first.number, second.number) == (state, 2026, 1, 2)
    assert ledger.publication_version(session) == 2
    found = queries.by_number(session, 2026, 2)
    assert found is not None
    assert (found.id, found.reply, found.answered_on) == (second.id, REPLY, TODAY)


def test_an_answer_without_words_is_refused(session: Session) -> None:
    made = suggestion(session)
    with pytest.raises(DomainError, match="Write the reply"):
        answered(made, session, reply="  ")
    assert queries.count(session, Filters()) == 0


def test_an_answer_that_was_wrong_is_given_again_under_its_number(session: Session, clock: Brake) -> None:
    made = suggestion(session, act=Act.DECLINE)
    with clock(datetime(2026, 12, 1, 4, 0, tzinfo=UTC)):
        again = answered(made, session, reply="经研究予以采纳。")
    assert (again.state, again.number, again.reply) == (State.ADOPTED, 1, "经研究予以采纳。")
    assert (again.answered_on, again.amended_on) == (TODAY, date(2026, 12, 1))
    assert events(session, again)[-1].verb == "suggestion.amended"


def test_what_is_not_answered_is_seen_by_nobody_outside(session: Session) -> None:
    suggestion(session, shown=True)
    assert queries.count(session, Filters()) == 0
    assert ledger.publication_version(session) == 0


def test_the_author_alone_reads_a_word_to_the_author(session: Session) -> None:
    made = filing()
    kept = actions.receive(session, actor="public", filing=made)
    kept = answered(kept, session, note="谢谢你，细则下月公布。")
    assert sealed.note_for_author(kept, proof_of(made)) == "谢谢你，细则下月公布。"
    assert sealed.note_for_desk(kept, KEY) == "谢谢你，细则下月公布。"
    assert "细则".encode() not in (kept.note_for_author or b"")


def test_set_aside_tells_the_author_why_and_readers_nothing(session: Session) -> None:
    made = filing()
    kept = actions.receive(session, actor="public", filing=made)
    kept = actions.set_aside(
        session, actor="command", note="内容为广告。", intake_key=KEY.recipients, **seen(kept)
    )
    assert (kept.state, kept.closed_on) == (State.SET_ASIDE, TODAY)
    assert sealed.note_for_author(kept, proof_of(made)) == "内容为广告。"
    assert ledger.publication_version(session) == 0


def test_the_text_for_readers_and_its_masks_are_kept_apart_from_the_original(session: Session) -> None:
    made = suggestion(session, shown=True)
    assert made.public_text == "建议在各区人才市场门口张贴收费标准，我叫■■■，电话■■■。"
    kept = sealed.redaction_of(made, KEY)
    assert kept == redaction_of(TEXT)
    assert sealed.text_of(made, KEY) == TEXT


def test_a_final_mask_takes_the_words_from_what_the_desk_keeps(session: Session) -> None:
    made = suggestion(session)
    masks = redaction_of(TEXT)
    final = replace(masks, masks=tuple(replace(each, final=True) for each in masks.masks))
    values: dict[str, Any] = {"redaction": final, "public_text": final.public, "intake_key": KEY.recipients}
    made = actions.redact(session, actor="command", **values, **seen(made))
    assert not [word for word in HIDDEN if word in sealed.text_of(made, KEY)]
    assert made.public_text.endswith("我叫［已隐去］，电话［电话已隐去］。")


def test_a_text_that_still_holds_hidden_words_is_refused(session: Session) -> None:
    made = suggestion(session)
    values: dict[str, Any] = {
        "redaction": redaction_of(TEXT),
        "public_text": "王 小 川的建议",
        "intake_key": KEY.recipients,
    }
    with pytest.raises(DomainError, match="still holds"):
        actions.redact(session, actor="command", **values, **seen(made))


def test_without_consent_there_is_no_text_for_readers(session: Session) -> None:
    with pytest.raises(DomainError, match="did not agree"):
        suggestion(session, shown=True, publication="refused")


def test_a_text_shown_after_the_answer_is_public_at_once(session: Session) -> None:
    made = suggestion(session, act=Act.ADOPT)
    version = ledger.publication_version(session)
    masks = redaction_of(TEXT)
    values: dict[str, Any] = {"redaction": masks, "public_text": masks.public, "intake_key": KEY.recipients}
    actions.redact(session, actor="command", **values, **seen(made))
    assert ledger.publication_version(session) == version + 1


def test_an_author_takes_a_suggestion_back_before_the_answer(session: Session) -> None:
    made = actions.withdraw(session, actor="public", **seen(suggestion(session, shown=True)))
    assert (made.state, made.closed_on) == (State.WITHDRAWN, TODAY)
    assert ledger.publication_version(session) == 0


def test_an_author_takes_the_consent_back_and_the_reply_stays(session: Session) -> None:
    made = suggestion(session, shown=True, act=Act.ADOPT)
    version = ledger.publication_version(session)
    made = actions.keep_back(session, actor="public", **seen(made))
    assert (made.public_text, made.publication, made.reply) == ("", "refused", REPLY)
    assert ledger.publication_version(session) == version + 1


def test_who_looked_at_an_older_version_changes_nothing(session: Session) -> None:
    made = suggestion(session, act=Act.DECLINE)
    with pytest.raises(StaleError):
        answered(made, session, version=1)


def test_what_does_not_exist_is_not_found(session: Session) -> None:
    with pytest.raises(NotFoundError):
        actions.withdraw(session, actor="public", suggestion_id=99, version=1)


def test_the_ledger_holds_no_word_of_author_reply_or_note(session: Session) -> None:
    made = suggestion(
        session, shown=True, act=Act.ADOPT, note="只说给你听", name="王小川", contact_kind="named"
    )
    told = " ".join(f"{event.old}{event.new}{event.reason}" for event in events(session, made))
    for words in (*HIDDEN, "收费标准", "十二月底", "只说给你听", made.code_hash):
        assert words not in told


def test_every_sealed_column_goes_over_to_new_keys(session: Session) -> None:
    made = suggestion(session, shown=True, act=Act.ADOPT, note="谢谢", contact_kind="phone", phone="1390000")
    fresh = Keyring.generate()
    session.flush()
    for column in resealing.sealed_columns():
        batch = reseal_batch(session, column, keys=KEY, to=fresh.recipients, after=0)
        assert batch is not None
        assert batch.changed == 1
    session.refresh(made)
    assert sealed.text_of(made, fresh) == TEXT
    assert sealed.contact_of(made, fresh) == "1390000"
    assert sealed.redaction_of(made, fresh) == redaction_of(TEXT)
    assert sealed.note_for_desk(made, fresh) == "谢谢"
    with pytest.raises(SealError):
        sealed.text_of(made, KEY)


def test_a_mask_of_the_original_can_be_lifted_by_the_desk(session: Session) -> None:
    made = suggestion(session, shown=True)
    kept = sealed.redaction_of(made, KEY)
    assert kept is not None
    (name, _) = kept.masks
    assert isinstance(name, Mask)
    assert "王小川" in kept.lifted(name).public


def test_after_its_term_nothing_of_the_author_is_left_but_what_was_published(session: Session) -> None:
    made = suggestion(session, shown=True, act=Act.ADOPT, note="谢谢", about="agency", respondent="张三的店")
    session.flush()
    assert list(session.scalars(erasing.words_due(TODAY))) == [made.id]
    erasing.erase_words(session, [made.id])
    session.refresh(made)
    assert [value for value in vars(made).values() if isinstance(value, bytes)] == [b""]
    assert (made.respondent, made.reply) == ("", REPLY)
    assert made.public_text
    with pytest.raises(DomainError, match="receipt has been erased"):
        answered(made, session, note="谢谢")
