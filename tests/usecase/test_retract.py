"""Undo of what was recorded about bindings and facts: afterwards the book is as if it had never been."""

import json
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import select

from famgui.domain.binding import Binding
from famgui.domain.household import Amend, Bind, Deposit, Reorder, Unbind
from famgui.domain.identity import RELATIONS
from famgui.store import tables
from famgui.usecase.doctor import examine
from famgui.usecase.household import export_household, load
from famgui.usecase.record import record_event, record_events
from famgui.usecase.retract import retract
from tests.domain.building import DAY, employee, household, money, purchase, resident, row
from tests.store.making import NOW, everything, new_book, put, tamper
from tests.usecase.year import DAYS, FIRST, Family, happening
from tests.usecase.year import household as random_household

NEW_YEAR = date(2026, 1, 5)


@pytest.fixture
def ledger(tmp_path):
    with new_book(tmp_path) as book:
        yield book


@pytest.fixture
def home(ledger, library):
    """Two authorizers of bo, a third employee without a binding; something was bought already."""
    people = (employee("li"), employee("wu"), employee("an"), resident("bo"))
    rows = [row("li", "bo", "child"), row("wu", "bo", "sibling", priority=2)]
    held = {"li": money("100.00"), "wu": money("50.00", "7.00")}
    return put(ledger, library.book, household(*people, accounts=held, rows=rows, events=[purchase("bo", "30.00")]))


def new(authorizer: str, user: str, relation: str = "child", day: date = DAY, **more: object) -> Binding:
    return row(authorizer, user, relation, day, **more)


def without_audit(ledger):
    """Every row of the book but the trail of what was done."""
    return {name: rows for name, rows in everything(ledger.path).items() if name != "audit"}


def trail(ledger):
    with ledger.read() as connection:
        found = connection.execute(select(tables.audit.c.action, tables.audit.c.event_id, tables.audit.c.detail))
        return [tuple(line) for line in found]


CHANGES = {
    "bind": Bind("b1", DAY, new("an", "bo")),
    "unbind": Unbind("u1", DAY, "li", "bo", "不再需要"),
    "amend": Amend("a1", DAY, "wu", (("insurance", "resident"),)),
    "account opened": Amend("a1", DAY, "bo", (("insurance", "employee"),)),
    "reorder": Reorder("o1", DAY, "bo", ("wu", "li")),
    "in a new year": Bind("b1", NEW_YEAR, new("an", "bo", day=NEW_YEAR)),
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_book_is_as_if_it_had_never_been(ledger, library, home, name):
    before, given = without_audit(ledger), export_household(ledger, home)
    event = CHANGES[name]
    assert record_event(ledger, library.book, home, event, now=NOW).recorded
    assert without_audit(ledger) != before
    done = retract(ledger, library.book, home, [event.id], now=NOW)
    assert done.recorded
    assert without_audit(ledger) == before
    assert export_household(ledger, home) == given
    assert examine(ledger, library.book) == ()


def test_the_trail_keeps_what_was_undone(ledger, library, home):
    record_event(ledger, library.book, home, CHANGES["unbind"], now=NOW)
    retract(ledger, library.book, home, ["u1"], now=NOW)
    recorded, undone = trail(ledger)[-2:]
    assert recorded == ("record unbind", None, "u1: 不再需要")
    assert undone[:2] == ("undo unbind", None)
    assert json.loads(undone[2]) == {
        "id": "u1",
        "date": "2025-05-10",
        "type": "unbind",
        "authorizer": "li",
        "user": "bo",
        "reason": "不再需要",
    }


def test_several_recorded_together_are_undone_together(ledger, library, home):
    before = without_audit(ledger)
    events = (CHANGES["bind"], Bind("b2", DAY, new("li", "wu", "spouse")), CHANGES["reorder"])
    assert record_events(ledger, library.book, home, events, now=NOW).recorded
    assert retract(ledger, library.book, home, ["b2", "o1", "b1"], now=NOW).recorded
    assert without_audit(ledger) == before
    assert [action for action, *_ in trail(ledger)[-3:]] == ["undo reorder", "undo bind", "undo bind"]


def test_papers_and_ticks_go_with_it_and_others_stay(ledger, library, home):
    record_event(ledger, library.book, home, Bind("b0", DAY, new("li", "wu", "spouse")), now=NOW)
    _paper_and_tick(ledger, "b0")
    before = without_audit(ledger)
    record_event(ledger, library.book, home, CHANGES["bind"], now=NOW)
    _paper_and_tick(ledger, "b1")
    assert without_audit(ledger)["tick"] != before["tick"]
    assert retract(ledger, library.book, home, ["b1"], now=NOW).recorded
    assert without_audit(ledger) == before


def _paper_and_tick(ledger, handle):
    event, binding = tables.event.c, tables.binding.c
    with ledger.write("paper", NOW) as tx:
        key = tx.connection.scalar(select(event.id).where(event.handle == handle))
        bound = tx.connection.scalar(select(binding.id).where(binding.bound_by_id == key))
        paper = {"household_id": 1, "event_id": key, "name": "户口簿.pdf", "media_type": "application/pdf"}
        paper |= {"sha256": "0" * 64, "content": b"x", "added_at": NOW.isoformat()}
        tx.connection.execute(tables.attachment.insert(), paper)
        tx.connection.execute(tables.tick.insert(), {"binding_id": bound, "item": "step-1", "done_at": "2025"})


def test_one_may_go_on_after_it(ledger, library, home):
    record_event(ledger, library.book, home, CHANGES["bind"], now=NOW)
    retract(ledger, library.book, home, ["b1"], now=NOW)
    kept = ledger.kept(home)
    assert kept is not None and kept.seq == 1, "the household is not computed anew for the next question"
    again = record_event(ledger, library.book, home, Bind("b1", DAY, new("an", "bo", "parent")), now=NOW)
    assert again.recorded
    assert load(ledger, library.book, home).running.register[-1].relation == "parent"
    assert examine(ledger, library.book) == ()


def codes(done):
    assert not done.recorded
    return [refusal.code for refusal in done.refusals]


def test_only_the_last_events_can_be_undone(ledger, library, home):
    record_event(ledger, library.book, home, CHANGES["bind"], now=NOW)
    record_event(ledger, library.book, home, Deposit("d1", DAY, "li", 100), now=NOW)
    before = everything(ledger.path)
    assert codes(retract(ledger, library.book, home, ["b1"], now=NOW)) == ["NOT_LAST_EVENTS"]
    assert codes(retract(ledger, library.book, home, ["b7"], now=NOW)) == ["NOT_LAST_EVENTS"]
    assert codes(retract(ledger, library.book, home, [], now=NOW)) == ["NOT_LAST_EVENTS"]
    assert codes(retract(ledger, library.book, home, ["d1"], now=NOW)) == ["NOT_UNDOABLE"]
    assert codes(retract(ledger, library.book, home, ["b1", "d1"], now=NOW)) == ["NOT_UNDOABLE"]
    assert everything(ledger.path) == before


def test_what_came_with_the_import_stays(ledger, library):
    given = household(employee("li"), resident("bo"), events=[Bind("b1", DAY, new("li", "bo"))])
    home = put(ledger, library.book, given)
    before = everything(ledger.path)
    assert codes(retract(ledger, library.book, home, ["b1"], now=NOW)) == ["IMPORTED"]
    assert everything(ledger.path) == before


def test_what_would_not_compute_afterwards_is_left_as_it_is(ledger, library, home):
    record_event(ledger, library.book, home, CHANGES["unbind"], now=NOW)
    tamper(ledger.path, "UPDATE settlement SET pool = pool + 1, cash = cash - 1")
    before = everything(ledger.path)
    assert codes(retract(ledger, library.book, home, ["u1"], now=NOW)) == ["RULES_CHANGED"]
    assert everything(ledger.path) == before


@pytest.mark.parametrize("seed", range(3))
def test_random_families_are_as_they_were(ledger, library, seed):
    """Between the events of a random year something is recorded and undone, on the day or late, one or several."""
    dice = Random(seed)
    given, ids = random_household(dice)
    family = Family(put(ledger, library.book, given), given.place, ids, untidy=False)
    undone: dict[str, int] = {}
    for number in range(45):
        day = FIRST + timedelta(DAYS * number // 45)
        record_event(ledger, library.book, family.id, happening(dice, replace(family, left={}), day), now=NOW)
        family.count += 1
        before, whole = without_audit(ledger), export_household(ledger, family.id)
        events = [change(dice, family, day) for _ in range(dice.randint(1, 3))]
        events = [event for event in events if record_event(ledger, library.book, family.id, event, now=NOW).recorded]
        if not events:
            continue
        assert retract(ledger, library.book, family.id, [event.id for event in events], now=NOW).recorded
        assert without_audit(ledger) == before
        assert export_household(ledger, family.id) == whole
        assert examine(ledger, library.book) == ()
        for event in events:
            undone[type(event).__name__] = undone.get(type(event).__name__, 0) + 1
    assert {"Bind", "Amend"} <= undone.keys(), undone
    assert sum(undone.values()) > 20, undone


def change(dice, family, day):
    """Something about bindings or facts, on the day or some days before."""
    day -= timedelta(dice.choice([0, 0, 0, 3, 20]))
    holder, other = dice.choice(family.ids[:3]), dice.choice(family.ids)
    match dice.choice(["bind", "unbind", "amend", "reorder"]):
        case "bind":
            return Bind(family.handle(), day, new(holder, other, dice.choice(RELATIONS), day))
        case "unbind":
            return Unbind(family.handle(), day, holder, other)
        case "amend":
            facts = dice.choice([("insurance", "employee"), ("status", "retired"), ("suspended", day), ("tier", "2")])
            return Amend(family.handle(), day, other, (facts,))
    return Reorder(family.handle(), day, other, (holder,))
