"""Import decisions an authority has published: they are decided, so they enter as notices in force or over."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from chengxin.agencies import persons, regions
from chengxin.agencies.rules import shrinks_too_much
from chengxin.core import clock
from chengxin.core.errors import DomainError
from chengxin.core.folding import fold_name, fold_number
from chengxin.core.tables import Row, Table, TableError
from chengxin.core.tables.columns import map_columns, shown
from chengxin.core.tables.report import Outcome, RowReport, Tally
from chengxin.ledger.actions import record_many
from chengxin.ledger.rules import Entry, Subject
from chengxin.standing.sanctions import columns, parties
from chengxin.standing.sanctions.decision import Decision, Defaults, NoticeFlag, RowRefusedError
from chengxin.standing.sanctions.models import Sanction, SanctionHand, SanctionRevision
from chengxin.standing.sanctions.numbering import next_number
from chengxin.standing.sanctions.reading import DecisionReader
from chengxin.standing.sanctions.revisions import content_of, words_of
from chengxin.standing.sanctions.rules import Part, State, is_public
from chengxin.standing.sanctions.wording import Wording

BATCH = 500
ANCHORS = ("serial", "name", "uscc")
# What a list or the user must say: the columns that say it, the user's word for it, and how to ask for that.
NEEDED = (
    (("notice_kind", "legal_kind"), "kind", "--kind: the list does not say what kind of notice its rows are"),
    (
        ("decision_date", "starts_on"),
        "decision_date",
        "--decision-date YYYY-MM-DD: the list has no dates, and the term of a notice counts from the decision",
    ),
    (("authority",), "authority", "--authority: the list does not say who decided"),
)
SAME = ("decision_date", "notice_kind", "legal_kind", "severity", "facts", "basis", "authority")


@dataclass(frozen=True)
class Waiting:
    """Where decisions wait for one approval instead of being in force at once: a batch, and who brings them."""

    batch_id: int
    drafted_by: int | None


def import_decisions(
    session: Session,
    *,
    actor: str,
    table: Table,
    source: str,
    said: Mapping[str, str],
    defaults: Defaults,
    allow_shrink: bool = False,
    into: Waiting | None = None,
    tell: Callable[[RowReport], object] | None = None,
    progress: Callable[[int], object] | None = None,
) -> Tally:
    """Import the rows of a table; the caller commits, or undoes everything."""
    named = map_columns(table.header, columns.NAMES, said)
    seen = {"person_number": named.pop("person_number", [])}
    found = persons.without_them(table.header, named)
    _check_columns(found, table, defaults)
    found |= seen
    regions.put_provinces(session, actor=actor)
    reader = DecisionReader(found, table.header, regions.gazetteer(session), defaults, clock.today())
    run = _Run(session, actor=actor, source=source, tally=Tally(tell), into=into)
    rows = table.rows([at for name in ANCHORS for at in found.get(name, ())])
    while batch := list(islice(rows, BATCH)):
        run.take(batch, reader)
        if progress:
            progress(len(batch))
    run.check_size(allow_shrink=allow_shrink)
    return run.tally


def _check_columns(found: Mapping[str, list[int]], table: Table, defaults: Defaults) -> None:
    told = {*found, *({"facts"} if defaults.facts or "category" in found else ())}
    missing = [name for name in ("name", "facts") if name not in told]
    if missing:
        raise TableError(
            f"No column holds the {' and the '.join(missing)}. The columns are: {shown(table.header)}."
            " Say which with --map COLUMN=name."
        )
    asked = [ask for names, given, ask in NEEDED if not {*names} & {*found} and not getattr(defaults, given)]
    if asked:
        raise DomainError("Nothing was imported. Say " + "; and ".join(asked) + ".")


class _Run:
    """One import under way."""

    def __init__(
        self, session: Session, *, actor: str, source: str, tally: Tally, into: Waiting | None
    ) -> None:
        self.session = session
        self.actor = actor
        self.source = source
        self.tally = tally
        self.into = into
        self.today = clock.today()
        self.had = set(session.scalars(select(Sanction.id).where(*_in_force(source, self.today))))
        self.named: set[int] = set()
        self.number = next_number(session, year=self.today.year)

    def take(self, rows: list[Row], reader: DecisionReader) -> None:
        """Read, link and write one batch, and report its rows in order."""
        reports: dict[int, RowReport] = {}
        decisions = list(self._decisions(rows, reader, reports))
        parties.link(self.session, decisions)
        earlier = self._earlier(decisions)
        made: list[tuple[Decision, Sanction]] = []
        for decision in decisions:
            wording = decision.wording()
            known = earlier.get(_key(wording))
            self.named.add(known.id if known is not None else 0)
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
        if not is_public(State.PUBLISHED, span.max_until, self.today):
            decision.flags.append(NoticeFlag.TERM_OVER.value)
            notice.state = State.EXPIRED.value
            notice.ended_on = span.max_until + timedelta(days=1)
        elif self.into is not None:
            self._wait(notice, self.into)
        else:
            notice.year, notice.number = self.today.year, self.number
            notice.published_at, notice.published_on = now, self.today
            self.number += 1
        notice.flags = " ".join(sorted(decision.flags))
        return notice

    def _wait(self, notice: Sanction, into: Waiting) -> None:
        """Let a decision wait in a batch: public only when a second person approves the batch."""
        notice.state = State.SERVED.value
        notice.batch_id, notice.drafted_by = into.batch_id, into.drafted_by
        notice.submitted_at = clock.now()

    def check_size(self, *, allow_shrink: bool) -> None:
        """Refuse a list that no longer names many of the decisions in force its last edition named."""
        still = len(self.had & self.named)
        if not allow_shrink and shrinks_too_much(len(self.had), still):
            raise DomainError(
                f"The list names {still:,} of the {len(self.had):,} decisions in force from the source"
                f" {self.source!r}. Nothing was imported. If that is right, say --allow-shrink."
            )

    def _write(self, made: list[tuple[Decision, Sanction]]) -> None:
        self.session.add_all([notice for _, notice in made])
        self.session.flush()
        self.session.add_all([self._revision(notice) for _, notice in made if notice.number is not None])
        if self.into is not None and self.into.drafted_by is not None:
            hands = [notice for _, notice in made if notice.batch_id is not None]
            self.session.add_all([_author(notice, self.into.drafted_by) for notice in hands])
        record_many(self.session, [self._entry(decision, notice) for decision, notice in made])

    def _revision(self, notice: Sanction) -> SanctionRevision:
        content = content_of(words_of(notice))
        return SanctionRevision(
            sanction_id=notice.id, revision=1, published_on=self.today, note="", content=content
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


def _author(notice: Sanction, account_id: int) -> SanctionHand:
    return SanctionHand(sanction_id=notice.id, account_id=account_id, part=Part.AUTHOR)


def _in_force(source: str, today: date) -> tuple[ColumnElement[bool], ...]:
    return (Sanction.source == source, Sanction.state == State.PUBLISHED, Sanction.max_until >= today)


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
    told, had = wording.columns(), {name: getattr(known, name) for name in SAME}
    differs = [name for name in SAME if told[name] != had[name]]
    if not differs:
        return _report(decision, Outcome.UNCHANGED, known)
    why = f"published with other words: {', '.join(differs)} differ; correct the notice at the workbench"
    return _report(decision, Outcome.REFUSED, known, why)
