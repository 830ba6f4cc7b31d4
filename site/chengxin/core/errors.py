"""Expected errors: what a person can be told and can act on."""


class DomainError(Exception):
    """A rule says no; the message tells a person what to do instead."""


class NotAllowedError(DomainError):
    """This person may not do this, for example publish what they drafted themselves."""


class StaleError(DomainError):
    """Somebody else changed the record first; nothing was written."""


class NotFoundError(DomainError):
    """There is no such record."""
