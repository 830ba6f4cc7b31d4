"""The words readers see for the columns and states of articles."""

from chengxin.bulletins.rules import CaseKind, Column, State
from chengxin.core.i18n import lazy_gettext as _l

COLUMN = {
    Column.UPDATES: _l("Integrity updates"),
    Column.ANNOUNCEMENTS: _l("Announcements"),
    Column.REGULATIONS: _l("Laws and rules"),
    Column.CASES: _l("Typical cases"),
    Column.RISK_ALERTS: _l("Risk alerts"),
    Column.BRIEFS: _l("Bulletins"),
    Column.READINGS: _l("Explained"),
}
CASE_KIND = {
    CaseKind.POSITIVE: _l("Good example"),
    CaseKind.NEGATIVE: _l("Bad example"),
}
STATE = {
    State.DRAFT: _l("Draft"),
    State.SCHEDULED: _l("Scheduled"),
    State.PUBLISHED: _l("Published"),
    State.WITHDRAWN: _l("Taken down"),
}
EVENT = {
    "article.drafted": _l("Drafted"),
    "article.revised": _l("Text changed"),
    "article.scheduled": _l("Scheduled"),
    "article.held": _l("Taken off the schedule"),
    "article.picture_added": _l("Picture added"),
    "article.picture_removed": _l("Picture removed"),
    "article.published": _l("Published"),
    "article.withdrawn": _l("Taken down"),
}
