"""The words readers see for the kinds of contact."""

from chengxin.core.i18n import lazy_gettext as _l
from chengxin.voices.contact.rules import ContactKind

CONTACT = {
    ContactKind.ANONYMOUS: _l("Anonymous"),
    ContactKind.PHONE: _l("Leave a mobile number"),
    ContactKind.NAMED: _l("Give my real name"),
}
CONTACT_SHORT = {
    ContactKind.ANONYMOUS: _l("Anonymous"),
    ContactKind.PHONE: _l("Mobile number"),
    ContactKind.NAMED: _l("Real name"),
}
