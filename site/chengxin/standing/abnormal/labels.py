"""The words readers see for marks of abnormal operation."""

from chengxin.core.i18n import lazy_gettext as _l
from chengxin.standing.abnormal.rules import Cause

CAUSE = {
    Cause.UNREACHABLE: _l("Cannot be reached at its registered address"),
    Cause.IDLE: _l("No business for two years"),
    Cause.NO_ANNUAL_REPORT: _l("Annual report not handed in"),
    Cause.FALSE_FILING: _l("Filed or published something false"),
    Cause.OTHER: _l("Another cause"),
}
