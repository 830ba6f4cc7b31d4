"""Seal evidence to other keys: titles in the database, files on the shelf, each replaced in one step."""

import logging

from sqlalchemy.orm import Session

from chengxin.core.sealing import Keyring, Recipients, reseal, sealed_to
from chengxin.evidence import queries
from chengxin.evidence.models import Evidence
from chengxin.evidence.sealed import file_context, title_context
from chengxin.evidence.shelf import Shelf

AT_ONCE = 100
log = logging.getLogger("chengxin.evidence")


def resealed(session: Session, keys: Keyring, to: Recipients, *, shelf: Shelf) -> int:
    """Wrap the keys of all evidence anew and return how many rows changed; safe to run again.

    A file is replaced at once and opens with the old keys and with the new, so it does not matter whether
    the transaction of the titles is committed after it.
    """
    changed, last = 0, 0
    while rows := queries.after(session, last, most=AT_ONCE):
        changed += sum(_resealed(row, keys, to, shelf) for row in rows)
        last = rows[-1].id
    return changed


def _resealed(row: Evidence, keys: Keyring, to: Recipients, shelf: Shelf) -> bool:
    changed = False
    if row.sealed_title is not None and sealed_to(row.sealed_title) != to.ids:
        row.sealed_title = reseal(row.sealed_title, keys, to, context=title_context(row.name))
        changed = True
    try:
        file = shelf.take(row.name)
    except FileNotFoundError:
        log.warning("the file of evidence %d is missing; the others are sealed anew", row.id)
        return changed
    if sealed_to(file) != to.ids:
        shelf.put(row.name, reseal(file, keys, to, context=file_context(row.name)))
        changed = True
    return changed
