"""What the whole book has coming, asked in SQL: the same as the rules of one register say, over every household."""

from datetime import date, timedelta
from random import Random

import pytest

from famgui.domain.binding import Binding
from famgui.domain.household import Premium
from famgui.store import agenda
from famgui.usecase.binding import RECENT, SOON, to_renew
from tests.domain.building import employee, household, money, resident, row
from tests.store.making import new_book, put, tamper

TODAY = date(2025, 12, 10)
FIRST, LAST = TODAY - timedelta(RECENT), TODAY + timedelta(SOON)
PERSONS = (employee("li", name="李"), employee("wang"), resident("mei", name="梅"), resident("bao"))


def on(days: int) -> date:
    return TODAY + timedelta(days)


def any_row(dice: Random) -> Binding:
    """A row near the edges of what counts as soon and as lately, unbound or not."""
    starts = on(dice.choice([-800, -500, -400, -40, -1, 0, 1, 20, 35]))
    lasts = dice.choice([None, 0, 10, 29, 30, 31, 40, 60, 364, 365, 366, 400, 500])
    unbound = dice.choice([None, None, None, None, on(-1), on(0), on(1), on(30), on(31)])
    return row(
        dice.choice(["li", "wang"]),
        dice.choice(["mei", "bao"]),
        dice.choice(["child", "parent"]),
        starts,
        ends=None if lasts is None else starts + timedelta(lasts),
        unbound_on=unbound,
    )


@pytest.mark.parametrize("seed", range(8))
def test_endings_are_what_is_to_be_renewed_in_every_household(tmp_path, library, seed):
    dice, wanted = Random(seed), []
    with new_book(tmp_path) as book:
        for _ in range(12):
            rows = [any_row(dice) for _ in range(dice.randint(1, 9))]
            home = put(book, library.book, household(*PERSONS, rows=rows))
            for one in to_renew(rows, TODAY):
                ends = min(one.ends or date.max, one.unbound_on or date.max)
                wanted.append((home, one.authorizer, one.user, one.relation, ends))
        with book.read() as connection:
            found = agenda.endings(connection, TODAY, FIRST, LAST)
    assert wanted
    assert sorted((one.household, one.authorizer, one.user, one.relation, one.day) for one in found) == sorted(wanted)
    assert [one.day for one in found] == sorted(one.day for one in found)


def test_a_dated_row_names_its_household_and_its_people(tmp_path, library):
    with new_book(tmp_path) as book:
        home = put(book, library.book, household(*PERSONS, rows=[row("li", "mei", "child", ends=on(5))]))
        with book.read() as connection:
            assert agenda.endings(connection, TODAY, FIRST, LAST) == [
                agenda.Dated(home, "", "li", "李", "mei", "梅", "child", on(5))
            ]


@pytest.mark.parametrize(
    ("starts", "more", "seen"),
    [
        (on(0), {}, False),
        (on(1), {}, True),
        (on(30), {}, True),
        (on(31), {}, False),
        (on(5), {"unbound_on": on(5)}, False),
        (on(5), {"unbound_on": on(6)}, True),
    ],
)
def test_beginnings_are_rows_that_will_be_in_force(tmp_path, library, starts, more, seen):
    with new_book(tmp_path) as book:
        put(book, library.book, household(*PERSONS, rows=[row("li", "mei", "child", starts, **more)]))
        with book.read() as connection:
            found = agenda.beginnings(connection, on(1), LAST)
    assert [one.day for one in found] == ([starts] if seen else [])


def test_places_are_named_once(tmp_path, library):
    with new_book(tmp_path) as book:
        for place in ("430200", "310000", "430200"):
            put(book, library.book, household(resident("mei", place), place=place))
        with book.read() as connection:
            assert agenda.places(connection) == ["310000", "430200"]


def test_sharing_has_the_rows_in_force_of_these_places(tmp_path, library):
    rows = [
        row("li", "mei", "child", on(0), ends=on(0)),
        row("wang", "mei", "child", on(1)),
        row("li", "bao", "child", on(-9), ends=on(-1)),
        row("wang", "bao", "child", on(-9), unbound_on=on(0)),
    ]
    with new_book(tmp_path) as book:
        put(book, library.book, household(*PERSONS, rows=rows))
        with book.read() as connection:
            (found,) = agenda.sharing(connection, TODAY, ["430200"])
            assert agenda.sharing(connection, TODAY, ["310000"]) == []
    assert (found.authorizer, found.user, found.relation) == (
        employee("li", name="李"),
        resident("mei", name="梅"),
        "child",
    )
    assert found.place == "430200"


def test_sharing_has_people_as_they_stand(tmp_path, library):
    with new_book(tmp_path) as book:
        put(book, library.book, household(*PERSONS, rows=[row("li", "mei", "child")]))
    tamper(
        tmp_path / "book.sqlite",
        """UPDATE person SET amended = '{"suspended": "2025-11-01"}' WHERE handle = 'li'""",
        """UPDATE person SET amended = '{"insurance": "employee", "status": "active"}' WHERE handle = 'mei'""",
    )
    with new_book(tmp_path) as book, book.read() as connection:
        (found,) = agenda.sharing(connection, TODAY, ["430200"])
    assert found.authorizer.suspended == date(2025, 11, 1)
    assert (found.user.insurance, found.user.has_account) == ("employee", True)


def test_premiums_since_a_day_with_what_became_of_them(tmp_path, library):
    events = [
        Premium("p1", date(2025, 9, 1), "li", "resident-2026", ("mei",)),
        Premium("p2", date(2025, 9, 2), "li", "resident-2026", ("mei", "bao")),
        Premium("p3", date(2025, 9, 3), "li", "resident-2026", ("mei",)),
    ]
    rows = [row("li", "mei", "child"), row("li", "bao", "child")]
    with new_book(tmp_path) as book:
        home = put(book, library.book, household(*PERSONS, rows=rows, events=events, accounts={"li": money("1000.00")}))
        with book.read() as connection:
            found = agenda.premiums(connection, date(2025, 9, 2))
    assert found == [agenda.PaidPremium(home, events[1], "partly"), agenda.PaidPremium(home, events[2], "refused")]
