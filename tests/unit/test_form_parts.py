"""The parts of forms: every label, hint, error and link leads to something that is there."""

from collections.abc import Callable

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import html
from wtforms import BooleanField, Form, StringField, TextAreaField
from wtforms.validators import InputRequired

from chengxin.core.forms import ChoiceField, ListField
from chengxin.paths import asset_folder

PAGE = """
{% from "parts/checkbox.html" import checkbox %}
{% from "parts/choices.html" import choices %}
{% from "parts/error_summary.html" import error_summary %}
{% from "parts/field.html" import field %}
<html><body>{{ error_summary(form) }}<form>
{{ field(form.name) }}{{ field(form.facts, counter="0 of 9") }}{{ field(form.region, hint="Where it was.") }}
{{ choices(form.kind, hints={"a": "The first one."}) }}{{ checkbox(form.agreed) }}
</form></body></html>
"""


class Everything(Form):
    """A form with one field of each kind."""

    name = StringField("Name", [InputRequired("Write a name.")], description="As on the sign.")
    facts = TextAreaField("Facts", [InputRequired("Write what happened.")])
    region = ListField("Region", {"1": "North"}, message="Choose a region.")
    kind = ChoiceField("Kind", {"a": "First", "b": "Second"}, message="Choose one.")
    agreed = BooleanField("Agreed", [InputRequired("Tick the box.")], description="Read it first.")


Render = Callable[[Form], html.HtmlElement]


@pytest.fixture
def render() -> Render:
    environment = Environment(
        loader=FileSystemLoader(asset_folder("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    template = environment.from_string(PAGE)
    return lambda form: html.fromstring(template.render(form=form))


def refused() -> Everything:
    form = Everything(data={"region": "1"})
    form.validate()
    return form


def test_every_description_is_there(render: Render) -> None:
    tree = render(refused())
    wanted = " ".join(tree.xpath("//@aria-describedby")).split()
    assert len(wanted) == 8
    assert [each for each in wanted if not tree.xpath("//*[@id=$id]", id=each)] == []


def test_every_error_links_to_a_field_that_can_take_the_focus(render: Render) -> None:
    tree = render(refused())
    targets = [href.removeprefix("#") for href in tree.xpath("//div[@class='errors']//a/@href")]
    assert targets == ["name", "facts", "kind-0", "agreed"]
    for target in targets:
        assert tree.xpath("//*[@id=$id]", id=target)[0].tag in {"input", "textarea", "select"}


def test_every_error_says_the_same_above_and_at_its_field(render: Render) -> None:
    tree = render(refused())
    above = tree.xpath("//div[@class='errors']//li/a/text()")
    beside = [each.xpath("string(text())") for each in tree.xpath("//p[@class='error']")]
    assert above == beside


def test_only_fields_for_text_are_called_invalid(render: Render) -> None:
    tree = render(refused())
    assert [each.get("id") for each in tree.xpath("//*[@aria-invalid]")] == ["name", "facts"]


def test_every_label_is_tied(render: Render) -> None:
    tree = render(refused())
    for field in tree.xpath("//input|//textarea|//select"):
        assert tree.xpath("//label[@for=$id]", id=field.get("id")) or field.xpath("ancestor::label")


def test_a_form_without_errors_has_no_summary(render: Render) -> None:
    assert render(Everything()).xpath("//div[@class='errors']") == []


def test_no_id_stands_twice(render: Render) -> None:
    ids = render(refused()).xpath("//@id")
    assert len(ids) == len(set(ids))
