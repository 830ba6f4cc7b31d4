"""One article: its page, its older wordings, its pictures, and what is left of a withdrawn one."""

from collections.abc import Sequence
from typing import Any

from flask import abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.bulletins import queries
from chengxin.bulletins.labels import CASE_KIND, COLUMN
from chengxin.bulletins.markdown import Picture, to_html, to_text
from chengxin.bulletins.models import Article, ArticlePicture, ArticleRevision
from chengxin.bulletins.queries import Tombstone
from chengxin.bulletins.rules import CaseKind, Column, index_no, is_valid
from chengxin.core import clock
from chengxin.core.i18n import gettext as _
from chengxin.core.publishing import CACHE_CONTROL, published
from chengxin.core.web import installation, reading
from chengxin.portal.blueprint import bp
from chengxin.portal.formats import absolute, json_answer

SUMMARY_MOST = 120


@bp.get("/news/<year:year>/<slug:slug>/")
@published()
def article(year: int, slug: str) -> ResponseReturnValue:
    """Show one article, or the sentence that is left of it."""
    with reading() as session:
        found = queries.by_slug(session, year, slug) or abort(404)
        if isinstance(found, Tombstone):
            return render_template("news/withdrawn.html", left=found), 410
        body = to_html(found.body, pictures_of(session, found))
        wordings = queries.revisions(session, found.id)
    return render_template(
        "news/article.html",
        article=found,
        body=body,
        summary=summary_of(found),
        column=COLUMN[Column(found.column)],
        example=CASE_KIND[CaseKind(found.case_kind)] if found.case_kind else "",
        facts=_facts(found),
        head=_government_head(found),
        wordings=_wordings(found, wordings),
        address=absolute("portal.article", year=year, slug=slug),
    )


@bp.get("/news/<year:year>/<slug:slug>/rev/<number:revision>")
@published()
def article_revision(year: int, slug: str, revision: int) -> ResponseReturnValue:
    """Show an older wording of an article, and say so."""
    with reading() as session:
        found = queries.by_slug(session, year, slug) or abort(404)
        if isinstance(found, Tombstone):
            return render_template("news/withdrawn.html", left=found), 410
        wordings = queries.revisions(session, found.id)
        pictures = pictures_of(session, found)
    wording = next((each for each in wordings if each.revision == revision), None) or abort(404)
    return render_template(
        "news/revision.html",
        article=found,
        wording=wording,
        body=to_html(wording.body, pictures),
        newest=wording.revision == wordings[0].revision,
        address=absolute("portal.article", year=year, slug=slug),
    )


@bp.get("/news/<year:year>/<slug:slug>.json")
@published()
def article_json(year: int, slug: str) -> ResponseReturnValue:
    """Give one article as JSON, or what is left of it."""
    with reading() as session:
        found = queries.by_slug(session, year, slug) or abort(404)
        if isinstance(found, Tombstone):
            left = {"year": year, "slug": slug, "state": "withdrawn", "reason": found.reason}
            return json_answer(left), 410
        html = to_html(found.body, pictures_of(session, found))
        wordings = queries.revisions(session, found.id)
    revisions = [
        {"revision": each.revision, "published_at": each.published_at, "note": each.note} for each in wordings
    ]
    return json_answer({**brief(found), "body": found.body, "html": html, "revisions": revisions})


@bp.get("/news/pictures/<slug:name>.jpg")
def picture(name: str) -> ResponseReturnValue:
    """Give a picture of a published article; it goes with the article."""
    with reading() as session:
        content = queries.picture_content(session, name, public=True) or abort(404)
    answer = make_response(content)
    answer.content_type = "image/jpeg"
    answer.headers["Cache-Control"] = CACHE_CONTROL
    answer.set_etag(name)
    return answer.make_conditional(request)


def pictures_of(session: Session, found: Article) -> list[Picture]:
    """Return the pictures an article's text may show."""
    return [_shown(each) for each in queries.pictures(session, found.id)]


def summary_of(found: Article) -> str:
    """Return what the author wrote as a summary, or the first words."""
    text = found.summary or to_text(found.body)
    return text if len(text) <= SUMMARY_MOST else f"{text[:SUMMARY_MOST]}…"


def brief(found: Article) -> dict[str, Any]:
    """Return what a list tells of an article."""
    return {
        "year": found.year,
        "slug": found.slug,
        "address": absolute("portal.article", year=found.year, slug=found.slug),
        "column": found.column,
        "case": found.case_kind or None,
        "issue": found.issue,
        "index_no": index_no(found.year, found.column, found.id),
        "document_no": found.document_no,
        "keywords": keywords_of(found),
        "origin": found.origin,
        "expires_on": found.expires_on,
        "title": found.title,
        "summary": summary_of(found),
        "language": found.language,
        "published_at": found.published_at,
        "revised_at": found.revised_at,
    }


def keywords_of(found: Article) -> list[str]:
    """Return the subject words (主题词) of an article one by one."""
    return found.keywords.replace("，", " ").replace(",", " ").replace("、", " ").split()


def issue_title(found: Article) -> str:
    """Return how a numbered bulletin is called, or nothing for other articles."""
    if found.issue is None:
        return ""
    return _("Bulletin %(year)s no. %(number)s", year=found.year, number=found.issue)


def _shown(kept: ArticlePicture) -> Picture:
    url = url_for("portal.picture", name=kept.name)
    return Picture(kept.id, url, kept.alternative, kept.width, kept.height)


def _facts(found: Article) -> list[dict[str, str]]:
    """Return the government metadata below an article; what nobody filled in is left out."""
    rows = [
        (_("Index number"), index_no(found.year, found.column, found.id), ""),
        (_("Published by"), installation().settings.authority, "zh-Hans"),
        (_("Document number"), found.document_no, "zh-Hans"),
        (_("Subject words"), "、".join(keywords_of(found)), found.language),
        (_("Source"), found.origin, found.language),
        (_("In force"), _validity(found), ""),
    ]
    return [{"label": label, "value": value, "lang": lang} for label, value, lang in rows if value]


def _validity(found: Article) -> str:
    if found.expires_on is None:
        return ""
    valid = is_valid(found.expires_on, clock.today())
    day = found.expires_on.isoformat()
    return _("Until %(day)s", day=day) if valid else _("No longer in force since %(day)s", day=day)


def _government_head(found: Article) -> dict[str, str]:
    """Return the meta names that China's rule for government websites asks of an article's page."""
    told = {
        "ColumnName": str(COLUMN[Column(found.column)]),
        "ColumnType": str(CASE_KIND[CaseKind(found.case_kind)]) if found.case_kind else "",
        "ArticleTitle": found.title,
        "PubDate": f"{found.published_at.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}"
        if found.published_at
        else "",
        "ContentSource": found.origin or installation().settings.authority,
        "Keywords": ",".join(keywords_of(found)),
        "Url": absolute("portal.article", year=found.year, slug=found.slug),
    }
    return {name: value for name, value in told.items() if value}


def _wordings(found: Article, kept: Sequence[ArticleRevision]) -> list[dict[str, Any]]:
    """Return the log of a text that changed; an article as first published has none."""
    if len(kept) < 2:  # noqa: PLR2004 (the first wording alone is no history)
        return []
    return [
        {
            "date": each.published_at,
            "title": _("Wording %(n)s", n=each.revision) if each.revision > 1 else _("First published"),
            "text": each.note,
            "text_lang": found.language,
            "url": url_for(
                "portal.article_revision", year=found.year, slug=found.slug, revision=each.revision
            ),
        }
        for each in kept
    ]
