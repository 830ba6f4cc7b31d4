"""A mark of abnormal operation as programs read it."""

from typing import Any

from chengxin.standing.abnormal.models import AbnormalMark


def mark_json(mark: AbnormalMark) -> dict[str, Any]:
    """Return a mark for programs."""
    return {
        "cause": mark.cause,
        "facts": mark.facts or None,
        "since": mark.set_on,
        "decision_no": mark.decision_no or None,
        "authority": mark.authority or None,
    }
