"""The settlement sheet as data: its figures add up, balances are those of the ledger, every clause is there."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from famgui.domain.account import Balance
from famgui.domain.settlement import Visit
from famgui.domain.timeline import Running
from famgui.files.casefile import read_case
from famgui.policy.library import Library
from famgui.usecase.reminder import reminders
from famgui.usecase.sheet import WEAK_GRADES, SheetData, sheet_data
from tests.domain.building import employee, household, item, row, visit
from tests.store.making import CASES
from tests.usecase.small_library import small_library


def sheets(path: Path, library: Library) -> list[tuple[Running, SheetData]]:
    """The sheet of every visit of a case, with the state after the visit."""
    given = read_case(path)
    rules, found = library.book(given.place), []
    running = Running(given, rules)
    for event in sorted(given.events, key=lambda event: event.date):
        outcome = running.apply(event)
        if isinstance(event, Visit) and outcome.settlement is not None:
            found.append((running.fork(), sheet_data(event, outcome.settlement, rules.at(event.date), library)))
    return found


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_sheet_adds_up_and_tells_the_balances_of_the_ledger(path: Path, library: Library) -> None:
    for after, data in sheets(path, library):
        total = sum(line.item.amount for line in data.lines)
        assert sum(payer.amount for payer in data.payers) == total
        assert sum(sum(line.split[1:]) for line in data.lines) == total
        for payer in data.payers[1:-1]:
            assert payer.left == after.balances[payer.account].total
        assert [payer.role for payer in (data.payers[0], data.payers[-1])] == ["pool", "cash"]
        assert all(basis.clause is not None for basis in data.bases), "every clause is in the library"
        assert len({basis.id for basis in data.bases}) == len(data.bases)


def test_clauses_are_those_of_steps_and_problems_and_weak_ones_are_marked(library: Library) -> None:
    path = next(path for path in CASES if path.stem == "example")
    given = read_case(path)
    running = Running(given, library.book(given.place))
    event = next(event for event in given.events if isinstance(event, Visit))
    done = running.apply(event).settlement
    assert done is not None
    data = sheet_data(event, done, running.book.at(event.date), library)
    named = {clause for step in done.steps for clause in (step.clause, *step.beside) if clause}
    assert {basis.id for basis in data.bases} == named | {problem.clause for problem in done.problems if problem.clause}
    weak = {basis.id for basis in data.bases if basis.weak}
    assert {step.clause for step in done.steps if step.weak} <= weak
    assert {basis.id for basis in data.bases if basis.clause and basis.clause.grade in WEAK_GRADES} <= weak
    assert weak and weak != named


@pytest.mark.parametrize(
    ("place", "keys"),
    [
        ("430200", ["credential", "authorizers-code", "by-itself", "tell-cashier-too", "cash-out"]),
        ("430000", ["credential", "authorizers-code", "by-itself", "cash-out"]),
        ("350000", ["credential", "authorizers-code", "cash-out"]),
    ],
)
def test_reminders_are_those_of_the_place(library: Library, place: str, keys: list[str]) -> None:
    """Zhuzhou has a source of its own against its province's; Fujian says nothing about the cashier."""
    accounts = {"li": Balance(1_000_000)}
    people = employee("wang", place), employee("li", place)
    home = household(*people, accounts=accounts, rows=[row("li", "wang")], place=place)
    event = visit("wang", item("80.00", "C"), place=place)
    running = Running(home, library.book(place))
    done = running.apply(event).settlement
    assert done is not None and done.shared
    rules = running.book.at(event.date)
    assert [reminder.key for reminder in reminders(done, rules, library, event.date)] == keys
    alone = Running(replace(home, bindings=()), library.book(place)).apply(event).settlement
    assert alone is not None and alone.cash
    assert [reminder.key for reminder in reminders(alone, rules, library, event.date)] == [
        "credential",
        "authorizers-code",
    ]


@pytest.mark.parametrize(
    ("said", "ruled", "told"),
    [
        ("", "", True),
        ("from = 2025-01-01", "", True),
        ("until = 2024-12-31", "", False),
        ("from = 2027-01-01", "", False),
        ("from = 2025-01-01", "until = 2024-12-31", False),
    ],
)
def test_a_city_contradicts_only_while_both_may_be_in_force(tmp_path: Path, said: str, ruled: str, told: bool) -> None:
    """On a day of 2026: what had ended by then, or replaced the province's clause, is no conflict."""
    clause = '[[clause]]\nid = "{id}"\ntopic = "settlement"\nstatement = "{id}。"\ngrade = "B"\n{rest}\n'
    province = clause.format(id="TA-30", rest=f'conflicts = ["TB-30"]\n{ruled}')
    value = '[[value]]\nkey = "remind.tell-cashier"\nvalue = false\nclause = "TA-30"\n'
    packs = small_library(tmp_path, {"430000": province + value, "430200": clause.format(id="TB-30", rest=said)})
    path = next(path for path in CASES if path.stem == "example")
    given = read_case(path)
    event = next(event for event in given.events if isinstance(event, Visit))
    done = Running(given, packs.book("430200")).apply(event).settlement
    assert done is not None
    day = date(2026, 6, 1)
    found = reminders(done._replace(shared=1), packs.book("430200").at(day), packs, day)
    clauses = {reminder.key: reminder.clauses for reminder in found}
    assert clauses == {"by-itself": ("TA-30",)} | ({"tell-cashier-too": ("TB-30",)} if told else {})


def test_reminders_name_their_clauses(library: Library) -> None:
    path = next(path for path in CASES if path.stem == "family-year.famgui")
    found = {reminder.key: reminder for _, data in sheets(path, library) for reminder in data.reminders}
    assert {key: reminder.clauses for key, reminder in found.items()} == {
        "credential": ("N-10",),
        "authorizers-code": ("S2-14",),
        "by-itself": ("HN-29",),
        "tell-cashier-too": ("S1-07",),
        "cash-out": ("N-09",),
    }
    assert [key for key, reminder in found.items() if reminder.weak] == ["tell-cashier-too"]
