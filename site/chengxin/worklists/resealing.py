"""The sealed column of acts on many records, for a change of the intake key while one is held back."""

from chengxin.core.resealing import SealedColumn, with_context
from chengxin.worklists.models import BulkAct


def context_of(act_id: object) -> str:
    """Return what the letter of an act is bound to, so that it opens in its own act only."""
    return f"bulk_act {act_id} letter"


def sealed_columns() -> list[SealedColumn]:
    """Return every column of acts that is sealed to the desk."""
    return [SealedColumn(BulkAct.sealed_words, with_context(BulkAct.sealed_words, BulkAct.id), context_of)]
