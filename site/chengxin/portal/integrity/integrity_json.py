"""The integrity file for programs: the same facts as the page, as codes instead of words."""

from collections import Counter
from typing import Any

from chengxin.agencies.models import Permit
from chengxin.opinions.ratings.models import Rating
from chengxin.opinions.ratings.rules import HIGHEST, LOWEST, Dimension
from chengxin.portal.formats import absolute
from chengxin.portal.integrity.integrity_file import Entry, IntegrityFile
from chengxin.portal.integrity.integrity_supervision import supervision_json
from chengxin.standing.exemplars.labels import merit_words
from chengxin.standing.exemplars.models import Honour
from chengxin.standing.rules import Mark
from chengxin.standing.sanctions.models import Sanction
from chengxin.voices.complaints.rules import Outcome


def as_json(file: IntegrityFile) -> dict[str, Any]:
    """Return everything the page of a file shows."""
    return {
        **_basics(file),
        "as_of": file.today,
        "updated_at": file.updated_at,
        "verdict": [_mark(mark) for mark in file.verdict.marks],
        "permits": [_permit(permit, file) for permit in file.permits],
        **supervision_json(file),
        "timeline": [_entry(entry) for entry in file.timeline],
        "complaints": _complaints(file),
        "ratings": _ratings(file),
        "business": _business(file),
        "promises": _promises(file),
        "assessment": {"grade": file.agency.grade or None},
    }


def _basics(file: IntegrityFile) -> dict[str, Any]:
    agency, permit = file.agency, file.main_permit
    return {
        "uid": agency.uid,
        "url": absolute("portal.agency", uid=agency.uid),
        "name": agency.name,
        "other_names": [{"kind": each.kind, "name": each.name} for each in file.names],
        "uscc": agency.uscc,
        "uscc_valid": agency.uscc_valid,
        "licence_no": permit.number if permit else None,
        "licence_status": file.licence,
        "standing": file.verdict.standing,
        "standing_until": file.verdict.until,
        "region": agency.region_code,
        "places": list(file.places),
        "address": agency.address or None,
        "legal_representative": agency.legal_representative or None,
        "established": agency.established or None,
        "ownership": agency.ownership or None,
        "opened_on": agency.opened_on,
        "backfilled": agency.backfilled,
        "source": agency.source or None,
        "source_ref": agency.source_ref or None,
        "flags": agency.flags.split(),
    }


def _mark(mark: Mark) -> dict[str, Any]:
    return {
        "standing": mark.standing,
        "since": mark.since,
        "until": mark.until,
        "year": mark.year,
        "reason": mark.notice.reason if mark.notice else None,
        "notice": absolute("portal.notice", year=mark.notice.year, number=mark.notice.number)
        if mark.notice
        else None,
    }


def _permit(permit: Permit, file: IntegrityFile) -> dict[str, Any]:
    return {
        "kind": permit.kind,
        "number": permit.number,
        "status": file.status_of(permit),
        "status_on": permit.status_on,
        "scope": permit.scope or None,
        "authority": permit.authority or None,
        "issued_on": permit.issued_on,
        "valid_from": permit.valid_from,
        "valid_to": permit.valid_to,
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "on": entry.on,
        "kind": entry.happening,
        "over": entry.over,
        "standing": entry.standing,
        "notice": _notice(entry.notice) if entry.notice else None,
        "honour": _honour(entry.honour) if entry.honour else None,
        "permit": _number(entry),
        "change": _change(entry),
    }


def _number(entry: Entry) -> str | None:
    told = entry.permit.number if entry.permit else ""
    return told or (entry.change.permit_number if entry.change else None)


def _change(entry: Entry) -> dict[str, Any] | None:
    if entry.change is None:
        return None
    told = entry.change
    return {"kind": told.change, "field": told.fact or None, "old": told.old or None, "new": told.new or None}


def _notice(notice: Sanction) -> dict[str, Any]:
    return {
        "url": absolute("portal.notice", year=notice.year, number=notice.number),
        "kind": notice.notice_kind,
        "legal_kind": notice.legal_kind,
        "severity": notice.severity,
        "title": notice.title,
        "summary": notice.summary,
        "decision_no": notice.decision_no,
        "decision_date": notice.decision_date,
        "public_until": notice.max_until,
    }


def _honour(honour: Honour) -> dict[str, Any]:
    return {
        "kind": honour.kind,
        "level": honour.level,
        "year": honour.year,
        "merit": merit_words(honour) or None,
        "valid_until": honour.valid_until,
    }


def _complaints(file: IntegrityFile) -> dict[str, Any]:
    return {
        "last_12_months": _counted(file.last_year),
        "quarters": [
            {"year": each.year, "quarter": each.number, **_counted(each.outcomes)} for each in file.quarters
        ],
    }


def _counted(outcomes: Counter[Outcome]) -> dict[str, int]:
    return {outcome.value: outcomes[outcome] for outcome in Outcome}


def _ratings(file: IntegrityFile) -> dict[str, Any]:
    score = file.score
    return {
        "count": file.ratings.total,
        "mean": score.mean if score else None,
        "steps": {str(step): score.steps[step] for step in range(LOWEST, HIGHEST + 1)} if score else None,
        "latest": [_rating(each) for each in file.ratings.ratings],
    }


def _rating(rating: Rating) -> dict[str, Any]:
    return {
        "received_on": rating.received_on,
        "rater": rating.rater_kind,
        "verified": rating.verified,
        "service": rating.service or None,
        "service_month": rating.service_month or None,
        "marks": {dimension.value: getattr(rating, dimension) for dimension in Dimension},
        "text": rating.text or None,
        "reply": rating.agency_reply or None,
    }


def _business(file: IntegrityFile) -> dict[str, Any]:
    return {
        "status": file.agency.status,
        "services": list(file.services),
        "staff_total": file.agency.staff_total,
        "public_body": file.agency.public_body,
    }


def _promises(file: IntegrityFile) -> dict[str, Any]:
    agency = file.agency
    return {
        "fee_notice": agency.fee_notice or None,
        "business_phone": agency.business_phone or None,
        "supervision_phone": agency.supervision_phone or None,
        "website": agency.website or None,
        "campaigns": [
            {
                "address": absolute("portal.campaign", year=campaign.year, slug=campaign.slug),
                "result": entry.result,
            }
            for campaign, entry in file.campaigns
        ],
    }
