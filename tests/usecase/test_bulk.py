"""Many households at once: the same rows as one by one, chunk by chunk on the disk, and no more held than a chunk."""

from dataclasses import replace

import pytest

from famgui.domain.changes import Changes
from famgui.files.casefile import parse_case, read_case
from famgui.policy.library import NoRuleBook
from famgui.usecase import bulk
from famgui.usecase.bulk import import_many
from famgui.usecase.doctor import examine
from famgui.usecase.household import import_household, summaries
from tests.independent.households import make
from tests.store.making import CASES, NOW, everything, new_book

FAMILIES = [
    *((read_case(path), path.stem) for path in CASES),
    *((parse_case(make(seed).encode(), "case.toml"), str(seed)) for seed in range(30)),
]


@pytest.fixture
def ledger(tmp_path):
    with new_book(tmp_path) as book:
        yield book


@pytest.fixture
def small_chunks(monkeypatch):
    monkeypatch.setattr(bulk, "CHUNK", 40)


def test_many_leave_the_same_rows_as_one_by_one(ledger, tmp_path, library, small_chunks):
    done = import_many(ledger, library.book, FAMILIES, now=NOW)
    with new_book(tmp_path, "each.sqlite") as each:
        for household, title in FAMILIES:
            import_household(each, library.book, household, title, now=NOW)
    rows = everything(ledger.path)
    assert rows == everything(each.path)
    assert (done.households, done.events) == (len(FAMILIES), len(rows["event"]))
    assert done.changes == Changes(households=frozenset(row[0] for row in rows["household"]), postings=True)
    assert not done.stopped
    assert examine(ledger, library.book) == ()


def test_each_chunk_is_told_once_it_is_in_the_book(ledger, library, small_chunks):
    told, asked, seen = [], 0, []

    def families():
        nonlocal asked
        for family in FAMILIES:
            asked += 1
            yield family

    def report(done):
        told.append((done, len(summaries(ledger))))
        seen.append(asked)
        return True

    import_many(ledger, library.book, families(), now=NOW, report=report)
    assert len(told) > 10
    assert all(done == written for done, written in told)
    assert told[-1][0] == len(FAMILIES)
    assert seen == [done for done, _ in told], "no household is asked for before it is its turn"


def test_stopped_in_the_middle_what_was_told_stays(ledger, library, small_chunks):
    done = import_many(ledger, library.book, FAMILIES, now=NOW, report=lambda count: count < 20)
    assert done.stopped
    assert 20 <= done.households < len(FAMILIES)
    assert len(summaries(ledger)) == done.households
    assert len(done.changes.households) == done.households
    assert examine(ledger, library.book) == ()


def test_a_household_that_cannot_be_takes_its_chunk_back_and_no_more(ledger, library, small_chunks):
    nowhere = (replace(FAMILIES[0][0], place="990099"), "nowhere")
    told = []
    with pytest.raises(NoRuleBook):
        import_many(ledger, library.book, [*FAMILIES[:20], nowhere], now=NOW, report=lambda n: told.append(n) or True)
    assert told
    assert len(summaries(ledger)) == told[-1]
    assert len(everything(ledger.path)["audit"]) == told[-1] + 1
    assert examine(ledger, library.book) == ()


def test_nothing_to_bring_in_leaves_nothing(ledger, library):
    before = everything(ledger.path)
    done = import_many(ledger, library.book, (), now=NOW)
    assert (done.households, bool(done.changes)) == (0, False)
    assert everything(ledger.path) == before
