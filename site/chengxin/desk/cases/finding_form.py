"""The form in which a finding becomes the draft of a notice: everything filled in, each mask confirmed."""

from collections.abc import Mapping, Sequence
from typing import Any

from chengxin.agencies.models import Agency
from chengxin.core.forms import WRONG, ChoiceField, LineField, ListField, Long, VersionField
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.desk.cases.party_fields import NOT_LISTED, PartyFields
from chengxin.desk.redacting import BoxesField, RedactionForm
from chengxin.standing.sanctions.kinds import Category, LegalKind, NoticeKind
from chengxin.standing.sanctions.labels import CATEGORY, LEGAL_KIND, NOTICE_KIND
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import Category as Grievance
from chengxin.voices.complaints.sealed import Opened

# What a complainant chose says which violation to offer first; the officer decides.
LIKELY: Mapping[str, Category] = {
    Grievance.FEES: Category.OVERCHARGE,
    Grievance.FALSE_POSTING: Category.FALSE_POSTING,
    Grievance.WITHHELD: Category.ID_WITHHELD,
    Grievance.WAGES: Category.WAGE_ARREARS,
    Grievance.UNLICENSED: Category.UNLICENSED,
    Grievance.PRIVACY: Category.PRIVACY,
    Grievance.DISCRIMINATION: Category.DISCRIMINATION,
    Grievance.SHAM: Category.SHAM_OUTSOURCING,
}


class FindingForm(PartyFields, RedactionForm):
    """Who it is about, what was found, and the facts without the data of persons."""

    category = ListField(_l("Violation"), CATEGORY, message=WRONG)
    notice_kind = ChoiceField(_l("Kind of notice"), NOTICE_KIND, message=_l("Choose the kind of notice."))
    legal_kind = ListField(_l("What is to be decided"), LEGAL_KIND, message=WRONG)
    title = LineField(
        _l("Title"), [Long(least=1, most=200, message=_l("Write a title of 200 characters at most."))]
    )
    proofs = BoxesField(_l("Evidence that goes along"), choices=[])
    version = VersionField()
    carried: tuple[str, ...] = ()

    def offer_proofs(self, proofs: Mapping[str, str]) -> None:
        """Offer the redacted copies; nothing else of the evidence can go along."""
        self.proofs.choices, self.carried = list(proofs.items()), tuple(proofs)

    def prefill(self, case: Complaint, opened: Opened, found: Sequence[Agency]) -> None:
        """Fill in everything a finding says already; a sole likely agency of the register is chosen."""
        self.begin(opened.facts)
        self.also.data = "\n".join(word for word in (opened.name, opened.phone, opened.email) if word)
        self.apply(opened.facts)
        self.party.data = (
            found[0].uid if case.agency_id or len(found) == 1 else (None if found else NOT_LISTED)
        )
        self.category.data = case.violation or LIKELY.get(case.category, Category.OTHER)
        self.notice_kind.data, self.legal_kind.data = NoticeKind.EXPOSURE, LegalKind.FINE
        name = found[0].name if self.party.data not in {None, NOT_LISTED} else case.respondent
        self.title.data = f"关于{name}的失信曝光公告"
        self.proofs.data = list(self.carried)
        self.version.data = case.version

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, and that readers get facts at all."""
        super().validate(extra_validators)
        if not self.public_text.data:
            self.public_text.errors = [*self.public_text.errors, _("Write the facts.")]
        return not self.errors
