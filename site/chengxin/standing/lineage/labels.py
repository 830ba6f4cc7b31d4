"""The words readers see for links between organisations: neutral, and without a judgement."""

from chengxin.core.i18n import lazy_gettext as _l
from chengxin.standing.lineage.rules import Tie

TIE = {
    Tie.SAME_ADDRESS: _l("Registered at the same address"),
    Tie.LICENCE_TRANSFERRED: _l("Same licence passed on"),
    Tie.MERGER: _l("Merger"),
    Tie.SPLIT: _l("Split"),
    Tie.SUCCESSION: _l("Business taken over"),
}
