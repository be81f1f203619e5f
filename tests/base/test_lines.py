"""The line of any key of a TOML text, whatever way it is written."""

import pytest

from famgui.base.toml_source import Fault, Lines, NotToml, decode, parse, spell, type_name
from famgui.base.wording import Wording
from famgui.files.sentence import fault_sentence

TEXT = """\
# a comment before anything
format = 1  # and one behind

[policy]  # of the case
own_account_first = true
a.b.c = 1
"quoted key" = 2
"dotted.part"."\\u4e2d" = 3
'literal key' = 4

[[person]]
id = "wang"
account = { current = "1.00", prior_years = { deep = [1, 2] } }

[[person]] # the second
id = "li"

[person.account]
current = "2.00"

[[event]]
items = [
  # a comment in a list
  { name = "a", amount = "1.00" },

  { name = "b", tags = [
    "t" ], amount = "2.00" },  # a comment behind an entry
]
for = [
  "x",
  "y", "z",
]
[[event.part]]
n = 1
[[event.part]]
n = 2
[[event]]
text = \"\"\"
key = 1
[[event]]
\"\"\"
after = 1
[[event.part]]
n = 3
[ spaced . "out" ]
k = 1
"""
WHERE = {
    ("format",): 2,
    ("policy",): 4,
    ("policy", "own_account_first"): 5,
    ("policy", "a", "b", "c"): 6,
    ("policy", "quoted key"): 7,
    ("policy", "dotted.part", "中"): 8,
    ("policy", "literal key"): 9,
    ("person", 0): 11,
    ("person", 0, "id"): 12,
    ("person", 0, "account"): 13,
    ("person", 0, "account", "current"): 13,
    ("person", 0, "account", "prior_years", "deep", 1): 13,
    ("person", 1): 15,
    ("person", 1, "id"): 16,
    ("person", 1, "account"): 18,
    ("person", 1, "account", "current"): 19,
    ("event", 0): 21,
    ("event", 0, "items"): 22,
    ("event", 0, "items", 0): 24,
    ("event", 0, "items", 0, "amount"): 24,
    ("event", 0, "items", 1, "name"): 26,
    ("event", 0, "items", 1, "tags", 0): 27,
    ("event", 0, "items", 1, "amount"): 27,
    ("event", 0, "for", 0): 30,
    ("event", 0, "for", 2): 31,
    ("event", 0, "part", 0): 33,
    ("event", 0, "part", 1, "n"): 36,
    ("event", 1): 37,
    ("event", 1, "text"): 38,
    ("event", 1, "after"): 42,
    ("event", 1, "part", 0, "n"): 44,
    ("spaced", "out", "k"): 46,
}


@pytest.mark.parametrize("path", WHERE, ids=spell)
def test_line_of_a_path(path: tuple[str | int, ...]) -> None:
    node = parse(TEXT)
    for part in path:
        node = node[part]  # type: ignore[index]  # the path is there
    assert Lines(TEXT).of(path) == WHERE[path]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("policy", "a"), 6),
        (("policy", "a", "b"), 6),
        (("policy", "dotted.part"), 8),
        (("spaced",), 45),
        (("person",), 11),
        (("event",), 21),
        (("event", 0, "part"), 33),
    ],
    ids=str,
)
def test_line_of_a_table_that_only_longer_keys_open(path: tuple[str | int, ...], line: int) -> None:
    assert Lines(TEXT).of(path) == line


def test_line_of_what_is_missing_is_that_of_the_table_around_it() -> None:
    lines = Lines(TEXT)
    assert lines.of(("person", 1, "insurance")) == 15
    assert lines.of(("event", 0, "items", 1, "class", "x")) == 26
    assert lines.of(()) is None
    assert lines.of(("nowhere",)) is None


def test_spelling_of_paths() -> None:
    assert spell(("event", 2, "items", 0, "amount")) == "event[2].items[0].amount"
    assert spell(("format",)) == "format"
    assert spell(()) == ""


def not_toml(raw: bytes) -> Fault:
    """Why bytes are no TOML."""
    with pytest.raises(NotToml) as caught:
        parse(decode(raw))
    return caught.value.fault


@pytest.mark.parametrize(
    ("raw", "code", "line"),
    [
        (b"a = 1\nb = [1,\n  2\n", "syntax", 4),
        (b"a = 1\n\nb =\n", "syntax", 3),
        (b"a = 1\r\n\r\nb =\r\n", "syntax", 3),
        (b'a = """\n\n', "syntax", 3),
        (b"a = 1\na = 2\n", "syntax", 2),
        (b"\nd = 2025-13-01\n", "syntax", 2),
        (b"a = 1\nb = '\xff'\n", "not-utf8", 2),
        (b"\xef\xbb\xbfa = 1\n\n\xff", "not-utf8", 3),
        (b"a = " + b"[" * 5000, "too-deep", None),
        (b"\na = " + b"9" * 1_000_000, "too-long", 2),
        (b"\na = 1\nb = 0x" + b"f" * 1_000_000, "too-long", 3),
        (b"\n" + b"a." * 500_000 + b"a = 1", "too-deep", 2),
    ],
)
def test_text_that_is_no_toml_names_its_line(raw: bytes, code: str, line: int | None) -> None:
    found = not_toml(raw)
    assert (found.code, found.line) == (code, line)


def test_the_reason_stands_without_the_place() -> None:
    assert dict(not_toml(b"a = \n").values) == {"kind": "value", "column": 5, "reason": "Invalid value"}


def test_long_texts_and_comments_are_no_danger() -> None:
    text = f'a = "{"9" * 5_000}"\nb = \'{"a." * 500}\'\nc = """\n{"9" * 5_000}\\""" # "\n"""\nd = 1 # {"9" * 5_000}\n'
    assert list(parse(text)) == ["a", "b", "c", "d"]


MISTAKES = {
    "=1": "statement",
    "a.=1": "key",
    "a 1": "equals",
    "a = 02025": "rest",
    "a = 2025-13-01": "rest",
    "[a": "bracket",
    "[[a]\n": "bracket",
    "[a]\n[a]": "table-twice",
    "a=1\na=2": "key-twice",
    "a={b=1,b=2}": "key-twice",
    "a={}\na.b=1": "key-twice",
    "a=[1": "list-open",
    "a={b=1\n}": "table-open",
    'a="\\q"': "backslash",
    'a="\\ud800"': "backslash",
    'a="\\u12"': "backslash",
    'a="x': "string-open",
    'a="x\n"': "string-open",
    "a='x": "string-open",
    "a='x\n'": "string-open",
    "a='''x": "string-open",
    'a="\x01"': "control",
    "# \x00": "control",
    "a=2025-02-30": "date",
    "a=“x”": "value",
}


@pytest.mark.parametrize("text", MISTAKES)
def test_mistakes_have_sentences_of_ours(text: str) -> None:
    fault = not_toml(text.encode())
    assert dict(fault.values)["kind"] == MISTAKES[text]
    said = fault_sentence("a.toml", fault, Wording("zh"))
    assert said.startswith(f"a.toml:{fault.line}: 不是有效的 TOML：")
    assert str(dict(fault.values)["reason"]) not in said
    assert fault_sentence("a.toml", fault, Wording("en")).isascii()


def test_a_mistake_without_a_name_tells_the_parsers_words_last() -> None:
    fault = Fault((), "syntax", (("kind", "other"), ("column", 3), ("reason", "Odd thing")), line=2)
    assert fault_sentence("a", fault, Wording("zh")) == "a:2: 不是有效的 TOML：第 3 列，写法不对（Odd thing）"


def test_a_byte_order_mark_and_crlf_are_no_part_of_the_text() -> None:
    assert decode(b"\xef\xbb\xbfa = 1\r\nb = 2\r\n") == "a = 1\nb = 2\n"


def test_names_of_types() -> None:
    values = parse(
        'a = true\nb = 1\nc = 1.5\nd = "x"\ne = 2025-01-01\nf = 2025-01-01T00:00:00\ng = 09:00:00\nh = {}\ni = []'
    )
    wanted = ["bool", "number", "number", "string", "date", "datetime", "date", "table", "array"]
    assert [type_name(value) for value in values.values()] == wanted
