"""What the page of a notice shows: its state, its clauses, its particulars and its revision log."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from chengxin.core.i18n import CHINESE, day, locale
from chengxin.core.i18n import gettext as _
from chengxin.portal.formats import absolute
from chengxin.portal.notices.notice_records import Notice
from chengxin.standing.objections.labels import OUTCOME
from chengxin.standing.objections.queries import Answer
from chengxin.standing.objections.rules import Outcome
from chengxin.standing.sanctions.models import SanctionRevision

HAN = "zh-Hans"
HAN_NUMERALS = "一二三四五六七八九"


@dataclass(frozen=True)
class Clause:
    """One numbered part of the text."""

    id: str
    title: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One particular: a name and a value, perhaps with a link, a language and a remark."""

    label: str
    value: str
    url: str = ""
    lang: str = ""
    note: str = ""


@dataclass(frozen=True)
class Line:
    """One line of the revision log."""

    date: date
    title: str
    text: str = ""
    url: str = ""
    text_lang: str = HAN


@dataclass(frozen=True, kw_only=True)
class NoticePage:
    """Everything on the page of a notice in force."""

    state_text: str
    state_note: str
    clauses: list[Clause]
    particulars: list[Row]
    log: list[Line]
    address: str
    permanent: str


def page_of(
    notice: Notice, revisions: Sequence[SanctionRevision], answers: Sequence[Answer] = ()
) -> NoticePage:
    """Return what the page of a notice shows."""
    sanction = notice.sanction
    return NoticePage(
        state_text=_state_text(notice),
        state_note=_state_note(notice),
        clauses=clauses_of({name: getattr(sanction, name) for name in TEXTS}),
        particulars=[row for row in _particulars(notice) if row is not None],
        log=sorted([*_answered(answers), *_log(notice, revisions)], key=_day, reverse=True),
        address=absolute("portal.notice", **notice.address),
        permanent=absolute("portal.short_notice", **notice.address),
    )


TEXTS = ("facts", "basis", "measures", "agency_statement", "remedies")


def clauses_of(texts: Mapping[str, Any]) -> list[Clause]:
    """Return the clauses that have words, numbered; the agency's own words stand beside its remedies."""
    parts = [
        ("facts", _("Facts found"), ("facts",)),
        ("basis", _("Basis"), ("basis",)),
        ("decision", _("Decision"), ("measures",)),
        ("reply", _("What the agency said, and its remedies"), ("agency_statement", "remedies")),
    ]
    told = [
        (key, title, tuple(str(texts.get(name) or "") for name in names if texts.get(name)))
        for key, title, names in parts
    ]
    with_words = [part for part in told if part[2]]
    return [
        Clause(key, _("%(n)s. %(title)s", n=_numeral(place), title=title), words)
        for place, (key, title, words) in enumerate(with_words, 1)
    ]


def _numeral(place: int) -> str:
    return HAN_NUMERALS[place - 1] if locale() == CHINESE else str(place)


def _state_text(notice: Notice) -> str:
    text = _("%(kind)s, public until %(day)s.", kind=notice.kind, day=day(notice.sanction.max_until))
    if notice.sanction.rectify_by is None:
        return text
    return text + _(" To be put right by %(day)s.", day=day(notice.sanction.rectify_by))


def _state_note(notice: Notice) -> str:
    """Say how the notice ends; one that was published urgently ends with the day of its review."""
    if notice.is_urgent:
        return _("The legal review is due by that day; without it the notice is withdrawn by itself.")
    return _(
        "On that day the notice ends by itself. It ends earlier when the authority confirms that things were put right."
    )


def _particulars(notice: Notice) -> Iterator[Row | None]:
    sanction = notice.sanction
    file = url_for("portal.agency", uid=notice.agency_uid) if notice.agency_uid else ""
    yield Row(_("Named party"), sanction.party_name, url=file, lang=HAN)
    yield Row(_("Credit code"), sanction.party_uscc, note=_doubt(notice))
    yield Row(_("Region"), notice.region, lang=HAN if notice.region else "")
    yield Row(_("Decision in law"), notice.legal_kind)
    yield Row(_("Conduct"), notice.category)
    yield Row(_("Class"), notice.severity)
    yield Row(_("Procedure"), notice.procedure)
    yield Row(_("Regulations and articles"), notice.articles, lang=HAN) if notice.articles else None
    yield Row(_("Amount"), sanction.amount, lang=HAN) if sanction.amount else None
    yield Row(_("Decision number"), sanction.decision_no, lang=HAN)
    yield Row(_("Decision date"), day(sanction.decision_date))
    yield Row(_("Notice number"), notice.number)
    if sanction.period:
        yield Row(_("Batch"), sanction.period, url=url_for("portal.notices", period=sanction.period))
    yield Row(_("Public until"), day(sanction.max_until))
    if sanction.list_name:
        yield Row(_("Name of the list"), sanction.list_name, lang=HAN)
    yield Row(_("Source of the record"), sanction.source) if sanction.source else None


def _doubt(notice: Notice) -> str:
    return _("The code does not pass its check; it is shown as published.") if notice.code_is_doubtful else ""


def _day(line: Line) -> date:
    return line.date


def _answered(answers: Iterable[Answer]) -> Iterator[Line]:
    """Yield the decided objections: what came of each, and why."""
    for each in answers:
        yield Line(each.decided_on, str(OUTCOME[Outcome(each.outcome)]), each.words)


def _log(notice: Notice, revisions: Iterable[SanctionRevision]) -> Iterator[Line]:
    """Yield the revisions, newest first; older wordings stay readable."""
    known = sorted(revisions, key=lambda each: -each.revision)
    for each in known:
        title = _("Corrected") if each.revision > 1 else _("First published")
        url = url_for("portal.notice_revision", **notice.address, revision=each.revision)
        yield Line(each.published_on, title, each.note, url if len(known) > 1 else "")
    if not known:
        yield Line(notice.sanction.published_on or notice.sanction.decision_date, _("First published"))
