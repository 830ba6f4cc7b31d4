"""The words readers see for the codes of sanctions."""

from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.personal import Personal
from chengxin.standing.sanctions.deadlines import Clock
from chengxin.standing.sanctions.naming import Naming
from chengxin.standing.sanctions.rules import Category, LegalKind, NoticeKind, Procedure, Severity, State

NOTICE_KIND = {
    NoticeKind.EXPOSURE: _l("Exposure of dishonesty"),
    NoticeKind.YELLOW_CARD: _l("Yellow card"),
    NoticeKind.LICENCE_ACTION: _l("Licence action"),
    NoticeKind.SERIOUS_LISTING: _l("Serious dishonesty list"),
}
LEGAL_KIND = {
    LegalKind.WARNING: _l("Warning or public criticism"),
    LegalKind.FINE: _l("Fine"),
    LegalKind.CONFISCATION: _l("Confiscation"),
    LegalKind.LICENCE_SUSPENSION: _l("Licence suspended"),
    LegalKind.DOWNGRADE: _l("Qualification downgraded"),
    LegalKind.LICENCE_REVOCATION: _l("Licence revoked as a penalty"),
    LegalKind.RESTRICTION: _l("Business restricted"),
    LegalKind.CLOSURE: _l("Ordered to stop or close"),
    LegalKind.BARRING: _l("Barred from the trade"),
    LegalKind.UNLICENSED_CLOSURE: _l("Unlicensed business closed down"),
    LegalKind.RESCISSION: _l("Licence rescinded"),
    LegalKind.DEREGISTRATION: _l("Licence deregistered"),
    LegalKind.INTERVIEW: _l("Called in for a talk"),
    LegalKind.RECTIFICATION_ORDER: _l("Ordered to put things right"),
    LegalKind.REMINDER: _l("Reminder letter"),
    LegalKind.LISTING: _l("Placed on a list"),
}
SEVERITY = {
    Severity.MINOR: _l("Minor"),
    Severity.GENERAL: _l("General"),
    Severity.SERIOUS: _l("Serious"),
}
STATE = {
    State.DRAFT: _l("Draft"),
    State.LEGAL_REVIEW: _l("In legal review"),
    State.PRIOR_NOTICE: _l("Prior notice"),
    State.HEARING: _l("Hearing"),
    State.DECIDED: _l("Decided, to be served"),
    State.SERVED: _l("Served, to be published"),
    State.PUBLISHED: _l("Public now"),
    State.EXPIRED: _l("Term over"),
    State.REPAIRED: _l("Put right"),
    State.WITHDRAWN: _l("Withdrawn by the authority"),
    State.REJECTED: _l("Discarded"),
    State.ARCHIVED: _l("Filed away"),
}
PROCEDURE = {
    Procedure.ORDINARY: _l("Ordinary procedure"),
    Procedure.SIMPLE: _l("Simple procedure, on the spot"),
}
NAMING = {
    Naming.FULL: _l("With the full name"),
    Naming.ANONYMISED: _l("Anonymised (某)"),
}
CLOCK = {
    Clock.REVIEW: _l("Review the urgent publication"),
    Clock.REPLY: _l("The agency may state its view"),
    Clock.HEARING_REQUEST: _l("The agency may ask for a hearing"),
    Clock.DECIDE: _l("Decide"),
    Clock.SERVE: _l("Serve the decision"),
    Clock.PUBLISH: _l("Publish"),
    Clock.WITHDRAW: _l("Withdraw"),
}
PERSONAL = {
    Personal.IDENTITY: _l("identity number"),
    Personal.PHONE: _l("phone number"),
    Personal.BANK_CARD: _l("bank card number"),
    Personal.EMAIL: _l("e-mail address"),
    Personal.WECHAT: _l("WeChat account"),
    Personal.QQ: _l("QQ number"),
}
CATEGORY = {
    Category.UNLICENSED: _l("Working without a licence"),
    Category.UNFILED: _l("Not filed or not reported"),
    Category.FALSE_POSTING: _l("False job information"),
    Category.DISCRIMINATION: _l("Discriminatory posting"),
    Category.OVERCHARGE: _l("Unlawful charging"),
    Category.DEPOSIT: _l("Deposit taken from a job seeker"),
    Category.ID_WITHHELD: _l("Identity papers withheld"),
    Category.PRIVACY: _l("Personal data leaked"),
    Category.SHAM_OUTSOURCING: _l("Sham outsourcing"),
    Category.COERCION: _l("Fraud or coercion"),
    Category.RECRUIT_TO_TRAIN: _l("Recruiting to sell training or loans"),
    Category.PAID_REFERRAL: _l("Selling guaranteed jobs"),
    Category.MINOR_OR_BARRED_WORK: _l("Placing minors or into barred work"),
    Category.LICENCE_ABUSE: _l("Licence forged, lent or exceeded"),
    Category.ILLEGAL_CLIENT: _l("Serving unlawful clients"),
    Category.FAKE_SOCIAL_INSURANCE: _l("Invented jobs for social insurance"),
    Category.NO_DISPLAY: _l("Licence, fees or phone not shown"),
    Category.NO_LEDGER_REPORT: _l("No service ledger or annual report"),
    Category.JOB_FAIR: _l("Rules of job fairs broken"),
    Category.WAGE_ARREARS: _l("Wages in arrears"),
    Category.OTHER: _l("Other"),
}
TOMBSTONE = {
    State.EXPIRED: _l("This notice is no longer public: its term is over."),
    State.REPAIRED: _l("This notice is no longer public: the agency has put things right."),
    State.WITHDRAWN: _l("This notice was withdrawn by the authority."),
}
EVENT = {
    "sanction.drafted": _l("Drafted"),
    "sanction.revised": _l("Draft changed"),
    "sanction.submitted": _l("Handed in for review"),
    "sanction.approved": _l("Passed in legal review"),
    "sanction.told": _l("Agency told beforehand"),
    "sanction.replied": _l("Reply of the agency kept"),
    "sanction.hearing_requested": _l("Hearing asked for"),
    "sanction.heard": _l("Hearing held"),
    "sanction.decided": _l("Decided"),
    "sanction.served": _l("Decision served"),
    "sanction.published_urgently": _l("Published urgently"),
    "sanction.urgency_confirmed": _l("Urgent publication passed in review"),
    "sanction.urgency_refused": _l("Urgent publication refused in review, withdrawn"),
    "sanction.lapsed": _l("Withdrawn: not reviewed in time"),
    "sanction.archived": _l("Filed away"),
    "sanction.returned": _l("Returned for changes"),
    "sanction.rejected": _l("Discarded"),
    "sanction.published": _l("Published"),
    "sanction.end_proposed": _l("Early end proposed"),
    "sanction.end_declined": _l("Early end declined"),
    "sanction.repaired": _l("Ended after credit repair"),
    "sanction.withdrawn": _l("Withdrawn by the authority"),
    "sanction.expired": _l("Ended: its term is over"),
    "sanction.imported": _l("Imported"),
}
