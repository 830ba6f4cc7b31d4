"""What may be left out of a query that found nothing."""

import pytest

from chengxin.search.phrases import shorter


@pytest.mark.parametrize(
    ("typed", "rest"),
    [
        ("江州捷聘人力资源有限公司", "江州捷聘人力资源"),
        ("江州捷聘有限責任公司", "江州捷聘"),
        ("捷聘", ""),
        ("有限公司", ""),
        ("", ""),
    ],
)
def test_a_legal_form_at_the_end_is_left_out(typed: str, rest: str) -> None:
    assert shorter(typed) == rest
