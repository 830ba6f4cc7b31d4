"""The public pages."""

from chengxin.portal import health, home, pages, sitemap
from chengxin.portal.blueprint import bp
from chengxin.portal.figures import figures
from chengxin.portal.honours import exemplars, publicity
from chengxin.portal.integrity import agency
from chengxin.portal.lookup import agencies, suggest
from chengxin.portal.newsroom import articles, bulletins, campaigns, news
from chengxin.portal.notices import notice_archive, notice_revisions, notices
from chengxin.portal.supervising import abnormal, inspections, permit_changes, serious_list
from chengxin.portal.tracking import evidence, track, track_acts, track_own_copy, track_suggestion
from chengxin.portal.voices import (
    complaints,
    disputes,
    ratings,
    reports,
    suggestion_form,
    suggestions,
)

__all__ = [
    "abnormal",
    "agencies",
    "agency",
    "articles",
    "bp",
    "bulletins",
    "campaigns",
    "complaints",
    "disputes",
    "evidence",
    "exemplars",
    "figures",
    "health",
    "home",
    "inspections",
    "news",
    "notice_archive",
    "notice_revisions",
    "notices",
    "pages",
    "permit_changes",
    "publicity",
    "ratings",
    "reports",
    "serious_list",
    "sitemap",
    "suggest",
    "suggestion_form",
    "suggestions",
    "track",
    "track_acts",
    "track_own_copy",
    "track_suggestion",
]
