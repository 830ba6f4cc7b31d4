"""The kinds of record that wait in the queue; a new kind is one file and one name in this list."""

from collections.abc import Mapping

from chengxin.desk.queue.kinds.complaints import COMPLAINTS, EXTENSIONS, HEARD
from chengxin.desk.queue.kinds.disputes import CORRECTIONS, OBJECTIONS, REPAIRS
from chengxin.desk.queue.kinds.evidence import EVIDENCE
from chengxin.desk.queue.kinds.kind import WaitingKind
from chengxin.desk.queue.kinds.notices import NOTICES
from chengxin.desk.queue.kinds.ratings import RATINGS
from chengxin.desk.queue.kinds.rounds import ROUNDS
from chengxin.desk.queue.kinds.suggestions import SUGGESTIONS
from chengxin.desk.queue.kinds.supervision import LINKS, MARKS, PERMITS

KINDS: Mapping[str, WaitingKind] = {
    kind.name: kind
    for kind in (
        COMPLAINTS,
        HEARD,
        EXTENSIONS,
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
