"""The news columns: texts written beforehand, published on their days."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from chengxin.bulletins import actions
from chengxin.bulletins.actions import Writing
from chengxin.bulletins.models import Article
from chengxin.bulletins.rules import State
from chengxin.core import clock
from chengxin.sample.city import City
from chengxin.sample.reading import articles, dated

WRITER, PUBLISHER = "limin", "zhaoyu"
WITHDRAWN_DAYS = 15


@dataclass
class Piece:
    """One article to be."""

    city: City
    head: Mapping[str, Any]
    body: str
    article: Article | None = field(default=None, init=False)

    def plan(self) -> None:
        """Plan draft, publication and, for some, an hour to come, a revision or a withdrawal."""
        plan, days = self.city.timeline.plan, self.head["days"]
        state = self.head.get("state", State.PUBLISHED)
        plan(days, 9.2, self._draft)
        if state == State.SCHEDULED:
            plan(days, 9.6, self._schedule)
        elif state != State.DRAFT:
            plan(days, 10.4, self._publish)
        if "revision" in self.head:
            plan(days - self.head["revision"]["after_days"], 14.2, self._revise)
        if state == State.WITHDRAWN:
            plan(WITHDRAWN_DAYS, 11.0, self._withdraw)

    @property
    def writing(self) -> Writing:
        """Return what stands in the text, its dates filled in."""
        told, today = self.head, self.city.today
        valid = told.get("valid_days")
        return Writing(
            column=told["column"],
            title=dated(told["title"], today),
            summary=dated(told["summary"], today),
            body=dated(self.body, today),
            case_kind=told.get("case_kind", ""),
            document_no=dated(told.get("document_no", ""), today),
            keywords=told.get("keywords", ""),
            expires_on=self.city.day(told["days"] - valid) if valid else None,
        )

    def _draft(self, session: Session) -> None:
        actor, slug = self.city.actors[WRITER], self.head["slug"]
        self.article = actions.draft(session, actor=actor, writing=self.writing, slug=slug)

    def _schedule(self, session: Session) -> None:
        day = self.city.today + timedelta(days=self.head["publish_in_days"])
        hour = datetime.combine(day, time(9), clock.SHANGHAI)
        actions.schedule(session, actor=self.city.actors[PUBLISHER], publish_at=hour, **self._seen)

    def _revise(self, session: Session) -> None:
        revision = self.head["revision"]
        longer = replace(self.writing, body=f"{self.writing.body}\n\n{revision['add']}")
        actor, note = self.city.actors[PUBLISHER], revision["note"]
        actions.revise(session, actor=actor, writing=longer, note=note, **self._seen)

    def _publish(self, session: Session) -> None:
        actions.publish(session, actor=self.city.actors[PUBLISHER], **self._seen)

    def _withdraw(self, session: Session) -> None:
        reason = self.head["reason"]
        actions.withdraw(session, actor=self.city.actors[PUBLISHER], reason=reason, **self._seen)

    @property
    def _seen(self) -> Mapping[str, Any]:
        assert self.article is not None
        return {"article_id": self.article.id, "version": self.article.version}


def plan(city: City) -> None:
    """Plan every article."""
    for head, body in articles():
        Piece(city, head, body).plan()
