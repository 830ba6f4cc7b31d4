"""The sealed columns of objections, for a change of the intake key."""

from functools import partial

from chengxin.core.resealing import SealedColumn, with_context
from chengxin.standing.objections.models import Objection
from chengxin.standing.objections.sealed import context_of


def sealed_columns() -> list[SealedColumn]:
    """Return every column of objections that is sealed to the desk."""
    parts = {"text": Objection.sealed_text, "contact": Objection.sealed_contact}
    return [
        SealedColumn(column, with_context(column, Objection.code_hash), partial(context_of, part=part))
        for part, column in parts.items()
    ]
