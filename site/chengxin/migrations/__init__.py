"""The schema's history, one file a change."""

import importlib

from sqlalchemy import MetaData

ROOMS = (
    "accounts",
    "agencies",
    "agencies.permits",
    "bulletins",
    "bulletins.campaigns",
    "evidence",
    "figures",
    "intake",
    "ledger",
    "opinions.ratings",
    "search",
    "standing.abnormal",
    "standing.batches",
    "standing.corrections",
    "standing.exemplars",
    "standing.inspections",
    "standing.lineage",
    "standing.objections",
    "standing.permits",
    "standing.repairs",
    "standing.sanctions",
    "voices.complaints",
    "voices.standard_texts",
    "voices.suggestions",
    "worklists",
)


def metadata() -> MetaData:
    """Return the tables of every room, to compare a database with."""
    for room in ROOMS:
        importlib.import_module(f"chengxin.{room}.models")
    from chengxin.core.models import Base  # noqa: PLC0415 (after every room has declared its tables)

    return Base.metadata
