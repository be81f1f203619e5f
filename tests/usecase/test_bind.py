"""A finished wizard in the book: all of it or nothing, checked once more against the book as it is."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import delete

from famgui.domain.account import Balance
from famgui.domain.binding_flow import BEGIN
from famgui.domain.binding_wish import Party, State, Wish
from famgui.domain.household import Amend, Bind, Deposit
from famgui.domain.identity import check_digit
from famgui.domain.persondraft import PersonDraft
from famgui.store.audit import trail
from famgui.store.book import Kept
from famgui.store.tables import person
from famgui.usecase.attachment import of_binding, proof_of
from famgui.usecase.bind import Asked, circumstances, record_binding
from famgui.usecase.doctor import examine
from famgui.usecase.draft import load as load_drafts
from famgui.usecase.draft import save
from famgui.usecase.household import RulesOf, export_household, load, summaries
from famgui.usecase.record import record_event
from tests.domain.building import ARTICLE_C, DAY, ZHUZHOU, employee, household, money, resident, row
from tests.store.making import NOW, new_book, put

REGIONS = {"430202"}
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def number(first17: str) -> str:
    return first17 + check_digit(first17)


LI = PersonDraft("李强", number("43020219850101001"), insured_place=ZHUZHOU)
MOTHER = PersonDraft("周秀英", number("43020219550101002"), "13800000001", "resident", insured_place=ZHUZHOU)
FATHER = PersonDraft("李建国", number("43020219530101001"), "13800000002", "resident", insured_place=ZHUZHOU)


def parent(party: Party, **more) -> Wish:
    return Wish(party, "parent", DAY, date(2025, 12, 31), **more)


def state(authorizer: Party, *wishes: Wish) -> State:
    return State("review", authorizer, wishes, committed=True)


@pytest.fixture
def book(tmp_path):
    with new_book(tmp_path) as found:
        yield found


def recorded(book, rules_of: RulesOf, asked: Asked, day=DAY):
    return record_binding(book, rules_of, asked, regions=REGIONS, now=NOW, day=day)


def nothing_odd(book, rules_of: RulesOf) -> bool:
    return not list(examine(book, rules_of))


def test_two_parents_into_an_empty_book(book, library):
    asked = Asked(
        None,
        ZHUZHOU,
        "李强的家庭",
        state(Party("n1", LI, money("100.00", "5.00")), parent(Party("n2", MOTHER)), parent(Party("n3", FATHER))),
        {},
    )
    done = recorded(book, library.book, asked)
    assert done.recorded
    assert (done.events, done.handles) == (("b1", "b2"), {"n1": "p1", "n2": "p2", "n3": "p3"})
    (only,) = summaries(book)
    assert (only.id, only.title, only.persons, only.total) == (done.household, "李强的家庭", 3, 10500)
    live = load(book, library.book, only.id)
    assert [(one.authorizer, one.user, one.starts, one.bound_at.date()) for one in live.running.register] == [
        ("p1", "p2", DAY, DAY),
        ("p1", "p3", DAY, DAY),
    ]
    assert live.running.balances == {"p1": money("100.00", "5.00")}
    assert nothing_odd(book, library.book)
    with book.read() as connection:
        assert [line.action for line in trail(connection, only.id, ["b1", "b2"])] == ["record bind"] * 2


def test_more_people_for_a_household_that_is_there(book, library):
    li, wang = employee("li", id_number=LI.id_number), employee("wang", name="王芳")
    home = put(book, library.book, household(li, wang, accounts={"li": money("10.00")}, rows=[row("li", "wang")]))
    new = replace(MOTHER, name="王小姨", id_number=number("43020219800202002"))
    son = replace(LI, name="李小军", id_number=number("43020220050101001"), phone="13800000003")
    wishes = (
        Wish(Party("n1", new), "sibling", DAY, DAY),
        Wish(Party("n2", son, money("7.00", "3.00")), "child", DAY, DAY),
    )
    done = recorded(book, library.book, Asked(home, "", "", state(Party("li"), *wishes), {}))
    assert done.handles == {"li": "li", "n1": "p1", "n2": "p2"}
    live = load(book, library.book, home)
    assert [person.id for person in live.persons] == ["li", "wang", "p1", "p2"]
    assert live.running.balances["p2"] == money("7.00", "3.00")
    kinds = [type(event) for event in live.household.events]
    assert kinds == [Deposit, Deposit, Bind, Bind]
    assert not live.drift
    assert nothing_odd(book, library.book)
    again = put(book, library.book, export_household(book, home))
    assert load(book, library.book, again).running.balances == live.running.balances


@pytest.mark.parametrize("elsewhere", [True, False])
def test_somebody_new_who_is_in_the_book_already_is_refused(book, library, elsewhere):
    home = put(book, library.book, household(employee("li"), accounts={"li": money("10.00")}))
    mother = resident("ma", name="周秀英", id_number=MOTHER.id_number, phone="1")
    put(book, library.book, household(employee("other"), mother))
    into = home if elsewhere else load(book, library.book, home + 1).id
    giver = "li" if elsewhere else "other"
    asked = Asked(into, "", "", state(Party(giver), parent(Party("n1", MOTHER))), {})
    done = recorded(book, library.book, asked)
    assert not done.recorded
    (check,) = [check for check in done.failed if check.code == "IN_BOOK"]
    assert check.user == "n1" and "周秀英 · 430•••••••••••" in check.about
    assert MOTHER.id_number not in check.about
    asked = Asked(None, ZHUZHOU, "家", state(Party("n1", MOTHER), parent(Party("n2", FATHER))), {})
    assert ("IN_BOOK", "") in [(one.code, one.user) for one in recorded(book, library.book, asked).failed]


def test_what_no_longer_holds_is_refused_and_nothing_stays(book, library):
    home = put(book, library.book, household(employee("li"), resident("ma", id_number=MOTHER.id_number, phone="1")))
    asked = Asked(home, "", "", state(Party("li"), parent(Party("ma")), parent(Party("n1", FATHER))), {})
    between = Bind("b1", DAY, row("li", "ma", "parent", DAY, ends=DAY))
    assert record_event(book, library.book, home, between, now=NOW).recorded
    done = recorded(book, library.book, asked)
    assert not done.recorded
    assert [(check.code, check.subject) for check in done.failed] == [("DUPLICATE_BINDING", "ma")]
    live = load(book, library.book, home)
    assert len(live.persons) == 2
    assert [event.id for event in live.household.events] == ["b1"]
    assert recorded(book, library.book, replace(asked, state=state(Party("li"), parent(Party("n1", FATHER))))).recorded


def test_an_event_that_the_book_refuses_takes_the_people_back(book, library):
    """A newcomer's money dated into a year that has turned since cannot come out the same."""
    home = put(book, library.book, household(employee("li"), accounts={"li": money("1.00")}))
    later = Amend("a1", DAY + timedelta(30), "li", (("suspended", DAY),))
    assert record_event(book, library.book, home, later, now=NOW).recorded
    wish = parent(Party("n1", MOTHER))
    done = recorded(book, library.book, Asked(home, "", "", state(Party("li"), wish), {}), DAY + timedelta(60))
    assert [check.code for check in done.failed] == ["SUSPENDED"]
    assert recorded(book, library.book, Asked(home, "", "", state(Party("li"), wish), {}), DAY).recorded is False
    assert len(load(book, library.book, home).persons) == 1
    assert nothing_odd(book, library.book)


def test_a_state_that_is_not_finished_is_not_recorded(book, library):
    lacking = State("review", Party("n1", LI), (parent(Party("n2", MOTHER)),), committed=False)
    done = recorded(book, library.book, Asked(None, ZHUZHOU, "李强的家庭", lacking, {}))
    assert [check.code for check in done.failed] == ["COMMITMENT"]
    assert not recorded(book, library.book, Asked(None, ZHUZHOU, "甲", BEGIN.now, {})).recorded
    assert summaries(book) == ()


def test_proofs_are_kept_with_the_binding_they_are_for(book, library):
    giver = Party("n1", replace(LI, insured_place=ARTICLE_C))
    one = replace(MOTHER, insured_place=ARTICLE_C)
    wishes = (
        parent(Party("n2", one), proofs=("户口本.png",)),
        parent(Party("n3", replace(FATHER, insured_place=ARTICLE_C)), proofs=("结婚证.png",)),
    )
    proofs = {"n3": [proof_of("结婚证.png", PNG)], "n2": [proof_of("户口本.png", PNG + b"1")]}
    done = recorded(book, library.book, Asked(None, ARTICLE_C, "甲", state(giver, *wishes), proofs))
    assert done.recorded
    kept = {key: [one.name for one in of_binding(book, key)] for key in sorted(done.changes.bindings)}
    assert list(kept.values()) == [["户口本.png"], ["结婚证.png"]]
    live = load(book, library.book, done.household)
    assert [one.proof for one in live.running.register] == ["户口本.png", "结婚证.png"]
    assert nothing_odd(book, library.book)


def test_a_household_read_before_people_joined_is_not_kept(book, library):
    home = put(book, library.book, household(employee("li")))
    before = load(book, library.book, home)
    asked = Asked(home, "", "", state(Party("li"), parent(Party("n1", MOTHER))), {})
    with book.read() as connection:
        assert recorded(book, library.book, asked).recorded
        book.keep(home, Kept(99, before), connection)
    assert len(load(book, library.book, home).persons) == 2


def test_circumstances_of_an_empty_book(library):
    where = circumstances(None, library.book(ZHUZHOU), DAY, REGIONS)
    assert (where.setting.persons, where.setting.register, where.day) == ({}, (), DAY)
    assert Balance() == Party("n1").balance


def test_people_join_behind_somebody_who_was_removed(book, library):
    """A place in the household that has become free is not taken twice."""
    home = put(book, library.book, household(employee("li"), resident("gone"), resident("ma")))
    with book.write("remove", NOW) as tx:
        tx.connection.execute(delete(person).where(person.c.handle == "gone"))
    asked = Asked(home, "", "", state(Party("li"), parent(Party("n1", MOTHER))), {})
    assert recorded(book, library.book, asked).recorded
    assert [one.id for one in load(book, library.book, home).persons] == ["li", "ma", "p1"]


def test_the_draft_goes_in_the_same_transaction_and_stays_with_what_is_refused(book, library):
    save(book, "wizard", {"flow": 1}, now=NOW)
    wishes = (parent(Party("n2", MOTHER)),)
    nobody = Asked(None, ZHUZHOU, "", replace(state(Party("n1", LI), *wishes), committed=False), {}, "wizard")
    assert not recorded(book, library.book, nobody).recorded and load_drafts(book, "wizard")
    asked = Asked(None, ZHUZHOU, "李强的家庭", state(Party("n1", LI, money("100.00")), *wishes), {}, "wizard")
    assert recorded(book, library.book, asked).recorded and not load_drafts(book, "wizard")
