"""What every draft of a notice starts from: the practice of this installation, and the usual words."""

from collections.abc import Mapping

from chengxin.core.web import installation
from chengxin.standing.sanctions.deadlines import Practice
from chengxin.standing.sanctions.kinds import Category
from chengxin.voices.complaints.rules import Category as Grievance

# What every notice carries unless the officer writes something else; notices are written in Chinese.
REMEDIES = "如不服本决定，可以自收到决定书之日起60日内依法申请行政复议，或者依法提起行政诉讼。"
# What a complainant chose says which violation to offer first; the officer decides.
LIKELY: Mapping[str, Category] = {
    Grievance.FEES: Category.OVERCHARGE,
    Grievance.FALSE_POSTING: Category.FALSE_POSTING,
    Grievance.WITHHELD: Category.ID_WITHHELD,
    Grievance.WAGES: Category.WAGE_ARREARS,
    Grievance.UNLICENSED: Category.UNLICENSED,
    Grievance.PRIVACY: Category.PRIVACY,
    Grievance.DISCRIMINATION: Category.DISCRIMINATION,
    Grievance.SHAM: Category.SHAM_OUTSOURCING,
}


def practice() -> Practice:
    """Return what this installation sets for itself."""
    settings = installation().settings
    return Practice(publish_days=settings.publish_days, publish_minor=settings.publish_minor == "on")
