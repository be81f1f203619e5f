"""What the database itself refuses, put to it with plain SQL."""

import sqlite3
from contextlib import closing

import pytest

from tests.store.making import filled, new_book


@pytest.fixture(scope="module")
def sample(tmp_path_factory, library):
    """A book with the sample family in it."""
    with new_book(tmp_path_factory.mktemp("tables")) as book:
        filled(book, library.book)
    return book.path


@pytest.fixture
def database(sample):
    """The sample book behind the program's back; nothing of what a test does stays."""
    with closing(sqlite3.connect(sample, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("ROLLBACK")


SETTLEMENT = """
INSERT INTO settlement (event_id, visit_id, reverses_id, patient_id, date, kind, total, self_paid, over_limit, upfront,
in_scope, deductible, pool, own, shared, cash, ratio, trace)
SELECT event_id, visit_id, {reverses}, patient_id, date, kind, {amounts}, 6000, '{{}}' FROM settlement LIMIT 1
"""
POSTING = """
INSERT INTO posting (household_id, event_id, person_id, ledger, kind, date, amount, balance_after, account_after)
VALUES (1, 1, {person}, '{ledger}', '{kind}', '2025-01-01', {amount}, {balance}, {account})
"""


def settlement(amounts, reverses="NULL"):
    return SETTLEMENT.format(amounts=amounts, reverses=reverses)


def posting(person="1", ledger="current", kind="deposit", amount=5, balance="5", account="5"):
    return POSTING.format(person=person, ledger=ledger, kind=kind, amount=amount, balance=balance, account=account)


UNREVERSED = "(SELECT id FROM settlement WHERE reverses_id IS NULL ORDER BY id LIMIT 1)"
REVERSED = "(SELECT reverses_id FROM settlement WHERE reverses_id IS NOT NULL)"


@pytest.mark.parametrize(
    "statement",
    [
        settlement("100, 10, 10, 10, 70, 0, 40, 30, 20, 10"),
        settlement("-100, -10, -10, -10, -70, 0, -40, -30, -20, -10", UNREVERSED),
        settlement("0, 0, 0, 0, 0, 0, 0, 0, 0, 0"),
        posting(),
        posting(person="NULL", ledger="pool", balance="NULL", account="NULL", amount=-7),
        "UPDATE account SET current = 0",
    ],
)
def test_what_is_right_is_taken(database, statement):
    assert database.execute(statement).rowcount > 0


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE account SET current = -1", "ck_account_current"),
        ("UPDATE account SET prior_years = -1", "ck_account_prior_years"),
        ("UPDATE account SET current = current - 100000000", "ck_account_current"),
        ("UPDATE account SET opening_current = -1", "ck_account_opening"),
        (settlement("100, 10, 10, 10, 71, 0, 40, 30, 20, 10"), "ck_settlement_split"),
        (settlement("100, 10, 10, 10, 70, 0, 40, 30, 20, 11"), "ck_settlement_paid"),
        (settlement("100, 10, 10, 10, 70, 0, 110, -10, 0, 0"), "ck_settlement_signs"),
        (settlement("-100, -10, -10, -10, -70, 0, -40, -30, -20, -10"), "ck_settlement_signs"),
        (settlement("100, 10, 10, 10, 70, 0, 40, 30, 20, 10", UNREVERSED), "ck_settlement_signs"),
        (settlement("-100, -10, -10, -10, -70, 0, -40, -30, -20, -10", REVERSED), "settlement.reverses_id"),
        ("UPDATE settlement SET pool = pool + 1", "ck_settlement_paid"),
        ("UPDATE settlement SET ratio = 10001", "ck_settlement_ratio"),
        (posting(amount=0), "ck_posting_amount"),
        (posting(balance="-1"), "ck_posting_account"),
        (posting(balance="NULL"), "ck_posting_account"),
        (posting(account="NULL"), "ck_posting_account"),
        (posting(person="NULL"), "ck_posting_account"),
        (posting(balance="6"), "ck_posting_account"),
        (posting(ledger="cash"), "ck_posting_account"),
        (posting(person="NULL", ledger="purse", balance="NULL", account="NULL"), "ck_posting_ledger"),
        (posting(kind="gift"), "ck_posting_kind"),
        (posting(person="4711"), "FOREIGN KEY"),
        ("INSERT INTO book VALUES (2, '', 0, '')", "ck_book_only_one"),
        ("UPDATE event SET seq = 1", "event.household_id, event.seq"),
        ("UPDATE event SET handle = 'v'", "event.household_id, event.handle"),
        ("UPDATE event SET status = 'maybe'", "ck_event_status"),
        ("UPDATE event SET type = 'gift'", "ck_event_type"),
        ("UPDATE binding SET ends = '2000-01-01'", "ck_binding_ends"),
        ("DELETE FROM event", "FOREIGN KEY"),
    ],
)
def test_what_must_never_be_is_refused(database, statement, said):
    with pytest.raises(sqlite3.IntegrityError, match=said):
        database.execute(statement)
