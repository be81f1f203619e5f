"""Random households joined, merged, corrected, added to and made anonymous: all still computes to what is recorded."""

import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from famgui.domain.account import Balance
from famgui.domain.household import Amend, Deposit, Event, Household, Reorder, refund_faults
from famgui.domain.identity import check_digit
from famgui.domain.persondraft import PersonDraft
from famgui.domain.waterfall import Terms
from famgui.files.casefile import parse_case
from famgui.files.casewrite import write_case
from famgui.store.book import Book
from famgui.usecase.doctor import examine
from famgui.usecase.household import LiveHousehold, RulesOf, load, titles
from famgui.usecase.people import find, join_households
from famgui.usecase.people_add import add_person
from famgui.usecase.people_edit import correct
from famgui.usecase.people_forget import forget
from famgui.usecase.people_merge import merge
from famgui.usecase.record import next_handle, record_event
from tests.domain.building import ZHUZHOU
from tests.domain.strategies import households
from tests.store.making import new_book, put
from tests.usecase.people_making import LATER, TODAY

FACTS = (
    {"status": "retired"},
    {"concession": "orphan"},
    {"insurance": "resident", "has_account": False},
    {"insurance": "employee", "has_account": True},
    {"insured_place": "350000"},
    {"born": date(1950, 1, 1)},
    {"suspended": date(2025, 6, 1)},
)


def _shifted(given: Household, years: int) -> Household:
    """The same events some years later."""
    events = (replace(e, date=e.date.replace(year=e.date.year + years, day=min(e.date.day, 28))) for e in given.events)
    return replace(given, events=tuple(events))


def _more(dice: Random, live: LiveHousehold) -> Event:
    """Something that a clerk records later: money, another fact, another order."""
    day = date(2025, 1, 1) + timedelta(dice.randrange(800))
    who = dice.choice(list(live.running.persons))
    match dice.randrange(3):
        case 0:
            return Deposit(next_handle(live.household, Deposit), day, who, dice.randrange(1, 9999))
        case 1:
            facts = tuple(dice.choice([fact for fact in FACTS if "born" not in fact]).items())
            return Amend(next_handle(live.household, Amend), day, who, facts)
        case _:
            rows = [row for row in live.running.register if row.user == who]
            order = tuple(dict.fromkeys(row.authorizer for row in reversed(rows)))
            return Reorder(next_handle(live.household, Reorder), day, who, order)


def _sound(book: Book, rules_of: RulesOf) -> None:
    """Nothing to find, nothing kept that is out of date, and every household's export reads back the same."""
    assert examine(book, rules_of) == ()
    for home in titles(book):
        live = load(book, rules_of, home)
        assert not live.drift
        assert parse_case(write_case(live.household).encode(), "case.toml") == live.household


def _number(order: int) -> str:
    first17 = f"43020219000101{order:03d}"
    return first17 + check_digit(first17)


@pytest.mark.parametrize("what", ["join", "merge", "correct", "forget", "add"])
@settings(max_examples=10, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), seed=st.integers(0, 2**32 - 1))
def test_whatever_is_done_to_people_the_book_stays_sound(library, what, data, seed):
    dice, terms = Random(seed), Terms(None, None, seed % 3 == 0)
    first = data.draw(households(ZHUZHOU, "p", own_terms=terms))
    second = _shifted(data.draw(households(ZHUZHOU, dice.choice("pq"), own_terms=terms)), dice.choice((0, 0, 1, -1, 2)))
    if dice.random() < 0.15:
        second = replace(second, events=())
    assume(not list(refund_faults(first.events)) and not list(refund_faults(second.events)))
    with tempfile.TemporaryDirectory() as folder, new_book(Path(folder)) as book:
        homes = [put(book, library.book, one) for one in (first, second)]
        for home in homes * dice.randrange(3):
            record_event(book, library.book, home, _more(dice, load(book, library.book, home)), now=LATER)
        _sound(book, library.book)
        before = {home: load(book, library.book, home) for home in homes}
        done = _do(what, dice, book, library.book, homes)
        _sound(book, library.book)
        for home in titles(book):
            live = load(book, library.book, home)
            if not done.done:
                assert live.household == before[home].household
            last = max((event.date for event in live.household.events), default=TODAY)
            who = next(iter(live.running.balances))
            more = Deposit(next_handle(live.household, Deposit), last, who, 100)
            assert record_event(book, library.book, home, more, now=LATER).recorded
        _sound(book, library.book)


def _do(what, dice, book, rules_of, homes):
    one, other = dice.sample(find(book, "", 100), 2)
    match what:
        case "join":
            return join_households(book, rules_of, *homes, now=LATER)
        case "merge":
            return merge(book, rules_of, one.id, other.id, now=LATER)
        case "correct":
            facts = {"name": "王芳", "id_number": _number(2)} if dice.random() < 0.4 else dice.choice(FACTS)
            return correct(book, rules_of, one.id, replace(one.person, **facts), now=LATER)
        case "forget":
            return forget(book, rules_of, one.id, now=LATER)
        case _:
            money = Balance(dice.randrange(900), dice.randrange(900))
            draft = PersonDraft("李梅", insured_place=ZHUZHOU)
            return add_person(book, rules_of, homes[0], draft, money, day=TODAY, now=LATER)
