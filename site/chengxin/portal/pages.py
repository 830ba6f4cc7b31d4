"""The plain pages: about, privacy, accessibility, the list of everything, and the reader's display choice."""

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from chengxin.core.forms import ChengxinForm, ChoiceField
from chengxin.core.frame import DISPLAY_COOKIE, display_classes
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.limits import minutes_to_wait
from chengxin.core.publishing import published
from chengxin.core.web import installation
from chengxin.portal.blueprint import bp
from chengxin.retention.rules import MAIL_DAYS
from chengxin.voices.complaints import keeping

LIMIT = "120/10 minutes"
YEAR = 365 * 24 * 60 * 60
CHOOSE = _l("Choose one of the answers.")


class DisplayForm(ChengxinForm):
    """The reader's choice of text size, contrast and theme."""

    size = ChoiceField(
        _l("Text size"),
        {"standard": _l("Standard"), "text-large": _l("Large"), "text-larger": _l("Extra large")},
        message=CHOOSE,
    )
    contrast = ChoiceField(
        _l("Contrast"), {"standard": _l("Standard"), "contrast-high": _l("High contrast")}, message=CHOOSE
    )
    theme = ChoiceField(
        _l("Light or dark"),
        {"standard": _l("As the device says"), "theme-light": _l("Light"), "theme-dark": _l("Dark")},
        message=CHOOSE,
    )

    def classes(self) -> list[str]:
        """Return the class names of the choices that are not the standard."""
        chosen = (self.size.data, self.contrast.data, self.theme.data)
        return [each for each in chosen if each and each != "standard"]


@bp.get("/display")
def display() -> ResponseReturnValue:
    """Show the display choice."""
    chosen = display_classes().split()
    fields = {"size": "text-", "contrast": "contrast-", "theme": "theme-"}
    now = {
        name: next((each for each in chosen if each.startswith(start)), "standard")
        for name, start in fields.items()
    }
    return render_template(
        "portal/display.html", form=DisplayForm(None, data=now), saved="saved" in request.args
    )


@bp.post("/display")
def choose_display() -> ResponseReturnValue:
    """Keep the display choice in one cookie."""
    form = DisplayForm()
    if not form.validate():
        return render_template("portal/display.html", form=form, saved=False), form.refused_with
    if minutes := minutes_to_wait("display", LIMIT):
        form.form_errors.append(_("Too many tries. Try again after minutes: %(n)s.", n=minutes))
        return render_template("portal/display.html", form=form, saved=False), 429
    answer = make_response(redirect(url_for("portal.display", saved=1), 303))
    return _with_choice(answer, form.classes())


def _with_choice(answer: Response, classes: list[str]) -> Response:
    secure = installation().settings.base_url.startswith("https://")
    if classes:
        answer.set_cookie(
            DISPLAY_COOKIE, ".".join(classes), max_age=YEAR, secure=secure, httponly=True, samesite="Lax"
        )
    else:
        answer.delete_cookie(DISPLAY_COOKIE, secure=secure, httponly=True, samesite="Lax")
    return answer


@bp.get("/more/")
@published()
def more() -> ResponseReturnValue:
    """Show the list of everything on the site."""
    return render_template("portal/more.html")


@bp.get("/about/")
@published()
def about() -> ResponseReturnValue:
    """Say what the site is, who runs it and how to dispute a record."""
    return render_template("portal/about.html")


@bp.get("/privacy/")
@published()
def privacy() -> ResponseReturnValue:
    """Say what is kept, for how long, and who sees it."""
    days = installation().settings.access_log_days
    return render_template("portal/privacy.html", terms=keeping, mail_days=MAIL_DAYS, log_days=days)


@bp.get("/accessibility/")
@published()
def accessibility() -> ResponseReturnValue:
    """Say how the site can be used by everyone."""
    return render_template("portal/accessibility.html")
