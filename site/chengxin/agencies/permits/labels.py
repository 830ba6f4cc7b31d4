"""The words readers see for what happened to a permit."""

from chengxin.agencies.permits.rules import Change, Fact
from chengxin.core.i18n import lazy_gettext as _l

CHANGE = {
    Change.GRANTED: _l("Granted"),
    Change.CHANGED: _l("Changed"),
    Change.RENEWED: _l("Renewed"),
    Change.SUSPENDED: _l("Suspended as a penalty"),
    Change.RESUMED: _l("In force again"),
    Change.REVOKED: _l("Revoked as a penalty"),
    Change.RESCINDED: _l("Rescinded"),
    Change.WITHDRAWN: _l("Withdrawn"),
    Change.DEREGISTERED: _l("Deregistered"),
    Change.EXPIRED: _l("Term ended"),
}
FACT = {
    Fact.NAME: _l("Name"),
    Fact.ADDRESS: _l("Address"),
    Fact.NUMBER: _l("Number"),
    Fact.SCOPE: _l("Scope"),
    Fact.AUTHORITY: _l("Issuing authority"),
    Fact.VALID_TO: _l("Valid until"),
}
