"""Markdown to safe HTML: parsed without raw HTML, headings below the page's own, then cleaned by a list."""

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "s"),
    *("a", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}
_BREAKS = {"softbreak", "hardbreak"}
_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}

_parser = MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False}).disable("image")


def to_html(text: str) -> Markup:
    """Return the HTML of an article; the page around it may trust the result."""
    tokens = [_below_the_title(token) for token in _parser.parse(text)]
    html: str = _parser.renderer.render(tokens, _parser.options, {})
    cleaned = nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener noreferrer"
    )
    return Markup(cleaned)  # noqa: S704 (cleaned by the lists above)


def to_text(text: str) -> str:
    """Return the plain words of an article, for the index, feeds and summaries."""
    return " ".join(" ".join(_words(token) for token in _parser.parse(text)).split())


def _words(token: Token) -> str:
    if token.children is None:
        return token.content if token.type in {"fence", "code_block"} else ""
    return "".join(" " if child.type in _BREAKS else _plain(child) for child in token.children)


def _plain(child: Token) -> str:
    return child.content if child.type in {"text", "code_inline"} else ""


def _below_the_title(token: Token) -> Token:
    return token.copy(tag=_HEADINGS.get(token.tag, token.tag)) if token.type.startswith("heading") else token
