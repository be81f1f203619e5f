"""Money in fen and ratios in ten-thousandths."""

import pytest

from famgui.domain.money import format_amount, format_ratio, grouped, half_up, parse_amount, parse_ratio, part_of


@pytest.mark.parametrize(
    ("text", "fen"),
    [("0", 0), ("0.00", 0), ("0.01", 1), ("0.1", 10), ("1", 100), ("120.5", 12050), ("9999999.99", 999_999_999)],
)
def test_an_amount_is_read_to_the_fen(text, fen):
    assert parse_amount(text) == fen


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-1.00",
        "+1.00",
        "1,000.00",
        " 1.00",
        "1.00\n",
        "01.00",
        "00",
        ".50",
        "1.",
        "1.234",
        "10000000.00",
        "1e3",
        "１.00",
        "¥1",
        "0x1",
    ],
)
def test_anything_else_is_no_amount(text):
    with pytest.raises(ValueError):
        parse_amount(text)


@pytest.mark.parametrize(("fen", "text"), [(0, "0.00"), (5, "0.05"), (-5, "-0.05"), (34800, "348.00"), (-100, "-1.00")])
def test_an_amount_is_written_with_two_digits(fen, text):
    assert format_amount(fen) == text


@pytest.mark.parametrize(
    ("text", "ratio"), [("0", 0), ("1", 10_000), ("1.0000", 10_000), ("0.1", 1000), ("0.10", 1000), ("0.3333", 3333)]
)
def test_a_ratio_is_read_in_ten_thousandths(text, ratio):
    assert parse_ratio(text) == ratio


@pytest.mark.parametrize("text", ["", "1.0001", "2", "-0.1", "0.12345", ".5", "0.", "00.5", "0,5", "50%", "1\n"])
def test_anything_else_is_no_ratio(text):
    with pytest.raises(ValueError):
        parse_ratio(text)


@pytest.mark.parametrize(
    ("ratio", "text"), [(0, "0.00"), (6000, "0.60"), (6750, "0.675"), (3333, "0.3333"), (10_000, "1.00"), (5, "0.0005")]
)
def test_a_ratio_is_written_with_at_least_two_decimals(ratio, text):
    assert format_ratio(ratio) == text


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [(0, 3, 0), (1, 2, 1), (49, 100, 0), (5, 10, 1), (15, 10, 2), (25, 10, 3), (7, 3, 2)],
)
def test_half_a_fen_is_rounded_up(numerator, denominator, rounded):
    assert half_up(numerator, denominator) == rounded


@pytest.mark.parametrize(
    ("fen", "ratio", "part"),
    [(5, 1000, 1), (4, 1000, 0), (5, 7000, 4), (12345, 6000, 7407), (100, 0, 0), (99, 10_000, 99)],
)
def test_a_part_of_an_amount_is_rounded_half_up(fen, ratio, part):
    assert part_of(fen, ratio) == part


def test_amounts_are_grouped_by_thousands_for_reading() -> None:
    assert [grouped(fen) for fen in (0, 5, -5, 99_999, 100_000, -478_800, 123_456_789)] == [
        "0.00",
        "0.05",
        "-0.05",
        "999.99",
        "1,000.00",
        "-4,788.00",
        "1,234,567.89",
    ]
