"""Turn one row of a published list of decisions into the wording of a notice, with its flags."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NoReturn

from chengxin.agencies import persons, uscc, vocabulary
from chengxin.agencies.gazetteer import Gazetteer
from chengxin.core.days import day_in
from chengxin.core.tables import Row
from chengxin.standing.sanctions import columns, penalties
from chengxin.standing.sanctions.decision import Decision, Defaults, NoticeFlag, RowRefusedError
from chengxin.standing.sanctions.rules import LegalKind, NoticeKind, Severity, term, usual_severity

SUMMARY_LENGTH = 60
SENTENCE = re.compile(r"[。；;\n]")


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
        self.header = header
        self.gazetteer = gazetteer
        self.defaults = defaults
        self.today = today
        self.mixed = {at for at, title in enumerate(header) if "万元" in title}

    def read(self, row: Row) -> Decision:
        """Return the decision of a row, or refuse the row."""
        name = self._text(row, "name")
        if not name:
            raise RowRefusedError("no name: the row names no party")
        self._refuse_persons(row, name)
        legal, kind = self._kinds(row)
        wanted = self.defaults.severity or usual_severity(legal)
        facts = self._long_text(row, "facts") or self._text(row, "category") or self.defaults.facts
        if not facts:
            raise RowRefusedError("no facts: the row does not say what happened")
        decision = Decision(
            row.number,
            {
                "party_name": name,
                "notice_kind": kind.value,
                "legal_kind": legal.value,
                "severity": self._severity(row, wanted).value,
                "category": penalties.category_of(self._text(row, "category"), facts).value,
                "title": self._text(row, "title") or f"{columns.TITLES[kind]}：{name}",
                "summary": summary_of(facts),
                "decision_no": self._text(row, "decision_no"),
                "decision_date": self._decision_date(row),
                "authority": self._needed(row, "authority", self.defaults.authority),
                "facts": facts,
                "basis": self._long_text(row, "basis") or self.defaults.basis,
                "measures": self._long_text(row, "measures"),
                "amount": self._amount(row),
                "publication_basis": self.defaults.publication_basis,
            },
        )
        self._read_code(row, decision)
        self._read_region(row, decision)
        self._read_end(row, decision)
        for word, flag in (("basis", NoticeFlag.NO_BASIS), ("decision_no", NoticeFlag.NO_DECISION_NO)):
            if not decision.words[word]:
                decision.flags.append(flag.value)
        return decision

    def _refuse_persons(self, row: Row, name: str) -> None:
        """Refuse a row about a natural person; nothing of it is kept, not even in the report."""
        subject = self._text(row, "subject")
        number = self._text(row, "person_number")
        code = self._text(row, "uscc")
        person_number = number or (code if uscc.is_identity_number(uscc.tidy(code)) else "")
        if persons.is_natural_person(subject=subject, name=name, code=code, person_number=person_number):
            raise RowRefusedError("natural person: decisions against persons are never taken")

    def _kinds(self, row: Row) -> tuple[LegalKind, NoticeKind]:
        """Return what a decision is in law and how the public sees it; each tells the other when it is silent."""
        told = self._text(row, "notice_kind")
        kind = _code(told, NoticeKind, columns.NOTICE_KINDS) or self.defaults.kind
        if told and told != kind and told not in columns.NOTICE_KINDS:
            _refuse("notice kind", told, [*NoticeKind])
        legal = self._legal_kind(row, kind)
        return legal, NoticeKind(kind) if kind else penalties.notice_kind_of(legal)

    def _legal_kind(self, row: Row, kind: str) -> LegalKind:
        told = "；".join(text for at in self.positions.get("legal_kind", ()) if (text := _cell(row, at)))
        exact = _code(told, LegalKind, columns.LEGAL_KINDS)
        if exact:
            return LegalKind(exact)
        also = self._long_text(row, "measures") + self._text(row, "licence_affected")
        found = penalties.legal_kinds_in(told, also)
        if found:
            return penalties.heaviest(found)
        usual = columns.LEGAL_KIND_OF.get(NoticeKind(kind), "") if kind else ""
        otherwise = self.defaults.legal_kind or usual
        if not otherwise or (told and told not in columns.UNSAID):
            _refuse("legal kind", told, [*LegalKind])
        return LegalKind(otherwise)

    def _severity(self, row: Row, wanted: str) -> Severity:
        told = self._text(row, "severity")
        found = _code(told, Severity, columns.SEVERITIES)
        if told and not found:
            _refuse("severity", told, [*Severity])
        return Severity(found or wanted)

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

    def _read_end(self, row: Row, decision: Decision) -> None:
        """Keep the last day the list names when it is earlier than the law's; the law's longest term rules."""
        end, duration = self._text(row, "listed_until"), self._text(row, "duration")
        wording, start = decision.wording(), self._day(row, "starts_on")
        try:
            told = penalties.lasts_until(start or wording.decision_date, duration, end)
        except ValueError as error:
            raise RowRefusedError(f"last day: {error}") from error
        if told is not None and told < wording.decision_date:
            raise RowRefusedError(f"last day: {told} is before the decision")
        longest = term(
            wording.decision_date,
            severity=wording.severity,
            legal_kind=wording.legal_kind,
            notice_kind=wording.notice_kind,
        ).max_until
        if told is not None and told < longest:
            decision.words["listed_until"] = told
        elif (end or duration) and told != longest:
            decision.flags.append(NoticeFlag.TERM_CAPPED.value)

    def _decision_date(self, row: Row) -> date:
        day = self._day(row, "decision_date") or self._day(row, "starts_on") or self.defaults.decision_date
        if day is None:
            raise RowRefusedError("no decision date: the term of a notice counts from it")
        if day > self.today:
            raise RowRefusedError(f"decision date: {day} has not come yet")
        return day

    def _day(self, row: Row, name: str) -> date | None:
        told = self._text(row, name)
        try:
            return day_in(told) if told else None
        except ValueError as error:
            raise RowRefusedError(f"{name.replace('_', ' ')}: {error}") from error

    def _needed(self, row: Row, name: str, otherwise: str) -> str:
        text = self._text(row, name) or otherwise
        if not text:
            raise RowRefusedError(f"no {name}: the row does not say who decided")
        return text

    def _amount(self, row: Row) -> str:
        fine, confiscated = self._money(row, "amount"), self._money(row, "confiscated")
        if fine and confiscated:
            return f"罚款{fine}，没收{confiscated}"
        return fine or (f"没收{confiscated}" if confiscated else "")

    def _money(self, row: Row, name: str) -> str:
        for at in self.positions.get(name, ()):
            if text := _cell(row, at):
                return penalties.money(text, "万元" if at in self.mixed else "元")
        return ""

    def _text(self, row: Row, name: str) -> str:
        for at in self.positions.get(name, ()):
            if text := _cell(row, at):
                return text
        return ""

    def _long_text(self, row: Row, name: str) -> str:
        """Return a text that may run on over the lines that continue a row."""
        cells = [cell for at in self.positions.get(name, ()) for cell in row.lines_at(at)]
        return "".join(text for cell in cells if (text := vocabulary.text_of(cell)))


def _cell(row: Row, at: int) -> str:
    return vocabulary.text_of(row.at(at))


def _code(told: str, codes: type[NoticeKind | LegalKind | Severity], words: Mapping[str, str]) -> str:
    """Return the code of a word, or nothing."""
    folded = told.casefold()
    return folded if folded in {each.value for each in codes} else words.get(told, "")


def _refuse(what: str, told: str, known: Sequence[str]) -> NoReturn:
    raise RowRefusedError(
        f"{what} unknown: {told!r}; write the word of the law, or one of {', '.join(known)}"
    )


def summary_of(facts: str) -> str:
    """Return the first sentence of the facts, cut where it is too long for a list."""
    sentence = SENTENCE.split(facts, 1)[0]
    return sentence if len(sentence) <= SUMMARY_LENGTH else sentence[: SUMMARY_LENGTH - 1] + "…"
