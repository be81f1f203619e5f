"""A faulty case file is refused with every fault named by file, line and key; never with a stack."""

from pathlib import Path

import pytest

from famgui.base.toml_source import spell
from famgui.base.wording import Wording
from famgui.domain.household import Household
from famgui.files.casefile import FaultyFile, parse_case, read_case
from famgui.files.sentence import fault_sentence
from tests.files.faulty import BAD_VALUES, GOOD, Faulty
from tests.files.faulty_amend import AMENDMENTS
from tests.files.faulty_growth import GROWTH
from tests.files.faulty_keys import MISSING_KEYS, SYNTAX, UNKNOWN_KEYS, WRONG_TABLES
from tests.files.faulty_sense import PERSONS, SENSE
from tests.files.program import famgui

ROWS = [*BAD_VALUES, *SYNTAX, *UNKNOWN_KEYS, *MISSING_KEYS, *WRONG_TABLES, *PERSONS, *SENSE, *GROWTH, *AMENDMENTS]
ONLY_PERSON = 'format = 1\nplace = "430200"\n[[person]]\nid = "wang"\ninsurance = "employee"\n'


def faults(raw: bytes) -> list[tuple[str, str, int | None]]:
    """Key, code and line of every fault that the reader finds, after each was told as one line in both languages."""
    with pytest.raises(FaultyFile) as caught:
        parse_case(raw, "case.toml")
    assert caught.value.path == "case.toml"
    for fault in caught.value.faults:
        for language in ("zh", "en"):
            told = fault_sentence("case.toml", fault, Wording(language))
            assert told.startswith("case.toml:") and len(told.splitlines()) == 1, told
    return [(spell(fault.path), fault.code, fault.line) for fault in caught.value.faults]


def test_the_good_file_is_good() -> None:
    household = parse_case(GOOD.encode(), "case.toml")
    assert [event.id for event in household.events] == ["v1", "r1", "d1", "p1", "b1", "u1"]
    assert household.persons[0].id_number == "11010519491231002X"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.name} ({row.code})")
def test_fault(row: Faulty) -> None:
    assert faults(row.text.encode()) == [(row.key, row.code, row.line)]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (GOOD.encode("gbk"), [("", "not-utf8", 7)]),
        (GOOD.encode("utf-16"), [("", "not-utf8", 1)]),
        (ONLY_PERSON.encode("utf-16-le"), [("", "syntax", 1)]),
        (b"", [("", "missing-key", None)] * 3),
        (b"\n# nothing\n", [("", "missing-key", None)] * 3),
        (b"format = 1\nplace = '430200'\nperson = []\n", [("person", "empty-array", 3)]),
        (b"format = 1\nplace = '430200'\n", [("", "missing-key", None)]),
        (b"format = 1\nx = " + b"[" * 5000 + b"]" * 5000, [("", "too-deep", None)]),
        (b"format = 1\nx = " + b"{a=" * 5000 + b"1" + b"}" * 5000, [("", "too-deep", None)]),
        (b"\xef\xbb\xbfformat = 1\n\xff", [("", "not-utf8", 2)]),
        (b"a\rb = 1\n", [("", "syntax", 1)]),
        (b"\x00" * 64, [("", "syntax", 1)]),
    ],
    ids=[
        *("GBK", "UTF-16", "UTF-16 without a mark", "empty", "only a comment", "empty list of persons", "no person"),
        *("brackets", "braces", "bad byte after the mark", "bare carriage return", "zeros"),
    ],
)
def test_raw_bytes(raw: bytes, expected: list[tuple[str, str, int | None]]) -> None:
    assert faults(raw) == expected


@pytest.mark.parametrize("opening", ["x", "[x"], ids=["key", "header"])
def test_a_dotted_key_of_a_thousand_parts_is_told_like_any_other(opening: str) -> None:
    closing = " = 1" if opening == "x" else "]"
    text = f"{opening}{'.x' * 1000}{closing}\n{'' if closing == ']' else ONLY_PERSON}"
    found = faults(text.encode() if opening == "x" else (ONLY_PERSON + text).encode())
    assert [code for _, code, _ in found][-1] in ("unknown-key", "too-deep")


@pytest.mark.parametrize("number", ["0x" + "f" * 5000, "9" * 5000], ids=["hexadecimal", "decimal"])
def test_a_number_of_thousands_of_digits_is_told(number: str) -> None:
    found = faults(ONLY_PERSON.replace("format = 1", f"format = {number}").encode())
    assert [code for _, code, _ in found] in (["number-too-big"], ["too-long"])


@pytest.mark.parametrize(
    "spoilt",
    ['"a\\nb" = 1', '"a\\rb" = 1', '"\\u001b[2J" = 1', 'status = "\\u001b[2J"', 'insured_place = "\\u001b]0;x\\u0007"'],
)
def test_what_a_file_holds_cannot_steer_the_terminal(spoilt: str) -> None:
    with pytest.raises(FaultyFile) as caught:
        parse_case(f"{ONLY_PERSON}{spoilt}\n".encode(), "case.toml")
    (fault,) = caught.value.faults
    assert fault.line == 6
    assert fault_sentence("case.toml", fault, Wording("en")).isprintable()


def test_every_fault_of_a_file_is_told_at_once() -> None:
    text = GOOD.replace('amount = "75.00"', "amount = 75").replace('patient = "wang"', 'patient = "x"\nfoo = 1')
    assert faults(text.encode()) == [
        ("event[0].patient", "unknown-person", 34),
        ("event[0].foo", "unknown-key", 35),
        ("event[2].amount", "want-amount", 53),
    ]


@pytest.mark.parametrize(
    "raw",
    [
        b"\xef\xbb\xbf" + GOOD.encode(),
        GOOD.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode(),
        GOOD.rstrip("\n").encode(),
        GOOD.replace("002x", "002X").encode(),
    ],
    ids=["mark", "CRLF", "mark and CRLF", "no last newline", "upper-case X"],
)
def test_writings_that_are_fine(raw: bytes) -> None:
    assert parse_case(raw, "case.toml") == parse_case(GOOD.encode(), "case.toml")


def test_crlf_and_a_byte_order_mark_move_no_line() -> None:
    text = GOOD.replace('kind = "outpatient"', 'kind = "dental"')
    lines = {faults(raw)[0][2] for raw in (text.encode(), b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())}
    assert lines == {35}


def read(path: Path) -> list[tuple[str, int | None]]:
    """Code and line of every fault of a file on disk."""
    with pytest.raises(FaultyFile) as caught:
        read_case(path)
    assert caught.value.path == str(path)
    return [(fault.code, fault.line) for fault in caught.value.faults]


def test_paths_that_are_no_case_file(tmp_path: Path) -> None:
    assert read(tmp_path) == [("is-folder", None)]
    assert read(tmp_path / "missing.toml") == [("unreadable", None)]
    assert read(tmp_path / ("x" * 300 + ".toml")) == [("unreadable", None)]
    assert read(Path("a\0b")) == [("unreadable", None)]


def test_a_file_over_4_mib_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_limit, over = tmp_path / "limit.toml", tmp_path / "over.toml"
    at_limit.write_bytes(ONLY_PERSON.encode() + b"#" * (4 * 1024 * 1024 - len(ONLY_PERSON)))
    over.write_bytes(at_limit.read_bytes() + b"#")
    assert isinstance(read_case(at_limit), Household)

    def unread(*_: object) -> bytes:
        raise AssertionError("the file was read")

    monkeypatch.setattr(Path, "read_bytes", unread)
    monkeypatch.setattr(Path, "open", unread)
    assert read(over) == [("too-large", None)]


def test_the_program_tells_one_line_a_fault_and_nothing_else(tmp_path: Path) -> None:
    picked = {row.name: row for row in ROWS}
    names = ["no value", "of an item", "patient", "second refund of more than is left", "ends before starts"]
    rows = [picked[name] for name in names]
    files = {f"f{number}.toml": (row.text, row.line, row.key) for number, row in enumerate(rows)}
    files["hong-kong.toml"] = (ONLY_PERSON.replace("430200", "810000"), 2, "place")
    files["nation.toml"] = (ONLY_PERSON.replace("430200", "000000"), 2, "place")
    for name, (text, _, _) in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "gbk.toml").write_bytes(GOOD.encode("gbk"))
    (tmp_path / "good.toml").write_text(GOOD, "utf-8")
    ran = famgui(tmp_path, "settle", "good.toml", *files, "gbk.toml", "missing.toml", tmp_path, "--json")
    told = ran.stderr.decode()
    assert (ran.returncode, ran.stdout) == (2, b""), told
    assert "Traceback" not in told
    starts = [f"{name}:{line}: {key}" for name, (_, line, key) in files.items()]
    starts += ["gbk.toml:7: ", "missing.toml: ", f"{tmp_path}: "]
    lines = told.splitlines()
    assert len(lines) == len(starts), told
    for line, start in zip(lines, starts, strict=True):
        assert line.startswith(start) and len(line) > len(start), (line, start)
