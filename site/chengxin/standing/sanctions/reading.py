"""Turn one row of a published list of decisions into the wording of a notice, with its flags."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from chengxin.agencies import uscc, vocabulary
from chengxin.agencies.gazetteer import Gazetteer
from chengxin.core.days import day_in
from chengxin.core.tables import Row
from chengxin.standing.sanctions import columns
from chengxin.standing.sanctions.rules import Category, LegalKind, NoticeKind, Severity, usual_severity
from chengxin.standing.sanctions.wording import Wording

SUMMARY_LENGTH = 60
SENTENCE = re.compile(r"[。；;\n]")
Code = TypeVar("Code", bound=StrEnum)


class NoticeFlag(StrEnum):
    """What an imported notice is kept with although something about it is not in order."""

    USCC_CHECK = "uscc_check"
    PERSONAL_NUMBER = "personal_number"
    PARTY_NOT_IN_REGISTER = "party_not_in_register"
    NAME_DIFFERS = "name_differs"
    REGION_UNKNOWN = "region_unknown"
    NO_BASIS = "no_basis"
    NO_DECISION_NO = "no_decision_no"
    TERM_OVER = "term_over"


class RowRefusedError(Exception):
    """A row cannot become a notice; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Defaults:
    """What the user says of every row where the list is silent."""

    kind: str = ""
    legal_kind: str = ""
    severity: str = ""
    decision_date: date | None = None
    authority: str = ""
    basis: str = ""


@dataclass(slots=True)
class Decision:
    """A decision as one row tells it."""

    row: int
    words: dict[str, object]
    flags: list[str] = field(default_factory=list)

    def link(self, agency_id: int, region_code: str | None) -> None:
        """Link the decision to an agency, and to its region when the row names none."""
        self.words["agency_id"] = agency_id
        self.words["region_code"] = self.words["region_code"] or region_code

    def wording(self) -> Wording:
        """Return the wording of the notice."""
        return Wording(**self.words)  # type: ignore[arg-type]

    def told(self, name: str) -> str:
        """Return a word of the decision as text."""
        return str(self.words.get(name) or "")


class DecisionReader:
    """Reads rows by the columns of one file."""

    def __init__(
        self,
        positions: Mapping[str, Sequence[int]],
        header: Sequence[str],
        gazetteer: Gazetteer,
        defaults: Defaults,
        today: date,
    ) -> None:
        """Keep the columns, the regions and what the user said."""
        self.positions = positions
        self.gazetteer = gazetteer
        self.defaults = defaults
        self.today = today
        titles = "".join(header[at] for at in positions.get("amount", ()))
        self.unit = "万元" if "万元" in titles else "元"

    def read(self, row: Row) -> Decision:
        """Return the decision of a row, or refuse the row."""
        name = self._text(row, "name")
        if not name:
            raise RowRefusedError("no name: the row names no party")
        kind = self._code(row, "notice_kind", NoticeKind, columns.NOTICE_KINDS, self.defaults.kind)
        usual = columns.LEGAL_KIND_OF.get(kind, "")
        legal = self._code(
            row, "legal_kind", LegalKind, columns.LEGAL_KINDS, self.defaults.legal_kind or usual
        )
        wanted = self.defaults.severity or usual_severity(legal)
        facts = self._long_text(row, "facts")
        if not facts:
            raise RowRefusedError("no facts: the row does not say what happened")
        decision = Decision(
            row.number,
            {
                "party_name": name,
                "notice_kind": kind.value,
                "legal_kind": legal.value,
                "severity": self._code(row, "severity", Severity, columns.SEVERITIES, wanted).value,
                "category": self._category(row, facts).value,
                "title": self._text(row, "title") or f"{columns.TITLES[kind]}：{name}",
                "summary": summary_of(facts),
                "decision_no": self._text(row, "decision_no"),
                "decision_date": self._decision_date(row),
                "authority": self._needed(row, "authority", self.defaults.authority),
                "facts": facts,
                "basis": self._long_text(row, "basis") or self.defaults.basis,
                "measures": self._long_text(row, "measures"),
                "amount": self._amount(row),
            },
        )
        self._read_code(row, decision)
        self._read_region(row, decision)
        for word, flag in (("basis", NoticeFlag.NO_BASIS), ("decision_no", NoticeFlag.NO_DECISION_NO)):
            if not decision.words[word]:
                decision.flags.append(flag.value)
        return decision

    def _read_code(self, row: Row, decision: Decision) -> None:
        code = uscc.tidy(self._text(row, "uscc"))
        sure = uscc.is_valid(code)
        if uscc.is_identity_number(code) and not sure:
            decision.flags.append(NoticeFlag.PERSONAL_NUMBER.value)
            return
        decision.words["party_uscc"] = code
        if code and not sure:
            decision.flags.append(NoticeFlag.USCC_CHECK.value)

    def _read_region(self, row: Row, decision: Decision) -> None:
        """Take the authority's own region when it lies in the one the row names, for it says more."""
        named = self.gazetteer.resolve([self._text(row, "region")]).code
        own = self.gazetteer.resolve_address(decision.told("authority"))
        inside = [place.code for place in self.gazetteer.lineage(own)]
        decision.words["region_code"] = own if own and (named is None or named in inside) else named

    def _category(self, row: Row, facts: str) -> Category:
        told = self._text(row, "category").casefold()
        if told in {each.value for each in Category}:
            return Category(told)
        wages = any(word in facts for word in columns.WAGES) and any(
            word in facts for word in columns.ARREARS
        )
        return Category.WAGE_ARREARS if wages else Category.OTHER

    def _code(
        self, row: Row, name: str, codes: type[Code], words: Mapping[str, Code], otherwise: str
    ) -> Code:
        told = self._text(row, name)
        by_value = {each.value: each for each in codes}
        found = by_value.get(told.casefold()) or words.get(told)
        if found:
            return found
        if told or not otherwise:
            plain = name.replace("_", " ")
            raise RowRefusedError(f"{plain} unknown: {told!r}; known are {', '.join([*by_value, *words])}")
        return by_value[otherwise]

    def _decision_date(self, row: Row) -> date:
        told = self._text(row, "decision_date")
        try:
            day = day_in(told) if told else self.defaults.decision_date
        except ValueError as error:
            raise RowRefusedError(f"decision date: {error}") from error
        if day is None:
            raise RowRefusedError("no decision date: the term of a notice counts from it")
        if day > self.today:
            raise RowRefusedError(f"decision date: {day} has not come yet")
        return day

    def _needed(self, row: Row, name: str, otherwise: str) -> str:
        text = self._text(row, name) or otherwise
        if not text:
            raise RowRefusedError(f"no {name}: the row does not say who decided")
        return text

    def _amount(self, row: Row) -> str:
        told = self._text(row, "amount").replace(",", "").replace("，", "")
        try:
            amount = Decimal(told.removesuffix(self.unit))
        except InvalidOperation:
            return told
        if not amount.is_finite():
            return ""
        return f"{amount:,.2f}".removesuffix(".00") + self.unit

    def _text(self, row: Row, name: str) -> str:
        for at in self.positions.get(name, ()):
            if text := vocabulary.text_of(row.at(at)):
                return text
        return ""

    def _long_text(self, row: Row, name: str) -> str:
        """Return a text that may run on over the lines that continue a row."""
        cells = [cell for at in self.positions.get(name, ()) for cell in row.lines_at(at)]
        return "".join(text for cell in cells if (text := vocabulary.text_of(cell)))


def summary_of(facts: str) -> str:
    """Return the first sentence of the facts, cut where it is too long for a list."""
    sentence = SENTENCE.split(facts, 1)[0]
    return sentence if len(sentence) <= SUMMARY_LENGTH else sentence[: SUMMARY_LENGTH - 1] + "…"
