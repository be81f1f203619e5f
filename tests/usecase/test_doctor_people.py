"""The doctor finds damage to what amendments and reorders left behind: facts, priorities, accounts that were opened."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from famgui.base.wording import Wording
from famgui.domain.household import Amend, Bind, Deposit, Reorder
from famgui.store.book import Book
from famgui.usecase.desk import examine_file
from famgui.usecase.doctor import examine
from famgui.usecase.record import record_event
from tests.domain.building import DAY, deposit, employee, household, money, purchase, resident, row
from tests.store.making import NOW, new_book, put, tamper

EVENTS = (
    purchase("bo", "30.00"),
    Amend("a1", DAY, "bo", (("insurance", "employee"), ("has_account", True))),
    Amend("a2", DAY, "wu", (("suspended", date(2025, 7, 1)),)),
    Deposit("d1", DAY, "bo", 500),
    Bind("b1", DAY, row("an", "bo", "child", DAY, priority=4)),
    Reorder("o1", DAY, "bo", ("an",)),
    Amend("a3", DAY, "xu", (("insurance", "employee"),)),
)


@pytest.fixture(scope="module")
def sound(tmp_path_factory, library):
    """A family in which a resident became an employee, twice; somebody is suspended; authorizers were reordered."""
    people = (*map(employee, ("li", "wu", "an")), resident("bo"), resident("xu"))
    rows = [row("li", "bo", "child"), row("wu", "bo", "sibling", priority=2)]
    with new_book(tmp_path_factory.mktemp("doctor")) as book:
        made = household(*people, accounts={"li": money("100.00")}, rows=rows, events=EVENTS[:2])
        home = put(book, library.book, made)
        twin = Amend("twin", DAY, "bo", (("insurance", "employee"),))
        put(book, library.book, household(resident("bo"), events=[twin]))
        for event in EVENTS[2:]:
            assert record_event(book, library.book, home, event, now=NOW).recorded
        assert record_event(book, library.book, home, deposit("1.00", date(2025, 8, 1), "dx"), now=NOW).recorded
    return book.path


@pytest.fixture
def examined(sound, tmp_path, library):
    """Code and subject of what the doctor finds in a copy after some damage."""

    def examined(*statements):
        path = Path(shutil.copy(sound, tmp_path / "book.sqlite"))
        tamper(path, *statements)
        book = Book.open(path, now=NOW, check=False)
        try:
            found = examine(book, library.book)
        finally:
            book.close()
        assert len(set(found)) == len(found), "nothing is told twice"
        assert bool(examine_file(path, library.book, Wording("zh"))) == bool(found), "whatever is found can be told"
        return {(finding.code, str(dict(finding.values).get("subject", ""))) for finding in found}

    return examined


def test_a_sound_book(examined):
    assert examined() == set()


def person(who, value):
    return f"UPDATE person SET amended = {value} WHERE household_id = 1 AND handle = '{who}'"


ACCOUNT = "WHERE person_id = (SELECT id FROM person WHERE household_id = 1 AND handle = '{}')"
OPENED, GIVEN, OTHER, EMPTY = (ACCOUNT.format(who) for who in ("bo", "li", "wu", "xu"))
A1, A2, A3, D1 = (f"(SELECT id FROM event WHERE handle = '{handle}')" for handle in ("a1", "a2", "a3", "d1"))
TWIN = "(SELECT id FROM event WHERE handle = 'twin')"


@pytest.mark.parametrize(
    ("statement", "codes"),
    [
        (person("wu", "NULL"), {("replay-person", "wu")}),
        (person("wu", """'{"suspended":"2025-07-02"}'"""), {("replay-person", "wu")}),
        (person("wu", """'{"suspended":"2025-07-01","tier":"1"}'"""), {("replay-person", "wu")}),
        (person("an", """'{"status":"retired"}'"""), {("replay-person", "an")}),
        (person("bo", """'{"insurance":"employee","has_account":false}'"""), {("replay-person", "bo")}),
        (person("wu", "'{'"), {("unreadable", "")}),
        (person("wu", "'[]'"), {("unreadable", "")}),
        (person("wu", """'{"suspended":"soon"}'"""), {("unreadable", "")}),
        ("UPDATE binding SET priority = 1 WHERE bound_by_id IS NULL AND priority = 2", {("replay-binding", "li bo")}),
        ("UPDATE binding SET priority = 4 WHERE bound_by_id IS NOT NULL", {("replay-binding", "an bo")}),
        (
            "UPDATE binding SET given_priority = 9 WHERE bound_by_id IS NULL AND given_priority = 1",
            {("replay-binding", "li bo"), ("replay-binding", "wu bo")},
        ),
        ("UPDATE binding SET given_priority = 9 WHERE bound_by_id IS NOT NULL", {("replay-binding", "an bo")}),
        (f"UPDATE account SET opened_by_id = NULL {OPENED}", {("account-opened", "")}),
        (f"UPDATE account SET opened_by_id = NULL {EMPTY}", {("account-opened", "")}),
        (f"UPDATE account SET opened_by_id = {A3} {OPENED}", {("account-opened", "")}),
        (f"UPDATE account SET opened_by_id = {A2} {OPENED}", {("account-opened", "")}),
        (f"UPDATE account SET opened_by_id = {D1} {OPENED}", {("account-opened", "")}),
        (f"UPDATE account SET opened_by_id = {A1} {GIVEN}", {("account-opened", ""), ("replay-impossible", "")}),
        ("UPDATE binding SET relation = 'parent' WHERE bound_by_id IS NOT NULL", {("replay-binding", "an bo")}),
        (f"UPDATE account SET opened_by_id = {A2} {OTHER}", {("account-opened", "")}),
        (f"UPDATE account SET opened_by_id = {TWIN} {OPENED}", {("account-opened", "")}),
        (f"UPDATE account SET opened_by_id = 4711 {OPENED}", {("orphan", ""), ("account-opened", "")}),
        (f"DELETE FROM account {EMPTY}", {("replay-balance", "xu")}),
    ],
)
def test_planted_damage_is_found(examined, statement, codes):
    assert examined(statement) == codes
