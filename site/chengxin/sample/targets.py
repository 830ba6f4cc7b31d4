"""Whom complaints are about: a few agencies draw most of them, some are in no register."""

from random import Random

from chengxin.sample.city import City
from chengxin.sample.dice import chance
from chengxin.sample.notices import parties
from chengxin.sample.profiles import Profile
from chengxin.sample.reading import table

OUTSIDE, OFTEN = 0.06, 0.7
NAMED_OFTEN = (
    "江州鸿途职业介绍所",
    "江北诚达劳务派遣有限公司",
    "江南众合人力资源服务部",
    "江北顺通劳务有限公司",
)


class Targets:
    """Draws the respondent of a complaint."""

    def __init__(self, city: City) -> None:
        """Sort the agencies into those complained of often, and all that run."""
        self.often = [city.by_name[name] for name in NAMED_OFTEN] * 3 + parties(city)[::4]
        told = table("complaints")["story"]["party"]
        self.all = [each for each in city.profiles if not (each.ending or each.left) and each.name != told]

    def draw(self, lots: Random, days: int) -> str:
        """Return the name of an agency that was there so many days ago, or of somebody unregistered."""
        if chance(lots, OUTSIDE):
            return str(lots.choice(table("complaints")["words"]["outsiders"]))
        pool = self.often if chance(lots, OFTEN) else self.all
        there: list[Profile] = [each for each in pool if each.opened > days]
        return lots.choice(there or self.often).name
