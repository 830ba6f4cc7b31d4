"""The words of the register as text, as they stand beside an index."""

import json
from sys import intern
from typing import Any

from chengxin.search.vocabulary import RegisterWords


def written(words: RegisterWords) -> str:
    """Return the words of a register as text."""
    held = {"regions": words.regions, "services": words.services, "readings": words.readings}
    return json.dumps(held, ensure_ascii=False, default=list)


def read(raw: str | bytes) -> RegisterWords:
    """Return the words of a register from text."""
    held: dict[str, Any] = json.loads(raw)
    regions = [(str(code), str(name)) for code, name in held["regions"]]
    readings = {character: intern(reading) for character, reading in held["readings"].items()}
    return RegisterWords(regions=regions, services=held["services"], readings=readings)
