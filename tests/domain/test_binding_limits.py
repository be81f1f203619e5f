"""Limits on binding that no shipped place has, in small packs: authorizers at once, first day, months before unbinding,
every binding counted, sharing that ends with suspended insurance."""

from datetime import date, datetime, time, timedelta

import pytest

from famgui.domain.household import Amend, Bind, Premium, Unbind
from famgui.policy.library import Library
from tests.domain.building import DAY, FUJIAN, back, codes, computed, employee, money, paid, purchase, resident, row
from tests.policy.packs import user

PLACE = "110000"
HEAD = f"""\
format = 1
place = "{PLACE}"
name = {{ zh = "甲", en = "A" }}
version = "1.0"
checked_on = 2026-11-01
[[clause]]
id = "T-01"
topic = "test"
statement = "甲"
grade = "A"
"""
ALWAYS = {
    "binding.relations": '["spouse", "child"]',
    "account.pays": '["drug"]',
    "account.own-first": "true",
}
NEXT, LONG_AGO = DAY + timedelta(1), date(2020, 1, 1)
PEOPLE = (
    *(employee(handle, PLACE) for handle in ("li", "zhao", "qian")),
    resident("mei", PLACE),
    resident("xu", PLACE),
)


@pytest.fixture
def place(tmp_path):
    """The rule book of a place that sets these values; dots and dashes as underscores."""

    def place(**limits):
        values = ALWAYS | {f"binding.{name.replace('_', '-')}": text for name, text in limits.items()}
        text = '[[value]]\nkey = "premium.stated-price"\nwhen = { product = "extra" }\nvalue = true\nclause = "T-01"\n'
        text += "".join(
            f'[[value]]\nkey = "{key}"\nvalue = {value}\nclause = "T-01"\n' for key, value in values.items()
        )
        library = Library([user(tmp_path / "packs", HEAD + text).parent], None)
        assert library.faults == ()
        return library.book

    return place


def bind(authorizer="li", user="mei", day=DAY, handle="b1", relation="spouse", **more):
    return Bind(handle, day, row(authorizer, user, relation, **{"starts": day, **more}))


def ran(book, *events, rows=(), persons=PEOPLE, accounts=None):
    return computed(book, *persons, events=events, rows=rows, accounts=accounts, place=PLACE).outcomes


@pytest.mark.parametrize(
    ("limit", "rows", "found"),
    [
        (1, [], set()),
        (1, [row("zhao", "mei")], {("AUTHORIZER_LIMIT", "mei")}),
        (2, [row("zhao", "mei")], set()),
        (2, [row("zhao", "mei"), row("zhao", "mei")], set()),
        (2, [row("zhao", "mei"), row("qian", "mei")], {("AUTHORIZER_LIMIT", "mei")}),
        (1, [row("zhao", "mei", starts=NEXT)], {("AUTHORIZER_LIMIT", "mei")}),
        (1, [row("zhao", "mei", ends=DAY)], {("AUTHORIZER_LIMIT", "mei")}),
        (1, [row("zhao", "mei", ends=DAY - timedelta(1))], set()),
        (1, [row("zhao", "mei", unbound_on=DAY)], set()),
        (1, [row("zhao", "xu")], set()),
        (1, [row("zhao", "mei"), row("li", "mei", ends=DAY)], set()),  # an authorizer counted takes no new place
    ],
)
def test_authorizers_that_a_user_may_have_at_once(place, limit, rows, found):
    (outcome,) = ran(place(authorizers=limit), bind(starts=NEXT), rows=rows)
    assert codes(outcome) == found
    assert outcome.status == ("refused" if found else "settled")
    assert {(problem.severity, problem.clause) for problem in outcome.problems} <= {("error", "T-01")}


@pytest.mark.parametrize(
    ("effective", "day", "starts", "early"),
    [
        ("next-day", DAY, DAY, True),
        ("next-day", DAY, NEXT, False),
        ("next-month", DAY, date(2025, 5, 31), True),
        ("next-month", DAY, date(2025, 6, 1), False),
        ("next-month", date(2025, 12, 1), date(2025, 12, 31), True),
        ("next-month", date(2025, 12, 1), date(2026, 1, 1), False),
        ("next-month", date(2025, 12, 31), date(2026, 1, 1), False),
        ("next-day", date.max, date.max, False),
        ("next-month", date.max, date.max, False),
        ("at-once", DAY, DAY, False),
        ("approval", DAY, DAY, False),
    ],
)
def test_the_first_day_of_a_binding(place, effective, day, starts, early):
    (outcome,) = ran(place(effective=f'"{effective}"'), bind(day=day, starts=starts))
    assert codes(outcome) == ({("STARTS_TOO_EARLY", "mei")} if early else set())
    assert [problem.clause for problem in outcome.problems] == ["T-01"] * early


@pytest.mark.parametrize(
    ("months", "bound", "day", "early"),
    [
        (1, date(2025, 1, 31), date(2025, 2, 27), True),
        (1, date(2025, 1, 31), date(2025, 2, 28), False),
        (1, date(2024, 1, 31), date(2024, 2, 28), True),
        (3, date(2024, 11, 30), date(2025, 2, 27), True),
        (3, date(2024, 11, 30), date(2025, 2, 28), False),
        (12, date(2024, 6, 15), date(2025, 6, 14), True),
        (12, date(2024, 6, 15), date(2025, 6, 15), False),
        (1, date(2024, 12, 15), date(2025, 1, 14), True),
        (1, date(2024, 12, 15), date(2025, 1, 15), False),
        (11, date(2024, 1, 31), date(2024, 12, 30), True),
        (11, date(2024, 1, 31), date(2024, 12, 31), False),
        (1, date(2025, 11, 30), date(2025, 12, 29), True),
        (1, date(2025, 11, 30), date(2025, 12, 30), False),
        (1, date(9999, 12, 1), date(9999, 12, 30), True),
        (1, date(9999, 12, 1), date(9999, 12, 31), False),
    ],
)
def test_months_before_a_binding_may_be_ended(place, months, bound, day, early):
    stands = row("li", "mei", starts=LONG_AGO, bound_at=datetime.combine(bound, time(23, 59)))
    outcomes = ran(place(minimum_months=months), Unbind("u1", day, "li", "mei"), rows=[stands])
    assert codes(outcomes[0]) == ({("UNBIND_TOO_EARLY", "mei")} if early else set())
    assert [problem.clause for problem in outcomes[0].problems] == ["T-01"] * early


def test_a_refused_unbinding_ends_no_row_of_the_pair(place):
    young = row("li", "mei", starts=date(2026, 1, 1), bound_at=datetime.combine(DAY, time()))
    old = row("li", "mei", starts=LONG_AGO, ends=date(2025, 12, 31))
    events = Unbind("u1", NEXT, "li", "mei"), purchase("mei", "10.00", day=NEXT, place=PLACE)
    outcomes = ran(place(minimum_months=1), *events, rows=[old, young], accounts={"li": money("50.00")})
    assert codes(outcomes[0]) == {("UNBIND_TOO_EARLY", "mei")}
    assert paid(outcomes[1]) == {"li": 1000}


def test_without_a_minimum_even_what_is_bound_later_may_be_ended(place):
    stands = row("li", "mei", bound_at=datetime.combine(NEXT, time()))
    assert codes(ran(place(), Unbind("u1", DAY, "li", "mei"), rows=[stands])[0]) == set()


ENDED = [
    row("li", "mei", ends=date(2025, 2, 1)),
    row("li", "mei", starts=date(2025, 3, 1), unbound_on=date(2025, 4, 1)),
]


@pytest.mark.parametrize(
    ("limits", "found"),
    [
        ({"lifetime": 2}, set()),
        ({"lifetime": 2, "rebinding_counts": "false"}, set()),
        ({"lifetime": 2, "rebinding_counts": "true"}, {("LIFETIME_LIMIT", "mei")}),
        ({"lifetime": 3, "rebinding_counts": "true"}, set()),
        ({"rebinding_counts": "true"}, set()),
    ],
)
def test_a_place_may_count_every_binding(place, limits, found):
    others = [row("zhao", "mei"), row("zhao", "xu")]
    (outcome,) = ran(place(**limits), bind(), rows=[*ENDED, *others])
    assert codes(outcome) == found


def test_the_limits_are_named_in_one_order(place):
    book = place(at_once=1, lifetime=1, authorizers=1, effective='"next-day"')
    (outcome,) = ran(book, bind(), rows=[row("li", "xu"), row("zhao", "mei")])
    assert [problem.code for problem in outcome.problems] == [
        "BIND_LIMIT",
        "LIFETIME_LIMIT",
        "AUTHORIZER_LIMIT",
        "STARTS_TOO_EARLY",
    ]


SUSPENDED = {"ends_when_suspended": "true"}


@pytest.mark.parametrize("who", ["li", "mei"])
def test_suspended_insurance_of_either_side_ends_the_sharing_until_it_is_resumed(place, who):
    days = [DAY + timedelta(n) for n in range(4)]
    bought = [purchase("mei", "10.00", day, f"v{n}", PLACE) for n, day in enumerate(days)]
    suspended = Amend("a1", days[0], who, (("suspended", days[1]),))
    resumed = Amend("a2", days[2], who, (("suspended", None),))
    events = suspended, bought[0], bought[1], resumed, bought[2]
    outcomes = ran(place(**SUSPENDED), *events, rows=[row("li", "mei")], accounts={"li": money("50.00")})
    assert [paid(outcomes[n]) for n in (1, 2, 4)] == [{"li": 1000}, {"cash": 1000}, {"li": 1000}]
    assert codes(outcomes[2]) == {("SUSPENDED", "li")}


def test_elsewhere_suspended_insurance_ends_nothing(place):
    persons = employee("li", PLACE, suspended=LONG_AGO), resident("mei", PLACE, suspended=LONG_AGO)
    events = (purchase("mei", "10.00", place=PLACE),)
    (outcome,) = ran(place(), *events, rows=[row("li", "mei")], persons=persons, accounts={"li": money("50.00")})
    assert paid(outcome) == {"li": 1000}


def test_suspension_is_named_beside_whatever_else_forbids_the_row(place):
    persons = employee("li", PLACE, suspended=DAY), resident("mei", FUJIAN)
    (outcome,) = ran(
        place(**SUSPENDED), purchase("mei", "10.00", place=PLACE), rows=[row("li", "mei")], persons=persons
    )
    assert codes(outcome) == {("OTHER_PROVINCE", "li"), ("SUSPENDED", "li")}


def test_oneself_is_still_named_alone(place):
    person = employee("li", PLACE, suspended=DAY)
    events = bind("li", "li"), purchase("li", "10.00", place=PLACE)
    outcomes = ran(place(**SUSPENDED), *events, rows=[row("li", "li")], persons=[person])
    assert [codes(outcome) for outcome in outcomes] == [{("SELF_BINDING", "li")}] * 2


def test_a_premium_is_refused_while_the_sharing_is_ended(place):
    persons = employee("li", PLACE), resident("mei", PLACE, suspended=DAY)
    (outcome,) = ran(
        place(**SUSPENDED),
        Premium("p1", DAY, "li", "extra", ("mei",), 100),
        rows=[row("li", "mei")],
        persons=persons,
        accounts={"li": money("50.00")},
    )
    assert codes(outcome) == {("SUSPENDED", "mei")}


def test_a_refund_of_an_older_visit_does_not_see_the_suspension(place):
    events = (
        purchase("mei", "10.00", place=PLACE),
        Amend("a1", DAY, "li", (("suspended", DAY),)),
        back(("drug", "4.00")),
    )
    outcomes = ran(place(**SUSPENDED), *events, rows=[row("li", "mei")], accounts={"li": money("50.00")})
    assert paid(outcomes[2]) == {"li": 600}
