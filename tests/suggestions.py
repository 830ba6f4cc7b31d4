"""Suggestions for tests: sealed, received, and taken as far as a test needs."""

import itertools
from typing import Any

from sqlalchemy.orm import Session

from chengxin.core.intake_keys import intake_recipients
from chengxin.core.redacting import Redaction, of_words, redacted, suggested
from chengxin.core.sealing import Keyring, Recipients
from chengxin.voices.suggestions import actions, sealed
from chengxin.voices.suggestions.models import Suggestion
from chengxin.voices.suggestions.rules import Act
from chengxin.voices.suggestions.sealed import Filing, Said
from tests import make
from tests.desk import Officer, Workbench

KEY = Keyring.generate()
SECRET = "a secret of the tests"
TEXT = "建议在各区人才市场门口张贴收费标准，我叫王小川，电话13900000000。"
HIDDEN = ("王小川", "13900000000")
REPLY = "采纳。十二月底前在各人才市场门口公示收费标准。"
_count = itertools.count(1)


def filing(*, key: Recipients = KEY.recipients, nonce: str = "", attempt: int = 0, **words: Any) -> Filing:
    """Seal a suggestion as the public page does."""
    given = {
        "topic": "service",
        "about": "authority",
        "text": TEXT,
        "publication": "agreed",
        "contact_kind": "anonymous",
        **words,
    }
    nonce = nonce or f"suggestion {next(_count)}"
    return sealed.prepare(secret=SECRET, intake_key=key, nonce=nonce, said=Said(**given), attempt=attempt)


def suggestion(
    session: Session,
    *,
    key: Recipients = KEY.recipients,
    act: Act | None = None,
    shown: bool = False,
    reply: str = REPLY,
    note: str = "",
    **words: Any,
) -> Suggestion:
    """Receive a suggestion, with its text shown to readers and answered if wanted."""
    made = actions.receive(session, actor="public", filing=filing(key=key, **words))
    (officer,) = make.actors(session, count=1)
    held: Any = {"actor": officer, "suggestion_id": made.id, "intake_key": key}
    if shown:
        masks = redaction_of(words.get("text", TEXT))
        made = actions.redact(
            session, redaction=masks, public_text=masks.public, version=made.version, **held
        )
    if act is not None:
        made = actions.answer(session, act=act, reply=reply, note=note, version=made.version, **held)
    return made


def redaction_of(text: str) -> Redaction:
    """Return the masks a careful moderator puts on the text of the tests."""
    return redacted(text, [*suggested(text), *of_words(text, ["王小川"])])


def made(bench: Workbench, **values: Any) -> Suggestion:
    """Keep a suggestion that came in at a workbench."""
    with bench.installed.database.writing() as session:
        return suggestion(session, key=intake_recipients(bench.settings), **values)


def path_of(held: Suggestion, step: str = "") -> str:
    """Return the address of a suggestion on the desk."""
    return f"/suggestions/{held.id}/{step}"


def redaction(officer: Officer, held: Suggestion) -> dict[str, Any]:
    """Return the form of the text for readers as the page offers it."""
    tree = officer.page(path_of(held)).tree
    (form,) = [each for each in tree.forms if each.xpath(".//textarea[@name='public_text']")]
    boxes = [each.get("value") for each in form.xpath(".//input[@name='hide'][@checked]")]
    fields = {name: str(form.fields[name] or "").removeprefix("\n") for name in form.fields if name != "hide"}
    return fields | {"hide": boxes}
