"""The kinds of contact, and how what was left is written down."""

import json
from dataclasses import dataclass
from enum import StrEnum

MOST_NAME = 60


class ContactKind(StrEnum):
    """How whoever writes can be reached (匿名, 留手机号, 实名)."""

    ANONYMOUS = "anonymous"
    PHONE = "phone"
    NAMED = "named"


@dataclass(frozen=True, kw_only=True)
class Contact:
    """What was left to be reached by; nothing but an address for mail leaves somebody anonymous."""

    kind: ContactKind = ContactKind.ANONYMOUS
    name: str = ""
    phone: str = ""
    email: str = ""

    @property
    def written(self) -> str:
        """Return it as it is sealed."""
        told = {"name": self.name, "phone": self.phone}
        return json.dumps(told | ({"email": self.email} if self.email else {}), ensure_ascii=False)

    @classmethod
    def read(cls, written: str) -> "Contact":
        """Return what was sealed; what was erased is empty."""
        return cls(**json.loads(written or "{}"))
