"""Somebody new: in a household that is there, with what the account holds; or with a household of their own."""

from datetime import date

import pytest

from famgui.domain.account import Balance
from famgui.domain.household import Deposit
from famgui.domain.persondraft import PersonDraft
from famgui.store.audit import trail
from famgui.usecase.doctor import examine
from famgui.usecase.household import load
from famgui.usecase.people import find
from famgui.usecase.people_add import add_person, found_family
from famgui.usecase.people_edit import story
from famgui.usecase.record import record_event
from tests.domain.building import HUNAN, employee, household, purchase, resident, row
from tests.store.making import everything, new_book, put
from tests.usecase.people_making import LATER, TODAY, wangs

LI = PersonDraft("李强", insured_place="430200")


@pytest.fixture
def ledger(tmp_path):
    with new_book(tmp_path) as book:
        yield book


def test_a_person_with_money_is_a_row_and_a_deposit_of_today(ledger, library):
    home = put(ledger, library.book, wangs())
    kept = load(ledger, library.book, home)
    done = add_person(ledger, library.book, home, LI, Balance(30_000, 7_000), day=TODAY, now=LATER)
    assert done.done and done.handle == "p4" and done.household == home
    live = load(ledger, library.book, home)
    assert live.outcomes[:2] == kept.outcomes and not live.drift
    assert live.household.persons[-1].name == "李强" and live.running.balances["p4"] == Balance(30_000, 7_000)
    assert live.household.events[2:] == (
        Deposit("d1", TODAY, "p4", 7_000, prior_years=True),
        Deposit("d2", TODAY, "p4", 30_000),
    )
    with ledger.read() as connection:
        assert [line.detail for line in trail(connection, home, ["d1", "d2"])] == ["d1", "d2"]
    assert examine(ledger, library.book) == ()


def test_the_year_turns_for_the_others_with_the_deposit(ledger, library):
    home = put(ledger, library.book, wangs())
    before = load(ledger, library.book, home).running.balances["p1"]
    add_person(ledger, library.book, home, LI, Balance(1), day=TODAY, now=LATER)
    assert before.current and load(ledger, library.book, home).running.balances["p1"] == before.carried_over()
    assert examine(ledger, library.book) == ()


def test_the_deposit_stands_behind_what_is_recorded_for_later_days(ledger, library):
    later = date(2027, 3, 1)
    home = put(ledger, library.book, household(employee("p1"), events=[purchase("p1", "1.00", later)]))
    assert add_person(ledger, library.book, home, LI, Balance(5), day=TODAY, now=LATER).done
    assert load(ledger, library.book, home).household.events[-1].date == later


def test_without_money_nothing_is_recorded(ledger, library):
    home = put(ledger, library.book, wangs())
    for draft in (LI, PersonDraft("李梅", insurance="resident", insured_place="430200")):
        done = add_person(ledger, library.book, home, draft, day=TODAY, now=LATER)
        assert done.done and not done.changes.events
    live = load(ledger, library.book, home)
    assert live.running.balances.keys() == {"p1", "p4"} and len(live.household.events) == 2
    assert live.persons[-1].id == "p5"
    assert examine(ledger, library.book) == ()


def test_handles_never_come_twice_and_say_nothing(ledger, library):
    home = put(ledger, library.book, household(resident("wang"), resident("p7")))
    assert add_person(ledger, library.book, home, LI, day=TODAY, now=LATER).handle == "p8"


def test_money_without_an_account_is_refused(ledger, library):
    home = put(ledger, library.book, wangs())
    before = everything(ledger.path)
    single = PersonDraft("李强", insured_place="430200", single_pool=True)
    done = add_person(ledger, library.book, home, single, Balance(1), day=TODAY, now=LATER)
    assert [refusal.code for refusal in done.refusals] == ["MONEY_WITHOUT_ACCOUNT"]
    assert found_family(ledger, library.book, "430200", "李", single, Balance(1), now=LATER).refusals
    assert everything(ledger.path) == before


def test_a_new_person_can_be_recorded_at_once(ledger, library):
    home = put(ledger, library.book, wangs())
    load(ledger, library.book, home)
    add_person(ledger, library.book, home, LI, Balance(10_000), day=TODAY, now=LATER)
    done = record_event(ledger, library.book, home, purchase("p4", "2.00", TODAY, "v9"), now=LATER)
    assert done.recorded
    add_person(ledger, library.book, home, LI, day=TODAY, now=LATER)
    assert record_event(ledger, library.book, home, Deposit("d9", TODAY, "p5", 1), now=LATER).recorded
    assert examine(ledger, library.book) == ()


def test_a_family_of_ones_own(ledger, library):
    done = found_family(ledger, library.book, HUNAN, "李强家", LI, Balance(500, 20), now=LATER)
    assert done.handle == "p1"
    live = load(ledger, library.book, done.household)
    assert (live.title, live.household.place) == ("李强家", HUNAN)
    assert live.household.balances == {"p1": Balance(500, 20)} and not live.household.events
    assert [hit.id for hit in find(ledger, "李强")] == [done.person]
    assert [moment.kind for moment in story(ledger, done.person, TODAY)] == ["entered"]
    assert examine(ledger, library.book) == ()


def test_a_register_of_before_stays(ledger, library):
    home = put(ledger, library.book, household(employee("p1"), resident("p2"), rows=[row("p1", "p2")]))
    add_person(ledger, library.book, home, LI, Balance(1), day=TODAY, now=LATER)
    assert load(ledger, library.book, home).running.register == [row("p1", "p2")]
