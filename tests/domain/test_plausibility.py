"""What is unusual about a relation: warned of, never refused, and silent where nothing is known."""

import pytest

from famgui.domain.identity import check_digit
from famgui.domain.plausibility import Oddity, oddities, years_older
from tests.domain.building import DAY, employee, resident, row


def number(born: str, sex: int = 1) -> str:
    """A checksum-valid number of a made-up person born on a day; an odd `sex` is male."""
    first = f"430202{born}00{sex}"
    return first + check_digit(first)


def people(authorizer: str, user: str):
    return {"li": employee("li", id_number=authorizer), "mei": resident("mei", id_number=user)}


LI = number("19800510")


@pytest.mark.parametrize(
    ("relation", "user", "found"),
    [
        ("parent", number("19640510"), ()),
        ("parent", number("19640511"), (Oddity("AGES", 15),)),
        ("parent", number("19900101"), (Oddity("AGES", -9),)),
        ("child", number("19960510"), ()),
        ("child", number("19960509"), (Oddity("AGES", 15),)),
        ("paternal-grandparent", number("19480510"), ()),
        ("maternal-grandparent", number("19480511"), (Oddity("AGES", 31),)),
        ("sons-child", number("20120510"), ()),
        ("daughters-child", number("20120509"), (Oddity("AGES", 31),)),
        ("sibling", number("20250101"), ()),
        ("spouse", number("19820101", 2), ()),
        ("spouse", number("19820101", 1), (Oddity("SPOUSE_SEX"),)),
        ("spouse", number("20050511", 2), (Oddity("SPOUSE_AGE", 19),)),
        ("spouse", number("20050510", 2), ()),
    ],
)
def test_ages_and_sexes(relation, user, found):
    assert oddities(row("li", "mei", relation), (), people(LI, user), DAY) == found


def test_nothing_is_said_where_no_number_is_known():
    nobody = people("", "")
    for relation in ("parent", "child", "spouse", "paternal-grandparent"):
        assert oddities(row("li", "mei", relation), (), nobody, DAY) == ()


def test_a_date_of_birth_counts_where_there_is_no_number():
    known = {"li": employee("li", id_number=LI), "mei": resident("mei", born=DAY)}
    assert oddities(row("li", "mei", "parent"), (), known, DAY) == (Oddity("AGES", -45),)


def test_a_second_spouse_and_a_third_parent():
    persons = people("", "") | {name: resident(name) for name in ("a", "b")}
    spouse = [row("li", "a")]
    assert oddities(row("li", "mei"), spouse, persons, DAY) == (Oddity("SECOND_SPOUSE"),)
    assert oddities(row("li", "a"), spouse, persons, DAY) == ()
    assert oddities(row("li", "mei"), [row("li", "a", ends=DAY.replace(day=1))], persons, DAY) == ()
    assert oddities(row("li", "mei"), [row("mei", "a")], persons, DAY) == ()
    parents = [row("li", "a", "parent"), row("li", "b", "parent")]
    assert oddities(row("li", "mei", "parent"), parents, persons, DAY) == (Oddity("THIRD_PARENT"),)
    assert oddities(row("li", "mei", "parent"), parents[:1], persons, DAY) == ()


@pytest.mark.parametrize(
    ("side", "sex", "odd"), [("paternal", 1, True), ("maternal", 1, False), ("paternal", 2, False)]
)
def test_two_grandfathers_of_one_side(side, sex, odd):
    persons = people("", number("19400101", sex)) | {"a": resident("a", id_number=number("19410101", 1))}
    rows = [row("li", "a", "paternal-grandparent")]
    found = oddities(row("li", "mei", f"{side}-grandparent"), rows, persons, DAY)
    assert found == ((Oddity("SAME_GRANDPARENT"),) if odd else ())


def test_years_are_whole():
    elder, younger = resident("a", born=DAY), resident("b", born=DAY.replace(year=2040, day=9))
    assert years_older(elder, younger) == 14
    assert years_older(younger, elder) == -14
    assert years_older(elder, elder) == 0
    assert years_older(elder, resident("c")) is None
