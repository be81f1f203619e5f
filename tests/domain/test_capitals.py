"""Amounts in capitals against the vectors of the standard, and read back by a second, independent reading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from famgui.domain.capitals import capitals
from famgui.domain.money import parse_amount

VECTORS = {
    "0": ["零元整"],
    "0.01": ["壹分"],
    "0.10": ["壹角", "壹角整"],
    "10.05": ["壹拾元零伍分"],
    "100000.10": ["壹拾万元壹角", "壹拾万元壹角整", "壹拾万元零壹角", "壹拾万元零壹角整"],
    "10001.00": ["壹万零壹元整"],
    "1409.50": ["壹仟肆佰零玖元伍角", "壹仟肆佰零玖元伍角整"],
    "6007.14": ["陆仟零柒元壹角肆分"],
    "1680.32": ["壹仟陆佰捌拾元零叁角贰分", "壹仟陆佰捌拾元叁角贰分"],
    "107000.53": ["壹拾万柒仟元零伍角叁分", "壹拾万零柒仟元伍角叁分"],
    "16409.02": ["壹万陆仟肆佰零玖元零贰分"],
    "325.04": ["叁佰贰拾伍元零肆分"],
    "9999999.99": ["玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"],
}


def fen(text: str) -> int:
    """Fen of any amount in yuan, beyond what a case file takes as well."""
    yuan, _, cents = text.partition(".")
    return int(yuan) * 100 + int(cents.ljust(2, "0") or 0)


@pytest.mark.parametrize(("amount", "accepted"), VECTORS.items())
def test_vectors_of_the_standard(amount: str, accepted: list[str]) -> None:
    assert capitals(parse_amount(amount)) in accepted


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("1234567890.12", "壹拾贰亿叁仟肆佰伍拾陆万柒仟捌佰玖拾元零壹角贰分"),
        ("100000000", "壹亿元整"),
        ("100000001", "壹亿零壹元整"),
        ("100010000", "壹亿零壹万元整"),
        ("100020003000", "壹仟亿贰仟万叁仟元整"),
        ("999900000000", "玖仟玖佰玖拾玖亿元整"),
        ("100003000", "壹亿零叁仟元整"),
        ("20000000300", "贰佰亿零叁佰元整"),
        ("10000000.01", "壹仟万元零壹分"),
        ("1000.20", "壹仟元零贰角"),
        ("20.00", "贰拾元整"),
        ("1.01", "壹元零壹分"),
    ],
)
def test_zeros_are_said_once(amount: str, words: str) -> None:
    assert capitals(fen(amount)) == words


def test_below_zero() -> None:
    assert capitals(-150) == "负壹元伍角"
    assert capitals(-1) == "负壹分"


def test_what_is_too_much_is_refused() -> None:
    assert capitals(10**14 - 1).startswith("玖仟玖佰玖拾玖亿玖仟")
    with pytest.raises(ValueError, match="1000"):
        capitals(10**14)


def read_back(words: str) -> int:
    """Fen of an amount in capitals: a reading that shares nothing with the writing."""
    digits = {word: number for number, word in enumerate("零壹贰叁肆伍陆柒捌玖")}
    sign, words = (-1, words[1:]) if words.startswith("负") else (1, words)
    yuan, _, rest = words.partition("元") if "元" in words else ("", "", words)
    total = section = digit = 0
    for word in yuan:
        if word in digits:
            digit = digits[word]
        elif word in "拾佰仟":
            section += digit * {"拾": 10, "佰": 100, "仟": 1000}[word]
            digit = 0
        else:
            section += digit
            total = (total + section) * 10**8 if word == "亿" else total + section * 10_000
            section = digit = 0
    total = (total + section + digit) * 100
    for word, worth in (("角", 10), ("分", 1)):
        if word in rest:
            total += digits[rest[rest.index(word) - 1]] * worth
    return sign * total


@given(st.integers(1 - 10**14, 10**14 - 1))
def test_every_amount_can_be_read_back(amount: int) -> None:
    words = capitals(amount)
    assert read_back(words) == amount
    assert "零零" not in words and "零元" not in words.removeprefix("零元")
    assert words.endswith("整") == (amount % 100 == 0)
