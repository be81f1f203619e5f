"""Citizen ID numbers. The numbers are examples of the standard or belong to nobody."""

from datetime import date

import pytest

from famgui.domain.identity import birth_date, check_digit, id_problems, normal_id_number
from famgui.domain.person import Person

TODAY = date(2026, 11, 22)
COUNTIES = {"430202", "110105", "440524"}


def numbered(first17):
    return first17 + check_digit(first17)


def problems(number, regions=COUNTIES):
    return list(id_problems(number, today=TODAY, regions=regions))


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_the_examples_of_the_standard_are_right(number):
    assert problems(number) == []


def test_the_check_character_follows_powers_of_two():
    for order in range(50):
        first17 = f"43020219900101{order:03d}"
        total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(first17))
        value = 10 if check_digit(first17) == "X" else int(check_digit(first17))
        assert (total + value) % 11 == 1


@pytest.mark.parametrize("place", range(17))
def test_one_wrong_digit_is_noticed(place):
    number = "11010519491231002X"
    wrong = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
    assert "ID_CHECKSUM" in problems(wrong)


def test_a_lower_case_x_is_accepted():
    assert normal_id_number("11010519491231002x") == "11010519491231002X"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "11010519491231002",
        "11010519491231002XX",
        "1101051949123100XX",
        "１1010519491231002X",
        "11010519491231002X\n",
        "11010519491231002Y",
        " 1010519491231002X",
        "110105491231002",
    ],
)
def test_other_forms_are_no_id_number(text):
    assert normal_id_number(text) is None


@pytest.mark.parametrize(
    ("eight", "born"),
    [
        ("20000229", date(2000, 2, 29)),
        ("19000229", None),
        ("20230230", None),
        ("20231301", None),
        ("20230100", None),
        ("00000101", None),
    ],
)
def test_the_date_of_birth_must_be_in_the_calendar(eight, born):
    assert birth_date(numbered(f"430202{eight}002")) == born


@pytest.mark.parametrize(
    ("eight", "wrong"),
    [
        ("20261122", []),
        ("20261123", ["ID_DATE"]),
        ("20260230", ["ID_DATE"]),
        ("18760101", []),
        ("18751231", ["ID_DATE"]),
    ],
)
def test_birth_is_neither_in_the_future_nor_over_150_years_ago(eight, wrong):
    assert problems(numbered(f"430202{eight}002")) == wrong


def test_a_checksum_and_a_date_are_named_together():
    number = numbered("43020219900230002")
    wrong = number[:17] + ("1" if number[17] != "1" else "2")
    assert problems(wrong) == ["ID_CHECKSUM", "ID_DATE"]


def test_an_unknown_county_is_named():
    assert problems(numbered("99999919900101002")) == ["ID_REGION_UNKNOWN"]


@pytest.mark.parametrize("permit", ["810000", "820000", "830000"])
def test_residence_permits_are_known_everywhere(permit):
    assert problems(numbered(f"{permit}19900101002"), regions=()) == []


@pytest.mark.parametrize(
    ("day", "age"), [(date(2020, 2, 29), 69), (date(2020, 3, 1), 70), (date(2020, 12, 31), 70), (date(2021, 2, 28), 70)]
)
def test_age_in_whole_years(day, age):
    assert Person("a", "employee", "430200", born=date(1950, 3, 1)).age_on(day) == age


def test_a_birth_date_that_does_not_exist_gives_no_age():
    assert Person("a", "employee", "430200", id_number="430202194902290020").age_on(date(2020, 1, 1)) is None


def test_age_by_the_id_number_or_the_date_of_birth_typed():
    number = "430202190001010029"
    assert Person("a", "employee", "430200", id_number=number).age_on(date(2025, 1, 1)) == 125
    assert Person("a", "employee", "430200", id_number=number, born=date(2000, 1, 1)).age_on(date(2025, 1, 1)) == 25
    assert Person("a", "employee", "430200").age_on(date(2025, 1, 1)) is None
