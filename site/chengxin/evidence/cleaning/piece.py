"""What cleaning gives back."""

from dataclasses import dataclass

from chengxin.evidence.rules import Media, Removed


@dataclass(frozen=True)
class Cleaned:
    """A file written anew, its kind, and what it no longer tells."""

    content: bytes
    media: Media
    removed: list[Removed]
