"""The gate before every case: a limit for the network, growing pauses for one code, one answer for all that fails."""

from dataclasses import dataclass

from chengxin.core import backoff, receipts
from chengxin.core.i18n import gettext as _
from chengxin.core.limits import minutes_to_wait
from chengxin.core.proofs import Proof
from chengxin.core.web import installation

LIMIT = "40/10 minutes"


@dataclass(frozen=True)
class Pause:
    """How long to wait before anything is tried again, and why."""

    minutes: int
    of_code: bool = False

    @property
    def told(self) -> str:
        """Return what to tell whoever has to wait."""
        if self.of_code:
            return _(
                "Too many wrong phrases for this code. Try again in %(n)s minutes; what you typed is still here.",
                n=self.minutes,
            )
        return _(
            "Too many attempts. What you typed is still here; send it again in %(n)s minutes, or call %(phone)s.",
            n=self.minutes,
            phone=installation().settings.hotline,
        )


def pause_before(typed: str) -> Pause | None:
    """Count this try, and return the pause that has to be kept, if any; no phrase is stretched for that."""
    minutes = minutes_to_wait("track", LIMIT)
    if minutes:
        return Pause(minutes)
    receipt = receipts.parse(typed)
    if receipt is None:
        return None
    minutes = backoff.minutes_to_pause(receipts.code_hash(installation().secret, receipt.code))
    return Pause(minutes, of_code=True) if minutes else None


def settle(proof: Proof, *, opened: bool) -> None:
    """Remember a wrong phrase for its code, or forget the wrong ones when the right one came."""
    if opened:
        backoff.forget(proof.code_hash)
    elif proof.well_formed:
        backoff.note_wrong(proof.code_hash)


def no_match() -> str:
    """Return the one answer to whatever does not open a case."""
    return _("Code or phrase does not match. Compare them with your receipt.")
