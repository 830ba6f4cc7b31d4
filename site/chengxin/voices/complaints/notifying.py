"""Mail to whoever left an address with a case: "look at your case", and nothing else.

The parcel in the outbox holds the number of the case alone. Only the worker at the desk's side, which holds the
private key, opens the address when it delivers; so the address never lies in the clear.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from chengxin.core.sealing import Keyring, SealError
from chengxin.ledger.actions import send_once
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import Track, step_of_report
from chengxin.voices.complaints.sealed import open_filed

KIND = "case mail"
# Both languages at once, and no address to follow: whoever reads over a shoulder learns next to nothing.
NEWS = {
    "subject": "进度有更新 / News",
    "text": (
        "你办理的事项有新的进度。请用平时的方式打开网站，凭编号和口令查看。\n"
        "本邮件自动发送，请勿回复；我们不会在邮件里索要编号、口令或付款。\n\n"
        "There is news. Open the site the way you usually do and look with your code and phrase.\n"
        "This mail is sent by a program. We never ask for code, phrase or money by mail.\n"
    ),
}


def tell_by_mail(session: Session, case: Complaint, *, before: str = "") -> None:
    """Put a parcel into the outbox when somebody wants mail about a case and none waits already.

    With the state before a move, a report's page may tell nothing new; then there is nothing to mail.
    """
    if not case.has_mail or case.contact_erased_on is not None:
        return
    if before and case.track == Track.REPORT and step_of_report(before) == step_of_report(case.state):
        return
    send_once(session, kind=KIND, payload={"case": case.id})


def addressed(session: Session, parcel: Mapping[str, Any], keys: Keyring) -> dict[str, str] | None:
    """Return the mail a parcel stands for, or None when its address was erased meanwhile or cannot be opened."""
    case = session.get(Complaint, int(parcel["case"]))
    if case is None or case.sealed_contact is None:
        return None
    try:
        email = open_filed(case, keys).email
    except SealError:
        return None
    return {"to": email, **NEWS} if email else None
