"""The lists of exemplary titles that are before the public (公示): who is proposed, until when, how to object."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.agencies import regions
from chengxin.core import clock
from chengxin.core.i18n import gettext as _
from chengxin.core.publishing import published
from chengxin.core.web import reading
from chengxin.portal.blueprint import bp
from chengxin.portal.honours.exemplar_records import Title, marks_of, objection_url, titles_of
from chengxin.standing.exemplars import selection_queries as rounds
from chengxin.standing.exemplars.labels import HONOUR_KIND, LEVEL, base_words
from chengxin.standing.exemplars.models import Selection
from chengxin.standing.exemplars.rules import Level
from chengxin.standing.exemplars.selection_rules import Window, window
from chengxin.standing.objections.queries import OpenMark


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """One entry before the public, with the marks of objections against it."""

    title: Title
    marks: Sequence[OpenMark]


@dataclass(frozen=True, kw_only=True)
class ShownRound:
    """A round whose list is before the public."""

    selection: Selection
    region: str
    days: Window
    is_over: bool
    groups: list[tuple[str, list[Proposed]]]

    @property
    def level(self) -> str:
        """Return the words for who names."""
        return str(LEVEL[Level(self.selection.level)])

    @property
    def places(self) -> str:
        """Return how many agencies the round may name, and how that was counted."""
        told = base_words(self.selection)
        count = _("Agencies: %(n)s", n=self.selection.agency_places)
        return _("%(count)s (%(told)s)", count=count, told=told) if told else count


@bp.get("/exemplary/publicity/")
@published()
def publicity() -> ResponseReturnValue:
    """Show every list that is before the public."""
    with reading() as session:
        found = [each for each in rounds.in_publicity(session) if each.publicity_from]
        entries = rounds.in_publicity_of(session, [each.id for each in found])
        shown = [_shown(session, each, titles_of(session, entries[each.id])) for each in found]
    return render_template("exemplars/publicity.html", rounds=shown, objection_url=objection_url)


def _shown(session: Session, selection: Selection, titles: Sequence[Title]) -> ShownRound:
    assert selection.publicity_from is not None  # the caller chose only such rounds
    days = window(selection.publicity_from, selection.publicity_days)
    marks = marks_of(session, titles)
    groups = [
        (
            str(words),
            [
                Proposed(title=each, marks=marks[each.honour.id])
                for each in titles
                if each.honour.kind == kind
            ],
        )
        for kind, words in HONOUR_KIND.items()
    ]
    return ShownRound(
        selection=selection,
        region="".join(regions.names_down_to(session, selection.region_code)),
        days=days,
        is_over=days.is_over(clock.today()),
        groups=[group for group in groups if group[1]],
    )
