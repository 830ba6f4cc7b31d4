"""The words readers see for the codes of exemplary titles."""

from chengxin.core.i18n import lazy_gettext as _l
from chengxin.standing.exemplars.rules import HonourKind, Level, State

HONOUR_KIND = {
    HonourKind.AGENCY: _l("Exemplary agency"),
    HonourKind.WINDOW: _l("Exemplary service window"),
    HonourKind.PERSON: _l("Model worker"),
}
LEVEL = {
    Level.COUNTY: _l("County level"),
    Level.CITY: _l("City level"),
    Level.PROVINCE: _l("Province level"),
    Level.NATIONAL: _l("National level"),
}
STATE = {
    State.NOMINATED: _l("Nominated"),
    State.AWARDED: _l("Awarded"),
    State.DECLINED: _l("Not awarded"),
    State.WITHDRAWN: _l("Title withdrawn"),
}
EVENT = {
    "honour.nominated": _l("Nominated"),
    "honour.awarded": _l("Awarded"),
    "honour.declined": _l("Not awarded"),
    "honour.withdrawn": _l("Title withdrawn"),
}
