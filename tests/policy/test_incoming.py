"""A pack from outside: every trick is refused with file, line and key; what is harmless but odd is told."""

import os
from pathlib import Path

import pytest

from famgui.base.toml_source import Fault, spell
from famgui.base.wording import Wording
from famgui.files.sentence import fault_sentence
from famgui.policy.incoming import MOST_FAULTS, MOST_ITEMS, MOST_TABLES, misfits, receive, still_needed
from famgui.policy.pack import MAX_BYTES, BrokenPack
from tests.policy.packs import GOOD, user

PLACE, STATEMENT, ADDRESS = 'place = "810000"', 'statement = "甲"', '"https://example.org/"'


def refused(path: Path) -> list[tuple[str, str, int | None]]:
    """Key, code and line of every fault that a file is refused for, each told in one printable line."""
    with pytest.raises(BrokenPack) as raised:
        receive(path, {})
    for fault in raised.value.faults:
        for language in ("zh", "en"):
            told = fault_sentence(raised.value.file, fault, Wording(language))
            assert told.startswith(str(path)) and told.isprintable()
    return [(spell(fault.path), fault.code, fault.line) for fault in raised.value.faults]


def with_line(old: str, new: str) -> tuple[str, int]:
    """The good pack with one text changed, and the line where that stands."""
    assert GOOD.count(old) == 1
    return GOOD.replace(old, new), GOOD[: GOOD.index(old)].count("\n") + 1


def test_a_good_pack_is_received_as_it_is(tmp_path: Path) -> None:
    path = user(tmp_path, "\ufeff" + GOOD.replace("\n", "\r\n"))
    found = receive(path, {})
    assert (found.place, found.odd, found.signature.state) == ("810000", (), "unsigned")
    assert found.raw == path.read_bytes()
    assert found.data["checked_on"] == "2026-11-01"


def test_huge_files_are_not_read(tmp_path: Path) -> None:
    path = user(tmp_path)
    with path.open("r+b") as stream:
        stream.truncate(1 << 40)  # a hole: nobody could hold this
    assert refused(path) == [("", "too-large", None)]
    path.write_bytes(GOOD.encode() + b"#" * (MAX_BYTES - len(GOOD.encode())))
    assert receive(path, {}).place == "810000"
    path.write_bytes(path.read_bytes() + b"#")
    assert refused(path) == [("", "too-large", None)]


def test_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    assert refused(tmp_path / "folder.toml") == [("", "pack-is-folder", None)]
    assert refused(tmp_path / "nothing.toml") == [("", "no-such-file", None)]
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.toml")  # reading it would wait for ever
        assert refused(tmp_path / "pipe.toml") == [("", "not-a-file", None)]


@pytest.mark.parametrize(
    ("raw", "code", "line"),
    [
        (GOOD.encode("utf-16"), "not-utf8", 1),
        (GOOD.encode("gbk"), "not-utf8", 3),
        (b"\x00" * 100, "syntax", 1),
        (b"a = " + b"[" * 100_000 + b"]" * 100_000, "too-deep", None),
        (b"a = " + b"{b = " * 50_000 + b"1" + b"}" * 50_000, "too-deep", None),
        (b"\n" + b"a." * 1_000_000 + b"a = 1", "too-deep", 2),
        (b"\n\n[" + b'"a" . ' * 500_000 + b"a]\n", "too-deep", 3),
        (b'"""\n\n"""="""' + b'\\"""' * 300_000 + b"\n" + b"a." * 20 + b"a = 1", "syntax", 1),
        (b"'''\n'''.x = 1\n" + b"a." * 20 + b"a = 1", "too-deep", 3),
        (b"# a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a = 1\n[", "syntax", 2),
        (b"a = " + b"9" * 4_000_000, "too-long", 1),
        (b"a = 0x" + b"f" * 4_000_000, "too-long", 1),
        (b'"' * 4_000_000, "too-long", 1),
        (b"a = [" + b"1," * 1_000_000 + b"]", "too-many", None),
        (b"a = 0x" + b"f" * 100, "number-too-big", 1),
    ],
    ids=[
        "UTF-16",
        "GBK",
        "zeros",
        "deep list",
        "deep table",
        "long key",
        "long header",
        "endless text",
        "long key behind a text",
        "long key in a comment",
        "long number",
        "long hex number",
        "quotes",
        "long list",
        "number of 400 bits",
    ],
)
def test_what_is_no_text_or_would_never_be_read(tmp_path: Path, raw: bytes, code: str, line: int | None) -> None:
    ((_, found, where),) = refused(user(tmp_path, raw))
    assert (found, where) == (code, line)


def test_more_than_a_pack_can_need(tmp_path: Path) -> None:
    clauses = "".join(f'[[clause]]\nid = "X-{n}"\n' for n in range(MOST_TABLES + 1))
    mixed = ", ".join(("1", '"a"', "true", "1.5") * 20_000)
    keys = "\n".join(f"k{n} = 1" for n in range(MOST_ITEMS + 1))
    assert refused(user(tmp_path, clauses)) == [("clause", "too-many", 1)]
    crowded = user(tmp_path, f"[[value]]\nkey = 1\nwhen.level = [{mixed}]\n")
    assert refused(crowded) == [("value[0].when.level", "too-many", 3)]
    assert refused(user(tmp_path, keys)) == [("", "too-many", None)]


def test_more_faults_than_anybody_reads(tmp_path: Path) -> None:
    text = GOOD + "".join(f'[[clause]]\nid = "x{n}"\n' for n in range(1_000))
    assert len(refused(user(tmp_path, text))) == MOST_FAULTS


@pytest.mark.parametrize(
    ("old", "new", "key", "codes"),
    [
        (PLACE, "place = 810000", "place", {"want-string"}),
        (PLACE, 'place = ["810000"]', "place", {"want-string"}),
        (PLACE, 'place = "../../../etc/x"', "place", {"place"}),
        (PLACE, 'place = "810000/.."', "place", {"place"}),
        (PLACE, 'place = "C:\\\\x"', "place", {"place"}),
        (PLACE, 'place = "810000\\n"', "place", {"hidden-character"}),
        (PLACE, 'place = "８１００００"', "place", {"place"}),
        (PLACE, 'place = "810000\\u0000"', "place", {"hidden-character"}),
        (STATEMENT, 'statement = "甲\\u202e乙"', "clause[0].statement", {"hidden-character"}),
        (STATEMENT, 'statement = "甲\u200b乙"', "clause[0].statement", {"hidden-character"}),
        (STATEMENT, 'statement = "甲\\u001b[2J"', "clause[0].statement", {"hidden-character"}),
        (STATEMENT, 'statement = "甲\\n乙"', "clause[0].statement", {"hidden-character"}),
        (STATEMENT, "statement = { b = 1 }", "clause[0].statement", {"want-string"}),
        (STATEMENT, "statement = 2024-01-01T00:00:00", "clause[0].statement", {"want-string"}),
        ('value = "500.00"\nclause = "T-01"\nb', 'value = "500.00\\n"\nclause = "T-01"\nb', "", {"hidden-character"}),
        (ADDRESS, '"javascript:alert(1)"', "clause[0].source.url", {"address-start"}),
        (ADDRESS, '"file:///etc/passwd"', "clause[0].source.url", {"address-start"}),
        (ADDRESS, '"https://www.gov.cn@example.org/"', "clause[0].source.url", {"disguised-address"}),
        (ADDRESS, '"https://example.org\\\\@www.gov.cn/"', "clause[0].source.url", {"disguised-address"}),
        (ADDRESS, '"https://?a"', "clause[0].source.url", {"address-without-site"}),
    ],
)
def test_wrong_types_and_texts_that_play_tricks(tmp_path: Path, old: str, new: str, key: str, codes: set[str]) -> None:
    text, line = with_line(old, new)
    found = refused(user(tmp_path, text))
    assert {code for _, code, _ in found} == codes and len(found) == 1
    assert {where for _, _, where in found} == {line}
    assert not key or {where for where, _, _ in found} == {key}


NOT_BEGUN = "网址要以 http:// 或 https:// 开头（半角字符），现在是“{}”"
NO_SITE = "网址“{}”里没有网站；应像 https://www.gov.cn/"
FALSE_SITE = "“{}”里 @ 或反斜杠前的部分会让人认错网站；请写原来的网址"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("www.example.gov.cn/a", NOT_BEGUN),
        ("example.gov.cn", NOT_BEGUN),
        ("ftp://example.gov.cn/", NOT_BEGUN),
        ("ftp://gov.cn@example.org/", NOT_BEGUN),
        ("file:///etc/passwd", NOT_BEGUN),
        ("javascript:alert(1)", NOT_BEGUN),
        ("https：//example.gov.cn/", NOT_BEGUN),
        ("http:\\\\example.gov.cn", NOT_BEGUN),
        ("https://", NO_SITE),
        ("https:///a", NO_SITE),
        ("HTTPS://?a", NO_SITE),
        ("https://example.gov.cn/a b", "网址“{}”里有空格；请删去"),
        ("https://gov.cn@example.org/", FALSE_SITE),
        ("HTTP://gov.cn@example.org/", FALSE_SITE),
        ("https://example.org\\@gov.cn/", FALSE_SITE),
        ("https://example.org\\a", FALSE_SITE),
        ("", "文字是空的"),
    ],
)
def test_what_is_wrong_with_an_address_is_said_once_and_rightly(tmp_path: Path, url: str, said: str) -> None:
    path = user(tmp_path, with_line(ADDRESS, f"'{url}'")[0])
    with pytest.raises(BrokenPack) as raised:
        receive(path, {})
    told = [fault_sentence("x", fault, Wording("zh")) for fault in raised.value.faults]
    assert told == [f"x:44: clause[0].source.url: {said.format(url)}"]


@pytest.mark.parametrize("url", ["HTTP://WWW.GOV.CN", "Https://例.中国/a?b=c@d", "http://example.org:80/a#@"])
def test_addresses_that_are_taken(tmp_path: Path, url: str) -> None:
    path = user(tmp_path, with_line(ADDRESS, f'"{url}"')[0])
    assert receive(path, {}).data["clause"][0]["source"]["url"] == url


def test_a_hidden_character_in_a_key(tmp_path: Path) -> None:
    found = refused(user(tmp_path, GOOD + '"no\\u202ete" = "x"\n'))
    assert ('clause[1]."no?te"', "hidden-character", GOOD.count("\n") + 1) in found


def test_every_fault_is_told_at_once_by_line(tmp_path: Path) -> None:
    text = GOOD.replace(PLACE, 'place = "44"').replace(STATEMENT, 'statement = "\\u202e"').replace(ADDRESS, '"x:y"')
    found = refused(user(tmp_path, text))
    assert [line for _, _, line in found] == sorted(line or 0 for _, _, line in found)
    assert {key for key, _, _ in found} == {"place", "clause[0].statement", "clause[0].source.url"}


@pytest.mark.parametrize(
    "markup", ["<b>甲</b>", "<img src=x onerror=y>", "<script>", "甲&lt;乙", "&#60;", "<!DOCTYPE x>"]
)
def test_markup_is_taken_but_told(tmp_path: Path, markup: str) -> None:
    text, line = with_line(STATEMENT, f'statement = "{markup}"')
    (odd,) = receive(user(tmp_path, text), {}).odd
    assert (spell(odd.path), odd.code, odd.line) == ("clause[0].statement", "markup", line)


@pytest.mark.parametrize("text", ["a < b, c > d", "起付线<300元", "A&B", "5 > 3"])
def test_signs_are_no_markup(tmp_path: Path, text: str) -> None:
    assert receive(user(tmp_path, with_line(STATEMENT, f'statement = "{text}"')[0]), {}).odd == ()


def test_a_name_of_a_file_is_only_shown(tmp_path: Path) -> None:
    path = user(tmp_path, GOOD, "a\n\x1b[2J\u202e.toml")
    assert receive(path, {}).place == "810000"
    path.write_text(GOOD.replace("format = 1", "format = 2"), "utf-8")
    with pytest.raises(BrokenPack) as raised:
        receive(path, {})
    assert fault_sentence(raised.value.file, raised.value.faults[0], Wording("zh")).isprintable()


def test_clauses_of_others(tmp_path: Path) -> None:
    text = GOOD.replace('beside = ["T-02"]', 'beside = ["T-02", "T-09"]').replace('clause = "T-02"', 'clause = "HN-03"')
    received = receive(user(tmp_path, text), {})
    assert misfits(received, {"HN-03": "430000", "T-09": "110000"}, ()) == ()
    assert misfits(received, {"HN-03": "430000"}, {"T-09"}) == ()
    found = misfits(received, {"T-01": "430000"}, ())
    assert [(spell(f.path), f.code, f.line) for f in found] == [
        ("value[0].beside[1]", "unknown-clause", 10),
        ("value[2].clause", "unknown-clause", 21),
        ("clause[0].id", "clause-elsewhere", 38),
    ]


def test_what_others_rest_on_must_stay() -> None:
    users = {"T-01": ["430200", "430000", "430200"], "T-02": []}
    assert list(still_needed(["T-02", "T-01"], lambda clause: users[clause])) == [
        Fault((), "clause-needed", (("id", "T-01"), ("place", "430000, 430200")))
    ]
