"""The words of the ledger: what each verb and each kind of record is called."""

from collections.abc import Mapping

from chengxin.core.i18n import lazy_gettext as _l
from chengxin.desk.history import VERBS
from chengxin.voices.suggestions.labels import EVENT as SUGGESTION_EVENT

_OTHERS: Mapping[str, str] = {
    "account.added": _l("Account added"),
    "account.codes_refused": _l("Codes refused at sign-in"),
    "account.disabled": _l("Account closed"),
    "account.enabled": _l("Account opened again"),
    "account.factors_reset": _l("Second factors reset"),
    "account.passkey_added": _l("Passkey added"),
    "account.passkey_removed": _l("Passkey removed"),
    "account.password_set": _l("Password set"),
    "account.recovery_made": _l("Recovery codes made"),
    "account.recovery_used": _l("Recovery code used"),
    "account.region_changed": _l("Region of the account changed"),
    "account.roles_changed": _l("Roles changed"),
    "account.sessions_ended": _l("Sessions ended"),
    "account.signed_in": _l("Signed in"),
    "account.signed_out": _l("Signed out"),
    "account.totp_removed": _l("Authenticator app removed"),
    "account.totp_set": _l("Authenticator app set up"),
    "agency.changed": _l("Register entry changed"),
    "agency.enrolled": _l("Entered in the register"),
    "agency.merged": _l("Led to another entry"),
    "agency.notice_moved": _l("Notice moved to another entry"),
    "agency.other_merged": _l("Took in another entry"),
    "agency.other_unmerged": _l("Gave an entry back"),
    "agency.permit_changed": _l("Permit changed"),
    "agency.permit_granted": _l("Permit granted"),
    "agency.listed_again": _l("Back in the register"),
    "agency.renamed": _l("Name changed"),
    "agency.unlisted": _l("No longer in the register"),
    "agency.unmerged": _l("Stands by itself again"),
    "evidence.added": _l("Evidence added"),
    "evidence.erased": _l("Evidence erased"),
    "evidence.infected": _l("Malware found in evidence"),
    "evidence.redacted": _l("Evidence redacted"),
    "figures.published": _l("Monthly report published"),
    "key.resealed": _l("Sealed anew to the new key"),
    "key.rotated": _l("Intake key changed"),
    "ledger.accept": _l("Ledger accepted as it is"),
    "ledger.verify": _l("Ledger checked"),
    "region.added": _l("Region added"),
    "region.changed": _l("Region changed"),
    "ask_copy": _l("Copy of one's own data asked for"),
    "ask_erasure": _l("Erasure asked for"),
    "bulk_ask": _l("Act on many records begun"),
    "bulk_carry_out": _l("Act on many records carried out"),
    "bulk_undo": _l("Act on many records taken back"),
    "correct_contact": _l("Contact corrected"),
    "delete_view": _l("Saved view deleted"),
    "erase_contact": _l("Contact erased"),
    "make_copy": _l("Copy of one's own data made"),
    "rename_view": _l("Saved view renamed"),
    "save_view": _l("View saved"),
    "searched": _l("Sealed texts searched"),
    "text_added": _l("Standard text added"),
    "text_changed": _l("Standard text changed"),
    "text_restored": _l("Standard text in use again"),
    "text_retired": _l("Standard text no longer in use"),
}
# A room's own words come last: it knows best what its verbs mean.
WORDS: Mapping[str, str] = {**_OTHERS, **VERBS, **SUGGESTION_EVENT}
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
