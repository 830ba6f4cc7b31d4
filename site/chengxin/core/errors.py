"""Expected errors: what a person can be told and can act on."""


def N_(message: str) -> str:  # noqa: N802 (gettext's own name)
    """Mark a message for the catalogue; it is translated where it is shown, so rules stay free of Flask."""
    return message


class DomainError(Exception):
    """A rule says no; the message tells a person what to do instead."""

    def __init__(self, message: str, **values: object) -> None:
        """Keep the message as it stands in the catalogue, and the values for its places."""
        super().__init__(message % values if values else message)
        self.message, self.values = message, values


class NotAllowedError(DomainError):
    """This person may not do this, for example publish what they drafted themselves."""


class StaleError(DomainError):
    """Somebody else changed the record first; nothing was written."""


class NotFoundError(DomainError):
    """There is no such record."""
