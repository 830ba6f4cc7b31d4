"""The sealed columns of cases, for a change of the intake key."""

from functools import partial

from chengxin.core.resealing import SealedColumn, with_context
from chengxin.voices.complaints.models import Complaint, ComplaintMessage, ComplaintNote
from chengxin.voices.complaints.sealed import context_of


def sealed_columns() -> list[SealedColumn]:
    """Return every column of cases that is sealed to the desk."""
    parts = {
        "facts": Complaint.sealed_facts,
        "contact": Complaint.sealed_contact,
        "details": Complaint.sealed_details,
    }
    own = [
        SealedColumn(column, with_context(column, Complaint.code_hash), partial(context_of, part=part))
        for part, column in parts.items()
    ]
    letters = with_context(ComplaintMessage.for_desk, Complaint.code_hash)
    notes = with_context(ComplaintNote.sealed_text, Complaint.code_hash)
    return [
        *own,
        SealedColumn(
            ComplaintMessage.for_desk,
            letters.join(Complaint, Complaint.id == ComplaintMessage.complaint_id),
            partial(context_of, part="message"),
        ),
        SealedColumn(
            ComplaintNote.sealed_text,
            notes.join(Complaint, Complaint.id == ComplaintNote.complaint_id),
            partial(context_of, part="note"),
        ),
    ]
