"""The words readers see for a standing and what it means for them."""

from chengxin.core.i18n import lazy_gettext as _l
from chengxin.standing.rules import Standing

STANDING = {
    Standing.EXEMPLARY: _l("Exemplary"),
    Standing.REGISTERED: _l("Registered"),
    Standing.EXPOSED: _l("Exposed"),
    Standing.YELLOW_CARD: _l("Yellow card"),
    Standing.SERIOUS_LISTING: _l("Blacklisted"),
    Standing.REVOKED: _l("Licence revoked"),
    Standing.UNVERIFIED: _l("Not verified"),
}
