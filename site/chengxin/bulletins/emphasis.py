"""Emphasis beside Chinese marks: CommonMark leaves **文字：**后 unbold, because “：” is punctuation to it.

Its rule tells an opening mark from a closing one by the space around words, and Chinese sets none. Where a
run of stars touches a Chinese character or mark, any neighbour but white space may stand beside it.
"""

from markdown_it.rules_inline.emphasis import tokenize
from markdown_it.rules_inline.state_inline import Delimiter, StateInline

_CHINESE = (("\u2e80", "\u9fff"), ("\uf900", "\ufaff"), ("\ufe30", "\ufe4f"), ("\uff00", "\uffef"))
_QUOTES = frozenset("“”‘’—…·")


def emphasise(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the parser calls it so)
    """Read a run of stars beside Chinese; leave every other run to the parser's own rule."""
    start = state.pos
    if silent or state.src[start] != "*":
        return tokenize(state, silent)
    end = start
    while end < state.posMax and state.src[end] == "*":
        end += 1
    before, after = state.src[start - 1 : start] or " ", state.src[end : end + 1] or " "
    if not (_is_chinese(before) or _is_chinese(after)):
        return tokenize(state, silent)
    for _ in range(end - start):
        state.push("text", "", 0).content = "*"
        state.delimiters.append(
            Delimiter(
                marker=ord("*"),
                length=end - start,
                token=len(state.tokens) - 1,
                end=-1,
                open=not after.isspace(),
                close=not before.isspace(),
            )
        )
    state.pos = end
    return True


def _is_chinese(mark: str) -> bool:
    return mark in _QUOTES or any(first <= mark <= last for first, last in _CHINESE)
