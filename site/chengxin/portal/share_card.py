"""The card other programs show when somebody shares a page: words and a seal, nothing drawn for the occasion."""

from dataclasses import dataclass
from urllib.parse import urljoin

from chengxin.core.assets import static_url
from chengxin.core.web import installation
from chengxin.standing.rules import Standing


@dataclass(frozen=True)
class Card:
    """A title, a line, the address to keep, and the picture of a standing."""

    title: str
    description: str
    url: str
    standing: Standing

    @property
    def image(self) -> str:
        """Return the address of the seal's picture."""
        base = f"{installation().settings.base_url}/"
        return urljoin(base, static_url(f"seals/{self.standing}.png"))
