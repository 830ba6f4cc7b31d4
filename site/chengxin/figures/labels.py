"""The words of the figures."""

from collections.abc import Mapping

from chengxin.core.i18n import lazy_gettext as _l
from chengxin.figures.rules import Track

TRACK: Mapping[Track, str] = {
    Track.COMPLAINT: _l("Complaints"),
    Track.REPORT: _l("Reports"),
    Track.SUGGESTION: _l("Suggestions"),
}
