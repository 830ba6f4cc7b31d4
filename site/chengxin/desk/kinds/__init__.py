"""The kinds of record that wait in the queue; a new kind is one file and one name in this list."""

from collections.abc import Mapping

from chengxin.desk.kinds.complaints import COMPLAINTS
from chengxin.desk.kinds.disputes import CORRECTIONS, OBJECTIONS, REPAIRS
from chengxin.desk.kinds.evidence import EVIDENCE
from chengxin.desk.kinds.kind import WaitingKind
from chengxin.desk.kinds.notices import NOTICES
from chengxin.desk.kinds.ratings import RATINGS
from chengxin.desk.kinds.rounds import ROUNDS
from chengxin.desk.kinds.suggestions import SUGGESTIONS
from chengxin.desk.kinds.supervision import LINKS, MARKS, PERMITS

KINDS: Mapping[str, WaitingKind] = {
    kind.name: kind
    for kind in (
        COMPLAINTS,
        SUGGESTIONS,
        EVIDENCE,
        RATINGS,
        OBJECTIONS,
        REPAIRS,
        CORRECTIONS,
        NOTICES,
        PERMITS,
        MARKS,
        LINKS,
        ROUNDS,
    )
}
