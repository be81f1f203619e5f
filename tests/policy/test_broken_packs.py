"""A broken pack is told by file, line and key; the other packs go on working."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from famgui.base.toml_source import spell
from famgui.base.wording import Wording
from famgui.files.sentence import fault_sentence
from famgui.policy.library import Library, NoRuleBook
from tests.files.program import CASES, REPOSITORY, environment, famgui
from tests.policy.packs import GOOD, beside_shipped, user

SHIPPED = REPOSITORY / "resources" / "policies"
KEEP = 'key = "account.keep"\nvalue = "500.00"'
RATIO = 'level = ["community", "primary"] }\nvalue = "0.60"'
COUNT = '[[value]]\nkey = "binding.at-once"\nvalue = 5\nclause = "T-02"'
RATIO_WHEN = 'when = { benefit = "outpatient", insurance = "employee", level = ["community", "primary"] }'
PRODUCT = 'when = { product = "resident-2030" }\n'
WINDOW = f'{PRODUCT}value = {{ first = 2029-09-01, last = 2030-01-31 }}\nclause = "T-01"\n'
PRICE = '[[value]]\nkey = "premium.price"\n'
LAST_CLAUSE = '[[clause]]\nid = "T-02"'
BROKEN: list[tuple[str, str, str, str, str]] = [
    ("syntax", "", "syntax", "format = 1", "format = #!"),
    ("unknown key of the pack", "plaec", "unknown-key-near", "format = 1", "format = 1\nplaec = 1 #!"),
    ("unknown key of a clause", "clause[1].txt", "unknown-key", LAST_CLAUSE, f'{LAST_CLAUSE}\ntxt = "" #!'),
    ("unknown key of a value", "value[0].note", "unknown-key", KEEP, f'{KEEP}\nnote = "x" #!'),
    ("unknown dimension", "value[1].when.city", "unknown-key", 'level = ["community", "primary"] }', 'city = "x" } #!'),
    ("unknown format", "format", "choice", "format = 1", "format = 2 #!"),
    ("no version", "", "missing-key", 'version = "1.0"\n', ""),
    ("no place", "", "missing-key", 'place = "810000"\n', ""),
    ("no English name", "name", "missing-key", ', en = "Nowhere" }', " } #!"),
    ("version without digits", "version", "not-in-form", '"1.0"', '"new" #!'),
    ("place of five digits", "place", "not-in-form", '"810000"', '"81000" #!'),
    ("clause without id", "clause[1]", "missing-key", LAST_CLAUSE, "[[clause]] #!"),
    (
        "clause without statement",
        "clause[1]",
        "missing-key",
        LAST_CLAUSE + '\ntopic = "test"\nstatement = "丙"',
        '[[clause]] #!\nid = "T-02"\ntopic = "test"',
    ),
    ("empty statement", "clause[1].statement", "empty-text", 'statement = "丙"', 'statement = "" #!'),
    ("bad id", "clause[1].id", "not-in-form", 'id = "T-02"', 'id = "t 2" #!'),
    ("bad grade", "clause[0].grade", "choice", 'grade = "A"', 'grade = "E" #!'),
    ("grade as number", "clause[0].grade", "choice", 'grade = "A"', "grade = 1 #!"),
    ("statement as number", "clause[1].statement", "want-string", 'statement = "丙"', "statement = 1 #!"),
    (
        "address that is none",
        "clause[0].source.url",
        "address-start",
        '"https://example.org/" }',
        '"javascript:x" } #!',
    ),
    ("clause id twice", "clause[1].id", "duplicate-id", 'id = "T-02"', 'id = "T-01" #!'),
    (
        "clause ends before it begins",
        "clause[0].until",
        "until-before-from",
        "until = 2030-12-31",
        "until = 2023-12-31 #!",
    ),
    (
        "value ends before it begins",
        "value[1].until",
        "until-before-from",
        "until = 2024-12-31",
        "until = 2023-12-31 #!",
    ),
    (
        "window the wrong way",
        "value[3].value.last",
        "until-before-from",
        "last = 2030-01-31 }",
        "last = 2029-01-31 } #!",
    ),
    ("value names no clause", "value[2]", "missing-key", COUNT, '[[value]] #!\nkey = "binding.at-once"\nvalue = 5'),
    (
        "value names an unknown clause",
        "value[0].clause",
        "unknown-clause",
        'value = "500.00"\nclause = "T-01"\nb',
        'value = "500.00"\nclause = "T-09" #!\nb',
    ),
    (
        "unknown clause beside",
        "value[0].beside[1]",
        "unknown-clause",
        'beside = ["T-02"]',
        'beside = ["T-02", "T-09"] #!',
    ),
    ("unknown value key", "value[0].key", "choice-near-many", '"account.keep"', '"account.kept" #!'),
    ("amount as number", "value[0].value", "want-string", KEEP, 'key = "account.keep"\nvalue = 500 #!'),
    ("amount with a sign", "value[0].value", "not-in-form", KEEP, 'key = "account.keep"\nvalue = "-1.00" #!'),
    ("amount with three decimals", "value[0].value", "not-in-form", KEEP, 'key = "account.keep"\nvalue = "1.000" #!'),
    ("amount not a number", "value[0].value", "want-string", KEEP, 'key = "account.keep"\nvalue = nan #!'),
    ("ratio over 1", "value[1].value", "not-in-form", RATIO, RATIO.replace("0.60", "1.01") + " #!"),
    ("ratio as number", "value[1].value", "want-string", RATIO, RATIO.replace('"0.60"', "0.60") + " #!"),
    ("count as text", "value[2].value", "want-integer", "value = 5", 'value = "5" #!'),
    ("negative count", "value[2].value", "number-range", "value = 5", "value = -1 #!"),
    ("count beyond all counts", "value[2].value", "number-range", "value = 5", "value = 1001 #!"),
    ("no conditions", "value[1].when", "empty-table", RATIO_WHEN, "when = {} #!"),
    (
        "no words of a condition",
        "value[1].when.level",
        "empty-array",
        'level = ["community", "primary"] }',
        "level = [] } #!",
    ),
    (
        "no relations",
        "value[2].value",
        "empty-array",
        COUNT,
        '[[value]]\nkey = "binding.relations"\nvalue = [] #!\nclause = "T-02"',
    ),
    (
        "endless statement",
        "clause[1].statement",
        "text-too-long",
        'statement = "丙"',
        f'statement = "{"丙" * 2001}" #!',
    ),
    ("nobody that old", "value[0].ages.below", "nobody-so-old", KEEP, f"{KEEP}\nages = {{ from = 70, below = 45 }} #!"),
    ("age below birth", "value[0].ages.from", "number-range", KEEP, f"{KEEP}\nages = {{ from = -1 }} #!"),
    ("no ages", "value[0].ages", "empty-table", KEEP, f"{KEEP}\nages = {{}} #!"),
    ("no reason", "value[0].earlier", "empty-text", KEEP, f'{KEEP}\nearlier = "" #!'),
    (
        "question without an answer",
        "unconfirmed[0]",
        "missing-key",
        LAST_CLAUSE,
        f'[[unconfirmed]] #!\ntopic = "x_y"\nquestion = {{ zh = "甲", en = "A" }}\n{LAST_CLAUSE}',
    ),
    (
        "question in one language",
        "unconfirmed[0].question",
        "missing-key",
        LAST_CLAUSE,
        f'[[unconfirmed]]\ntopic = "x_y"\nquestion = {{ zh = "甲" }} #!\nknown = "乙"\n{LAST_CLAUSE}',
    ),
    ("impossible date", "", "syntax", "from = 2024-01-01\nuntil = 2024", "from = 2024-02-30 #!\nuntil = 2024"),
    (
        "date that is none",
        "value[1].from",
        "not-a-date",
        "from = 2024-01-01\nuntil = 2024",
        'from = "soon" #!\nuntil = 2024',
    ),
    (
        "date as number",
        "value[1].from",
        "want-string",
        "from = 2024-01-01\nuntil = 2024",
        "from = 2024 #!\nuntil = 2024",
    ),
    ("date with a time", "checked_on", "want-string", "2026-11-01", "2026-11-01T00:00:00 #!"),
    (
        "half a product",
        "value[3].when.product",
        "half-product",
        WINDOW + PRICE + PRODUCT,
        WINDOW.replace(" }", " } #!", 1) + PRICE,
    ),
    (
        "rival values",
        "value[6].key",
        "rival-value",
        '[[clause]]\nid = "T-01"',
        '[[value]]\nkey = "account.keep" #!\nvalue = "1.00"\nclause = "T-02"\n[[clause]]\nid = "T-01"',
    ),
]


def zhuzhou_works(library: Library) -> None:
    """The shipped packs are in use and the rule of Zhuzhou's residents is found."""
    assert {"000000", "310000", "350000", "430000", "430200", "990003"} <= {pack.place for pack in library.packs}
    book = library.book("430200")
    assert book.at(date(2025, 5, 1)).benefit("outpatient", "employee", "active", "tertiary") is not None
    assert book.at(date(2025, 5, 1)).benefit("outpatient", "resident", "active", "community") is not None
    assert book.at(date(2025, 5, 1)).find("binding.relations").value


def faults(folder: Path, path: Path) -> list[tuple[str, str, int | None]]:
    """Key, code and line of the faults of the packs in a folder, all of them in one file; the rest goes on."""
    library = beside_shipped(folder)
    zhuzhou_works(library)
    assert "810000" not in {pack.place for pack in library.packs}
    with pytest.raises(NoRuleBook):
        library.book("810000")
    assert "T-01" not in library.clauses
    for found in library.faults:
        assert found.file == str(path)
        told = fault_sentence(found.file, found.fault, Wording("zh"))
        assert told.startswith(str(path)) and told.isprintable()
    return [(spell(found.fault.path), found.fault.code, found.fault.line) for found in library.faults]


def test_the_good_pack_is_good(tmp_path: Path) -> None:
    user(tmp_path)
    library = beside_shipped(tmp_path)
    assert library.faults == ()
    keep = library.book("810100").at(date(2025, 1, 1)).sharing.keep_rule
    assert keep[:3] == (50000, "T-01", False) and keep.beside == ("T-02",)
    assert library.book("810000").at(date(2025, 1, 1)).find("binding.at-once")[:3] == (5, "T-02", True)
    assert library.clauses["T-01"].url == "https://example.org/"
    zhuzhou_works(library)


@pytest.mark.parametrize(("key", "code", "old", "new"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_fault(tmp_path: Path, key: str, code: str, old: str, new: str) -> None:
    assert GOOD.count(old) == 1
    text = GOOD.replace(old, new)
    marked = [number for number, line in enumerate(text.split("\n"), 1) if "#!" in line]
    assert len(marked) <= 1
    line = marked[0] if marked else None
    assert faults(tmp_path, user(tmp_path, text)) == [(key, code, line)]


BENEFIT = 'benefit = "outpatient", insurance'
ALL_BENEFITS = "outpatient | chronic | two-disease | pharmacy | inpatient"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            '"account.keep"',
            '"pool.ratoi"',
            "value[0].key: “pool.ratoi”不是可用的值；是不是 pool.ratio？全部 55 个见 docs/policy-packs.md",
        ),
        ('"account.keep"', '"x"', "value[0].key: “x”不是可用的值；全部 55 个见 docs/policy-packs.md"),
        (
            BENEFIT,
            BENEFIT.replace("outpatient", "outpatiant"),
            f"value[1].when.benefit: “outpatiant”不是可用的值；是不是 outpatient？可用：{ALL_BENEFITS}",
        ),
        (
            BENEFIT,
            BENEFIT.replace("outpatient", "dental"),
            f"value[1].when.benefit: “dental”不是可用的值；可用：{ALL_BENEFITS}",
        ),
        (
            'level = ["community", "primary"]',
            'level = ["community", "first"]',
            "value[1].when.level[1]: “first”不是可用的值；可用：community | primary | secondary | tertiary",
        ),
        (
            'level = ["community", "primary"]',
            'level = ["primary", "primary"]',
            "value[1].when.level: 列表里有重复的项；请删去一个",
        ),
        (
            'late-price"\nwhen = { product = "resident-2030"',
            'late-price"\nwhen = { product = 5',
            "value[5].when.product: 要写成文字（加引号）",
        ),
        (BENEFIT, BENEFIT.replace("benefit", "benifit"), "value[1].when.benifit: 不认识这个键；是不是 benefit？"),
        ('statement = "丙"', 'statment = "丙"', "clause[1].statment: 不认识这个键；是不是 statement？"),
    ],
)
def test_a_slip_is_told_with_what_was_meant_or_what_there_is(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert GOOD.count(old) == 1
    user(tmp_path, GOOD.replace(old, new))
    told = [fault_sentence("x", one.fault, Wording("zh")) for one in beside_shipped(tmp_path).faults]
    assert [line for line in told if said in line], told
    assert not [line for line in told if "oneOf" in line or "…" in line]


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_dangling_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


@pytest.mark.parametrize(
    ("spoil", "code", "line"),
    [
        (lambda path: path.write_bytes(GOOD.encode("gbk")), "not-utf8", 3),
        (lambda path: path.write_bytes(GOOD.encode() + b"#" * (4 * 1024 * 1024)), "too-large", None),
        (lambda path: path.write_bytes(b"x = " + b"[" * 5000), "too-deep", None),
        (a_folder, "pack-is-folder", None),
        (a_dangling_link, "no-such-file", None),
    ],
    ids=["GBK", "over 4 MiB", "too deep", "folder", "dangling link"],
)
def test_files_that_are_no_text(tmp_path: Path, spoil: Callable[[Path], object], code: str, line: int | None) -> None:
    path = user(tmp_path)
    spoil(path)
    assert faults(tmp_path, path) == [("", code, line)]


def test_an_empty_pack_names_everything_that_is_missing_once(tmp_path: Path) -> None:
    path = user(tmp_path, "")
    assert faults(tmp_path, path) == [("", "missing-key", None)] * 5


@pytest.mark.parametrize("opening", ["x", "[x"], ids=["key", "header"])
def test_a_dotted_key_of_a_thousand_parts_is_told(tmp_path: Path, opening: str) -> None:
    spoilt_key = f"{opening}{'.x' * 1000}{']' if opening == '[x' else ' = 1'}\n"
    path = user(tmp_path, spoilt_key + GOOD if opening == "x" else GOOD + spoilt_key)
    assert [code for _, code, _ in faults(tmp_path, path)] in (["unknown-key"], ["too-deep"])


def test_a_number_of_thousands_of_digits_is_told(tmp_path: Path) -> None:
    path = user(tmp_path, GOOD.replace("format = 1", "format = 0x" + "f" * 5000))
    assert [key for key, _, _ in faults(tmp_path, path)] in (["format"], [""])


def test_the_same_place_twice_in_a_folder_keeps_the_first(tmp_path: Path) -> None:
    user(tmp_path)
    second = user(tmp_path, GOOD.replace("T-0", "U-0").replace("1.0", "2.0"), "another.toml")
    third = user(tmp_path, GOOD.replace("T-0", "V-0"), "zz.toml")
    library = beside_shipped(tmp_path)
    found = [(fault.file, spell(fault.fault.path), fault.fault.code, fault.fault.line) for fault in library.faults]
    assert [row[1:] for row in found] == [("place", "place-twice", 2)] * 2
    assert {row[0] for row in found} < {str(second), str(third), str(tmp_path / "810000-nowhere.toml")}
    assert [pack.place for pack in library.packs].count("810000") == 1


def test_a_day_at_the_end_of_the_calendar_is_fine(tmp_path: Path) -> None:
    user(tmp_path, GOOD.replace("until = 2024-12-31", "until = 9999-12-31"))
    library = beside_shipped(tmp_path)
    assert library.faults == ()
    ratio = (
        library.book("810000")
        .at(date(9999, 12, 31))
        .find("pool.ratio", benefit="outpatient", insurance="employee", level="primary")
    )
    assert ratio.value == 6000


def test_every_fault_is_told_not_only_the_first(tmp_path: Path) -> None:
    text = GOOD.replace('grade = "A"', 'grade = "Z"').replace('"500.00"\nclause = "T-01"\nb', '"x"\nclause = "T-01"\nb')
    path = user(tmp_path, text)
    assert faults(tmp_path, path) == [("clause[0].grade", "choice", 41), ("value[0].value", "not-in-form", 8)]


def test_the_program_says_it_in_one_line_and_goes_on(tmp_path: Path) -> None:
    packs = tmp_path / "famgui" / "policies"
    path = user(packs, GOOD.replace('grade = "A"', 'grade = "Z"'))
    ran = famgui(tmp_path, "settle", CASES / "case08.toml", "--json", env=environment(tmp_path, LANG="en_US.UTF-8"))
    told = ran.stderr.decode()
    assert ran.returncode == 0
    assert b'"acct_mulaid_pay": "300.00"' in ran.stdout
    assert len(told.splitlines()) == 1 and f"{path}:41: clause[0].grade: " in told
