"""Where what matched stands in a text as it was written."""

import pytest

from famgui.policy.search import spans


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("每次起付100元，起付线", ("起付",), ["起付", "起付"]),
        ("三级起付", ("三级", "起付"), ["三级起付"]),
        ("起付标准", ("起付线",), ["起付"]),
        ("共济ＡＢ１２", ("ab12",), ["ＡＢ１２"]),
        ("ﬁx it", ("fi",), ["ﬁ"]),
        ("aaa", ("aa",), ["aaa"]),
        ("没有", ("火星",), []),
        ("没有", ("",), []),
        ("", ("起付",), []),
    ],
)
def test_spans(text: str, words: tuple[str, ...], marked: list[str]) -> None:
    assert [text[first:last] for first, last in spans(text, words)] == marked
