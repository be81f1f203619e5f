"""The rule book: which of several values holds, on which days, and over which clauses it won."""

from datetime import date, timedelta

import pytest

from famgui.domain.rule import NOTHING, Row
from famgui.domain.rulebook import RuleBook
from tests.domain.building import ARTICLE_C, DAY, FUJIAN, HUNAN, SHANGHAI, ZHUZHOU

FROM, TO = date(2023, 6, 1), date(2024, 12, 31)
ONE = timedelta(1)


def rules(*layers, day=DAY):
    return RuleBook("430200", layers).at(day)


def keep(value, clause, *, first=None, last=None, **when):
    return Row("account.keep", value, clause, tuple((name, (word,)) for name, word in when.items()), first, last)


@pytest.mark.parametrize(("day", "value"), [(FROM - ONE, None), (FROM, 5), (TO, 5), (TO + ONE, None)])
def test_first_and_last_day_count(day, value):
    assert rules([keep(5, "T-1", first=FROM, last=TO)], day=day).find("account.keep").value == value


@pytest.mark.parametrize("day", [date.min, DAY, date.max])
def test_an_unknown_start_and_end_are_open(day):
    assert rules([keep(5, "T-1")], day=day).find("account.keep").value == 5


def test_what_no_pack_says_is_nothing():
    assert rules([keep(5, "T-1")]).find("account.order") == NOTHING


def test_the_nearest_place_wins_and_says_over_whom():
    found = rules([keep(1, "CITY")], [keep(2, "PROVINCE")], [keep(3, "NATION")]).find("account.keep")
    assert (found.value, found.clause, found.over) == (1, "CITY", ("PROVINCE", "NATION"))


def test_the_nearest_place_wins_even_when_less_specific_and_older():
    near, far = keep(1, "CITY", first=date(2020, 1, 1)), keep(2, "PROVINCE", first=FROM, insurance="employee")
    assert rules([near], [far]).find("account.keep", insurance="employee").value == 1


def test_within_a_place_the_most_specific_wins():
    general, special = keep(1, "T-1", first=FROM), keep(2, "T-2", insurance="employee")
    found = rules([general, special])
    assert found.find("account.keep", insurance="employee")[:2] == (2, "T-2")
    assert found.find("account.keep", insurance="resident")[:2] == (1, "T-1")
    assert found.find("account.keep").value == 1


@pytest.mark.parametrize("turned", [False, True])
def test_of_equally_specific_ones_the_latest_begun_wins(turned):
    both = [keep(1, "OLD", first=FROM), keep(2, "NEW", first=FROM + ONE)]
    found = rules(both[::-1] if turned else both).find("account.keep")
    assert (found.value, found.over) == (2, ("OLD",))


def test_an_unknown_start_is_older_than_any_known_one():
    assert rules([keep(1, "OPEN"), keep(2, "DATED", first=date(1990, 1, 1))]).find("account.keep").value == 2


def test_before_the_newer_begins_the_older_holds():
    both = [keep(1, "OLD", first=FROM), keep(2, "NEW", first=TO)]
    assert rules(both, day=TO - ONE).find("account.keep")[:2] == (1, "OLD")


def test_the_same_clause_is_not_named_as_beaten():
    assert rules([keep(1, "T-1", level="primary"), keep(2, "T-1")]).find("account.keep", level="primary").over == ()


def test_every_condition_must_be_met():
    special = keep(2, "T-2", insurance="employee", status="retired")
    assert rules([special]).find("account.keep", insurance="employee", status="active") == NOTHING
    assert rules([special]).find("account.keep", insurance="employee") == NOTHING


def test_a_condition_may_name_several_words():
    one = Row("account.keep", 5, "T-1", (("level", ("primary", "secondary")),))
    values = [rules([one]).find("account.keep", level=level).value for level in ("primary", "secondary", "tertiary")]
    assert values == [5, 5, None]


def test_a_value_tells_whether_it_is_weak_and_which_clauses_stand_beside():
    found = rules([Row("account.keep", 5, "T-1", weak=True, beside=("T-9",))]).find("account.keep")
    assert (found.weak, found.beside) == (True, ("T-9",))


def test_a_benefit_without_a_ratio_has_no_rule():
    cap = Row("pool.cap.year", 100, "T-1")
    assert rules([cap]).benefit("outpatient", "employee", "active", "tertiary") is None


def test_flexible_employees_count_as_active():
    ratio = Row("pool.ratio", 6000, "T-1", (("status", ("active",)),))
    assert rules([ratio]).benefit("outpatient", "employee", "flexible", "tertiary").ratio.value == 6000


def test_without_any_word_on_it_the_own_account_pays_first_by_priority_without_limits():
    found = rules([]).sharing
    assert (found.own_first, found.order, found.keep, found.prior_only, found.payment_ratio) == (
        True,
        "priority",
        0,
        False,
        None,
    )


def test_a_day_without_rules_stays_without_beside_days_with_rules():
    found = RuleBook("430200", [[keep(5, "T-1", first=FROM, last=TO)]])
    days = [FROM, TO + ONE, FROM - ONE, TO]
    assert [found.at(day).find("account.keep").value for day in days] == [5, None, None, 5]


def ratio(book, place, day, benefit, insurance, level):
    found = book(place).at(day).benefit(benefit, insurance, "active", level)
    return None if found is None else found.ratio.value


@pytest.mark.parametrize(
    ("place", "day", "benefit", "insurance", "level", "expected"),
    [
        (ZHUZHOU, date(2023, 5, 31), "outpatient", "employee", "tertiary", None),
        (ZHUZHOU, date(2023, 6, 1), "outpatient", "employee", "tertiary", 6000),
        (HUNAN, date(2023, 6, 1), "outpatient", "employee", "secondary", 6000),
        ("430100", date(2025, 1, 1), "outpatient", "employee", "primary", 7000),
        (ZHUZHOU, date(2025, 1, 1), "outpatient", "employee", "community", 7000),
        (ZHUZHOU, date(2020, 12, 31), "outpatient", "resident", "community", None),
        (ZHUZHOU, date(2021, 1, 1), "outpatient", "resident", "community", 7000),
        (ZHUZHOU, date(2025, 1, 1), "outpatient", "resident", "primary", None),
        ("430202", date(2025, 1, 1), "outpatient", "resident", "community", None),
        (ZHUZHOU, date(2023, 8, 31), "chronic", "resident", "tertiary", None),
        (HUNAN, date(2023, 9, 1), "chronic", "resident", "tertiary", 7000),
        (ZHUZHOU, date(2025, 1, 1), "chronic", "employee", "tertiary", None),
        (ZHUZHOU, date(2025, 1, 1), "pharmacy", "employee", "", None),
        (ZHUZHOU, date(2025, 1, 1), "inpatient", "employee", "tertiary", None),
        (FUJIAN, date(2025, 1, 1), "outpatient", "employee", "tertiary", None),
        (SHANGHAI, date(2025, 1, 1), "chronic", "resident", "tertiary", None),
        (ARTICLE_C, date(2025, 1, 1), "outpatient", "employee", "tertiary", None),
    ],
)
def test_the_pool_has_a_rule_where_and_when_the_format_says(book, place, day, benefit, insurance, level, expected):
    assert ratio(book, place, day, benefit, insurance, level) == expected


OUTPATIENT = (("benefit", ("outpatient",)),)
TERTIARY = (*OUTPATIENT, ("level", ("tertiary",)))


def band(value, above=None, when=OUTPATIENT, clause="T-1"):
    return Row("pool.ratio", value, clause, when, above=above)


def bands(*layers):
    found = RuleBook("430200", layers).at(date(2025, 1, 1)).benefit("outpatient", "employee", "active", "tertiary")
    return found.ratio.value, [(above, value.value) for above, value in found.bands]


def test_a_band_is_no_ratio_from_the_first_fen():
    assert bands([band(5000, 100), band(7000)]) == (7000, [(100, 5000)])


def test_bands_come_lowest_first_and_the_most_specific_of_each_wins():
    rows = [band(4000, 900), band(6000, 100, TERTIARY), band(5000, 100), band(7000)]
    assert bands(rows) == (7000, [(100, 6000), (900, 4000)])


def test_a_place_with_a_ratio_of_its_own_does_not_inherit_bands():
    assert bands([band(8000)], [band(7000), band(5000, 100)]) == (8000, [])
    assert bands([], [band(7000), band(5000, 100)]) == (7000, [(100, 5000)])
