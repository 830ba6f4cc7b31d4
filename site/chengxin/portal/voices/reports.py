"""The report page (举报): for anybody who knows something, anonymous if they like, without a decision."""

from flask.typing import ResponseReturnValue

from chengxin.portal.blueprint import bp
from chengxin.portal.voices import filing
from chengxin.portal.voices.case_pages import Door
from chengxin.voices.complaints import labels
from chengxin.voices.complaints.forms import ReportForm
from chengxin.voices.complaints.rules import Track

DOOR = Door(Track.REPORT, ReportForm, "portal.report", "report", labels.REPORT_CONTACT_HINT)


@bp.get("/reports/new")
def report() -> ResponseReturnValue:
    """Show the empty form, or one for the agency it was opened from."""
    return filing.opened(DOOR)


@bp.post("/reports/new")
def report_posted() -> ResponseReturnValue:
    """Check what was written, then show it once more or send it."""
    return filing.posted(DOOR)
