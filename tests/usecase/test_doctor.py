"""The doctor finds each kind of damage that somebody could do behind the program's back."""

import shutil
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from famgui.base.wording import Wording
from famgui.domain.account import Balance
from famgui.domain.household import Deposit
from famgui.policy.library import NoRuleBook
from famgui.store.book import Book
from famgui.usecase.desk import examine_file
from famgui.usecase.doctor import examine
from famgui.usecase.record import record_event
from tests.domain.building import back, employee, household, purchase
from tests.store.making import NOW, filled, new_book, put, tamper


@pytest.fixture(scope="module")
def sound(tmp_path_factory, library):
    """The sample family, and a household whose year has turned and where more was recorded later."""
    with new_book(tmp_path_factory.mktemp("doctor")) as book:
        filled(book, library.book)
        deposits = [Deposit("d1", date(2025, 3, 1), "w", 200), Deposit("d2", date(2026, 2, 1), "w", 70)]
        home = put(book, library.book, household(employee("w"), accounts={"w": Balance(10, 5)}, events=deposits))
        for event in (
            purchase("w", "2.50", date(2026, 3, 1)),
            Deposit("d3", date(2026, 4, 1), "w", 500),
            back(day=date(2026, 5, 1)),
        ):
            assert record_event(book, library.book, home, event, now=NOW + timedelta(hours=1)).recorded
    return book.path


@pytest.fixture
def examined(sound, tmp_path, library):
    """The codes that the doctor finds in a copy after some damage."""

    def examined(*statements, rules_of=library.book):
        path = Path(shutil.copy(sound, tmp_path / "book.sqlite"))
        tamper(path, *statements)
        book = Book.open(path, now=NOW, check=False)
        try:
            found = examine(book, rules_of)
        finally:
            book.close()
        assert bool(examine_file(path, rules_of, Wording("zh"))) == bool(found), "whatever is found can be told"
        return {finding.code: dict(finding.values) for finding in found}

    return examined


def test_a_sound_book(examined):
    assert examined() == {}


FIRST = "(SELECT min(id) FROM {} WHERE {})"
POOL = FIRST.format("posting", "ledger = 'pool'")
PAID = FIRST.format("posting", "ledger = 'current' AND kind = 'settlement'")
OPENING = FIRST.format("posting", "event_id IS NULL AND person_id IS NOT NULL")
DEPOSITED = FIRST.format("posting", "kind = 'deposit' AND ledger = 'current'")
INFLOW = FIRST.format("posting", "ledger = 'inflow'")
PREMIUM = FIRST.format("posting", "ledger = 'premium'")
CARRIED = FIRST.format("posting", "kind = 'carry-over'")
BACK = FIRST.format("posting", "kind = 'reversal' AND ledger = 'current'")
BACK_TO_LI = FIRST.format("posting", "kind = 'reversal' AND person_id = 2")
REVERSAL = FIRST.format("settlement", "reverses_id IS NOT NULL")
ONE = FIRST.format("settlement", "pool > 0")
VISIT = "(SELECT id FROM event WHERE handle = '一月社区')"
SECOND = "(SELECT id FROM event WHERE handle = '三月药店')"
POSTED = "replay-posted-settlement"

DAMAGE = [
    (
        [f"UPDATE posting SET amount = amount + 1 WHERE id = {POOL}"],
        {"unbalanced", "settlement-postings", "year-pool", POSTED},
    ),
    (
        [f"UPDATE posting SET amount = amount + 1 WHERE id = {PAID}"],
        {"unbalanced", "balance", "running-balance", "settlement-postings", "paid", POSTED},
    ),
    (
        [f"UPDATE posting SET amount = amount + 1 WHERE id = {OPENING}"],
        {"opening-unbalanced", "opening", "balance", "running-balance"},
    ),
    ([f"UPDATE posting SET balance_after = 1 WHERE id = {PAID}"], {"damaged", "running-balance"}),
    ([f"UPDATE posting SET account_after = 1 WHERE id = {PAID}"], {"running-balance"}),
    ([f"UPDATE posting SET household_id = 2 WHERE id = {PAID}"], {"stray-posting"}),
    (
        [f"DELETE FROM posting WHERE id = {POOL}"],
        {"unbalanced", "settlement-postings", "year-pool", POSTED},
    ),
    (["UPDATE account SET current = current + 1 WHERE person_id = 2"], {"balance", "replay-balance"}),
    (["UPDATE account SET prior_years = -1 WHERE person_id = 2"], {"damaged", "balance", "replay-balance"}),
    (
        ["UPDATE account SET opening_current = opening_current + 1 WHERE person_id = 2"],
        {"opening", "replay-balance"},
    ),
    (
        [f"UPDATE settlement SET cash = cash + 1 WHERE id = {ONE}"],
        {"damaged", "settlement-sum", "settlement-postings", "replay-settlement", "year-cash"},
    ),
    (
        [f"UPDATE settlement SET in_scope = in_scope + 1, upfront = upfront - 1 WHERE id = {ONE}"],
        {"replay-settlement"},
    ),
    ([f"UPDATE settlement SET ratio = ratio + 1 WHERE id = {ONE}"], {"replay-settlement"}),
    ([f"UPDATE settlement SET deductible = 7 WHERE id = {ONE}"], {"replay-settlement"}),
    ([f"UPDATE settlement SET deductible = -7 WHERE id = {REVERSAL}"], {"reversal", "replay-reversal"}),
    (
        [f"DELETE FROM settlement WHERE event_id = {VISIT}"],
        {"no-settlement", "replay-settlement", "year-pool", "year-provider"},
    ),
    (
        [f"DELETE FROM settlement WHERE id = {REVERSAL}"],
        {"settlement-postings", "replay-reversal", "year-pool", "year-provider"},
    ),
    (["UPDATE event SET status = 'partly' WHERE handle = '一月社区'"], {"replay-status"}),
    (
        ["UPDATE event SET body = replace(body, '1200', '1300') WHERE handle = '一月社区'"],
        {"replay-settlement", "replay-balance", POSTED},
    ),
    (["UPDATE event SET body = '{' WHERE handle = '一月社区'"], {"unreadable"}),
    (["UPDATE binding SET unbound_on = '2025-12-01' WHERE id = 1"], {"replay-binding"}),
    (["UPDATE binding SET priority = 3 WHERE bound_by_id IS NOT NULL"], {"replay-binding"}),
    (["DELETE FROM binding WHERE bound_by_id IS NOT NULL"], {"replay-binding"}),
    # The ledger by year, where every event by itself still adds up.
    (
        [f"UPDATE posting SET date = '2024-01-14' WHERE id = {POOL}"],
        {"posting-kind", "year-pool", POSTED},
    ),
    (
        [
            f"UPDATE posting SET ledger = 'cash' WHERE id = {INFLOW}",
        ],
        {"year-cash", "replay-posted-deposit"},
    ),
    # What came in, what was paid for relatives, what became prior years' money: against the events.
    (
        [
            f"UPDATE posting SET amount = amount + 1 WHERE id = {DEPOSITED}",
            f"UPDATE posting SET amount = amount - 1 WHERE id = {INFLOW}",
        ],
        {"balance", "running-balance", "replay-posted-deposit"},
    ),
    (
        ["UPDATE event SET body = replace(body, '115200', '115201') WHERE handle = '上半年入账'"],
        {"replay-balance", "replay-posted-deposit"},
    ),
    ([f"UPDATE posting SET ledger = 'inflow' WHERE id = {PREMIUM}"], {"replay-posted-premium"}),
    (
        [f"UPDATE posting SET kind = 'deposit' WHERE id = {PREMIUM}"],
        {"posting-kind", "replay-posted-premium", "replay-posted-deposit"},
    ),
    ([f"UPDATE posting SET date = '2026-02-01' WHERE id = {CARRIED}"], {"replay-posted-carry-over"}),
    (
        ["DELETE FROM posting WHERE id IN (SELECT max(id) FROM posting WHERE kind = 'carry-over')"],
        {"unbalanced", "balance", "running-balance", "replay-posted-carry-over"},
    ),
    # Each payment and each refund against the trace of the settlement.
    (
        [f"UPDATE settlement SET trace = replace(trace, '[\"shared\",\"li\",0,1788]', '') WHERE event_id = {VISIT}"],
        {"paid"},
    ),
    ([f"UPDATE settlement SET trace = '{{}}' WHERE event_id = {SECOND}"], {"trace"}),
    (
        [f"UPDATE posting SET ledger = 'prior_years' WHERE id = {BACK}"],
        {"paid-back", "balance", "running-balance", "replay-posted-reversal"},
    ),
    (
        [f"UPDATE posting SET person_id = 1 WHERE id = {BACK_TO_LI}"],
        {"paid-back", "balance", "running-balance", "replay-posted-reversal"},
    ),
    # Who recorded it.
    (["DELETE FROM audit WHERE event_id = (SELECT id FROM event WHERE handle = 'd3')"], {"no-audit"}),
    (["DELETE FROM audit WHERE household_id = 1 AND event_id IS NULL"], {"no-audit"}),
    (["UPDATE audit SET household_id = 1 WHERE event_id = (SELECT id FROM event WHERE handle = 'd3')"], {"no-audit"}),
]
BROKEN_LINKS = [
    ("DELETE FROM account WHERE person_id = 2", {"no-account"}),
    (f"DELETE FROM event WHERE id = {VISIT}", {"orphan"}),
    ("DELETE FROM person WHERE handle = 'ming'", {"orphan"}),
    ("UPDATE binding SET user_id = 4711 WHERE id = 1", {"orphan"}),
    ("DELETE FROM settlement WHERE event_id = (SELECT id FROM event WHERE handle = '五月三级医院')", {"orphan"}),
]


@pytest.mark.parametrize(("statements", "codes"), DAMAGE, ids=[" ".join(s)[:70] for s, _ in DAMAGE])
def test_planted_damage_is_found(examined, statements, codes):
    assert set(examined(*statements)) == codes


@pytest.mark.parametrize(("statement", "codes"), BROKEN_LINKS)
def test_rows_that_are_gone_are_missed(examined, statement, codes):
    found = examined(statement)
    assert codes <= found.keys()
    assert found.keys() & {"unreadable", "replay-impossible", "replay-settlement", "replay-balance"}


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
