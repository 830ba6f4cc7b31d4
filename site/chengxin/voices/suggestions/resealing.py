"""The sealed columns of suggestions, for a change of the intake key."""

from functools import partial

from chengxin.core.resealing import SealedColumn, with_context
from chengxin.voices.suggestions.models import Suggestion
from chengxin.voices.suggestions.sealed import CONTACT, NOTE, REDACTION, TEXT, context_of


def sealed_columns() -> list[SealedColumn]:
    """Return every column of suggestions that is sealed to the desk."""
    parts = {
        TEXT: Suggestion.sealed_text,
        CONTACT: Suggestion.sealed_contact,
        REDACTION: Suggestion.sealed_redaction,
        NOTE: Suggestion.note_for_desk,
    }
    return [
        SealedColumn(column, with_context(column, Suggestion.code_hash), partial(context_of, part=part))
        for part, column in parts.items()
    ]
