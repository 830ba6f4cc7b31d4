"""What every draft of a notice starts from: the practice of this installation, and the usual words."""

from chengxin.core.web import installation
from chengxin.standing.sanctions.deadlines import Practice

# What every notice carries unless the officer writes something else; notices are written in Chinese.
REMEDIES = "如不服本决定，可以自收到决定书之日起60日内依法申请行政复议，或者依法提起行政诉讼。"


def practice() -> Practice:
    """Return what this installation sets for itself."""
    settings = installation().settings
    return Practice(publish_days=settings.publish_days, publish_minor=settings.publish_minor == "on")
