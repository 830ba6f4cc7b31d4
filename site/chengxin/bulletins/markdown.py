"""Markdown to safe HTML: parsed without raw HTML, headings below the page's own, then cleaned by a list."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from chengxin.bulletins.emphasis import emphasise

TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "s"),
    *("a", "img", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height", "loading"},
    "ol": {"start"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
_BREAKS = {"softbreak", "hardbreak"}
_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}

_PICTURE = re.compile(r"picture-([1-9][0-9]{0,8})", re.ASCII)

_parser = MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False})
_parser.inline.ruler.at("emphasis", emphasise)


@dataclass(frozen=True)
class Picture:
    """A picture that a text may show by writing `![words](picture-12)`."""

    number: int
    url: str
    alternative: str
    width: int
    height: int


def to_html(text: str, pictures: Iterable[Picture] = ()) -> Markup:
    """Return the HTML of an article; the page around it may trust the result."""
    known = {picture.number: picture for picture in pictures}
    tokens = [_below_the_title(_illustrated(token, known)) for token in _parser.parse(text)]
    html: str = _parser.renderer.render(tokens, _parser.options, {})
    cleaned = nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener noreferrer"
    )
    return Markup(cleaned)  # noqa: S704 (cleaned by the lists above)


def _illustrated(token: Token, known: dict[int, Picture]) -> Token:
    """Return a token in which each picture is one of the article's own, or only its words."""
    if not token.children:
        return token
    return token.copy(children=[_own_picture(child, known) for child in token.children])


def _own_picture(child: Token, known: dict[int, Picture]) -> Token:
    if child.type != "image":
        return child
    named = _PICTURE.fullmatch(str(child.attrs.get("src", "")))
    picture = known.get(int(named[1])) if named else None
    if picture is None:
        return Token("text", "", 0, content=child.content)
    shown = child.copy()
    words = Token("text", "", 0, content=child.content or picture.alternative)
    shown.attrs = {
        "src": picture.url,
        "alt": "",
        "width": picture.width,
        "height": picture.height,
        "loading": "lazy",
    }
    shown.children = [words]
    return shown


def to_text(text: str) -> str:
    """Return the plain words of an article, for the index, feeds and summaries."""
    return " ".join(" ".join(_words(token) for token in _parser.parse(text)).split())


def _words(token: Token) -> str:
    if token.children is None:
        return token.content if token.type in {"fence", "code_block"} else ""
    return "".join(" " if child.type in _BREAKS else _plain(child) for child in token.children)


def _plain(child: Token) -> str:
    return child.content if child.type in {"text", "code_inline", "image"} else ""


def _below_the_title(token: Token) -> Token:
    return token.copy(tag=_HEADINGS.get(token.tag, token.tag)) if token.type.startswith("heading") else token
