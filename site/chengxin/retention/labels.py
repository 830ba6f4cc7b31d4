"""The words for the schedule: what goes, since when it counts, and who says so."""

from collections.abc import Mapping

from chengxin.core.i18n import lazy_gettext as _l
from chengxin.retention.rules import Basis, What

WHAT: Mapping[What, str] = {
    What.COPY: _l("Copies of their own words that somebody asked for"),
    What.CONTACT: _l("Name, number and address of complainants and reporters"),
    What.ASKED: _l("All words, letters, notes and files of a case whose erasure was asked for"),
    What.UNHANDLED: _l("All words, letters, notes and files of cases taken back"),
    What.WORDS: _l("All words, letters, notes and files of the other cases"),
    What.RECEIPT: _l("The receipt: its code opens nothing any more"),
    What.SKETCH: _l("The keyed sketch by which cases that tell the same are found"),
    What.SUGGESTION_CONTACT: _l("Name and number of who made a suggestion"),
    What.SUGGESTION_WORDS: _l("The sealed words and the receipt of suggestions; what was published stays"),
    What.OBJECTION_CONTACT: _l("Name and number of who objected"),
    What.OBJECTION_WORDS: _l("The sealed words and the receipt of objections; mark and decision stay"),
    What.COUNT: _l("How much came in on a day, and about whom by a hash of that day"),
    What.MAIL: _l("Mail and other work that was delivered, given up or waited in vain"),
    What.SESSION: _l("Sign-ins of the staff"),
}
SINCE: Mapping[What, str] = {
    What.COPY: _l("the copy was made"),
    What.CONTACT: _l("the case ended"),
    What.ASKED: _l("the case ended"),
    What.UNHANDLED: _l("the case ended"),
    What.WORDS: _l("the case ended"),
    What.RECEIPT: _l("the words were erased"),
    What.SKETCH: _l("the case came in"),
    What.SUGGESTION_CONTACT: _l("the suggestion was answered or closed"),
    What.SUGGESTION_WORDS: _l("the suggestion was answered or closed"),
    What.OBJECTION_CONTACT: _l("the objection was decided"),
    What.OBJECTION_WORDS: _l("the objection was decided"),
    What.COUNT: _l("the day was over"),
    What.MAIL: _l("it was delivered, or last tried"),
    What.SESSION: _l("the sign-in ended"),
}
BASIS: Mapping[Basis, str] = {
    Basis.PROMISE: _l("Promised by this site"),
    Basis.ASSUMED: _l("Assumed: no law names the term"),
}
EVENT = {"erased": _l("Erased by the schedule")}
