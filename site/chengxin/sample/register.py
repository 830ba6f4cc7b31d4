"""Fill the register: regions, agencies as they opened, and what became of their permits and names."""

from datetime import timedelta
from functools import partial
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from chengxin.agencies import actions, merging, queries, regions
from chengxin.agencies.gazetteer import Place
from chengxin.agencies.matching import Target
from chengxin.agencies.reading import PermitRecord, Record
from chengxin.agencies.rules import NameKind, PermitStatus
from chengxin.agencies.staging import Staging
from chengxin.agencies.unlisting import mark_unlisted
from chengxin.core.folding import fold_name
from chengxin.ledger.actions import record_many
from chengxin.ledger.rules import COMMAND
from chengxin.sample.city import AUTHORITY, City
from chengxin.sample.profiles import OPENED_DAYS, Profile
from chengxin.sample.reading import table

SOURCE = "江州市人力资源服务机构台账（虚构）"
RENAMED_DAYS = 75


def plan(city: City) -> None:
    """Plan the register from its opening to today."""
    city.timeline.plan(OPENED_DAYS + 2, 9, _put_regions)
    for opened, group in groupby(sorted(city.profiles, key=_by_opening), key=lambda each: each.opened):
        city.timeline.plan(opened, 8, partial(_enrol, city=city, group=list(group)))
    for each in city.profiles:
        if each.ending:
            city.timeline.plan(each.ended, 8.5, partial(_end, city=city, profile=each))
        if each.later_name and each.opened > RENAMED_DAYS:
            city.timeline.plan(RENAMED_DAYS, 11, partial(_rename, city=city, profile=each))
        if each.left:
            city.timeline.plan(each.left, 10, partial(_leave, city=city, profile=each))


def _by_opening(profile: Profile) -> tuple[int, int]:
    return -profile.opened, profile.number


def _put_regions(session: Session) -> None:
    listed = table("places")["region"]
    city = listed[0]["code"]
    places = [
        Place(each["code"], each["name"], each["level"], None if each["code"] == city else city)
        for each in listed
    ]
    regions.put(session, actor=COMMAND, places=places)


def _enrol(session: Session, *, city: City, group: list[Profile]) -> None:
    """Enter agencies the way an import does: few statements, one event each."""
    staging = Staging(session, actor=COMMAND, source=SOURCE)
    staging.new = [_target(each) for each in group]
    targets = list(staging.new)
    record_many(session, staging.write())
    city.ids |= {target.name: target.id for target in targets if target.id is not None}


def _target(profile: Profile) -> Target:
    record = _record(profile)
    return Target(
        uid=profile.uid,
        name=profile.name,
        folded_name=fold_name(profile.name),
        uscc=profile.uscc,
        uscc_valid=True,
        region_code=profile.region,
        place="",
        source=SOURCE,
        fingerprints=[record.fingerprint()],
        flags=[],
        record=record,
    )


def _record(profile: Profile) -> Record:
    facts: dict[str, Any] = {**profile.facts, "backfilled": profile.opened == OPENED_DAYS}
    return Record(
        profile.number,
        profile.name,
        uscc=profile.uscc,
        region_code=profile.region,
        facts=facts,
        former_names=[name for kind, name in profile.names if kind is NameKind.FORMER],
        trade_names=[name for kind, name in profile.names if kind is NameKind.TRADE],
        aliases=[name for kind, name in profile.names if kind is NameKind.ALIAS],
        services=profile.services,
        permits=[
            PermitRecord(
                kind=each.kind,
                number=each.number,
                status=PermitStatus.VALID.value,
                issued_on=each.valid_from,
                valid_from=each.valid_from,
                valid_to=each.valid_to,
                authority=AUTHORITY,
                scope=each.scope,
            )
            for each in profile.permits
        ],
    )


def end_permits(session: Session, *, city: City, name: str, to: str, decision_no: str, reason: str) -> None:
    """Bring every running permit of an agency to an end."""
    agency_id = city.ids[name]
    for permit in queries.permits_of(session, [agency_id])[agency_id]:
        if permit.status == PermitStatus.VALID:
            actions.end_permit(
                session,
                actor=COMMAND,
                permit=permit,
                to=PermitStatus(to),
                decision_no=decision_no,
                reason=reason,
            )


def _end(session: Session, *, city: City, profile: Profile) -> None:
    reason = table("agencies")["choices"]["reasons"][profile.ending]
    day = city.today - timedelta(days=profile.ended)
    number = "" if profile.ending == PermitStatus.EXPIRED else f"江人社许〔{day.year}〕{profile.number}号"
    end_permits(session, city=city, name=profile.name, to=profile.ending, decision_no=number, reason=reason)
    agency = queries.by_id(session, city.ids[profile.name])
    if agency and profile.ending == PermitStatus.DEREGISTERED:
        actions.change(session, actor=COMMAND, agency=agency, status="closed", reason=reason)


def _rename(session: Session, *, city: City, profile: Profile) -> None:
    agency = queries.by_id(session, city.ids[profile.name])
    if agency:
        reason = table("agencies")["choices"]["renamed"]
        actions.rename(session, actor=COMMAND, agency=agency, name=profile.later_name, reason=reason)


def _leave(session: Session, *, city: City, profile: Profile) -> None:
    """Let an agency become part of another, or let its source list it no longer."""
    if not profile.merged_into:
        mark_unlisted(session, actor=COMMAND, source=SOURCE, ids=[city.ids[profile.name]])
        return
    old, new = (queries.by_id(session, city.ids[name]) for name in (profile.name, profile.merged_into))
    if old and new:
        reason = table("agencies")["choices"]["merged"]
        merging.merge(session, actor=COMMAND, old=old, new=new, reason=reason)
