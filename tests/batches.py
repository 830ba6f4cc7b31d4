"""An office that puts a batch together: who drafts, reviews, assembles and approves."""

from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.standing.batches import actions, queries
from chengxin.standing.batches.models import NoticeBatch
from chengxin.standing.batches.rules import Check
from chengxin.standing.sanctions.models import Sanction
from tests import make

AUTHORITY = "江州市人力资源和社会保障局"


class Office:
    """An author, a reviewer, an assembler and an approver with the batch they work on."""

    def __init__(self, session: Session) -> None:
        """Hire the four and open a batch."""
        self.session = session
        self.author, self.reviewer, self.assembler, self.approver = make.actors(session, count=4)
        make.region(session)
        self.owner = make.agency(session)
        self.batch = self.open("2026Q4")

    def open(self, label: str) -> NoticeBatch:
        """Open a batch."""
        return actions.open_batch(self.session, actor=self.assembler, label=label, authority=AUTHORITY)

    def served(self, **values: object) -> Sanction:
        """Bring a decision to where it waits for publication."""
        given = {"agency_id": self.owner.id, "region_code": "990000", **values}
        return make.served_notice(self.session, author=self.author, reviewer=self.reviewer, **given)

    def add(self, *held: Sanction, batch: NoticeBatch | None = None) -> None:
        """Put notices into the batch."""
        batch = batch or self.batch
        ids = [each.id for each in held]
        actions.add(
            self.session, actor=self.assembler, batch_id=batch.id, version=batch.version, sanction_ids=ids
        )

    def hand_in(self) -> None:
        """Hand the batch in."""
        actions.hand_in(
            self.session, actor=self.assembler, batch_id=self.batch.id, version=self.batch.version
        )

    def publish(self, actor: str = "", version: int | None = None) -> None:
        """Publish the batch."""
        actions.publish(
            self.session,
            actor=actor or self.approver,
            batch_id=self.batch.id,
            version=self.batch.version if version is None else version,
            reason="逐件核对无误",
        )

    def refuse(self, sanction: Sanction) -> None:
        """Refuse one notice."""
        actions.refuse(
            self.session,
            actor=self.approver,
            batch_id=self.batch.id,
            version=self.batch.version,
            sanction_id=sanction.id,
            reason="事实部分要写明时间",
        )

    def checks(self) -> list[Check]:
        """Return what the checks find."""
        return [each.check for each in queries.checked(self.session, self.batch, today=clock.today())]
