"""Words for the roles."""

from chengxin.accounts.rules import Role
from chengxin.core.i18n import lazy_gettext as _l

ROLE = {
    Role.MODERATOR: _l("Moderator"),
    Role.HANDLING_OFFICER: _l("Handling officer"),
    Role.PUBLISHER: _l("Publisher"),
    Role.LEGAL_REVIEWER: _l("Legal reviewer"),
    Role.EXPERT: _l("Expert"),
    Role.ASSOCIATION: _l("Association"),
    Role.AUDITOR: _l("Auditor"),
    Role.ADMIN: _l("Administrator"),
    Role.AGENCY: _l("Agency"),
}
ABOUT = {
    Role.MODERATOR: _l("Sorts and answers complaints, moderates ratings, drafts notices and news"),
    Role.HANDLING_OFFICER: _l("Works on the cases that are given to them, drafts notices"),
    Role.PUBLISHER: _l("Publishes notices, titles and news; approves extensions and pauses"),
    Role.LEGAL_REVIEWER: _l("Reviews notices before they are published"),
    Role.EXPERT: _l("Reads the internal figures"),
    Role.ASSOCIATION: _l("Drafts news, for example conventions of the trade"),
    Role.AUDITOR: _l("Reads the ledger and the figures"),
    Role.ADMIN: _l("Keeps the accounts; reads no case"),
}
EVENT = {
    "account.added": _l("Account added"),
    "account.password_set": _l("New password"),
    "account.disabled": _l("Account closed"),
    "account.enabled": _l("Account opened again"),
    "account.roles_changed": _l("Other roles"),
    "account.region_changed": _l("Another region"),
    "account.signed_in": _l("Signed in"),
    "account.signed_out": _l("Signed out"),
    "account.sessions_ended": _l("Sessions ended"),
    "account.totp_set": _l("Authenticator app set up"),
    "account.totp_removed": _l("Authenticator app taken away"),
    "account.passkey_added": _l("Passkey added"),
    "account.passkey_removed": _l("Passkey taken away"),
    "account.recovery_made": _l("New recovery codes"),
    "account.recovery_used": _l("Recovery code used"),
    "account.factors_reset": _l("Second factors taken away"),
    "account.codes_refused": _l("Five wrong codes"),
}
