"""Recorded visits as they stand, after refunds, and as they were written when the rules were other ones."""

import pytest

from famgui.domain.household import Refund
from famgui.files.casefile import read_case
from famgui.store import recorded as stored
from famgui.usecase.household import load
from famgui.usecase.record import record_event
from famgui.usecase.recorded import trail, visit_records
from tests.domain.building import DAY, employee, household, item, visit
from tests.store.making import CASES, NOW, new_book, put


@pytest.fixture
def ledger(tmp_path):
    with new_book(tmp_path) as book:
        yield book


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_is_written_is_read_back_as_it_was_computed(ledger, library, path):
    home = put(ledger, library.book, read_case(path))
    live = load(ledger, library.book, home)
    settled = {o.event.id: o.settlement for o in live.outcomes if o.settlement is not None}
    with ledger.read() as connection:
        found = stored.settlements(connection, home, frozenset(settled))
    assert {handle: done._replace(used=settled[handle].used) for handle, done in found.items()} == settled


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_records_are_the_visits_newest_first(ledger, library, path):
    home = put(ledger, library.book, read_case(path))
    live = load(ledger, library.book, home)
    found = visit_records(ledger, live)
    assert [record.visit.date for record in found] == sorted((record.visit.date for record in found), reverse=True)
    assert {record.visit.id for record in found} == {
        o.event.id for o in live.outcomes if type(o.event).__name__ == "Visit"
    }
    for record in found:
        standing = live.running.records.get(record.visit.id)
        assert record.standing == (None if standing is None else standing.settlement)
        if standing is not None:
            assert sum(one.amount for one in record.bill) == standing.settlement.split.total
            assert record.as_it_stands.items == record.bill


def test_states_follow_the_refunds(ledger, library):
    home = put(ledger, library.book, household(employee("w")))

    def after(event):
        assert record_event(ledger, library.book, home, event, now=NOW).recorded
        live = load(ledger, library.book, home)
        (record,) = visit_records(ledger, live)
        return record, [line.action for line in trail(ledger, live, record)]

    record, done = after(visit("w", item("90.00", name="a"), item("5.00", "C", name="b")))
    assert (record.state, done) == ("settled", ["record visit"])
    record, done = after(Refund("r1", DAY, "v1", (("b", 500),), "x"))
    assert (record.state, record.shown.split.total, len(record.bill)) == ("part-back", 9_000, 1)
    record, done = after(Refund("r2", DAY, "v1", None, "y"))
    assert (record.state, record.shown.split.total, record.bill) == ("back", 9_500, ())
    assert record.as_it_stands == record.visit and not record.other_rules
    assert done == ["record visit", "record refund", "record refund"]
