"""The checklist: steps by place, what is to be typed, ticks that stay with their owner, and nothing invented."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from famgui.domain.household import Bind, Premium
from famgui.policy.library import Library
from famgui.store.book import Book
from famgui.store.tick import Owner
from famgui.usecase.checklist import Entry, load, premium_event, progress, tick
from famgui.usecase.household import RulesOf
from famgui.usecase.household import load as household_of
from famgui.usecase.record import record_event
from tests.domain.building import ARTICLE_C, employee, household, money, resident, row
from tests.store.making import NOW, REPOSITORY, everything, new_book, put

TODAY = date(2026, 11, 22)
LATER = NOW.replace(hour=10)


@pytest.fixture
def family(tmp_path: Path, book: RulesOf) -> Iterator[tuple[Book, int]]:
    """Li shares with his wife and his mother, and has paid the mother's premium."""
    mother = resident("zhou", name="周秀英", id_number="43020319550303002X")
    home = household(
        employee("li", name="李强"),
        employee("wang", name="王芳", phone="13800000002"),
        mother,
        accounts={"li": money("1000.00")},
        rows=[row("li", "wang"), row("li", "zhou", "parent", ends=date(2026, 12, 31))],
    )
    with new_book(tmp_path) as found:
        number = put(found, book, home)
        premium = Premium("p1", date(2025, 10, 20), "li", "resident-2026", ("zhou",))
        assert record_event(found, book, number, premium, now=NOW).recorded
        yield found, number


def test_steps_come_from_the_rules_with_their_clauses(
    family: tuple[Book, int], library: Library, book: RulesOf
) -> None:
    live = household_of(family[0], book, family[1])
    bind = load(family[0], library, live, "bind", 2, TODAY)
    assert [step.item for step in bind.steps] == [f"bind-{number}" for number in range(1, 7)]
    assert "职工共济申请" in bind.steps[3].zh and "职工共济申请" in bind.steps[3].en
    assert (bind.clauses, bind.weak, bind.channels) == (("HN-26", "HN-30"), False, ())
    assert (bind.authorizer, bind.users, bind.done, bind.complete, bind.last) == ("li", ("zhou",), 0, False, "")
    unbind = load(family[0], library, live, "unbind", 2, TODAY)
    assert (unbind.clauses, len(unbind.steps)) == (("HN-31",), 4)
    assert "共济关系查询解绑" in unbind.steps[2].zh


def test_what_is_to_be_typed(family: tuple[Book, int], library: Library, book: RulesOf) -> None:
    live = household_of(family[0], book, family[1])
    assert load(family[0], library, live, "bind", 2, TODAY).entries == (
        Entry("name", "zhou", "周秀英"),
        Entry("id-number", "zhou", "43020319550303002X"),
        Entry("relation", "zhou", "parent"),
        Entry("starts", "zhou", "2025-01-01"),
        Entry("ends", "zhou", "2026-12-31"),
        Entry("phone", "zhou", ""),
    )
    wife = {entry.what: entry.value for entry in load(family[0], library, live, "bind", 1, TODAY).entries}
    assert (wife["ends"], wife["phone"]) == ("", "13800000002")
    assert [entry.what for entry in load(family[0], library, live, "unbind", 2, TODAY).entries] == ["name", "id-number"]


def test_a_premiums_steps_belong_to_its_event(family: tuple[Book, int], library: Library, book: RulesOf) -> None:
    live = household_of(family[0], book, family[1])
    number = premium_event(family[0], live, "p1")
    assert number is not None and premium_event(family[0], live, "p2") is None
    found = load(family[0], library, live, "premium", number, TODAY)
    assert (found.owner, found.clauses, found.authorizer, found.users) == (
        Owner("event", number),
        ("HN-27",),
        "li",
        ("zhou",),
    )
    assert [(entry.what, entry.value) for entry in found.entries] == [
        ("name", "周秀英"),
        ("id-number", "43020319550303002X"),
        ("place", "430200"),
        ("amount", "40000"),
    ]
    tick(family[0], found.owner, "premium-1", on=True, now=LATER)
    assert load(family[0], library, live, "premium", number, TODAY).done == 1
    assert progress(family[0], family[1]) == {}, "a premium's ticks are not a binding's"


def test_ticks_stay_with_their_binding_until_they_are_taken_away(
    family: tuple[Book, int], library: Library, book: RulesOf
) -> None:
    found, number = family
    live = household_of(found, book, number)
    owner = Owner("binding", 2)
    audit = everything(found.path)["audit"]
    for step in range(1, 7):
        assert tick(found, owner, f"bind-{step}", on=True, now=LATER).bindings == {2}
    assert not tick(found, owner, "bind-1", on=True, now=NOW.replace(hour=12))
    done = load(found, library, live, "bind", 2, TODAY)
    assert (done.complete, done.last) == (True, "2026-11-22")
    assert {step.done_at for step in done.steps} == {LATER.isoformat()}, "a second tick changes no moment"
    assert load(found, library, live, "bind", 1, TODAY).done == 0
    assert load(found, library, live, "unbind", 2, TODAY).done == 0
    tick(found, owner, "unbind-1", on=True, now=LATER)
    assert progress(found, number) == {2: {*(f"bind-{step}" for step in range(1, 7)), "unbind-1"}}
    assert tick(found, owner, "bind-6", on=False, now=LATER) and not tick(found, owner, "bind-6", on=False, now=LATER)
    assert load(found, library, live, "bind", 2, TODAY).done == 5
    assert everything(found.path)["audit"] == audit, "a tick is no record"


@pytest.mark.parametrize(
    ("place", "channels"),
    [("120000", ("TJ-25",)), ("210000", ())],
)
def test_a_place_without_steps_points_at_the_channel_clauses(
    tmp_path: Path, library: Library, book: RulesOf, place: str, channels: tuple[str, ...]
) -> None:
    home = household(employee("li", place), employee("wang", place), rows=[row("li", "wang")], place=place)
    with new_book(tmp_path) as found:
        live = household_of(found, book, put(found, book, home))
        empty = load(found, library, live, "bind", 1, TODAY)
    assert (empty.steps, empty.complete, empty.channels) == ((), False, channels)


def test_weak_steps_are_marked(tmp_path: Path, library: Library, book: RulesOf) -> None:
    home = household(employee("li", ARTICLE_C), employee("wang", ARTICLE_C), rows=[row("li", "wang")], place=ARTICLE_C)
    with new_book(tmp_path) as found:
        live = household_of(found, book, put(found, book, home))
        bind = load(found, library, live, "bind", 1, TODAY)
        unbind = load(found, library, live, "unbind", 1, TODAY)
    assert (bind.weak, bind.clauses) == (True, ("S2-10", "S2-11", "S2-12"))
    assert (unbind.steps, unbind.channels) == ((), ("S2-10",))


def test_a_product_that_is_not_the_resident_insurance_has_no_steps(tmp_path: Path) -> None:
    """The platform names a way for the resident insurance only, not for another product that a place allows."""
    packs = tmp_path / "packs"
    shutil.copytree(REPOSITORY / "resources" / "policies", packs)
    with (packs / "430000-hunan.toml").open("a", encoding="utf-8") as pack:
        pack.write('\n[[value]]\nkey = "premium.stated-price"\nwhen = { product = "supplementary" }\nvalue = true\n')
        pack.write('clause = "HN-24"\n')
    library = Library([packs], None)
    assert not library.faults
    people = employee("li"), resident("zhou")
    home = household(*people, accounts={"li": money("1000.00")}, rows=[row("li", "zhou", "parent")])
    with new_book(tmp_path) as found:
        number = put(found, library.book, home)
        for handle, product, price in (("p1", "supplementary", 11500), ("p2", "resident-2026", None)):
            premium = Premium(handle, date(2025, 10, 20), "li", product, ("zhou",), price)
            assert record_event(found, library.book, number, premium, now=NOW).recorded
        live = household_of(found, library.book, number)
        steps = []
        for handle in ("p1", "p2"):
            event = premium_event(found, live, handle)
            assert event is not None
            steps.append(len(load(found, library, live, "premium", event, TODAY).steps))
    assert steps == [0, 5]


def test_what_is_of_another_household_is_not_looked_at(
    family: tuple[Book, int], library: Library, book: RulesOf
) -> None:
    found, number = family
    other = put(found, book, household(employee("li"), employee("wang"), rows=[row("li", "wang")]))
    live, theirs = household_of(found, book, number), household_of(found, book, other)
    bound = record_event(found, book, other, Bind("b1", TODAY, row("wang", "li", starts=TODAY)), now=NOW)
    assert bound.recorded
    event = premium_event(found, theirs, "b1")
    assert event is not None
    for deed, owner in (("bind", 3), ("bind", 99), ("premium", event), ("premium", 99)):
        with pytest.raises(LookupError):
            load(found, library, live, deed, owner, TODAY)  # type: ignore[arg-type]
    for seen in (theirs, household_of(found, book, other)):
        with pytest.raises(LookupError):
            load(found, library, seen, "premium", event, TODAY)
