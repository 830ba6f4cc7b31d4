"""The marks a notice carries beside its state: published urgently, disputed, corrected."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.i18n import day
from chengxin.core.i18n import gettext as _
from chengxin.standing.objections import queries as objections
from chengxin.standing.objections.labels import GROUND
from chengxin.standing.objections.queries import Answer, OpenMark
from chengxin.standing.objections.rules import Ground, Target
from chengxin.standing.sanctions.models import Sanction, SanctionRevision


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One mark: what it is, what that means, and the words it goes by."""

    code: str
    title: str
    text: str
    words: str = ""
    url: str = ""
    link: str = ""


def marks_of(session: Session, sanction: Sanction, revisions: Sequence[SanctionRevision]) -> list[Mark]:
    """Return the marks of a notice in force, the one that warns most first."""
    disputes = objections.open_marks(session, Target.SANCTION, [sanction.id])[sanction.id]
    return [*_urgent(sanction), *map(_disputed, disputes), *_corrected(sanction, revisions)]


def _urgent(sanction: Sanction) -> Iterator[Mark]:
    if not sanction.urgent_reason:
        return
    text = _("It was published before the usual steps, because waiting would have done harm.")
    if sanction.reviewed_at is None:
        text += _(" A second person reviews it within one working day.")
    else:
        text += _(" A second person confirmed it on %(day)s.", day=day(clock.day_of(sanction.reviewed_at)))
    yield Mark(code="urgent", title=_("Published urgently"), text=text, words=sanction.urgent_reason)


def _disputed(mark: OpenMark) -> Mark:
    return Mark(
        code="disputed",
        title=_("Disputed"),
        text=_(
            "An objection came in: %(ground)s. It has been marked since %(since)s and is decided by %(due)s. Until then the notice stays as it is.",
            ground=str(GROUND[Ground(mark.ground)]),
            since=day(mark.since),
            due=day(mark.due),
        ),
        words=mark.words,
    )


def _corrected(sanction: Sanction, revisions: Sequence[SanctionRevision]) -> Iterator[Mark]:
    if len(revisions) < 2:  # noqa: PLR2004 (the first wording corrects nothing)
        return
    newest = max(revisions, key=lambda each: each.revision)
    where: dict[str, Any] = {"year": sanction.year, "number": sanction.number}
    yield Mark(
        code="corrected",
        title=_("Corrected"),
        text=_("The words were changed on %(day)s.", day=day(newest.published_on)),
        words=newest.note,
        url=url_for("portal.notice_revision", revision=newest.revision, **where),
        link=_("See what changed"),
    )


def told(marks: Sequence[Mark]) -> list[Mapping[str, str]]:
    """Return the marks as the notice's JSON tells them."""
    return [{"mark": each.code, "text": each.text, "words": each.words} for each in marks]


def answers_of(session: Session, sanction: Sanction) -> list[Answer]:
    """Return what came of the objections to a notice in force."""
    return objections.answers(session, Target.SANCTION, [sanction.id])[sanction.id]


def answered(answers: Sequence[Answer]) -> list[Mapping[str, object]]:
    """Return the decided objections as the notice's JSON tells them."""
    return [
        {"outcome": each.outcome, "reason": each.words, "decided_on": each.decided_on} for each in answers
    ]
