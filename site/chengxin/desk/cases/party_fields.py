"""The fields by which an officer says which agency is meant: one of the likely ones, another by name or code, or none."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from chengxin.agencies import queries as agencies
from chengxin.agencies.models import Agency
from chengxin.core.forms import ChoiceField, LineField, Long
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.desk.agency_choice import the_agency

NOT_LISTED = "none"
LINE = 200


class PartyField(ChoiceField):
    """The likely agencies; whoever types another one need not choose."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what is not in the list, unless an agency was typed."""
        if not form.party_typed.data:
            super().pre_validate(form)


class PartyFields:
    """The two fields, to be mixed into a form; what is typed counts before what is chosen."""

    party = PartyField(
        _l("Who it is about"), {}, message=_l("Choose the agency, or that it is not in the register.")
    )
    party_typed = LineField(
        _l("Another agency of the register"), [Long(most=LINE, message=_l("Keep it to 200 characters."))]
    )

    def offer_parties(self, found: Sequence[Agency]) -> None:
        """Offer the agencies the name may mean, and that it is none of them."""
        self.party.choices = [
            *((each.uid, f"{each.name} {each.uscc or ''}".strip()) for each in found),
            (NOT_LISTED, _("Not in the register")),
        ]

    def party_of(self, session: Session) -> Agency | None:
        """Return the agency that was typed or chosen, or None for one that is not in the register."""
        if self.party_typed.data:
            return the_agency(session, self.party_typed.data)
        return None if self.party.data == NOT_LISTED else agencies.by_uid(session, self.party.data or "")
