"""The news columns: texts written beforehand, published on their days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from chengxin.bulletins import actions
from chengxin.bulletins.actions import Writing
from chengxin.bulletins.models import Article
from chengxin.bulletins.rules import State
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
        """Plan draft, publication and, for one, withdrawal."""
        plan, days, state = (
            self.city.timeline.plan,
            self.head["days"],
            self.head.get("state", State.PUBLISHED),
        )
        plan(days, 9.2, self._draft)
        if state != State.DRAFT:
            plan(days, 10.4, self._publish)
        if state == State.WITHDRAWN:
            plan(WITHDRAWN_DAYS, 11.0, self._withdraw)

    def _draft(self, session: Session) -> None:
        writing = Writing(
            column=self.head["column"],
            title=dated(self.head["title"], self.city.today),
            summary=dated(self.head["summary"], self.city.today),
            body=dated(self.body, self.city.today),
        )
        actor = self.city.actors[WRITER]
        self.article = actions.draft(session, actor=actor, writing=writing, slug=self.head["slug"])

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
