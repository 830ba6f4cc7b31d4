"""Codes of regions (GB/T 2260): two digits a level, so that a code says what lies inside what."""

PROVINCE_DIGITS = 2


def region_start(code: str) -> str:
    """Return what the codes of everything inside a region begin with (GB/T 2260: two digits a level)."""
    while len(code) > PROVINCE_DIGITS and code.endswith("00"):
        code = code[:-2]
    return code
