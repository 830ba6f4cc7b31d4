"""One installation with cases that were answered and closed, to be erased by the schedule."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from chengxin.core.clock import frozen
from chengxin.core.database import Database
from chengxin.ledger.rules import Subject
from chengxin.retention import actions
from chengxin.retention.rules import What
from chengxin.voices.complaints import actions as cases
from chengxin.voices.complaints import letters
from chengxin.voices.complaints import queries as case_queries
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import Finding
from tests import evidence_files as files
from tests import make
from tests.cabinet import Cabinet

NOON = datetime(2026, 1, 12, 4, tzinfo=UTC)
CLOSED = date(2026, 1, 12)


class Archive:
    """One installation with a case that was answered and closed."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.cabinet = Cabinet(database, folder)
        self.database, self.settings, self.keys = database, self.cabinet.settings, self.cabinet.keys
        self.key = self.keys.recipients

    def closed(self, nonce: str = "one form", **answers: Any) -> int:
        """File a case with letters, a note and a file, and answer it."""
        with self.database.writing() as session:
            case = make.complaint(session, make.filing(self.key, nonce=nonce, **answers))
            seen: Any = {"actor": "account:1", "case_id": case.id, "intake_key": self.key}
            letters.say(session, text="还有一张收据。", version=case.version, **seen | {"actor": "public"})
            letters.note(session, text="电话核实过。", version=case.version, **seen | {"actor": "worker"})
            cases.accept(session, note="", version=case.version, **seen)
            finding, reply = Finding.UPHELD, "已责令退还。"
            cases.decide(session, finding=finding, reply=reply, version=case.version, **seen)
        self.cabinet.keep(files.png(), Subject("complaint", case.id))
        return case.id

    def case(self, number: int) -> Complaint:
        with self.database.reading() as session:
            found = case_queries.by_id(session, number)
        assert found is not None
        return found

    def run(self, **later: int) -> dict[What, int]:
        with frozen(NOON + timedelta(**later)):
            return dict(actions.run(self.settings, self.database, actor="worker", batch=2))

    def rows(self, model: Any) -> list[Any]:
        with self.database.reading() as session:
            return list(session.scalars(select(model).order_by(model.id)))
