"""Who may do what and where: roles, rights, regions; agencies are guests with one right."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from chengxin.core.errors import N_, DomainError
from chengxin.core.regions import region_start


class Role(StrEnum):
    """The part a member of staff plays; one person may play several."""

    MODERATOR = "moderator"
    HANDLING_OFFICER = "handling_officer"
    PUBLISHER = "publisher"
    LEGAL_REVIEWER = "legal_reviewer"
    EXPERT = "expert"
    ASSOCIATION = "association"
    AUDITOR = "auditor"
    ADMIN = "admin"
    AGENCY = "agency"


class Right(StrEnum):
    """One thing a person may do; every desk route names the rights that open it."""

    READ_CASES = "read_cases"
    DECIDE_CASES = "decide_cases"
    HAND_OUT_CASES = "hand_out_cases"
    APPROVE_CASES = "approve_cases"
    ANSWER_SUGGESTIONS = "answer_suggestions"
    EDIT_STANDARD_TEXTS = "edit_standard_texts"
    MODERATE_RATINGS = "moderate_ratings"
    DRAFT_NOTICES = "draft_notices"
    REVIEW_NOTICES = "review_notices"
    PUBLISH_NOTICES = "publish_notices"
    DRAFT_NEWS = "draft_news"
    PUBLISH_NEWS = "publish_news"
    ANSWER_DISPUTES = "answer_disputes"
    NAME_EXEMPLARS = "name_exemplars"
    SUPERVISE = "supervise"
    CONFIRM_SUPERVISION = "confirm_supervision"
    READ_FIGURES = "read_figures"
    READ_OFFICER_FIGURES = "read_officer_figures"
    READ_LEDGER = "read_ledger"
    ERASE = "erase"
    KEEP_ACCOUNTS = "keep_accounts"
    OWN_FILE = "own_file"


# Who handles a case works on it to the end, but rates nothing and hands nothing out.
_HANDLING = frozenset(
    {
        Right.READ_CASES,
        Right.DECIDE_CASES,
        Right.ANSWER_SUGGESTIONS,
        Right.DRAFT_NOTICES,
        Right.ANSWER_DISPUTES,
        Right.READ_FIGURES,
    }
)
_MODERATING = _HANDLING | {
    Right.HAND_OUT_CASES,
    Right.MODERATE_RATINGS,
    Right.DRAFT_NEWS,
    Right.SUPERVISE,
}
_PUBLISHING = frozenset(
    {
        Right.APPROVE_CASES,
        Right.ANSWER_SUGGESTIONS,
        Right.EDIT_STANDARD_TEXTS,
        Right.DRAFT_NOTICES,
        Right.PUBLISH_NOTICES,
        Right.DRAFT_NEWS,
        Right.PUBLISH_NEWS,
        Right.NAME_EXEMPLARS,
        Right.ANSWER_DISPUTES,
        Right.SUPERVISE,
        Right.CONFIRM_SUPERVISION,
        Right.READ_FIGURES,
        Right.READ_OFFICER_FIGURES,
        Right.ERASE,
    }
)
_ADMINISTERING = frozenset(
    {
        Right.KEEP_ACCOUNTS,
        Right.EDIT_STANDARD_TEXTS,
        Right.READ_FIGURES,
        Right.READ_OFFICER_FIGURES,
        Right.ERASE,
    }
)
RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.MODERATOR: _MODERATING,
    Role.HANDLING_OFFICER: _HANDLING,
    Role.PUBLISHER: _PUBLISHING,
    Role.LEGAL_REVIEWER: frozenset({Right.REVIEW_NOTICES, Right.ANSWER_DISPUTES}),
    Role.EXPERT: frozenset({Right.READ_FIGURES}),
    Role.ASSOCIATION: frozenset({Right.DRAFT_NEWS}),
    Role.AUDITOR: frozenset({Right.READ_LEDGER, Right.READ_FIGURES, Right.READ_OFFICER_FIGURES}),
    Role.ADMIN: _ADMINISTERING,
    Role.AGENCY: frozenset({Right.OWN_FILE}),
}


@dataclass(frozen=True)
class Officer:
    """A member of staff (工作人员) as the rules see one."""

    id: int
    username: str
    name: str
    roles: frozenset[Role]
    agency_id: int | None = None
    region: str | None = None

    @property
    def is_guest(self) -> bool:
        """Return whether this is an agency's own account, which sees nothing but its own file."""
        return Role.AGENCY in self.roles

    @property
    def actor(self) -> str:
        """Return how the ledger names this person."""
        return f"account:{self.id}"

    @property
    def rights(self) -> frozenset[Right]:
        """Return everything this person's roles allow."""
        return rights_of(self.roles)

    def may(self, *rights: Right | str) -> bool:
        """Return whether this person has at least one of the rights."""
        return not self.rights.isdisjoint(Right(right) for right in rights)

    @property
    def only_given(self) -> bool:
        """Return whether this person sees no case but those that were given to them."""
        return not self.may(Right.HAND_OUT_CASES)

    def covers(self, region_code: str | None) -> bool:
        """Return whether a record of a region belongs to this person's part of the jurisdiction.

        What names no region belongs to those who serve the whole jurisdiction.
        """
        if self.region is None:
            return True
        return region_code is not None and region_code.startswith(region_start(self.region))

    def handles(self, region_code: str | None, *, given_to: int | None) -> bool:
        """Return whether a case is this person's business: given to them, or theirs to hand out."""
        if given_to == self.id:
            return True
        return not self.only_given and self.covers(region_code)


def check_region(roles: Iterable[Role], region_code: str | None) -> None:
    """Refuse a region for an account whose work has none."""
    if region_code is not None and not set(roles).isdisjoint({Role.AGENCY, Role.ADMIN}):
        raise DomainError(N_("An administrator or an agency has no region of their own."))


def rights_of(roles: Iterable[Role]) -> frozenset[Right]:
    """Return everything that some roles together allow."""
    return frozenset().union(*(RIGHTS[role] for role in roles))


def roles_from(text: str) -> frozenset[Role]:
    """Return the roles a comma-separated text names."""
    names = {part.strip() for part in text.split(",") if part.strip()}
    unknown = names - set(Role)
    if unknown:
        raise DomainError(f"There is no role {', '.join(sorted(unknown))}; roles are {', '.join(Role)}.")
    if not names:
        raise DomainError(f"An account needs a role; roles are {', '.join(Role)}.")
    return frozenset(Role(name) for name in names)


def roles_text(roles: Iterable[Role]) -> str:
    """Return roles as they are stored: names in order, separated by commas."""
    given = set(roles)
    return ",".join(role for role in Role if role in given)


def check_agency(roles: Iterable[Role], agency_id: int | None) -> None:
    """Refuse an account that is both of the staff and of an agency, or of an agency that is not named."""
    given = set(roles)
    if Role.AGENCY in given and (agency_id is None or given != {Role.AGENCY}):
        raise DomainError(N_("An agency's account has the role agency alone, and names its agency."))
    if Role.AGENCY not in given and agency_id is not None:
        raise DomainError(N_("Only an account with the role agency belongs to an agency."))
