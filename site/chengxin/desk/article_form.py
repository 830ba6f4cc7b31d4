"""The form in which an article is written."""

from wtforms import IntegerField
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import HiddenInput

from chengxin.bulletins.actions import Writing
from chengxin.bulletins.labels import COLUMN
from chengxin.bulletins.models import Article
from chengxin.core.forms import ChengxinForm, LineField, ListField, Long, LongTextField
from chengxin.core.i18n import lazy_gettext as _l

LANGUAGES = {"zh-Hans": "中文", "en": "English"}
WRONG = _l("Choose one of the list.")
MOST_BODY = 50_000


class ArticleForm(ChengxinForm):
    """A title, a text in Markdown, and where it belongs."""

    column = ListField(_l("Column"), COLUMN, message=WRONG)
    language = ListField(_l("Language of the text"), LANGUAGES, message=WRONG)
    title = LineField(
        _l("Title"),
        [DataRequired(_l("Write a title.")), Long(most=200, message=_l("Keep it to 200 characters."))],
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
    version = IntegerField(validators=[InputRequired()], widget=HiddenInput())

    def writing(self) -> Writing:
        """Return what was written."""
        return Writing(
            column=self.column.data or "",
            language=self.language.data or "",
            title=self.title.data or "",
            summary=self.summary.data or "",
            body=self.body.data or "",
        )


def article_form(article: Article) -> ArticleForm:
    """Return the form with what an article says now; its address stays as it is."""
    form = ArticleForm(formdata=None, obj=article)
    return without_address(form)


def without_address(form: ArticleForm) -> ArticleForm:
    """Return a form that does not ask for the address, which is given once."""
    del form.slug
    return form
