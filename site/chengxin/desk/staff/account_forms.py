"""The forms in which an administrator keeps accounts."""

from typing import Any

from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from chengxin.accounts.labels import ABOUT, ROLE
from chengxin.accounts.rules import Role
from chengxin.core.forms import ChengxinForm, LineField, ListField, Long, VersionField
from chengxin.core.i18n import lazy_gettext as _l

WHOLE = ""
LINE = Long(most=80, message=_l("Keep it to 80 characters."))
STAFF = tuple(role for role in Role if role is not Role.AGENCY)


class RolesField(SelectMultipleField):
    """The roles of one person, as boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any, **options: Any) -> None:
        """Offer every role of the staff."""
        offered = [SelectChoice(str(role), str(ROLE[role])) for role in STAFF]
        super().__init__(label, choices=offered, **options)
        self.hints = {str(role): ABOUT[role] for role in STAFF}


class NewAccountForm(ChengxinForm):
    """A new account of a member of staff, or of an agency when its number is given."""

    username = LineField(_l("Username"), [InputRequired(_l("Write a username."))])
    name = LineField(_l("Name of the person"), [InputRequired(_l("Write the name of the person.")), LINE])
    roles = RolesField(_l("Roles"))
    region = ListField(_l("Region"), {}, message=_l("Choose a region of the list."))
    agency = LineField(_l("Agency"), [LINE])


class AccountForm(ChengxinForm):
    """The roles and the region of an account, with the version that was seen."""

    roles = RolesField(_l("Roles"))
    region = ListField(_l("Region"), {}, message=_l("Choose a region of the list."))
    reason = LineField(_l("Reason"), [Long(most=200, message=_l("Keep the reason to 200 characters."))])
    version = VersionField()


class ActForm(ChengxinForm):
    """One act on an account, with the reason and the version that was seen."""

    reason = LineField(_l("Reason"), [Long(most=200, message=_l("Keep the reason to 200 characters."))])
    version = VersionField()
