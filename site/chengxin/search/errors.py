"""What can keep an index from being written."""


class IndexBusyError(Exception):
    """Another process is writing the index."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("Another process is writing the index; try again when it is done.")


class NoPlaceForIndexError(Exception):
    """The index cannot stand where the settings want it; the message says what to change."""
