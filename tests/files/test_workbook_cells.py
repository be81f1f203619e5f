"""What a cell means: amounts to the fen, shares, days, ID numbers, words."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from famgui.base.wording import Wording
from famgui.domain.benefit import BENEFITS, LEVELS
from famgui.domain.bill import CATEGORIES, CLASSES
from famgui.domain.identity import RELATIONS
from famgui.domain.person import INSURANCES, STATUSES
from famgui.domain.settlement import DISEASES, Grade
from famgui.files.workbook.cells import Seen, amount, called, choice, day, id_number, masked, ratio, whole_number, words
from famgui.files.workbook.form import Refused, RowFault, plain
from famgui.files.workbook.results import row_sentence
from famgui.files.workbook.words import CHOICES, meanings, title

TEN_MAY = date(2025, 5, 10)
GARBLED = ("12,34", "12,345,678.00", "12.345", "0012", "abc", "-1", True, TEN_MAY, "1e3")


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        (0.0, 0),
        (100.0, 100_00),
        (50.31, 50_31),
        (9999999.99, 9999999_99),
        (19.99 * 3, 59_97),  # 59.97 in the sheet, 59.969999999999995 in binary
        (0.1 + 0.2, 30),
        ("1,234.50", 1234_50),
        ("1,234,567.8", 1234567_80),
        ("1，234", 1234_00),
        ("￥１２３．５", 123_50),
        ("¥ 5", 5_00),
        (" 12.00元 ", 12_00),
        ("0.05", 5),
    ],
)
def test_amounts(cell: object, fen: int) -> None:
    assert amount(cell) == fen


@pytest.mark.parametrize(
    "cell",
    [
        1.005,
        12.345,
        -5.0,
        1e7,
        1e300,
        1e-5,
        "1,50",
        "12,34",
        "12,345,678.00",
        "12.345",
        "0012",
        "abc",
        "-1",
        True,
        TEN_MAY,
        "1e3",
    ],
)
def test_what_is_no_amount(cell: object) -> None:
    with pytest.raises(Refused) as refused:
        amount(cell)
    assert refused.value.code == "cell-amount"
    assert dict(refused.value.values)["value"]


@given(st.integers(min_value=0, max_value=9999999_99))
def test_every_amount_comes_back_to_the_fen(fen: int) -> None:
    assert amount(fen / 100) == fen
    assert amount(f"{fen // 100}.{fen % 100:02d}") == fen
    assert amount(f"¥{fen // 100:,}.{fen % 100:02d}") == fen


@pytest.mark.parametrize(
    ("cell", "found"), [(0.1, 1000), (1.0, 10_000), (0.675, 6750), ("10%", 1000), ("１２.5％", 1250), ("0.3", 3000)]
)
def test_shares(cell: object, found: int) -> None:
    assert ratio(cell) == found


@pytest.mark.parametrize("cell", [10.0, 1.5, "120%", "0.12345", "x", -0.1])
def test_what_is_no_share(cell: object) -> None:
    with pytest.raises(Refused, match="cell-ratio"):
        ratio(cell)


@pytest.mark.parametrize(
    "cell",
    [
        TEN_MAY,
        datetime(2025, 5, 10, 9, 30),  # noqa: DTZ001 - a spreadsheet has no zone
        "2025-05-10",
        "2025/5/10",
        "2025.5.10",
        "20250510",
        20250510.0,
        "2025年5月10日",
        "２０２５-05-10",
        " 2025-05-10 09:30:00 ",
    ],
)
def test_days(cell: object) -> None:
    assert day(cell) == TEN_MAY


@pytest.mark.parametrize("cell", ["2025-02-30", 45787.0, "10/5/2025", "今天", True, "2025-13-01"])
def test_what_is_no_day(cell: object) -> None:
    with pytest.raises(Refused, match="cell-date"):
        day(cell)


def test_id_numbers() -> None:
    assert id_number("43020219000101002x") == "43020219000101002X"
    with pytest.raises(Refused, match="id-as-number"):
        id_number(4.3020219000101e17)
    with pytest.raises(Refused, match="id-number"):
        id_number("123")
    assert masked("430202190001010029") == "430***********0029"
    assert masked("王芳") == "王芳"


def test_texts() -> None:
    assert words(" 阿莫西林\n胶囊 ") == "阿莫西林 胶囊"
    assert words(1001.0) == "1001"
    assert called(" 王芳 ") == "王芳"
    with pytest.raises(Refused, match="id-as-number"):
        called(430202190001010029.0)
    with pytest.raises(Refused, match="control-character"):
        words("a\x07")


def test_whole_numbers() -> None:
    taken = whole_number(1, 9999)
    assert [taken(cell) for cell in (1.0, "２", "9999")] == [1, 2, 9999]
    for cell in (0.0, 1.5, "x", 10000.0, "-1", ""):
        with pytest.raises(Refused, match="number-range"):
            taken(cell)


def test_what_was_seen_is_not_asked_again() -> None:
    asked: list[object] = []

    def convert(cell: object) -> object:
        asked.append(cell)
        return str(cell)

    seen = Seen(convert, 7)
    assert [seen[cell] for cell in ("a", "a", "", "  ")] == ["a", "a", 7, 7]
    assert asked == ["a"]
    with pytest.raises(Refused, match="blank"):
        Seen(convert)[" "]


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("kind", BENEFITS),
        ("benefit", BENEFITS),
        ("level", LEVELS),
        ("category", CATEGORIES),
        ("class", CLASSES),
        ("relation", RELATIONS),
        ("insurance", INSURANCES),
        ("status", STATUSES),
        ("disease", DISEASES),
        ("grade", get_args(Grade)),
        ("designated", (True, False)),
    ],
)
def test_every_value_of_the_domain_has_its_words(column: str, values: tuple[Any, ...]) -> None:
    assert [word.value for word in CHOICES[column]] == list(values)
    for language in ("zh", "en"):
        take: Callable[[object], object] = choice(column, language)
        assert [take(title(column, value, language)) for value in values] == list(values)
    told = [plain(text) for word in CHOICES[column] for text in (word.zh, word.en, *word.also)]
    assert len(told) == len(set(told)) == len(meanings(column)), "a word that means two things"


def test_words_are_forgiving() -> None:
    assert choice("level", "zh")(" 三级（医院） ") == "tertiary"
    assert choice("class", "zh")("ａ") == "A"
    assert choice("designated", "zh")(True) is True
    assert choice("designated", "zh")(0.0) is False
    with pytest.raises(Refused) as refused:
        choice("kind", "zh")("急诊")
    assert dict(refused.value.values) == {"value": "急诊", "words": "门诊 | 慢特病 | 两病 | 药店 | 住院"}


@pytest.mark.parametrize("cell", [46340.0, "46340", " 46340 "])
def test_a_date_kept_as_a_number_is_named(cell: object) -> None:
    with pytest.raises(Refused) as refused:
        day(cell)
    assert (refused.value.code, dict(refused.value.values)["day"]) == ("cell-date-number", "2026-11-14")
    said = row_sentence(RowFault("费用", 2, "日期", refused.value.code, refused.value.values), Wording("zh"))
    assert said == "“46340”是存成数字的日期（2026-11-14）；请把这一列的格式设为日期"


@pytest.mark.parametrize("cell", [20261132.0, 12.0, 46340.5, "第46340天"])
def test_a_number_that_counts_no_days_is_no_date(cell: object) -> None:
    with pytest.raises(Refused) as refused:
        day(cell)
    assert refused.value.code == "cell-date"
