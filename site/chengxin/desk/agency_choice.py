"""Find the one agency an officer means by what they typed."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from chengxin.agencies import queries as agencies
from chengxin.agencies.models import Agency
from chengxin.core.errors import N_, DomainError
from chengxin.core.folding import fold_name

SHOWN = 3


def the_agency(session: Session, text: str) -> Agency:
    """Return the agency of a credit code, licence number, public id or whole name, or say what to type."""
    found = _exactly(session, text)
    if len(found) == 1:
        return found[0]
    if found:
        raise DomainError(N_("Several agencies fit: type the credit code or the licence number."))
    near = [agency.name for agency in agencies.named_like(session, text, limit=SHOWN)]
    if near:
        raise DomainError(N_("No agency has exactly this name. Near it: %(names)s"), names="；".join(near))
    raise DomainError(N_("The register has no such agency."))


def _exactly(session: Session, text: str) -> Sequence[Agency]:
    one = agencies.by_uscc(session, text) or agencies.by_uid(session, text)
    if one is not None:
        return [one]
    licensed = agencies.by_licence_no(session, text)
    if licensed:
        return licensed
    wanted = fold_name(text)
    return [each for each in agencies.named_like(session, text) if each.folded_name == wanted]
