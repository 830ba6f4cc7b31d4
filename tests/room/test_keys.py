"""Changing the intake key: old cases stay readable, new ones need the new key, the public face holds none."""

import base64
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select
from tests import evidence_files, make
from tests.cabinet import Cabinet
from tests.conftest import settings_in

from chengxin.cli import database_of, keys, main
from chengxin.cli.db import prepare
from chengxin.config import Settings
from chengxin.core import clock
from chengxin.core.intake_keys import intake_keyring, intake_recipients, private_key_in, retired_files
from chengxin.core.models import Base
from chengxin.core.sealing import Keyring, SealError, seal, unseal, unseal_bytes
from chengxin.evidence.sealed import file_context
from chengxin.ledger.models import Event
from chengxin.voices.complaints import actions, letters, queries, sealed
from chengxin.voices.complaints.models import Complaint
from chengxin.worklists.models import BulkAct
from chengxin.worklists.resealing import context_of

FACTS = "面试前收六百元内推费，没有开票，交钱后联系不上。"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = settings_in(tmp_path)
    prepare(made)
    return made


def run(settings: Settings, *words: str) -> Result:
    return CliRunner().invoke(main, ["keys", *words], obj=settings, catch_exceptions=False)


def filed(settings: Settings, nonce: str) -> int:
    """File a case with a note and a letter."""
    to = intake_recipients(settings)
    with database_of(settings).writing() as session:
        case = make.complaint(session, make.filing(to, nonce=nonce))
        actor = make.actors(session, count=1)[0]
        letters.note(
            session, actor=actor, case_id=case.id, version=case.version, text="先看付款记录。", intake_key=to
        )
        actions.accept(
            session, actor=actor, case_id=case.id, version=case.version, note="已受理。", intake_key=to
        )
        return case.id


def read(settings: Settings, case_id: int, ring: Keyring) -> tuple[str, str, str]:
    """Open what was filed, the note and the letter of a case."""
    with database_of(settings).reading() as session:
        case = session.get_one(Complaint, case_id)
        (note,), (letter,) = queries.notes_of(session, case_id), queries.messages_of(session, case_id)
        return (
            sealed.open_filed(case, ring).facts,
            sealed.open_note(case, note, ring),
            sealed.open_as_desk(case, letter, ring),
        )


WORDS = (FACTS, "先看付款记录。", "已受理。")


def test_after_a_rotation_old_and_new_cases_are_read_with_one_ring(settings: Settings) -> None:
    before = filed(settings, "before")
    assert run(settings, "rotate", "--yes").exit_code == 0
    after = filed(settings, "after")
    ring = intake_keyring(settings)
    assert read(settings, before, ring) == read(settings, after, ring) == WORDS


def test_the_new_key_alone_does_not_open_old_cases_until_they_are_resealed(settings: Settings) -> None:
    case_id = filed(settings, "before")
    run(settings, "rotate", "--yes")
    newest = Keyring((private_key_in(settings.private_key_file),))
    with pytest.raises(SealError, match="another key"):
        read(settings, case_id, newest)
    assert run(settings, "reseal").stdout.startswith("4 sealed texts")
    assert read(settings, case_id, newest) == WORDS


def test_resealed_cases_no_longer_open_with_the_retired_key(settings: Settings) -> None:
    case_id = filed(settings, "before")
    run(settings, "rotate", "--yes")
    run(settings, "reseal")
    (retired,) = retired_files(settings)
    with pytest.raises(SealError, match="another key"):
        read(settings, case_id, Keyring((private_key_in(retired),)))


def test_evidence_is_resealed_with_its_case(settings: Settings) -> None:
    database = database_of(settings)
    cabinet = Cabinet(database, settings.data_dir)
    kept = cabinet.keep(evidence_files.jpeg())
    run(settings, "rotate", "--yes")
    run(settings, "reseal")
    newest = Keyring((private_key_in(settings.private_key_file),))
    opened = unseal_bytes(cabinet.shelf.take(kept.name), newest, context=file_context(kept.name))
    assert opened.startswith(b"\xff\xd8")


def test_the_letter_of_an_act_that_is_held_back_is_resealed(settings: Settings) -> None:
    with database_of(settings).writing() as session:
        account = make.account(session)
        sealed_words = seal("已转办。", intake_recipients(settings), context=context_of(1))
        asked = {"asked_at": clock.now(), "due_at": clock.now(), "state": "held", "act": "transfer"}
        session.add(BulkAct(account_id=account.id, sealed_words=sealed_words, **asked))
    run(settings, "rotate", "--yes")
    assert run(settings, "reseal").stdout.startswith("1 sealed texts")
    newest = Keyring((private_key_in(settings.private_key_file),))
    with database_of(settings).reading() as session:
        held = session.get_one(BulkAct, 1).sealed_words or b""
    assert unseal(held, newest, context=context_of(1)) == "已转办。"


def test_no_sealed_column_is_forgotten() -> None:
    """A column that only the complainant or a second factor opens, or that goes with its file, is named on purpose."""
    elsewhere = {
        "complaint.sealed_copy",
        "account.sealed_seed",
        "evidence.sealed_title",
    }
    listed = {f"{each.column.class_.__tablename__}.{each.column.key}" for each in keys.sealed_columns()}
    sealed_ones = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.name.startswith("sealed_") or column.name.endswith("for_desk")
    }
    assert listed | elsewhere == sealed_ones


def test_resealing_twice_changes_nothing_more(settings: Settings) -> None:
    filed(settings, "before")
    run(settings, "rotate", "--yes")
    run(settings, "reseal")
    assert run(settings, "reseal").stdout.startswith("0 sealed texts")


def test_the_escrow_opens_a_case_alone(settings: Settings, tmp_path: Path) -> None:
    case_id = filed(settings, "before")
    file = tmp_path / "stick" / "escrow.key"
    made = run(settings, "escrow", str(file))
    with_escrow = settings_in(tmp_path, escrow_public_key=made.stdout.strip())
    run(with_escrow, "reseal")
    later = filed(with_escrow, "after")
    escrow = Keyring((private_key_in(file),))
    assert read(settings, case_id, escrow) == read(settings, later, escrow) == WORDS


def test_an_escrow_key_is_never_written_over(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "escrow.key"
    run(settings, "escrow", str(file))
    kept = file.read_bytes()
    assert run(settings, "escrow", str(file)).exit_code == 1
    assert file.read_bytes() == kept


def test_a_rotation_stands_in_the_ledger_without_any_key(settings: Settings) -> None:
    run(settings, "rotate", "--yes")
    with database_of(settings).reading() as session:
        event = session.scalars(select(Event).where(Event.verb == "key.rotated")).one()
    raw = base64.b64decode(settings.private_key_file.read_text(encoding="ascii"))
    assert raw.hex() not in f"{event.old}{event.new}"
    assert intake_recipients(settings).ids[0].hex() in (event.new or "")


def test_a_host_whose_key_is_a_setting_is_told_to_change_the_setting(tmp_path: Path) -> None:
    raw = Keyring.generate().recipients.keys[0].public_bytes_raw()
    settings = settings_in(tmp_path, intake_public_key=base64.b64encode(raw).decode())
    prepare(settings)
    result = run(settings, "rotate", "--yes")
    assert result.exit_code == 1
    assert "CHENGXIN_INTAKE_PUBLIC_KEY" in result.output


def test_the_public_face_cannot_read_what_it_wrote(settings: Settings, tmp_path: Path) -> None:
    case_id = filed(settings, "before")
    public = settings_in(tmp_path / "public", database_url=settings.database)
    public.public_key_file.parent.mkdir(parents=True)
    public.public_key_file.write_bytes(settings.public_key_file.read_bytes())
    assert intake_recipients(public) == intake_recipients(settings)
    with pytest.raises(SealError, match="cannot be read"):
        read(public, case_id, intake_keyring(public))
