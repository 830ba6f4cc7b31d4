"""Questions to the tables of the PostgreSQL engine, and the rows that answer them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from chengxin.search.counting import DATED, FACTS, stem_of
from chengxin.search.engine import Clause, Narrowing, Order
from chengxin.search.orders import weight_of
from chengxin.search.terms import WILD
from chengxin.search.tokens import quoted
from chengxin.standing.rules import Standing

Values = Mapping[str, Any]

COLUMNS = (
    "rank, agency_id, names, region, grade, services, opened, alphabet, standing, standing_last, standing_after, "
    "licence, licence_last, licence_after"
)
CONDITIONS = {
    "standing": "CASE WHEN standing_last >= :today THEN standing ELSE standing_after END = :standing",
    "licence": "CASE WHEN licence_last >= :today THEN licence ELSE licence_after END = :licence",
    "region": "starts_with(region, :region)",
    "grade": "grade = :grade",
    "service": ":service = ANY(services)",
}
UNHEARD_OF = "\ufffd"
FACT_COLUMNS = (
    "region, grade, services, standing, standing_last, standing_after, licence, licence_last, licence_after"
)
_WEIGHTS = " ".join(f"WHEN '{standing}' THEN {-weight_of(standing)}" for standing in Standing)
ORDERS = {
    Order.RELEVANCE: "rank",
    Order.NAME: "alphabet, rank",
    Order.NEWEST: "opened DESC, rank",
    Order.WEIGHT: (
        "CASE CASE WHEN standing_last >= :today THEN standing ELSE standing_after END "
        f"{_WEIGHTS} ELSE 0 END, rank"
    ),
}
COUNTED = {
    "standing": "CASE WHEN standing_last >= :today THEN standing ELSE standing_after END",
    "licence": "CASE WHEN licence_last >= :today THEN licence ELSE licence_after END",
    "region": "region",
    "grade": "grade",
    "service": "unnest(services)",
}


class Row(NamedTuple):
    """What a table tells of one agency."""

    rank: int
    agency_id: int
    names: str
    region: str
    grade: str
    services: Sequence[str]
    opened: int
    alphabet: bytes
    standing: str
    standing_last: int
    standing_after: str
    licence: str
    licence_last: int
    licence_after: str

    def on_day(self, fact: str, day: int) -> str:
        """Return a dated fact as it stands on a day."""
        now: str = getattr(self, fact)
        after: str = getattr(self, f"{fact}_after")
        return now if getattr(self, f"{fact}_last") >= day else after

    def values(self, fact: str, day: int) -> Sequence[str]:
        """Return the values a filter sees."""
        if fact == "service":
            return self.services
        return (self.on_day(fact, day) if fact in DATED else getattr(self, fact),)

    def passes(self, narrowing: Narrowing, day: int, *, but: str = "") -> bool:
        """Tell whether an agency passes the filters on a day."""
        return all(
            self._passes(fact, value, day)
            for fact in FACTS
            if fact != but and (value := getattr(narrowing, fact))
        )

    def _passes(self, fact: str, value: str, day: int) -> bool:
        if fact == "region":
            return self.region.startswith(stem_of(value))
        return value in self.values(fact, day)

    def key(self, order: Order, day: int) -> Any:
        """Return what sorts an agency in an order."""
        if order is Order.NAME:
            return bytes(self.alphabet)
        return -self.opened if order is Order.NEWEST else -weight_of(self.on_day("standing", day))


def columns_of(table: str) -> str:
    """Return the columns of a row, each with the name of its table."""
    return ", ".join(f"{table}.{name}" for name in COLUMNS.split(", "))


@dataclass(frozen=True, slots=True)
class Wanted:
    """The conditions of a question, its values and its order."""

    conditions: tuple[str, ...] = ()
    values: Mapping[str, Any] | None = None
    order: str = "rank"

    def also(self, narrowing: Narrowing, today: date, *, but: str = "") -> "Wanted":
        """Return this with filters."""
        given = {fact: value for fact in FACTS if fact != but and (value := getattr(narrowing, fact))}
        if not given:
            return self
        values: dict[str, Any] = {
            **(self.values or {}),
            **_numbered(given, len(self.conditions)),
            "today": today.toordinal(),
        }
        conditions = (_as_numbered(CONDITIONS[fact], fact, len(self.conditions)) for fact in given)
        return replace(self, conditions=(*self.conditions, *conditions), values=values)

    def ordered(self, order: Order, today: date) -> "Wanted":
        """Return this in another order; among equals the likelier agency comes first."""
        values = {**(self.values or {}), "today": today.toordinal()}
        return replace(self, order=ORDERS[order], values=values)

    def question(self, table: str, start: int, stop: int) -> tuple[str, Values]:
        """Return the SQL of a stretch and its values."""
        values = {**(self.values or {}), "start": start, "size": max(0, stop - start)}
        where = _where(self.conditions)
        return f"SELECT {COLUMNS} FROM {table}{where} ORDER BY {self.order} LIMIT :size OFFSET :start", values

    def total(self, table: str) -> tuple[str, Values]:
        """Return the SQL of the exact total and its values."""
        return f"SELECT '', '', count(*) FROM {table}{_where(self.conditions)}", self.values or {}

    def counts(self, table: str, narrowing: Narrowing, today: date) -> tuple[str, Values]:
        """Return the SQL of the counts of every filter and its values."""
        values: dict[str, Any] = {"today": today.toordinal(), **(self.values or {})}
        parts: list[str] = []
        for fact in FACTS:
            asked = Wanted(values=values).also(narrowing, today, but=fact)
            values |= asked.values or {}
            parts.append(
                f"SELECT '{fact}', {COUNTED[fact]}, count(*) FROM held{_where(asked.conditions)} GROUP BY 2"
            )
        held = f"SELECT {FACT_COLUMNS} FROM {table}{_where(self.conditions)}"
        return f"WITH held AS MATERIALIZED ({held}) {' UNION ALL '.join(parts)}", values


def _where(conditions: Sequence[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _numbered(given: Mapping[str, str], number: int) -> dict[str, str]:
    """Return the values of filters under names no earlier filter uses."""
    return {
        f"{fact}_{number}": (stem_of(value) if fact == "region" else value).replace("\0", UNHEARD_OF)
        for fact, value in given.items()
    }


def _as_numbered(condition: str, fact: str, number: int) -> str:
    return condition.replace(f":{fact}", f":{fact}_{number}")


def tsquery(clauses: Iterable[Clause]) -> str:
    """Return clauses as the text of a tsquery."""
    return " & ".join(f"({' | '.join(map(_way, clause.alternatives))})" for clause in clauses)


def _way(terms: Iterable[str]) -> str:
    return f"({' & '.join(map(_lexeme, terms))})"


def _lexeme(term: str) -> str:
    return f"{quoted(term.removesuffix(WILD))}:*" if term.endswith(WILD) else quoted(term)
