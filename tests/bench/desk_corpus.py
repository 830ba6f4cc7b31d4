"""A hundred thousand invented cases of five years, most of them closed, written in a minute.

The texts of open cases are sealed for real, for the queue opens them; those of closed ones are noise of the same
length. Receipts are not stretched, but for the few that the status page is asked about.
"""

import os
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from chengxin.agencies.models import Agency
from chengxin.config import Settings
from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.core.intake_keys import intake_recipients, make_intake_keys
from chengxin.core.keys import secret_of
from chengxin.core.migrating import upgrade_database
from chengxin.core.sealing import Recipients, seal
from chengxin.ledger.actions import record_many
from chengxin.ledger.rules import Entry, Subject
from chengxin.voices.complaints import actions, sealed
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import OPEN, Category, State, Track
from chengxin.voices.contact.rules import ContactKind
from tests import make
from tests.conftest import settings_in

OFFICERS = 10
AGENCIES = 400
REGIONS = 8
TRACKED = 10
OPEN_SHARE = 0.05
HEARD_SHARE = 0.05
CLOSED = (State.CLOSED, State.CLOSED, State.CLOSED, State.NOT_ACCEPTED, State.TRANSFERRED, State.WITHDRAWN)
FACTS = "面试前收六百元内推费，没有开票，交钱后联系不上。上岗以后又扣了一个月工资，说是培训费，不给收据。"
BATCH = 5_000


def settings_of(folder: Path, database_url: str = "") -> Settings:
    """Return the settings of the installation that is measured: limits are off, all else is as it is shipped."""
    return settings_in(folder, rate_limits="off", database_url=database_url, secret_key="")


def built(settings: Settings, *, cases: int) -> list[str]:
    """Write the cases and return the receipts of those that can be tracked."""
    upgrade_database(settings)
    make_intake_keys(settings)
    database, key = Database(settings), intake_recipients(settings)
    with database.writing() as session:
        regions = [make.region(session, code=f"9900{n:02d}", name=f"江州{n}区") for n in range(REGIONS)]
        agencies = [
            make.agency(session, name=f"江州云阙{n}人力资源有限公司", region_code=regions[n % REGIONS].code)
            for n in range(AGENCIES)
        ]
        for number in range(OFFICERS):
            make.account(session, username=f"officer{number}", name=f"承办{number}")
        _write(session, agencies, key, cases)
        receipts = [_tracked(session, key, secret_of(settings), number) for number in range(TRACKED)]
    database.dispose()
    return receipts


def _write(session: Session, agencies: list[Agency], key: Recipients, cases: int) -> None:
    dice = random.Random(46_2012)
    noise = os.urandom(700)
    batch: list[dict[str, Any]] = []
    for number in range(1, cases + 1):
        batch.append(_case(number, dice, agencies, key, noise))
        if len(batch) == BATCH or number == cases:
            session.execute(insert(Complaint), batch)
            batch = []
    record_many(session, _events(cases))


def _events(cases: int) -> Iterator[Entry]:
    for number in range(1, cases + 1):
        yield Entry(
            actor="public", verb="file", subject=Subject("complaint", number), new={"state": "received"}
        )


def _case(
    number: int, dice: random.Random, agencies: list[Agency], key: Recipients, noise: bytes
) -> dict[str, Any]:
    is_open = dice.random() < OPEN_SHARE
    state = dice.choice(sorted(OPEN)) if is_open else dice.choice(CLOSED)
    today, agency = clock.today(), dice.choice(agencies)
    received = today - timedelta(days=dice.randrange(20) if is_open else dice.randrange(20, 1_800))
    code_hash = f"{number:064x}"
    text = f"{FACTS}第{number}次。"
    facts = seal(text, key, context=sealed.context_of(code_hash, "facts")) if is_open else noise
    return {
        "case_no": f"TS{received:%Y%m%d}-{number:08d}",
        "code_hash": code_hash,
        "reply_key": bytes(32),
        "track": dice.choice([Track.COMPLAINT, Track.COMPLAINT, Track.COMPLAINT, Track.REPORT]),
        "agency_id": agency.id,
        "respondent": agency.name,
        "region_code": agency.region_code,
        "category": dice.choice(list(Category)),
        "contact_kind": dice.choice(list(ContactKind)),
        "sealed_facts": facts,
        "state": state,
        "received_on": received,
        "received_at": clock.now(),
        "accept_by": received + timedelta(days=7),
        "answer_from": received,
        "answer_by": received + timedelta(days=21),
        "closed_on": None if is_open else _closed(received, dice),
        "assigned_to": dice.choice([None, *range(1, OFFICERS + 1)]),
        "heard_at": clock.now() if is_open and dice.random() < HEARD_SHARE else None,
    }


def _closed(received: date, dice: random.Random) -> date:
    return received + timedelta(days=dice.randrange(1, 20))


def _tracked(session: Session, key: Recipients, secret: str, number: int) -> str:
    """File a case whose receipt opens its status page."""
    filing = make.filing(key, nonce=f"tracked {number}", secret=secret)
    actions.file(session, actor="public", filing=filing)
    return filing.receipt.both
