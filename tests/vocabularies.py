"""An invented vocabulary for tests of the lookup: a city, three districts, a handful of readings."""

from chengxin.search.sounds import reading_table
from chengxin.search.vocabulary import RegisterWords, Vocabulary

REGIONS = (
    ("990000", "江州市"),
    ("990101", "东湖区"),
    ("990102", "临江县"),
    ("990200", "云岭苗族自治州"),
)


def invented() -> Vocabulary:
    """Return the vocabulary of the invented city."""
    services = ("dispatch", "recruitment", "灵活用工")
    return Vocabulary(RegisterWords(regions=REGIONS, services=services, readings=reading_table()))
