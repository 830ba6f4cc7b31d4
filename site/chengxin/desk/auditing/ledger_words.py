"""The words of the ledger: what each verb and each kind of record is called."""

from collections.abc import Mapping

from chengxin.core.i18n import lazy_gettext as _l
from chengxin.desk.history import VERBS

# What no page of a record tells; every other verb has its words in `desk.history`, from its own room.
_OTHERS: Mapping[str, str] = {
    "agency.changed": _l("Register entry changed"),
    "agency.enrolled": _l("Entered in the register"),
    "agency.merged": _l("Led to another entry"),
    "agency.other_merged": _l("Took in another entry"),
    "agency.other_unmerged": _l("Gave an entry back"),
    "agency.permit_changed": _l("Permit changed"),
    "agency.permit_granted": _l("Permit granted"),
    "agency.listed_again": _l("Back in the register"),
    "agency.renamed": _l("Name changed"),
    "agency.unlisted": _l("No longer in the register"),
    "agency.unmerged": _l("Stands by itself again"),
    "figures.published": _l("Monthly report published"),
    "key.resealed": _l("Sealed anew to the new key"),
    "key.rotated": _l("Intake key changed"),
    "ledger.accept": _l("Ledger accepted as it is"),
    "ledger.verify": _l("Ledger checked"),
    "region.added": _l("Region added"),
    "region.changed": _l("Region changed"),
    "bulk_ask": _l("Act on many records begun"),
    "bulk_carry_out": _l("Act on many records carried out"),
    "bulk_undo": _l("Act on many records taken back"),
    "delete_view": _l("Saved view deleted"),
    "rename_view": _l("Saved view renamed"),
    "save_view": _l("View saved"),
}
WORDS: Mapping[str, str] = {**VERBS, **_OTHERS}
KIND: Mapping[str, str] = {
    "abnormal_mark": _l("Abnormal mark"),
    "account": _l("Account"),
    "agency": _l("Agency"),
    "article": _l("Update"),
    "batch": _l("Batch"),
    "bulk_act": _l("Act on many records"),
    "campaign": _l("Campaign"),
    "complaint": _l("Case"),
    "correction": _l("Correction"),
    "event": _l("Ledger"),
    "evidence": _l("Evidence"),
    "honour": _l("Exemplary title"),
    "inspection_batch": _l("Random inspection"),
    "intake_key": _l("Intake key"),
    "lineage_link": _l("Tied organisation"),
    "month_report": _l("Monthly report"),
    "objection": _l("Objection"),
    "permit_act": _l("Permit decision"),
    "queue": _l("Queue"),
    "rating": _l("Rating"),
    "region": _l("Region"),
    "repair": _l("Credit repair"),
    "retention": _l("Retention schedule"),
    "sanction": _l("Notice"),
    "saved_view": _l("Saved view"),
    "selection": _l("Round of selection"),
    "standard_text": _l("Standard text"),
    "suggestion": _l("Suggestion"),
}


def word_of(verb: str) -> str:
    """Return what a verb is called; a verb without words stands for itself."""
    return str(WORDS.get(verb, verb))


def kind_of(kind: str) -> str:
    """Return what a kind of record is called."""
    return str(KIND.get(kind, kind))
