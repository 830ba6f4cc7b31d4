"""The words readers see for what happened to standard texts and for their places."""

from chengxin.core.i18n import lazy_gettext as _l
from chengxin.voices.standard_texts.rules import Place

EVENT = {
    "text_added": _l("Standard text added"),
    "text_changed": _l("Standard text changed"),
    "text_retired": _l("Standard text retired"),
    "text_restored": _l("Standard text offered again"),
}
PLACE = {
    Place.CASE_NO: _l("number of the case"),
    Place.RESPONDENT: _l("whom it is about"),
    Place.AUTHORITY: _l("name of this authority"),
    Place.TODAY: _l("today"),
    Place.ACCEPT_BY: _l("day to accept by"),
    Place.ANSWER_BY: _l("day to answer by"),
    Place.SUPPLEMENT_BY: _l("last day for what is missing"),
    Place.EXTENDED_TO: _l("day to answer by after an extension"),
}
