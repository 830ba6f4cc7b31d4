"""Reading a page as a visitor's program would, with checks that hold for every page."""

from dataclasses import dataclass

from lxml import html
from werkzeug.test import Client, TestResponse


@dataclass(frozen=True)
class Page:
    """A fetched page: its answer, its tree and the words on it."""

    answer: TestResponse
    tree: html.HtmlElement

    @property
    def text(self) -> str:
        """Return the visible words of the page's main part, spaces folded."""
        return " ".join(self.tree.xpath("string(//main)").split())

    @property
    def unmarked_chinese(self) -> list[str]:
        """Return the Chinese texts of the main part that no language mark announces; for English pages."""
        texts = self.tree.xpath(
            "//main//text()[not(ancestor::*[@lang][1]/@lang='zh-Hans')][not(ancestor::svg)]"
        )
        return [str(each) for each in texts if any("\u4e00" <= mark <= "\u9fff" for mark in each)]

    def form(self, index: int = -1) -> dict[str, str]:
        """Return the fields of a form with what they hold."""
        posts = [each for each in self.tree.forms if each.method.upper() == "POST"]
        chosen = posts[index]
        names = [str(name) for name in chosen.fields if name]
        return {name: str(chosen.fields[name] or "").removeprefix("\n") for name in names}


def read_page(client: Client, path: str, *, status: int = 200, **options: object) -> Page:
    """Fetch a page, follow nothing, and check title, language, labels, form actions and inline code."""
    answer = client.open(path, **options)  # type: ignore[arg-type]
    assert answer.status_code == status, f"{path}: {answer.status} {answer.text[:300]}"
    tree = html.fromstring(answer.get_data())
    assert tree.xpath("string(//title)").strip(), f"{path} has no title"
    assert tree.get("lang") == ("en" if path.startswith("/en") else "zh-Hans"), (
        f"{path} has the wrong language"
    )
    assert len(tree.xpath("//h1")) == 1, f"{path} has not one h1"
    for field in tree.xpath("//input[not(@type='hidden')]|//select|//textarea"):
        tied = tree.xpath("//label[@for=$id]", id=field.get("id") or "")
        labelled = field.get("aria-label") or tied or field.xpath("ancestor::label")
        assert labelled, f"{path}: field {field.get('name')} has no label"
    for form in tree.xpath("//form[translate(@method,'POST','post')='post']"):
        assert form.get("action"), f"{path}: a form has no action"
        # What only leads to a form stores nothing.
        only_opens = not form.xpath(".//button[not(@name='step' and @value='edit')]")
        assert only_opens or form.xpath(".//input[@name='csrf_token']"), f"{path}: a form has no token"
    assert not tree.xpath("//script[not(@src)][not(@type='application/ld+json')]"), (
        f"{path} has inline script"
    )
    assert not tree.xpath("//*[@style or @onclick or @onload]"), f"{path} has inline code"
    return Page(answer, tree)
