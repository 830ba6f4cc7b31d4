"""What a sanction can be: as the public sees it, in law, how heavy, and what the agency did."""

from enum import StrEnum


class NoticeKind(StrEnum):
    """What the public sees: 失信曝光, 黄牌警告, 许可证处置, 严重失信名单."""

    EXPOSURE = "exposure"
    YELLOW_CARD = "yellow_card"
    LICENCE_ACTION = "licence_action"
    SERIOUS_LISTING = "serious_listing"


class LegalKind(StrEnum):
    """What the decision is in law: a penalty (处罚), an end of a permit, a measure (措施) or a listing."""

    WARNING = "warning"
    FINE = "fine"
    CONFISCATION = "confiscation"
    LICENCE_SUSPENSION = "licence_suspension"
    DOWNGRADE = "downgrade"
    LICENCE_REVOCATION = "licence_revocation"
    RESTRICTION = "restriction"
    CLOSURE = "closure"
    BARRING = "barring"
    UNLICENSED_CLOSURE = "unlicensed_closure"
    RESCISSION = "rescission"
    DEREGISTRATION = "deregistration"
    INTERVIEW = "interview"
    RECTIFICATION_ORDER = "rectification_order"
    REMINDER = "reminder"
    LISTING = "listing"


class Severity(StrEnum):
    """The class that decides how long a notice stays public (轻微、一般、严重)."""

    MINOR = "minor"
    GENERAL = "general"
    SERIOUS = "serious"


class Procedure(StrEnum):
    """How the decision was taken: on the spot (简易程序) or after an investigation (普通程序)."""

    SIMPLE = "simple"
    ORDINARY = "ordinary"


class Category(StrEnum):
    """What the agency did: the codes of the violation catalogue."""

    UNLICENSED = "unlicensed"
    UNFILED = "unfiled"
    FALSE_POSTING = "false_posting"
    DISCRIMINATION = "discrimination"
    OVERCHARGE = "overcharge"
    DEPOSIT = "deposit"
    ID_WITHHELD = "id_withheld"
    PRIVACY = "privacy"
    SHAM_OUTSOURCING = "sham_outsourcing"
    COERCION = "coercion"
    RECRUIT_TO_TRAIN = "recruit_to_train"
    PAID_REFERRAL = "paid_referral"
    MINOR_OR_BARRED_WORK = "minor_or_barred_work"
    LICENCE_ABUSE = "licence_abuse"
    ILLEGAL_CLIENT = "illegal_client"
    FAKE_SOCIAL_INSURANCE = "fake_social_insurance"
    NO_DISPLAY = "no_display"
    NO_LEDGER_REPORT = "no_ledger_report"
    JOB_FAIR = "job_fair"
    WAGE_ARREARS = "wage_arrears"
    OTHER = "other"


# A measure is no penalty: it obeys the terms of a minor one.
MEASURES = frozenset({LegalKind.INTERVIEW, LegalKind.RECTIFICATION_ORDER, LegalKind.REMINDER})
USUAL_SEVERITY: dict[LegalKind, Severity] = {
    **dict.fromkeys((LegalKind.WARNING, *sorted(MEASURES)), Severity.MINOR),
    **dict.fromkeys(
        (
            LegalKind.LICENCE_REVOCATION,
            LegalKind.CLOSURE,
            LegalKind.BARRING,
            LegalKind.UNLICENSED_CLOSURE,
            LegalKind.LISTING,
        ),
        Severity.SERIOUS,
    ),
}


def usual_severity(legal_kind: str) -> Severity:
    """Return the class a decision of this kind usually has; general when nothing says otherwise."""
    return USUAL_SEVERITY.get(LegalKind(legal_kind), Severity.GENERAL)
