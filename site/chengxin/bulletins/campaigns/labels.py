"""The words readers see for campaigns and for how agencies did in them."""

from chengxin.bulletins.campaigns.rules import Kind, Result, Stage, State
from chengxin.core.i18n import lazy_gettext as _l

KIND = {
    Kind.INTEGRITY_MONTH: _l("Integrity service month"),
    Kind.HONEST_BUSINESS: _l("Honest business training"),
    Kind.INTEGRITY_TOGETHER: _l("Integrity all the way"),
    Kind.HONEST_AGENCIES: _l("Building honest agencies"),
    Kind.HONEST_WINDOWS: _l("Striving for honest service windows"),
    Kind.MODEL_WORKERS: _l("Striving to be a model of honest service"),
    Kind.OTHER: _l("Other campaign"),
}
STATE = {
    State.DRAFT: _l("Draft"),
    State.PUBLISHED: _l("Published"),
    State.WITHDRAWN: _l("Taken down"),
}
RESULT = {
    Result.TAKING_PART: _l("Taking part"),
    Result.COMPLETED: _l("Completed"),
    Result.COMMENDED: _l("Commended"),
    Result.LEFT: _l("Left"),
}
STAGE = {
    Stage.COMING: _l("Not begun yet"),
    Stage.RUNNING: _l("Running"),
    Stage.OVER: _l("Over"),
}
EVENT = {
    "campaign.drafted": _l("Drafted"),
    "campaign.revised": _l("Text changed"),
    "campaign.published": _l("Published"),
    "campaign.withdrawn": _l("Taken down"),
    "campaign.enrolled": _l("Agencies enrolled"),
    "campaign.judged": _l("Result entered"),
}
