"""The doctor finds each kind of damage that somebody could do behind the program's back."""

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from famgui.domain.account import Balance
from famgui.domain.household import Deposit
from famgui.policy.library import NoRuleBook
from famgui.store.book import Book
from famgui.usecase.doctor import examine
from tests.domain.building import employee, household
from tests.store.making import NOW, filled, new_book, put, tamper


@pytest.fixture(scope="module")
def sound(tmp_path_factory, library):
    """The sample family and a household whose year has turned."""
    with new_book(tmp_path_factory.mktemp("doctor")) as book:
        filled(book, library.book)
        deposits = [Deposit("d1", date(2025, 3, 1), "w", 200), Deposit("d2", date(2026, 2, 1), "w", 70)]
        put(book, library.book, household(employee("w"), accounts={"w": Balance(10, 5)}, events=deposits))
    return book.path


@pytest.fixture
def examined(sound, tmp_path, library):
    """The codes that the doctor finds in a copy after some damage."""

    def examined(*statements, rules_of=library.book):
        path = Path(shutil.copy(sound, tmp_path / "book.sqlite"))
        tamper(path, *statements)
        book = Book.open(path, now=NOW, check=False)
        try:
            return {finding.code: dict(finding.values) for finding in examine(book, rules_of)}
        finally:
            book.close()

    return examined


def test_a_sound_book(examined):
    assert examined() == {}


FIRST = "(SELECT min(id) FROM {} WHERE {})"
POOL = FIRST.format("posting", "ledger = 'pool'")
ON_ACCOUNT = FIRST.format("posting", "ledger = 'current' AND event_id IS NOT NULL")
OPENING = FIRST.format("posting", "event_id IS NULL AND person_id IS NOT NULL")
REVERSAL = FIRST.format("settlement", "reverses_id IS NOT NULL")
ONE = FIRST.format("settlement", "pool > 0")
VISIT = "(SELECT id FROM event WHERE handle = '一月社区')"


@pytest.mark.parametrize(
    ("statement", "codes"),
    [
        (f"UPDATE posting SET amount = amount + 1 WHERE id = {POOL}", {"unbalanced", "settlement-postings"}),
        (
            f"UPDATE posting SET amount = amount + 1 WHERE id = {ON_ACCOUNT}",
            {"unbalanced", "balance", "running-balance", "settlement-postings"},
        ),
        (
            f"UPDATE posting SET amount = amount + 1 WHERE id = {OPENING}",
            {"opening-unbalanced", "opening", "balance", "running-balance"},
        ),
        (f"UPDATE posting SET balance_after = 1 WHERE id = {ON_ACCOUNT}", {"running-balance"}),
        (f"UPDATE posting SET account_after = 1 WHERE id = {ON_ACCOUNT}", {"running-balance"}),
        (f"UPDATE posting SET household_id = 2 WHERE id = {ON_ACCOUNT}", {"stray-posting"}),
        (f"DELETE FROM posting WHERE id = {POOL}", {"unbalanced", "settlement-postings"}),
        ("UPDATE account SET current = current + 1 WHERE person_id = 2", {"balance", "replay-balance"}),
        ("UPDATE account SET prior_years = -1 WHERE person_id = 2", {"damaged", "balance", "replay-balance"}),
        (
            "UPDATE account SET opening_current = opening_current + 1 WHERE person_id = 2",
            {"opening", "replay-balance"},
        ),
        ("DELETE FROM account WHERE person_id = 2", {"no-account", "unreplayable"}),
        (
            f"UPDATE settlement SET cash = cash + 1 WHERE id = {ONE}",
            {"damaged", "settlement-sum", "settlement-postings", "replay-settlement"},
        ),
        (
            f"UPDATE settlement SET in_scope = in_scope + 1, upfront = upfront - 1 WHERE id = {ONE}",
            {"replay-settlement"},
        ),
        (f"UPDATE settlement SET ratio = ratio + 1 WHERE id = {ONE}", {"replay-settlement"}),
        (f"UPDATE settlement SET deductible = 7 WHERE id = {ONE}", {"replay-settlement"}),
        (f"UPDATE settlement SET deductible = -7 WHERE id = {REVERSAL}", {"reversal", "replay-reversal"}),
        (f"DELETE FROM settlement WHERE event_id = {VISIT}", {"no-settlement", "replay-settlement"}),
        ("DELETE FROM settlement WHERE reverses_id IS NOT NULL", {"settlement-postings", "replay-reversal"}),
        (f"DELETE FROM event WHERE id = {VISIT}", {"orphan", "unreplayable"}),
        ("DELETE FROM person WHERE handle = 'ming'", {"orphan", "unreplayable"}),
        ("UPDATE binding SET user_id = 4711 WHERE id = 1", {"orphan", "unreplayable"}),
        ("UPDATE event SET status = 'partly' WHERE handle = '一月社区'", {"replay-status"}),
        ("UPDATE event SET body = replace(body, '1200', '1300') WHERE handle = '一月社区'", {"replay-settlement"}),
        ("UPDATE event SET body = '{' WHERE handle = '一月社区'", {"unreadable"}),
        ("UPDATE binding SET unbound_on = '2025-12-01' WHERE id = 1", {"replay-binding"}),
        ("UPDATE binding SET priority = 3 WHERE bound_by_id IS NOT NULL", {"replay-binding"}),
        ("DELETE FROM binding WHERE bound_by_id IS NOT NULL", {"replay-binding"}),
    ],
)
def test_planted_damage_is_found(examined, statement, codes):
    found = examined(statement)
    if "unreplayable" in codes:
        codes = codes - {"unreplayable"}
        assert found.keys() & {"unreadable", "replay-impossible", "replay-settlement", "replay-balance"}
        assert codes <= found.keys()
    else:
        assert codes <= found.keys()
        assert found.keys() - codes <= {"replay-balance", "damaged"}


def test_findings_say_where(examined):
    assert examined("UPDATE account SET current = current + 1 WHERE person_id = 2")["balance"] == {
        "person": "li",
        "bucket": "current",
        "stored": 211_201,
        "posted": 211_200,
    }
    orphan = examined("UPDATE settlement SET patient_id = 4711 WHERE id = 1")["orphan"]
    assert orphan == {"table": "settlement", "row": 1, "column": "patient_id"}


def test_a_place_without_rules_is_said(examined):
    def nothing(place):
        raise NoRuleBook(place)

    found = examined(rules_of=nothing)
    assert found == {"no-rule-book": {"household": 2, "place": "430200"}}


def test_pages_that_were_overwritten(sound, tmp_path, library):
    path = Path(shutil.copy(sound, tmp_path / "book.sqlite"))
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'posting'").fetchone()
    with path.open("r+b") as stream:
        stream.seek((page - 1) * 4096)
        stream.write(b"\xff" * 4096)
    book = Book.open(path, now=NOW, check=False)
    assert "damaged" in {finding.code for finding in examine(book, library.book)}
    book.close()
