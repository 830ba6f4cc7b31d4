"""The gate before whatever a receipt opens: pauses, proof, one answer for all that fails, and an even pace.

Only what failed is counted against a network: a factory of hundreds behind one address looks up as often as it
likes, and whoever guesses from there is slowed down code by code.
"""

from collections.abc import Callable

from flask.typing import ResponseReturnValue

from chengxin.core import receipts
from chengxin.core.errors import DomainError, NotFoundError, StaleError
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import told
from chengxin.core.limits import minutes_left, minutes_to_wait
from chengxin.core.pacing import paced
from chengxin.core.pauses import at_phrase
from chengxin.core.proofs import Proof, prove
from chengxin.core.web import installation
from chengxin.portal.voices import sending

FAILED = "200/10 minutes"  # wrong receipts of a network; the pauses for one code come long before
FLOOD = (
    "2000/10 minutes"  # everything of a network: beyond it the key of the phrase costs too much to work out
)
FAILED_SCOPE, FLOOD_SCOPE = "receipts that failed", "receipts"

Opens = Callable[[Proof], ResponseReturnValue | None]
Again = Callable[[int, str], ResponseReturnValue]


@paced
def by_receipt(
    typed: str, opens: Opens, again: Again, *, broken: Callable[[], str] = sending.not_sent
) -> ResponseReturnValue:
    """Answer with what a typed receipt opens; whatever keeps it shut gives the form back with status and words."""
    pause = _pause_before(typed)
    if pause:
        return again(429, pause)
    return _answered(prove(secret=installation().secret, typed=typed), opens, again, broken)


@paced
def by_ticket(proof: Proof | None, opens: Opens, again: Again) -> ResponseReturnValue:
    """Answer with what the ticket of a page opens; nobody can guess one, so wrong receipts do not hold it up."""
    minutes = minutes_to_wait(FLOOD_SCOPE, FLOOD)
    if minutes:
        return again(429, _wait(minutes))
    if proof is None:
        return again(422, _lapsed())
    return _answered(proof, opens, again, sending.not_sent)


def no_match() -> str:
    """Return the one answer to whatever does not open a case."""
    return _("Code or phrase does not match. Compare them with your receipt.")


def _answered(proof: Proof, opens: Opens, again: Again, broken: Callable[[], str]) -> ResponseReturnValue:
    try:
        answer = opens(proof)
    except NotFoundError:
        answer = None
    except DomainError as error:
        at_phrase(proof.code_hash).forget()
        return again(409, _refused(error))
    except Exception as error:  # noqa: BLE001 (whatever broke, the typed text goes back)
        return again(sending.status_of(error), broken())
    _settle(proof, opened=answer is not None)
    return again(422, no_match()) if answer is None else answer


def _refused(error: DomainError) -> str:
    """Return why something was not done, and that it was not: nobody may think that it arrived."""
    if isinstance(error, StaleError):
        return _("This has just changed. Press the button again; what you filled in is still here.")
    return " ".join((told(error), _("This was not stored; what you filled in is still here.")))


def _pause_before(typed: str) -> str:
    """Count this try, and say how long to wait when that is needed; no phrase is stretched for that."""
    minutes = minutes_to_wait(FLOOD_SCOPE, FLOOD) or minutes_left(FAILED_SCOPE, FAILED)
    if minutes:
        return _wait(minutes)
    receipt = receipts.parse(typed)
    if receipt is None:
        return ""
    minutes = at_phrase(receipts.code_hash(installation().secret, receipt.code)).minutes_left()
    return _rest(minutes) if minutes else ""


def _settle(proof: Proof, *, opened: bool) -> None:
    """Remember what failed, for its code and its network, or forget the wrong phrases when the right one came."""
    if opened:
        at_phrase(proof.code_hash).forget()
        return
    minutes_to_wait(FAILED_SCOPE, FAILED)
    if proof.well_formed:
        at_phrase(proof.code_hash).note()


def _wait(minutes: int) -> str:
    return _(
        "Too many attempts. What you typed is still here; send it again in %(n)s minutes, or call %(phone)s.",
        n=minutes,
        phone=installation().settings.hotline,
    )


def _rest(minutes: int) -> str:
    return _(
        "Too many wrong phrases for this code. What you typed is still here; "
        "try again in %(n)s minutes, or call %(phone)s.",
        n=minutes,
        phone=installation().settings.hotline,
    )


def _lapsed() -> str:
    return _(
        "This page was open for more than half an hour. What you typed is still here: "
        "type code and phrase once more and send it."
    )
