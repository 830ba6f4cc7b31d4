"""Carry the schedule out: a batch a transaction, an entry in the ledger for each, and no byte left behind."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from chengxin.config import Settings
from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.evidence.shelf import shelf_of
from chengxin.ledger.actions import record
from chengxin.ledger.rules import Subject
from chengxin.retention.queries import RUNS, VERB
from chengxin.retention.records import RECORDS
from chengxin.retention.rules import SCHEDULE, Rule, What

BATCH = 200


def run(settings: Settings, database: Database, *, actor: str, batch: int = BATCH) -> Mapping[What, int]:
    """Erase everything whose term is over, and return how many records each rule took."""
    erased: Counter[What] = Counter()
    for rule in SCHEDULE:
        while count := _next_batch(settings, database, rule, actor=actor, batch=batch):
            erased[rule.what] += count
    if erased:
        database.wipe_the_log()
    return erased


def _next_batch(settings: Settings, database: Database, rule: Rule, *, actor: str, batch: int) -> int:
    """Erase one batch of a rule with its entry, then clear its files; a file left by a crash is swept later."""
    with database.writing() as session:
        cutoff = rule.term.cutoff(clock.today())
        ids = list(session.scalars(RECORDS[rule.what].due(cutoff).limit(batch)))
        if not ids:
            return 0
        files = RECORDS[rule.what].erase(session, ids, actor=actor)
        _prove(session, rule, ids, cutoff=cutoff, files=len(files), actor=actor)
    shelf_of(settings).clear(files)
    return len(ids)


def _prove(session: Session, rule: Rule, ids: list[Any], *, cutoff: date, files: int, actor: str) -> None:
    """Write down what went: the rule, how many and which records, never a word of them."""
    told = {"rule": rule.what, "count": len(ids), "ids": ids, "files": files, "until": cutoff.isoformat()}
    record(session, actor=actor, verb=VERB, subject=Subject(RUNS, 0), new=told)
