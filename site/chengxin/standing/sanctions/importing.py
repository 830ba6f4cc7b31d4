"""Import decisions an authority has published: they are decided, so they enter as notices in force or over."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import timedelta
from itertools import islice

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from chengxin.agencies import queries as register
from chengxin.agencies import regions
from chengxin.agencies.models import Agency
from chengxin.core import clock
from chengxin.core.errors import DomainError
from chengxin.core.folding import fold_name, fold_number
from chengxin.core.tables import Row, Table, TableError
from chengxin.core.tables.columns import map_columns, shown
from chengxin.core.tables.report import Outcome, RowReport, Tally
from chengxin.ledger.actions import record_many
from chengxin.ledger.rules import Entry, Subject, canonical
from chengxin.standing.sanctions import columns
from chengxin.standing.sanctions.models import Sanction, SanctionRevision
from chengxin.standing.sanctions.numbering import next_number
from chengxin.standing.sanctions.reading import (
    Decision,
    DecisionReader,
    Defaults,
    NoticeFlag,
    RowRefusedError,
)
from chengxin.standing.sanctions.rules import State, is_public
from chengxin.standing.sanctions.wording import Wording

BATCH = 500
ANCHORS = ("serial", "name", "uscc")
NEEDED = {
    "notice_kind": ("kind", "--kind: the list does not say what kind of notice its rows are"),
    "decision_date": (
        "decision_date",
        "--decision-date YYYY-MM-DD: the list has no dates, and the term of a notice counts from the decision",
    ),
    "authority": ("authority", "--authority: the list does not say who decided"),
}
SAME = ("decision_date", "notice_kind", "legal_kind", "severity", "facts", "basis", "authority")


def import_decisions(
    session: Session,
    *,
    actor: str,
    table: Table,
    source: str,
    said: Mapping[str, str],
    defaults: Defaults,
    tell: Callable[[RowReport], object] | None = None,
    progress: Callable[[int], object] | None = None,
) -> Tally:
    """Import the rows of a table; the caller commits, or undoes everything."""
    found = map_columns(table.header, columns.NAMES, said)
    _check_columns(found, table, defaults)
    regions.put_provinces(session, actor=actor)
    reader = DecisionReader(found, table.header, regions.gazetteer(session), defaults, clock.today())
    run = _Run(session, actor=actor, source=source, tally=Tally(tell))
    rows = table.rows([at for name in ANCHORS for at in found.get(name, ())])
    while batch := list(islice(rows, BATCH)):
        run.take(batch, reader)
        if progress:
            progress(len(batch))
    return run.tally


def _check_columns(found: Mapping[str, list[int]], table: Table, defaults: Defaults) -> None:
    missing = [name for name in ("name", "facts") if name not in found]
    if missing:
        raise TableError(
            f"No column holds the {' and the '.join(missing)}. The columns are: {shown(table.header)}."
            " Say which with --map COLUMN=name."
        )
    asked = [
        ask for name, (given, ask) in NEEDED.items() if name not in found and not getattr(defaults, given)
    ]
    if asked:
        raise DomainError("Nothing was imported. Say " + "; and ".join(asked) + ".")


class _Run:
    """One import under way."""

    def __init__(self, session: Session, *, actor: str, source: str, tally: Tally) -> None:
        self.session = session
        self.actor = actor
        self.source = source
        self.tally = tally
        self.today = clock.today()
        self.number = next_number(session, year=self.today.year)

    def take(self, rows: list[Row], reader: DecisionReader) -> None:
        """Read, link and write one batch, and report its rows in order."""
        reports: dict[int, RowReport] = {}
        decisions = list(self._decisions(rows, reader, reports))
        self._link(decisions)
        earlier = self._earlier(decisions)
        made: list[tuple[Decision, Sanction]] = []
        for decision in decisions:
            wording = decision.wording()
            known = earlier.get(_key(wording))
            if known is None:
                known = self._notice(decision, wording)
                made.append((decision, known))
                earlier[_key(wording)] = known
                reports[decision.row] = _report(decision, Outcome.TAKEN, known)
            else:
                reports[decision.row] = _repeated(decision, wording, known)
        self._write(made)
        for row in rows:
            self.tally.add(reports[row.number])
        self.session.expunge_all()

    def _decisions(
        self, rows: list[Row], reader: DecisionReader, reports: dict[int, RowReport]
    ) -> Iterator[Decision]:
        for row in rows:
            try:
                yield reader.read(row)
            except RowRefusedError as error:
                reports[row.number] = RowReport(row.number, Outcome.REFUSED, "", why=str(error))

    def _link(self, decisions: list[Decision]) -> None:
        """Link each decision to the one agency of its credit code, else of its name when no code speaks against it."""
        codes = {each.told("party_uscc") for each in decisions if NoticeFlag.USCC_CHECK not in each.flags}
        by_code = register.ids_by_uscc(self.session, codes - {""})
        names = {fold_name(each.told("party_name")) for each in decisions}
        by_name = _agencies_named(self.session, names)
        known = register.by_ids(self.session, set(by_code.values()))
        for decision in decisions:
            name = fold_name(decision.told("party_name"))
            agency_id = by_code.get(decision.told("party_uscc"))
            namesakes = [each for each in by_name.get(name, ()) if _may_be(each, decision)]
            if agency_id is not None:
                decision.link(known[agency_id].id, known[agency_id].region_code)
                if known[agency_id].folded_name != name:
                    decision.flags.append(NoticeFlag.NAME_DIFFERS.value)
            elif len(namesakes) == 1:
                decision.link(namesakes[0].id, namesakes[0].region_code)
            else:
                decision.flags.append(NoticeFlag.PARTY_NOT_IN_REGISTER.value)
            if decision.words["region_code"] is None:
                decision.flags.append(NoticeFlag.REGION_UNKNOWN.value)

    def _earlier(self, decisions: list[Decision]) -> dict[tuple[str, ...], Sanction]:
        """Return notices the platform already has of these decisions, in whatever state they are now."""
        names = {each.told("party_name") for each in decisions}
        numbers = {each.told("decision_no") for each in decisions} - {""}
        rows = select(Sanction).where(or_(Sanction.party_name.in_(names), Sanction.decision_no.in_(numbers)))
        found = self.session.scalars(
            rows.where(Sanction.state != State.REJECTED).order_by(Sanction.id.desc())
        )
        return {_key(each): each for each in found}

    def _notice(self, decision: Decision, wording: Wording) -> Sanction:
        """Return the record of a decision: in force with a number, or over and never public."""
        now, span = clock.now(), wording.term
        notice = Sanction(
            **wording.columns(),
            flags="",
            state=State.PUBLISHED.value,
            created_at=now,
            source=self.source,
            source_ref=str(decision.row),
        )
        if is_public(State.PUBLISHED, span.max_until, self.today):
            notice.year, notice.number = self.today.year, self.number
            notice.published_at, notice.published_on = now, self.today
            self.number += 1
        else:
            decision.flags.append(NoticeFlag.TERM_OVER.value)
            notice.state = State.EXPIRED.value
            notice.ended_on = span.max_until + timedelta(days=1)
        notice.flags = " ".join(sorted(decision.flags))
        return notice

    def _write(self, made: list[tuple[Decision, Sanction]]) -> None:
        self.session.add_all([notice for _, notice in made])
        self.session.flush()
        self.session.add_all([self._revision(notice) for _, notice in made if notice.number is not None])
        record_many(self.session, [self._entry(decision, notice) for decision, notice in made])

    def _revision(self, notice: Sanction) -> SanctionRevision:
        words = {
            name: getattr(notice, name) for name in Wording.__dataclass_fields__ if name != "complaint_id"
        }
        return SanctionRevision(
            sanction_id=notice.id,
            revision=1,
            published_on=self.today,
            note="",
            content=canonical(words) or "{}",
        )

    def _entry(self, decision: Decision, notice: Sanction) -> Entry:
        public = notice.number is not None
        told = {
            "state": notice.state,
            "agency_id": notice.agency_id,
            "year": notice.year,
            "number": notice.number,
        }
        return Entry(
            actor=self.actor,
            verb="sanction.imported",
            subject=Subject("sanction", notice.id),
            new={**told, "source": self.source, "row": decision.row},
            public=public,
        )


def _agencies_named(session: Session, names: set[str]) -> dict[str, list[Agency]]:
    found: dict[str, list[Agency]] = {}
    for agency in session.scalars(select(Agency).where(Agency.folded_name.in_(names)).order_by(Agency.id)):
        found.setdefault(agency.folded_name, []).append(agency)
    return found


def _may_be(agency: Agency, decision: Decision) -> bool:
    """Tell whether the codes allow a namesake to be the party; a code that fails its check proves nothing."""
    code = decision.told("party_uscc")
    sure = code and NoticeFlag.USCC_CHECK not in decision.flags
    return not (sure and agency.uscc_valid and agency.uscc != code)


def _key(words: Wording | Sanction) -> tuple[str, ...]:
    """Return what tells one decision from another: its number, else its day, authority and facts."""
    party = words.party_uscc or fold_name(words.party_name)
    if words.decision_no:
        return party, fold_number(words.decision_no), words.notice_kind
    return party, str(words.decision_date), words.notice_kind, words.authority, words.facts


def _report(decision: Decision, outcome: Outcome, notice: Sanction, why: str = "") -> RowReport:
    key = f"{notice.year}-{notice.number}" if notice.number is not None else ""
    return RowReport(
        decision.row, outcome, decision.told("party_name"), key, tuple(sorted(decision.flags)), why
    )


def _repeated(decision: Decision, wording: Wording, known: Sanction) -> RowReport:
    """Report a decision the platform has: the same words change nothing, other words are for the desk."""
    told, had = asdict(wording), {name: getattr(known, name) for name in SAME}
    differs = [name for name in SAME if told[name] != had[name]]
    if not differs:
        return _report(decision, Outcome.UNCHANGED, known)
    why = f"published with other words: {', '.join(differs)} differ; correct the notice at the workbench"
    return _report(decision, Outcome.REFUSED, known, why)
