"""Tie organisations by official records, and untie them: two persons each time."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.standing.confirming import actions as confirming
from chengxin.standing.confirming.rules import Act
from chengxin.standing.lineage import queries
from chengxin.standing.lineage.models import LineageLink
from chengxin.standing.lineage.rules import Tie, check_day, check_link, check_source


def propose(
    session: Session,
    *,
    actor: str,
    earlier_id: int,
    later_id: int,
    kind: Tie,
    on_day: date,
    document: str,
    issuer: str,
) -> LineageLink:
    """Propose a link; nothing is public before a second person confirms it."""
    check_source(document, issuer)
    check_day(on_day, clock.today())
    check_link(earlier_id, later_id, queries.open_links(session))
    link = LineageLink(
        earlier_id=earlier_id,
        later_id=later_id,
        kind=kind,
        on_day=on_day,
        document=document.strip(),
        issuer=issuer.strip(),
    )
    return confirming.add(session, link, actor=actor, tells=_tells)


def step(
    session: Session, *, actor: str, link_id: int, version: int, act: Act, reason: str = ""
) -> LineageLink:
    """Confirm, decline, or end a link step by step."""
    link = confirming.existing(session, LineageLink, link_id)
    if act is Act.CONFIRM:
        others = queries.open_links(session, but=link_id)
        check_link(link.earlier_id, link.later_id, others)
    return confirming.step(session, link, act, actor=actor, version=version, tells=_tells, reason=reason)


def _tells(link: LineageLink) -> dict[str, Any]:
    return {"agency_id": link.later_id, "earlier_id": link.earlier_id, "kind": link.kind}
