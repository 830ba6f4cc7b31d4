"""The form in which an article is written."""

from wtforms.validators import DataRequired, Optional

from chengxin.bulletins.actions import Writing
from chengxin.bulletins.labels import CASE_KIND, COLUMN
from chengxin.bulletins.models import Article
from chengxin.bulletins.rules import State
from chengxin.core.forms import (
    DAY,
    LINE_LONG,
    WRONG,
    ChengxinForm,
    DayField,
    LineField,
    ListField,
    Long,
    LongTextField,
    VersionField,
)
from chengxin.core.i18n import lazy_gettext as _l

LANGUAGES = {"zh-Hans": "中文", "en": "English"}
MOST_BODY = 50_000
CASES = {"": _l("Not a typical case"), **{str(kind): words for kind, words in CASE_KIND.items()}}


class ArticleForm(ChengxinForm):
    """A title, a text in Markdown, and where it belongs."""

    column = ListField(_l("Column"), COLUMN, message=WRONG)
    case_kind = ListField(_l("Typical case"), CASES, message=WRONG)
    language = ListField(_l("Language of the text"), LANGUAGES, message=WRONG)
    title = LineField(
        _l("Title"),
        [DataRequired(_l("Write a title.")), LINE_LONG],
    )
    summary = LongTextField(_l("Summary"), [Long(most=300, message=_l("Keep it to 300 characters."))])
    body = LongTextField(
        _l("Text"),
        [
            DataRequired(_l("Write the text.")),
            Long(most=MOST_BODY, message=_l("Keep it to 50,000 characters.")),
        ],
    )
    slug = LineField(_l("Last part of the address"), [Long(most=60, message=_l("Keep it to 60 characters."))])
    document_no = LineField(_l("Document number"), [LINE_LONG])
    keywords = LineField(_l("Subject words"), [LINE_LONG])
    origin = LineField(_l("Source"), [LINE_LONG])
    expires_on = DayField(_l("Applies until"), [Optional()], message=DAY)
    note = LongTextField(
        _l("What you changed"),
        [
            DataRequired(_l("Say what you changed: readers see it below the article.")),
            Long(most=300, message=_l("Keep it to 300 characters.")),
        ],
    )
    version = VersionField()

    def writing(self) -> Writing:
        """Return what was written."""
        return Writing(
            column=self.column.data or "",
            language=self.language.data or "",
            title=self.title.data or "",
            summary=self.summary.data or "",
            body=self.body.data or "",
            case_kind=self.case_kind.data or "",
            document_no=self.document_no.data or "",
            keywords=self.keywords.data or "",
            origin=self.origin.data or "",
            expires_on=self.expires_on.data,
        )


def empty_form(*, posted: bool) -> ArticleForm:
    """Return the form of a new article, which has nobody to tell of a change."""
    form = ArticleForm() if posted else ArticleForm(formdata=None, data={"version": 0})
    del form.note
    return form


def form_of(article: Article, *, posted: bool) -> ArticleForm:
    """Return the form of an article: its address is given once, and only readers are told what changed."""
    form = ArticleForm() if posted else ArticleForm(formdata=None, obj=article)
    del form.slug
    if article.state != State.PUBLISHED:
        del form.note
    return form
