"""Bindings: days in force, who stands in line and why others do not, and what may be bound."""

from datetime import date, timedelta

import pytest

from famgui.domain.binding import bind_problems, never_allowed, standing
from tests.domain.building import ARTICLE_C, DAY, FUJIAN, SHANGHAI, ZHUZHOU, employee, resident, row, uninsured

BEFORE, AFTER = DAY - timedelta(1), DAY + timedelta(1)
EIGHT = [
    "spouse",
    "parent",
    "child",
    "sibling",
    "paternal-grandparent",
    "maternal-grandparent",
    "sons-child",
    "daughters-child",
]


def permitted(_row):
    return ()


def why(*rows):
    """Who is named as absent on the day when every row is permitted."""
    return standing(rows, DAY, permitted).absent


@pytest.mark.parametrize(
    ("starts", "ends", "live"),
    [(DAY, None, True), (AFTER, None, False), (BEFORE, DAY, True), (BEFORE, BEFORE, False), (DAY, DAY, True)],
)
def test_first_and_last_day_count(starts, ends, live):
    assert row("li", "mei", starts=starts, ends=ends).in_force(DAY) is live


@pytest.mark.parametrize(("unbound_on", "live"), [(BEFORE, False), (DAY, False), (AFTER, True)])
def test_unbinding_works_at_once(unbound_on, live):
    assert row("li", "mei", unbound_on=unbound_on).in_force(DAY) is live


def test_a_row_not_yet_begun_is_open_but_not_in_force():
    later = row("li", "mei", starts=AFTER)
    assert later.open_on(DAY)
    assert not later.in_force(DAY)


@pytest.mark.parametrize(
    ("first", "second", "common"),
    [
        ({"starts": BEFORE, "ends": DAY}, {"starts": DAY}, True),
        ({"starts": BEFORE, "ends": BEFORE}, {"starts": DAY}, False),
        ({"starts": BEFORE}, {"starts": AFTER}, True),
        ({"starts": BEFORE, "unbound_on": DAY}, {"starts": DAY}, False),
        ({"starts": BEFORE, "unbound_on": AFTER}, {"starts": DAY}, True),
        ({"starts": DAY, "unbound_on": DAY}, {"starts": BEFORE}, False),
    ],
)
def test_rows_overlap_when_both_are_in_force_on_a_day(first, second, common):
    one, other = row("li", "mei", **first), row("li", "mei", **second)
    assert one.overlaps(other) is common
    assert other.overlaps(one) is common


def test_rows_in_force_stand_in_line_and_nobody_is_absent():
    rows = (row("li", "mei"), row("zhao", "mei"))
    assert standing(rows, DAY, permitted) == (rows, ())


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"starts": AFTER}, "BIND_NOT_STARTED"),
        ({"ends": BEFORE}, "BIND_EXPIRED"),
        ({"unbound_on": DAY}, "UNBOUND"),
        ({"ends": BEFORE, "unbound_on": DAY}, "UNBOUND"),
        ({"ends": BEFORE, "unbound_on": AFTER}, "BIND_EXPIRED"),
        ({"starts": AFTER, "unbound_on": BEFORE}, "UNBOUND"),
        ({"starts": BEFORE, "unbound_on": BEFORE}, "UNBOUND"),
    ],
)
def test_a_row_not_in_force_says_why(more, code):
    assert why(row("li", "mei", **more)) == ((code, "li"),)


def test_the_row_begun_last_speaks_for_the_pair():
    ended = row("li", "mei", starts=date(2024, 1, 1), ends=date(2024, 12, 31))
    unbound = row("li", "mei", starts=date(2025, 1, 1), unbound_on=DAY)
    later = row("li", "mei", starts=AFTER)
    assert why(unbound, ended, later) == (("UNBOUND", "li"),)
    assert why(ended, later) == (("BIND_EXPIRED", "li"),)


def test_of_rows_begun_on_one_day_the_later_row_speaks():
    ended, unbound = row("li", "mei", ends=BEFORE), row("li", "mei", unbound_on=BEFORE)
    assert why(ended, unbound) == (("UNBOUND", "li"),)
    assert why(unbound, ended) == (("BIND_EXPIRED", "li"),)


def test_a_row_unbound_before_its_start_speaks_only_if_every_row_is_unbound():
    undone = row("li", "mei", starts=AFTER, unbound_on=BEFORE)
    assert why(undone, row("li", "mei", starts=AFTER)) == (("BIND_NOT_STARTED", "li"),)
    assert why(undone, row("li", "mei", ends=BEFORE)) == (("BIND_EXPIRED", "li"),)


def test_a_row_unbound_before_its_start_never_counts_as_begun():
    undone = row("li", "mei", starts=DAY, unbound_on=BEFORE)
    assert why(undone, row("li", "mei", ends=BEFORE)) == (("BIND_EXPIRED", "li"),)
    assert why(undone) == (("UNBOUND", "li"),)


def test_rows_never_allowed_speak_only_without_a_permitted_one():
    def refused(judged):
        return (("RELATION_NOT_ALLOWED", "mei"),) if judged.relation == "in-law" else ()

    never = row("li", "mei", "in-law")
    assert standing([never], DAY, refused).absent == (("RELATION_NOT_ALLOWED", "li"),)
    assert standing([never, row("li", "mei", ends=BEFORE)], DAY, refused).absent == (("BIND_EXPIRED", "li"),)
    allowed = row("li", "mei")
    assert standing([never, allowed], DAY, refused) == ((allowed,), ())


def test_rows_never_allowed_speak_even_when_ended():
    ended = row("li", "mei", ends=BEFORE)
    found = standing([ended], DAY, lambda _row: (("NO_ACCOUNT", "li"), ("NOT_INSURED", "mei")))
    assert found == ((), (("NO_ACCOUNT", "li"), ("NOT_INSURED", "li")))


@pytest.fixture(scope="module")
def hunan(book):
    return book(ZHUZHOU).at(DAY)


@pytest.mark.parametrize("place", [ZHUZHOU, FUJIAN, SHANGHAI])
@pytest.mark.parametrize("relation", EIGHT)
def test_the_eight_near_relations_are_allowed(book, place, relation):
    assert never_allowed(employee("li", place), resident("mei", place), relation, book(place).at(DAY)) == ()


@pytest.mark.parametrize("relation", ["in-law", "other"])
def test_other_relations_never_are(hunan, relation):
    found = never_allowed(employee("li"), resident("mei"), relation, hunan)
    assert found == (("RELATION_NOT_ALLOWED", "mei"),)


def test_article_c_knows_three_relations(book):
    li, mei, rules = employee("li", ARTICLE_C), resident("mei", ARTICLE_C), book(ARTICLE_C).at(DAY)
    assert [relation for relation in EIGHT if not never_allowed(li, mei, relation, rules)] == EIGHT[:3]


def test_oneself_is_named_alone(hunan):
    me = employee("li", FUJIAN, has_account=False)
    assert never_allowed(me, me, "other", hunan) == (("SELF_BINDING", "li"),)


def test_everything_that_forbids_a_pair_is_named(hunan):
    found = never_allowed(employee("li", FUJIAN, has_account=False), uninsured("mei"), "other", hunan)
    assert found == (
        ("NO_ACCOUNT", "li"),
        ("OTHER_PROVINCE", "li"),
        ("NOT_INSURED", "mei"),
        ("RELATION_NOT_ALLOWED", "mei"),
    )


def test_who_is_not_insured_is_in_no_other_province(hunan):
    assert never_allowed(employee("li"), uninsured("mei", FUJIAN), "child", hunan) == (("NOT_INSURED", "mei"),)


def test_another_city_of_the_province_is_no_hindrance(hunan):
    assert never_allowed(employee("li", "430100"), resident("mei", "431300"), "child", hunan) == ()


def asked(rules, register, user="new", authorizer="li", **more):
    """Codes of a bind asked for on the day, with residents in plenty."""
    persons = {found.id: found for found in (employee(authorizer), resident(user), *map(resident, map(str, range(30))))}
    new = row(authorizer, user, starts=more.pop("starts", DAY), **more)
    return [problem.code for problem in bind_problems(new, register, persons, rules, day=DAY)]


def several(count, first=0, **more):
    return [row("li", str(number), **more) for number in range(first, first + count)]


@pytest.mark.parametrize(("standing_rows", "found"), [(9, []), (10, ["BIND_LIMIT"])])
def test_ten_users_may_be_bound_at_once(hunan, standing_rows, found):
    assert asked(hunan, several(standing_rows)) == found


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"ends": DAY}, ["BIND_LIMIT"]),
        ({"ends": BEFORE}, []),
        ({"unbound_on": DAY}, []),
        ({"unbound_on": AFTER}, ["BIND_LIMIT"]),
        ({"starts": AFTER}, ["BIND_LIMIT"]),
    ],
)
def test_rows_open_on_the_day_count_towards_the_ten(hunan, more, found):
    assert asked(hunan, [*several(9), row("li", "9", **more)]) == found


@pytest.mark.parametrize(("ended", "found"), [(19, []), (20, ["LIFETIME_LIMIT"])])
def test_twenty_users_may_be_bound_over_a_lifetime(hunan, ended, found):
    assert asked(hunan, several(ended, ends=BEFORE)) == found


def test_both_limits_are_named_together(hunan):
    assert asked(hunan, several(10) + several(10, 10, ends=BEFORE)) == ["BIND_LIMIT", "LIFETIME_LIMIT"]


def test_who_was_bound_before_takes_no_new_lifetime_place(hunan):
    assert asked(hunan, several(20, ends=BEFORE), user="7") == []


def test_who_is_bound_now_takes_no_new_place(hunan):
    assert asked(hunan, several(10, ends=DAY), user="7", starts=AFTER) == []


def test_a_user_of_two_rows_counts_once(hunan):
    assert asked(hunan, several(9) + several(9, starts=AFTER)) == []


@pytest.mark.parametrize(("count", "found"), [(4, []), (5, ["BIND_LIMIT"])])
def test_article_c_binds_five_at_once(book, count, found):
    persons = {str(number): resident(str(number), ARTICLE_C) for number in range(30)}
    persons["li"] = employee("li", ARTICLE_C)
    new = row("li", "29", starts=DAY)
    problems = bind_problems(new, several(count), persons, book(ARTICLE_C).at(DAY), day=DAY)
    assert [problem.code for problem in problems] == found


@pytest.mark.parametrize("place", [FUJIAN, SHANGHAI])
def test_fujian_and_shanghai_know_no_limits(book, place):
    persons = {str(number): resident(str(number), place) for number in range(30)}
    persons["li"] = employee("li", place)
    assert bind_problems(row("li", "29", starts=DAY), several(25), persons, book(place).at(DAY), day=DAY) == []


@pytest.mark.parametrize(("ends", "found"), [(BEFORE, []), (DAY, ["DUPLICATE_BINDING"]), (None, ["DUPLICATE_BINDING"])])
def test_periods_of_a_pair_must_not_overlap(hunan, ends, found):
    assert asked(hunan, [row("li", "new", ends=ends)]) == found


def test_every_failed_check_is_reported_as_an_error_on_its_person(hunan):
    persons = {"li": employee("li"), "mei": resident("mei", FUJIAN)}
    found = bind_problems(row("li", "mei", "other"), [row("li", "mei")], persons, hunan, day=DAY)
    assert [(one.code, one.severity, one.subject) for one in found] == [
        ("OTHER_PROVINCE", "error", "mei"),
        ("RELATION_NOT_ALLOWED", "error", "mei"),
        ("DUPLICATE_BINDING", "error", "mei"),
    ]
