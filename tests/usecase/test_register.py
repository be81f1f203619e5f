"""The register looked into: rows of the household, the whole book's by page, a pair's past, the order of payment."""

from datetime import date, timedelta
from random import Random

import pytest

from famgui.domain.household import Bind, Reorder, Unbind
from famgui.domain.waterfall import Terms
from famgui.usecase.binding import row_state, shared_by_row
from famgui.usecase.household import load
from famgui.usecase.record import record_event
from famgui.usecase.register import (
    STATES,
    Sorted,
    as_binding,
    count_rows,
    days_left,
    entries,
    find_rows,
    history,
    payment_order,
    places,
    shared_by_year,
    wanted_on,
)
from famgui.usecase.retract import retract
from tests.domain.building import DAY, HUNAN, employee, household, money, purchase, resident, row
from tests.store.making import NOW, filled, new_book, put

LI = "11010519491231002X"


@pytest.fixture
def ledger(tmp_path):
    with new_book(tmp_path) as book:
        yield book


@pytest.fixture
def three(ledger, library):
    """Three households in two places, with a row of every state on 10 May 2025."""
    first = household(
        employee("li", name="李强", id_number=LI),
        employee("wang", name="王芳"),
        resident("bo", name="周秀英"),
        resident("xu", name="欧阳·小雨"),
        rows=[
            row("li", "bo", "parent", ends=date(2025, 6, 9)),
            row("wang", "bo", "other", date(2025, 6, 1), ends=date(2026, 1, 1)),
            row("li", "xu", "child", unbound_on=date(2025, 3, 1)),
        ],
    )
    second = household(
        employee("h1", HUNAN, name="陈静"),
        resident("h2", HUNAN),
        place=HUNAN,
        rows=[row("h1", "h2"), row("h1", "h2", starts=date(2024, 1, 1), ends=date(2024, 12, 31))],
    )
    return [put(ledger, library.book, home) for home in (first, second, household(resident("lone")))]


def pairs(page):
    return [(found.authorizer, found.user) for found in page.rows]


def test_states_in_sql_are_those_of_the_domain(ledger, library):
    """Random rows on the days around their edges: the same state, the same counts, each found under its state only."""
    dice, edges = Random(3), [date(2025, 1, 1) + timedelta(step) for step in (0, 1, 29, 30, 31, 60)]
    people = [employee(f"p{n}") for n in range(9)]
    rows = []
    for n in range(1, 9):
        starts = dice.choice(edges)
        ends = dice.choice([None, *(day for day in edges if day >= starts)])
        gone = dice.choice([None, None, *(day for day in edges if day >= starts)])
        rows += [row("p0", f"p{n}", "child", starts, ends=ends, unbound_on=gone)]
    put(ledger, library.book, household(*people, rows=rows))
    for day in edges:
        wanted = wanted_on(day)
        said = {found.user: found for found in find_rows(ledger, wanted, Sorted()).rows}
        by_state: dict[str, list[str]] = {state: [] for state in STATES}
        for one in rows:
            assert as_binding(said[one.user]) == one
            by_state[row_state(one, day)[0]].append(one.user)
        assert count_rows(ledger, wanted) == {state: len(users) for state, users in by_state.items()}
        for state, users in by_state.items():
            found = find_rows(ledger, wanted._replace(state=state), Sorted())
            assert sorted(one.user for one in found.rows) == sorted(users)


def test_rows_are_found_by_name_sound_and_number(ledger, three):
    def found(words):
        return pairs(find_rows(ledger, wanted_on(DAY, words=words), Sorted("starts")))

    of_li = {("li", "bo"), ("li", "xu")}
    assert set(found("李强")) == set(found("liq")) == set(found("lq")) == set(found("002x")) == of_li
    assert set(found("周")) == set(found("ZXY")) == {("li", "bo"), ("wang", "bo")}
    assert found("ouyang") == found("欧阳·小") == [("li", "xu")]
    assert found("h2") == [("h1", "h2"), ("h1", "h2")], "somebody without a name goes by the handle"
    assert found("100%") == found("_") == []


def test_rows_are_narrowed_by_place_and_counted(ledger, three):
    assert places(ledger) == {"430200": 3, HUNAN: 2}
    assert count_rows(ledger, wanted_on(DAY)) == {
        "expiring": 1,
        "in-force": 1,
        "upcoming": 1,
        "expired": 1,
        "unbound": 1,
    }
    here = wanted_on(DAY, place=HUNAN)
    assert len(find_rows(ledger, here, Sorted()).rows) == 2
    assert sum(count_rows(ledger, here._replace(state="expired")).values()) == 2, "whatever state is wanted"
    assert sum(count_rows(ledger, here._replace(words="li")).values()) == 0


@pytest.mark.parametrize("by", ["state", "authorizer", "user", "relation", "starts", "ends", "household"])
@pytest.mark.parametrize("backwards", [False, True])
def test_pages_follow_one_another_without_gap_or_repetition(ledger, three, by, backwards):
    whole = find_rows(ledger, wanted_on(DAY), Sorted(by, backwards)).rows
    assert len(whole) == 5
    assert [found.key for found in whole] == sorted((found.key for found in whole), reverse=backwards)
    read, after = [], None
    while True:
        page = find_rows(ledger, wanted_on(DAY), Sorted(by, backwards), after=after, limit=2)
        read.extend(page.rows)
        after = page.next
        if after is None:
            break
    assert tuple(read) == whole


def test_what_needs_a_hand_comes_first_and_names_go_by_sound(ledger, three):
    found = find_rows(ledger, wanted_on(DAY), Sorted()).rows
    assert [row_state(as_binding(one), DAY)[0] for one in found] == list(STATES)
    names = [one.authorizer_name for one in find_rows(ledger, wanted_on(DAY), Sorted("authorizer")).rows]
    assert names == ["陈静", "陈静", "李强", "李强", "王芳"]


def test_days_left():
    assert days_left(row("li", "bo", ends=DAY), DAY) == 0
    assert days_left(row("li", "bo", ends=date(2025, 5, 31)), DAY) == 21
    assert days_left(row("li", "bo", starts=date(2025, 5, 12)), DAY) == 2
    assert days_left(row("li", "bo"), DAY) is None
    assert days_left(row("li", "bo", ends=date(2025, 5, 9)), DAY) is None
    assert days_left(row("li", "bo", ends=date(2025, 5, 31), unbound_on=DAY), DAY) is None


def test_entries_are_the_register_with_its_rows(ledger, library):
    """Rows bound late stand in the book in the order of recording, in the register by their days."""
    home = filled(ledger, library.book)
    live = load(ledger, library.book, home)
    day, late = date(2025, 12, 20), date(2025, 12, 15)
    record_event(ledger, library.book, home, Bind("x1", day, row("wang", "zhou", "parent", day)), now=NOW)
    record_event(ledger, library.book, home, Bind("x2", late, row("jianguo", "zhou", "spouse", late)), now=NOW)
    live = load(ledger, library.book, home)
    found = entries(ledger, live, day, 2025)
    assert [one.row for one in found] == live.running.register
    assert tuple(one.shared for one in found) == shared_by_row(live.running.register, live.outcomes, 2025)
    assert sum(one.shared for one in found) > 0
    rows = {one.id: as_binding(one) for one in find_rows(ledger, wanted_on(day), Sorted()).rows}
    assert {one.id: one.row for one in found} == rows


def test_the_past_of_a_pair(ledger, library):
    given = household(
        employee("li"),
        employee("wu"),
        resident("bo"),
        accounts={"li": money("100.00")},
        rows=[row("li", "bo", "child", ends=DAY)],
        events=[purchase("bo", "30.00")],
    )
    home = put(ledger, library.book, given)
    for event in (
        Bind("b1", DAY, row("li", "bo", "child", date(2025, 5, 11))),
        Bind("b2", DAY, row("wu", "bo", "child", DAY)),
        Reorder("o1", DAY, "bo", ("wu", "li")),
        Unbind("u1", date(2025, 6, 1), "li", "bo", "关系变更"),
        Bind("b3", date(2025, 7, 1), row("li", "bo", "child", date(2025, 7, 1))),
    ):
        assert record_event(ledger, library.book, home, event, now=NOW).recorded
    retract(ledger, library.book, home, ["b3"], now=NOW)
    live = load(ledger, library.book, home)
    told = history(ledger, live, "li", "bo")
    assert [(one.deed, one.day.isoformat(), one.handle, one.reason, one.place) for one in told] == [
        ("given", "2025-01-01", "", "", 0),
        ("renewed", "2025-05-10", "b1", "", 0),
        ("reordered", "2025-05-10", "o1", "", 2),
        ("unbound", "2025-06-01", "u1", "关系变更", 0),
        ("undone", "2026-11-22", "b3", "bind", 0),
    ]
    assert told[1].at == NOW
    assert told[1].rule is not None and told[1].rule.clause == "N-03"
    assert [one.deed for one in history(ledger, live, "wu", "bo")] == ["bound", "reordered"]
    assert shared_by_year(live, "li", "bo") == ((2025, 3000),)
    assert shared_by_year(live, "wu", "bo") == ()


def test_the_order_of_payment(ledger, library):
    rows = [
        row("li", "bo", "child", priority=2),
        row("wu", "bo", "child"),
        row("an", "bo", "child", unbound_on=DAY),
        row("li", "wu", "sibling"),
    ]
    people = (employee("li"), employee("wu"), employee("an"), resident("bo"))
    plain = put(ledger, library.book, household(*people, rows=rows))
    switched = put(ledger, library.book, household(*people, rows=rows, terms=Terms("balance-desc")))
    order = payment_order(load(ledger, library.book, plain), "bo", DAY)
    assert order.authorizers == ("wu", "li")
    assert (order.order, order.decides, order.own_switch) == ("priority", True, False)
    own = payment_order(load(ledger, library.book, switched), "bo", DAY)
    assert (own.order, own.decides, own.own_switch) == ("balance-desc", False, True)
    assert payment_order(load(ledger, library.book, plain), "an", DAY).authorizers == ()
