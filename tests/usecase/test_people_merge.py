"""Two households made one, two rows of one person made one: what moves, what is refused, and all still computes."""

from dataclasses import replace
from datetime import date

import pytest

from famgui.domain.account import Balance
from famgui.domain.household import Amend, Bind, Deposit, Premium, Refund
from famgui.domain.waterfall import Terms
from famgui.store.audit import trail
from famgui.usecase.doctor import examine
from famgui.usecase.draft import load as drafts
from famgui.usecase.draft import save
from famgui.usecase.household import NoSuchHousehold, export_household, load, titles
from famgui.usecase.ledger import accounts
from famgui.usecase.people import find, join_households
from famgui.usecase.people_edit import story
from famgui.usecase.people_merge import merge
from famgui.usecase.record import record_event
from famgui.usecase.recorded import visit_records
from tests.domain.building import FUJIAN, employee, household, item, purchase, resident, row, visit
from tests.store.making import NOW, everything, new_book, put
from tests.usecase.people_making import LATER, TODAY, lis, number, wangs


@pytest.fixture
def ledger(tmp_path):
    with new_book(tmp_path) as book:
        yield book


@pytest.fixture
def two(ledger, library):
    return put(ledger, library.book, wangs()), put(ledger, library.book, lis())


def ids(ledger, name):
    return [hit.id for hit in find(ledger, "") if hit.person.name == name]


def codes(done):
    return [refusal.code for refusal in done.refusals]


def test_a_household_moves_into_another(ledger, library, two):
    home, other = two
    before = [load(ledger, library.book, key) for key in two]
    done = join_households(ledger, library.book, home, other, now=LATER)
    assert done.done and (done.persons, done.events, done.bindings) == (2, 1, 0)
    assert done.renamed == (("p1", "p4"), ("p2", "p5"))
    assert list(titles(ledger)) == [home]
    with pytest.raises(NoSuchHousehold):
        load(ledger, library.book, other)
    live = load(ledger, library.book, home)
    assert [person.name for person in live.persons] == ["王芳", "周秀英", "王小明", "李强", "周秀英"]
    assert [(event.id, event.patient) for event in live.household.events] == [("v1", "p2"), ("v3", "p4"), ("v2", "p1")]
    assert live.running.balances["p1"] == before[0].running.balances["p1"]
    assert live.running.balances["p4"] == before[1].running.balances["p1"]
    assert examine(ledger, library.book) == ()
    assert find(ledger, "李强")[0].household == home


def test_traces_and_trails_follow(ledger, library, two):
    home, other = two
    for who in two:
        assert record_event(
            ledger, library.book, who, Refund("r1", date(2025, 7, 1), "v1", None, "x"), now=LATER
        ).recorded
    join_households(ledger, library.book, home, other, now=LATER)
    live = load(ledger, library.book, home)
    record = next(one for one in visit_records(ledger, live) if one.visit.id == "v3")
    assert [payment.account for payment in record.first.payments if payment.account] == ["p4"]
    assert [step.account for step in record.first.steps if step.account] == ["p4"]
    with ledger.read() as connection:
        assert [(line.action, line.detail) for line in trail(connection, home, ["v3"])] == [("import household", "v3")]
        assert [line.detail for line in trail(connection, home, ["r1", "r2"])] == ["r1: x", "r2: x"]


def test_a_dry_run_tells_the_same_and_changes_nothing(ledger, library, two):
    before = everything(ledger.path)
    dry = join_households(ledger, library.book, *two, now=LATER, dry=True)
    assert everything(ledger.path) == before
    assert load(ledger, library.book, two[1]).title == ""
    assert join_households(ledger, library.book, *two, now=LATER) == dry


def test_members_of_both_can_be_bound_then(ledger, library, two):
    home, other = two
    join_households(ledger, library.book, home, other, now=LATER)
    bind = Bind("b1", TODAY, row("p4", "p2", "parent", starts=TODAY))
    assert record_event(ledger, library.book, home, bind, now=LATER).recorded
    paid = record_event(ledger, library.book, home, purchase("p2", "400.00", TODAY, "v9"), now=LATER)
    assert paid.recorded
    assert examine(ledger, library.book) == ()


@pytest.mark.parametrize("year", [2024, 2026])
@pytest.mark.parametrize("turned", [False, True])
def test_households_of_different_years_keep_every_amount(ledger, library, year, turned):
    home, other = put(ledger, library.book, wangs()), put(ledger, library.book, lis(year))
    pair = (other, home) if turned else (home, other)
    before = {who: sum(line.current + line.prior_years for line in accounts(ledger, who)) for who in pair}
    bills = {who: [o.settlement for o in load(ledger, library.book, who).outcomes] for who in pair}
    done = join_households(ledger, library.book, *pair, now=LATER)
    assert done.done and done.posted_again and len(done.opened_by) == 1
    lines = accounts(ledger, pair[0])
    assert sum(line.current + line.prior_years for line in lines) == sum(before.values())
    live = load(ledger, library.book, pair[0])
    paid = [outcome.settlement.own for outcome in live.outcomes if outcome.settlement]
    assert sorted(paid) == sorted(bill.own for found in bills.values() for bill in found)
    assert examine(ledger, library.book) == ()
    deposit = next(event for event in live.household.events if isinstance(event, Deposit))
    assert deposit.date.year == max(year, 2025)


def test_a_household_without_events_brings_its_money_of_this_year(ledger, library, two):
    new = put(ledger, library.book, household(employee("p1", name="陈"), accounts={"p1": Balance(700, 30)}))
    done = join_households(ledger, library.book, two[0], new, now=LATER)
    assert done.opened_by == ("d1",)
    live = load(ledger, library.book, two[0])
    assert live.running.balances["p4"] == Balance(700, 30)
    assert live.household.balances["p4"] == Balance(0, 30)
    assert live.household.events[-1] == Deposit("d1", NOW.date(), "p4", 700)
    assert examine(ledger, library.book) == ()


def test_half_done_work_of_the_household_that_goes_is_dropped(ledger, library, two):

    for key in two:
        save(ledger, f"plan-{key}", {"a": 1}, now=NOW)
    join_households(ledger, library.book, *two, now=LATER)
    assert drafts(ledger, f"plan-{two[0]}") and not drafts(ledger, f"plan-{two[1]}")


def test_what_cannot_be_joined(ledger, library, two):
    fujian = put(ledger, library.book, household(resident("a", FUJIAN), place=FUJIAN))
    switched = put(ledger, library.book, replace(lis(), terms=Terms("single")))
    before = everything(ledger.path)
    for pair, code in (
        ((two[0], two[0]), "SAME_HOUSEHOLD"),
        ((two[0], fujian), "OTHER_PLACE"),
        ((two[0], switched), "OTHER_SWITCHES"),
    ):
        assert codes(join_households(ledger, library.book, *pair, now=LATER)) == [code]
    assert everything(ledger.path) == before


def test_other_rules_keep_households_apart(ledger, library, two):
    def other(place):
        return library.book("310000")

    load(ledger, library.book, two[0])
    sick = household(employee("p1"), accounts={"p1": Balance(1)}, events=[visit("p1", item("900.00"))])
    ill = put(ledger, library.book, sick)
    assert set(codes(join_households(ledger, other, two[0], ill, now=LATER))) == {"RULES_CHANGED"}


def test_two_rows_of_one_person_in_two_households(ledger, library, two):
    here, there = ids(ledger, "周秀英")
    done = merge(ledger, library.book, here, there, now=LATER)
    assert done.done and done.person == here and done.joined is not None and done.filled == ()
    live = load(ledger, library.book, two[0])
    assert [person.name for person in live.persons] == ["王芳", "周秀英", "王小明", "李强"]
    assert examine(ledger, library.book) == ()
    assert [moment.kind for moment in story(ledger, here, TODAY)].count("merge") == 1


def test_the_row_with_money_stays_and_takes_over_what_it_lacks(ledger, library):
    home = put(ledger, library.book, household(resident("p1", name="母"), resident("p2", name="李强", phone="1")))
    rich = employee("p1", name="", id_number=number(1))
    away = put(ledger, library.book, household(rich, accounts={"p1": Balance(5)}))
    (poor,) = ids(ledger, "李强")
    (other,) = (hit.id for hit in find(ledger, "") if hit.household == away)
    done = merge(ledger, library.book, poor, other, now=LATER)
    assert done.person == other and set(done.filled) == {"name", "phone"}
    live = load(ledger, library.book, home)
    assert [(p.id, p.name, p.id_number) for p in live.persons][-1] == ("p3", "李强", number(1))
    assert live.running.balances == {"p3": Balance(5)}
    assert examine(ledger, library.book) == ()


def test_records_and_bindings_of_the_other_row_become_theirs(ledger, library):
    people = (employee("a", name="甲"), resident("b", name="乙"), resident("c", name="乙"), resident("d"))
    events = [
        purchase("c", "3.00", handle="v1"),
        Bind("b1", date(2025, 6, 1), row("a", "c", "child", starts=date(2025, 6, 1))),
        purchase("c", "4.00", date(2025, 7, 1), "v2"),
        Premium("p1", date(2025, 10, 1), "a", "resident-2026", ("c", "d")),
        Amend("a1", date(2025, 11, 1), "c", (("tier", "一档"),)),
    ]
    home = put(
        ledger, library.book, household(*people, accounts={"a": Balance(90_000)}, rows=[row("a", "d")], events=events)
    )
    keep, other = ids(ledger, "乙")
    done = merge(ledger, library.book, keep, other, now=LATER)
    assert done.done and (done.events, done.bindings) == (5, 1)
    live = load(ledger, library.book, home)
    assert [person.id for person in live.persons] == ["a", "b", "d"]
    assert live.running.persons["b"].tier == "一档"
    assert {event.patient for event in live.household.events if event.id in ("v1", "v2")} == {"b"}
    assert live.household.events[3].persons == ("b", "d")
    assert examine(ledger, library.book) == ()


@pytest.mark.parametrize(
    ("second", "rows", "events", "code"),
    [
        (resident("b", id_number=number(6)), (), (), "OTHER_NUMBER"),
        (employee("b"), (), (Deposit("d1", date(2025, 5, 1), "b", 1),), "BOTH_MONEY"),
        (resident("b"), (row("a", "b"),), (), "BOUND_TOGETHER"),
        (resident("b"), (), (Premium("p1", date(2025, 10, 1), "w", "resident-2026", ("a", "b")),), "BOTH_NAMED"),
        (resident("b"), (row("w", "a"), row("w", "b")), (), None),
        (resident("b"), (), (purchase("a", "1.00", handle="x1"), purchase("b", "1.00", handle="x2")), None),
    ],
)
def test_what_cannot_be_one_person(ledger, library, second, rows, events, code):
    first = employee("a", id_number=number(5))
    people = (first, second, employee("w"))
    home = put(ledger, library.book, household(*people, accounts={"a": Balance(9)}, rows=rows, events=events))
    before = everything(ledger.path)
    one, other = (hit.id for who in "ab" for hit in find(ledger, "") if hit.person.id == who)
    done = merge(ledger, library.book, one, other, now=LATER)
    assert codes(done) == ([] if code is None else [code])
    if code is not None:
        assert everything(ledger.path) == before
    assert load(ledger, library.book, home).drift == ()
    assert codes(merge(ledger, library.book, one, one, now=LATER)) == ["SAME_PERSON"]


def test_bills_that_would_come_out_otherwise_keep_rows_apart(ledger, library):
    bills = [visit(who, item("5000.00"), day=date(2025, 5, day), handle=f"v{day}") for day, who in ((1, "a"), (2, "b"))]
    put(ledger, library.book, household(employee("a", name="甲"), employee("b", name="甲"), events=bills))
    before = everything(ledger.path)
    done = merge(ledger, library.book, *ids(ledger, "甲"), now=LATER, dry=True)
    assert codes(done) == ["RESULT_CHANGES"]
    assert ("visit", ("甲",), date(2025, 5, 2)) in dict(done.refusals[0].values)["records"]
    assert codes(merge(ledger, library.book, *ids(ledger, "甲"), now=LATER)) == ["RESULT_CHANGES"]
    assert everything(ledger.path) == before


def test_a_refused_merge_takes_the_joining_back_too(ledger, library, two):
    before = everything(ledger.path)
    (wang,), (li,) = ids(ledger, "王芳"), ids(ledger, "李强")
    assert codes(merge(ledger, library.book, wang, li, now=LATER)) == ["OTHER_NUMBER", "BOTH_MONEY"]
    assert everything(ledger.path) == before
    assert export_household(ledger, two[1]) == lis()
