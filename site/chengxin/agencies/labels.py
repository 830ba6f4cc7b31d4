"""The words readers see for the codes of the register."""

from chengxin.agencies.rules import AgencyStatus, Flag, LicenceStatus, NameKind, PermitKind, Service
from chengxin.core.i18n import lazy_gettext as _l

LICENCE_STATUS = {
    LicenceStatus.VALID: _l("Valid"),
    LicenceStatus.SUSPENDED: _l("Suspended"),
    LicenceStatus.REVOKED: _l("Revoked as a penalty"),
    LicenceStatus.RESCINDED: _l("Rescinded"),
    LicenceStatus.WITHDRAWN: _l("Withdrawn"),
    LicenceStatus.DEREGISTERED: _l("Deregistered"),
    LicenceStatus.EXPIRED: _l("Term ended"),
    LicenceStatus.UNKNOWN: _l("Status unknown"),
    LicenceStatus.NONE: _l("No licence on record"),
}
PERMIT_KIND = {
    PermitKind.LICENCE: _l("Human resources service licence"),
    PermitKind.FILING: _l("Human resources service filing"),
    PermitKind.BRANCH_REPORT: _l("Branch report"),
    PermitKind.DISPATCH_LICENCE: _l("Labour dispatch licence"),
}
AGENCY_STATUS = {
    AgencyStatus.ACTIVE: _l("In business"),
    AgencyStatus.SUSPENDED: _l("Business suspended"),
    AgencyStatus.ABNORMAL: _l("Abnormal operation"),
    AgencyStatus.CLOSED: _l("Closed"),
    AgencyStatus.UNLISTED: _l("No longer listed by its source"),
}
NAME_KIND = {
    NameKind.ALIAS: _l("Also known as"),
    NameKind.TRADE: _l("Trade name"),
    NameKind.FORMER: _l("Former name"),
    NameKind.MERGED: _l("Name of an agency merged into it"),
}
SERVICE = {
    Service.RECRUITMENT: _l("Recruitment"),
    Service.DISPATCH: _l("Labour dispatch"),
    Service.CONSULTING: _l("Management consulting"),
    Service.PERSONNEL_AGENCY: _l("Personnel agency services"),
    Service.OUTSOURCING: _l("Service outsourcing"),
    Service.TRAINING: _l("Training"),
    Service.EXECUTIVE_SEARCH: _l("Executive search"),
    Service.ASSESSMENT: _l("Talent assessment"),
    Service.SOFTWARE: _l("Human resources software"),
    Service.OTHER: _l("Other services"),
}
FLAG = {
    Flag.USCC_CHECK: _l("The credit code does not pass its check."),
    Flag.USCC_TAKEN: _l("The source gives a credit code that another agency holds."),
    Flag.REGION_UNKNOWN: _l("The source names no known region."),
    Flag.STATUS_UNKNOWN: _l("The source does not say in known words how the licence stands."),
    Flag.STATUS_CONTRADICTS: _l("The source contradicts itself on whether the licence is valid."),
    Flag.DATE_UNREADABLE: _l("A date of the source cannot be read."),
    Flag.LICENCE_SHARED: _l("The source gives the same licence number to another agency."),
    Flag.PERSONAL_NUMBER: _l("The source gives a person's identity number as a code; it was left out."),
}


def service_label(service: str) -> str:
    """Return the words for a service: of its code, or the source's own words."""
    return SERVICE[Service(service)] if service in set(Service) else service
