"""The complaint page (网上投诉): for somebody who was harmed, and who gets a decision."""

from flask.typing import ResponseReturnValue

from chengxin.portal.blueprint import bp
from chengxin.portal.voices import filing
from chengxin.portal.voices.case_pages import Door
from chengxin.voices.complaints import labels
from chengxin.voices.complaints.forms import ComplaintForm
from chengxin.voices.complaints.rules import Track

DOOR = Door(Track.COMPLAINT, ComplaintForm, "portal.complaint", "complaint", labels.CONTACT_HINT)


@bp.get("/complaints/new")
def complaint() -> ResponseReturnValue:
    """Show the empty form, or one for the agency it was opened from."""
    return filing.opened(DOOR)


@bp.post("/complaints/new")
def complaint_posted() -> ResponseReturnValue:
    """Check what was written, then show it once more or send it."""
    return filing.posted(DOOR)
