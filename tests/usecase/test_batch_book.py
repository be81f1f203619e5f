"""A workbook's people found in the book, its bills tried on what is recorded, and recorded all or none."""

from datetime import date

import pytest

from famgui.domain.account import Balance
from famgui.domain.household import Deposit
from famgui.files.workbook.form import FaultyWorkbook
from famgui.store.people import everybody
from famgui.usecase.batch import dry_run
from famgui.usecase.batch_book import InBook, NotAsRecorded, open_to_try, record_batch, take_back_batch
from famgui.usecase.doctor import examine
from famgui.usecase.household import load
from famgui.usecase.record import record_event
from tests.domain.building import employee, household, resident, row
from tests.files.workbooks import BILLS, BINDINGS, BOUND, LI, WANG, bill, write
from tests.store.making import NOW, everything, new_book, put
from tests.usecase.workbook_of import asked


@pytest.fixture
def ledger(tmp_path):
    with new_book(tmp_path) as book:
        yield book


@pytest.fixture
def family(ledger, library):
    """王芳 with 120.00, with whom 李强 shares 5,000.00."""
    wang, li = employee("w", name="王芳", id_number=WANG), employee("l", name="李强", id_number=LI)
    accounts = {"w": Balance(120_00), "l": Balance(5000_00)}
    return put(ledger, library.book, household(wang, li, accounts=accounts, rows=[row("l", "w")]))


@pytest.fixture
def other(ledger, library):
    """Another family with a 张三, and one with a 王五 of the same handle as 王芳."""
    put(ledger, library.book, household(resident("z1", name="张三"), resident("z2", name="张三")))
    return put(ledger, library.book, household(employee("w", name="王五"), accounts={"w": Balance(50_00)}))


@pytest.fixture
def tried(tmp_path, ledger, library):
    """Tries bills out on the book."""

    def tried(*rows, **more):
        path = write(tmp_path / "bills.xlsx", {"费用": (BILLS, rows), **more})
        return dry_run(path, asked(library.book), lambda: InBook(ledger, library.book))

    return tried


def told(done):
    return [(fault.row, fault.column, fault.code) for fault in done.faults]


def test_people_are_found_by_number_name_and_handle(tried, family, other):
    done = tried(
        bill("B1", WANG),
        bill("B2", "王五"),
        bill("B3", "张三"),
        bill("B4", "z2"),
        bill("B5", "赵六"),
        bill("B6", "w"),
        bill("B7", 430202190001010029.0),
    )
    assert told(done) == [
        (4, "就诊人", "person-ambiguous"),
        (6, "就诊人", "person-not-in-book"),
        (7, "就诊人", "person-ambiguous"),
        (8, "就诊人", "id-as-number"),
    ]
    assert [(one.patient.name, one.bill.who.family) for one in done.results] == [
        ("王芳", family),
        ("王五", other),
        ("张三", 2),
    ]
    assert done.in_book and done.people == 3


def test_bills_meet_what_is_recorded(tried, family, ledger, library):
    record_event(ledger, library.book, family, Deposit("d1", date(2025, 5, 1), "w", 30_00), now=NOW)
    before = everything(ledger.path)
    done = tried(bill("B1", 金额=300), bill("B2", day="2025-05-11", 金额=300))
    assert everything(ledger.path) == before, "a dry run writes nothing"
    first, second = (one.settlement for one in done.results)
    assert (first.pool, first.own, first.shared) == (120_00, 150_00, 30_00)
    assert (second.own, second.shared) == (0, 180_00)
    assert [(one.person.name, one.before.total, one.after.total) for one in done.accounts] == [
        ("王芳", 150_00, 0),
        ("李强", 5000_00, 4790_00),
    ]


def test_sheets_that_need_people_are_told(tried, family):
    done = tried(bill(), 绑定=(BINDINGS, BOUND))
    assert [(fault.sheet, fault.code, fault.grave) for fault in done.faults] == [("绑定", "sheet-needs-people", False)]
    assert done.results[0].settlement.shared == 0 and len(done.results) == 1


def test_all_are_recorded_with_their_numbers(tried, family, other, ledger, library):
    done = tried(bill("B2", day="2025-06-01"), bill("B1"), bill("B3", "王五"), bill("B4", 金额="x"))
    told: list[tuple[int, int]] = []
    batch = record_batch(ledger, library.book, done, now=NOW, report=lambda made, total: told.append((made, total)))
    assert batch.recorded and batch.count == 3 and told == [(2, 3), (3, 3)]
    assert batch.visits == {family: ["B1", "B2"], other: ["B3"]}
    assert batch.changes.households == {family, other} and len(batch.changes.events) == 3
    live = load(ledger, library.book, family)
    assert [event.id for event in live.household.events] == ["B1", "B2"]
    by_number = {one.bill.number: one.settlement for one in done.results}
    for outcome in live.outcomes:
        assert outcome.settlement._replace(steps=()) == by_number[outcome.event.id]
    assert [(line[2], line[5]) for line in everything(ledger.path)["audit"]][-4:] == [
        ("record visit", "B1"),
        ("record visit", "B2"),
        ("record visit", "B3"),
        ("record batch", "bills.xlsx: 3"),
    ]
    assert list(examine(ledger, library.book)) == []


def test_the_same_workbook_is_not_recorded_twice(tried, family, ledger, library):
    rows = [bill("B1"), bill("B2", day="2025-06-01")]
    record_batch(ledger, library.book, tried(*rows), now=NOW)
    again = tried(*rows, bill("B3", day="2025-06-02"))
    assert told(again) == [(2, "单据号", "bill-recorded"), (3, "单据号", "bill-recorded")]
    assert [one.bill.number for one in again.results] == ["B3"]
    assert [number for number, _ in again.bad.rows] == [2, 3] and again.again == ()


def test_a_bill_of_before_that_would_change_what_is_recorded(tried, family, ledger, library):
    record_batch(ledger, library.book, tried(bill("B1", day="2025-06-01")), now=NOW)
    done = tried(bill("B0", day="2025-05-01", 金额=500), bill("B2", day="2025-06-02"))
    assert told(done) == [(2, "单据号", "bill-late")]
    harmless = tried(bill("B9", "李强", day="2025-05-01", 金额=7, 目录类="丙"))
    assert told(harmless) == [] and record_batch(ledger, library.book, harmless, now=NOW).recorded
    assert list(examine(ledger, library.book)) == []


def test_none_is_recorded_when_the_book_has_changed(tried, family, other, ledger, library):
    done = tried(bill("B3", "王五"), bill("B1", 金额=500))
    record_event(ledger, library.book, family, Deposit("d1", date(2025, 5, 1), "w", 30_00), now=NOW)
    before = everything(ledger.path)
    batch = record_batch(ledger, library.book, done, now=NOW)
    assert not batch.recorded and batch.number == "B1" and not batch.changes
    assert everything(ledger.path) == before


def test_none_is_recorded_when_one_is_refused(tried, family, other, ledger, library):
    done = tried(bill("B3", "王五"), bill("B1"))
    record_event(ledger, library.book, family, Deposit("B1", date(2025, 5, 1), "w", 0), now=NOW)
    before = everything(ledger.path)
    assert record_batch(ledger, library.book, done, now=NOW).number == "B1"
    assert everything(ledger.path) == before


def test_none_is_recorded_when_it_is_stopped(tried, family, other, ledger, library):
    done = tried(bill("B3", "王五"), bill("B1"))
    before = everything(ledger.path)

    def stop(made, total):
        if made == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        record_batch(ledger, library.book, done, now=NOW, report=stop)
    assert everything(ledger.path) == before
    assert record_batch(ledger, library.book, done, now=NOW).recorded, "what was stopped leaves nothing behind"
    assert list(examine(ledger, library.book)) == []


def test_a_batch_is_taken_back_whole(tried, family, other, ledger, library):
    rows = [bill("B1", 金额=500), bill("B2", day="2025-06-01"), bill("B3", "王五")]
    batch = record_batch(ledger, library.book, tried(*rows), now=NOW)
    changes = take_back_batch(ledger, library.book, batch, now=NOW)
    assert changes.households == {family, other} and changes.postings
    for one, total in ((family, 5120_00), (other, 50_00)):
        balances = load(ledger, library.book, one).running.balances
        assert sum(balance.total for balance in balances.values()) == total
    assert list(examine(ledger, library.book)) == []
    again = tried(bill("B2", day="2025-06-01"), bill("B3", "王五"))
    assert [one.bill.visit.id for one in again.results] == ["B2-2", "B3-2"]
    assert record_batch(ledger, library.book, again, now=NOW).visits == {family: ["B2-2"], other: ["B3-2"]}
    assert told(tried(bill("B2", day="2025-06-02"))) == [(2, "单据号", "bill-recorded")]
    before = everything(ledger.path)
    with pytest.raises(NotAsRecorded):
        take_back_batch(ledger, library.book, batch, now=NOW)
    assert everything(ledger.path) == before


def test_a_family_of_a_place_without_rules(tried, ledger, library):
    lost = household(resident("x", name="老外"))
    put(ledger, lambda _: library.book("430200"), lost.__class__("810000", lost.persons, {}))
    done = tried(bill("B1", "老外"))
    assert told(done) == [(2, "单据号", "place-unruled")] and done.accounts == ()


@pytest.mark.parametrize(
    ("content", "code"), [(None, "book-missing"), (b"", "book-behind"), (b"x" * 5_000, "book-not-a-book")]
)
def test_a_book_is_opened_to_try_as_it_is(tmp_path, content, code):
    path = tmp_path / "book.sqlite"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(FaultyWorkbook) as faulty:
        open_to_try(path)
    assert [fault.code for fault in faulty.value.faults] == [code]
    assert path.exists() == (content is not None) and (content is None or path.read_bytes() == content)


def test_an_open_book_can_be_tried_beside(ledger, family):
    beside = open_to_try(ledger.path)
    try:
        with beside.read() as connection:
            assert len(everybody(connection)) == 2
    finally:
        beside.close()
