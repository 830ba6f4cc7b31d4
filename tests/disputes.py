"""Objections and repairs as tests file them."""

import itertools
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy.orm import Session

from chengxin.core.sealing import Keyring
from chengxin.standing.objections import actions as objections
from chengxin.standing.objections import sealed
from chengxin.standing.objections.models import Objection
from chengxin.standing.objections.sealed import Dispute, Filing
from chengxin.standing.repairs import actions as repairs
from chengxin.standing.repairs.models import Repair
from chengxin.standing.repairs.rules import Request
from chengxin.standing.sanctions.models import Sanction
from tests import make

SECRET = "a secret of the tests"
KEY = Keyring((X25519PrivateKey.from_private_bytes(bytes(range(32))),))
TEXT = "公告写的金额不对，决定书上是四百二十元，不是四千二百元。"
_count = itertools.count(1)


def filing(*, nonce: str = "", key: Keyring = KEY, attempt: int = 0, **values: Any) -> Filing:
    """Seal an objection as the pages do."""
    given = {
        "target_kind": "sanction",
        "target_id": 1,
        "agency_id": None,
        "ground": "wrong",
        "text": TEXT,
        "applicant": "paper",
        **values,
    }
    return sealed.prepare(
        secret=SECRET,
        intake_key=key.recipients,
        nonce=nonce or f"form {next(_count)}",
        dispute=Dispute(**given),
        attempt=attempt,
    )


def objection(session: Session, *, marked: bool = False, **values: Any) -> Objection:
    """File an objection, and mark its record if asked."""
    made = objections.receive(session, actor="public", filing=filing(**values))
    if marked:
        (officer,) = make.actors(session, count=1)
        objections.mark(
            session, actor=officer, objection_id=made.id, version=made.version, words="金额有异议"
        )
    return made


ASKED = Request(
    text="押金已于2026年11月5日全部退还，制度已修改。",
    evidence="退款凭证7份",
    fulfilled=True,
    undertaking=True,
)


def repair(session: Session, notice: Sanction, *, accepted: bool = False, actor: str = "command") -> Repair:
    """Ask for the repair of a notice, and take the request on if asked."""
    made = repairs.request(session, actor=actor, sanction_id=notice.id, asked=ASKED)
    if accepted:
        repairs.accept(session, actor=actor, repair_id=made.id, version=made.version)
    return made
