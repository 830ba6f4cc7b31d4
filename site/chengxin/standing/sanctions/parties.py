"""Find the agency a published decision is about: by its credit code, else by its name when no code speaks against it."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.agencies import queries as register
from chengxin.agencies.models import Agency
from chengxin.core.folding import fold_name
from chengxin.standing.sanctions.decision import Decision, NoticeFlag


def link(session: Session, decisions: Sequence[Decision]) -> None:
    """Link each decision to its agency, or flag that the register has none."""
    codes = {each.told("party_uscc") for each in decisions if NoticeFlag.USCC_CHECK not in each.flags}
    by_code = register.ids_by_uscc(session, codes - {""})
    by_name = _named(session, {fold_name(each.told("party_name")) for each in decisions})
    known = register.by_ids(session, set(by_code.values()))
    for decision in decisions:
        agency_id = by_code.get(decision.told("party_uscc"))
        _link(decision, known[agency_id] if agency_id is not None else None, by_name)
        if decision.words["region_code"] is None:
            decision.flags.append(NoticeFlag.REGION_UNKNOWN.value)


def _link(decision: Decision, coded: Agency | None, by_name: dict[str, list[Agency]]) -> None:
    name = fold_name(decision.told("party_name"))
    namesakes = [each for each in by_name.get(name, ()) if _may_be(each, decision)]
    if coded is not None:
        decision.link(coded.id, coded.region_code)
        if coded.folded_name != name:
            decision.flags.append(NoticeFlag.NAME_DIFFERS.value)
    elif len(namesakes) == 1:
        decision.link(namesakes[0].id, namesakes[0].region_code)
    else:
        decision.flags.append(NoticeFlag.PARTY_NOT_IN_REGISTER.value)


def _named(session: Session, names: set[str]) -> dict[str, list[Agency]]:
    found: dict[str, list[Agency]] = {}
    for agency in session.scalars(select(Agency).where(Agency.folded_name.in_(names)).order_by(Agency.id)):
        found.setdefault(agency.folded_name, []).append(agency)
    return found


def _may_be(agency: Agency, decision: Decision) -> bool:
    """Tell whether the codes allow a namesake to be the party; a code that fails its check proves nothing."""
    code = decision.told("party_uscc")
    sure = code and NoticeFlag.USCC_CHECK not in decision.flags
    return not (sure and agency.uscc_valid and agency.uscc != code)
