"""Recording: computed anew from the book, whole or not at all, and what cannot be is answered, not written."""

from dataclasses import replace
from datetime import date

import pytest

from famgui.domain.account import Balance
from famgui.domain.bill import Item
from famgui.domain.changes import Changes
from famgui.domain.household import Bind, Deposit, Premium, Refund, Unbind, by_date
from famgui.domain.settlement import Visit
from famgui.domain.timeline import run
from famgui.files.casefile import parse_case, read_case
from famgui.store.household import read_keys
from famgui.usecase.doctor import examine
from famgui.usecase.draft import load as load_drafts
from famgui.usecase.draft import save
from famgui.usecase.household import export_household, load
from famgui.usecase.ledger import accounts
from famgui.usecase.record import next_handle, record_event, undo
from tests.domain.building import DAY, employee, household, item, purchase, resident, row, visit
from tests.independent.households import make
from tests.store.making import CASES, NOW, SAMPLE, everything, new_book, put

LATER = date(2025, 9, 1)


@pytest.fixture
def ledger(tmp_path):
    with new_book(tmp_path) as book:
        yield book


@pytest.fixture
def record(ledger, library):
    """Record an event of household 1; the book is sound after each."""

    def record(event, home=1):
        before = everything(ledger.path)
        found = record_event(ledger, library.book, home, event, now=NOW)
        if not found.recorded:
            assert everything(ledger.path) == before
        assert examine(ledger, library.book) == ()
        return found

    return record


@pytest.fixture
def family(ledger, library):
    """w with little money, who may use l's account; c is a resident."""
    return put(
        ledger,
        library.book,
        household(
            employee("w"),
            employee("l"),
            resident("c"),
            accounts={"w": Balance(10_000, 500), "l": Balance(100_000, 20_000)},
            rows=[row("l", "w"), row("l", "c", "child")],
        ),
    )


def codes(found):
    return [refusal.code for refusal in found.refusals]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_events_recorded_one_by_one_come_to_the_same(ledger, library, path):
    given = read_case(path)
    home = put(ledger, library.book, replace(given, events=()))
    expected = run(given, library.book(given.place))
    for index in by_date(given.events):
        found = record_event(ledger, library.book, home, given.events[index], now=NOW)
        assert found.outcome == expected.outcomes[index]
        assert found.recorded == (found.outcome.status != "refused")
    assert load(ledger, library.book, home).running.balances == expected.balances
    assert examine(ledger, library.book) == ()


@pytest.mark.parametrize("seeds", [range(start, start + 15) for start in range(100, 160, 15)], ids=lambda r: str(r[0]))
def test_random_events_in_any_order_leave_a_sound_book(ledger, library, seeds):
    """Events come as in the file, so that many are dated before others: each is refused or fits without a trace."""
    answers = []
    for seed in seeds:
        given = parse_case(make(seed).encode(), f"{seed}")
        home = put(ledger, library.book, replace(given, events=()))
        recorded = []
        for event in given.events:
            found = record_event(ledger, library.book, home, event, now=NOW)
            answers += codes(found)
            if found.recorded:
                recorded.append(event)
        assert export_household(ledger, home) == replace(given, events=tuple(recorded)), seed
        live = load(ledger, library.book, home)
        expected = run(live.household, library.book(given.place))
        assert (live.outcomes, live.running.balances) == (expected.outcomes, expected.balances), seed
        with ledger.read() as connection:
            keys = read_keys(connection, home, live.household.events)
        assert keys == live.keys, seed
    assert examine(ledger, library.book) == ()
    assert "BACKDATED" in answers


def test_what_was_recorded_is_said(family, record, ledger, library):
    found = record(visit("w", item("300.00")))
    assert found.outcome.settlement.pool
    people = {line.handle: line.person_id for line in accounts(ledger, family)}
    assert found.changes.touches(Changes(persons=frozenset({people["w"]})))
    assert not found.changes.touches(Changes(drafts=frozenset({1})))
    assert found.changes.postings
    assert len(found.changes.events) == 1
    bound = record(Bind("b1", DAY, row("w", "l", "spouse", DAY)))
    assert len(bound.changes.bindings) == 1 and not bound.changes.postings
    ended = record(Unbind("u1", DAY, "w", "l"))
    assert ended.changes.bindings == bound.changes.bindings


def test_a_preview_is_never_trusted(family, record, ledger, library):
    """What stands in the book decides, not what stood there when somebody looked."""
    event = purchase("w", "100.00", handle="b")
    preview = load(ledger, library.book, family).running.fork().apply(event)
    record(purchase("w", "80.00", handle="a"))
    found = record(event)
    assert preview.settlement.own == 10_000
    assert (found.outcome.settlement.own, found.outcome.settlement.shared) == (2_500, 7_500)


def test_what_the_rules_refuse_is_answered_and_not_written(family, record):
    found = record(Bind("b1", DAY, row("l", "w", "spouse", DAY)))
    assert not found.recorded
    assert [problem.code for problem in found.outcome.problems] == ["DUPLICATE_BINDING"]
    assert found.refusals == ()
    assert record(Deposit("d1", DAY, "c", 5)).outcome.status == "refused"


def test_a_refused_event_turns_no_year(family, record, ledger):
    record(Deposit("d0", DAY, "w", 1))
    assert not record(Deposit("d1", date(2026, 5, 1), "c", 5)).recorded
    assert accounts(ledger, family)[0].current == 10_001
    record(Deposit("d2", date(2026, 5, 1), "w", 5))
    assert (accounts(ledger, family)[0].current, accounts(ledger, family)[0].prior_years) == (5, 10_501)


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (Deposit("x", DAY, "nobody", 5), "unknown-person"),
        (Deposit("v1", DAY, "w", 5), "duplicate-id"),
        (Deposit("", DAY, "w", 5), "empty-text"),
        (Deposit("x", DAY, "w", -5), "amount"),
        (Refund("x", DAY, "nothing"), "refund-visit-unknown"),
        (Refund("x", DAY, "v1", (("tea", 5),)), "refund-item-unknown"),
        (Refund("x", DAY, "v1", (("drug", 5_000_000),)), "refund-more-than-left"),
        (Premium("x", DAY, "l", "resident-2026", ("c", "c")), "twice-in-for"),
        (visit("w", item("1.00"), handle="x", kind="chronic"), "missing-key"),
        (visit("w", Item("a", "drug", 10, "A", 0, 11), handle="x"), "over-limit-above-amount"),
        (visit("w", handle="x"), "empty-array"),
        (Bind("x", DAY, row("w", "c", "child", DAY, ends=date(2025, 1, 1))), "before-start"),
    ],
)
def test_what_no_case_file_could_say_is_refused_with_its_fault(family, record, event, code):
    record(visit("w", item("300.00")))
    found = record(event)
    assert codes(found) == [code]
    assert found.outcome is None


def test_refunds(family, record, ledger):
    before = accounts(ledger, family)
    record(visit("w", item("900.00", name="a"), item("50.00", "C", name="b")))
    part = record(Refund("r1", DAY, "v1", (("a", 30_000),)))
    assert part.outcome.settlement.split.total == 65_000
    whole = record(Refund("r2", DAY, "v1"))
    assert whole.outcome.settlement is None
    assert [line[:5] for line in accounts(ledger, family)] == [line[:5] for line in before]
    assert codes(record(Refund("r3", DAY, "v1"))) == ["refund-already-whole"]


def test_a_refund_in_the_next_year(family, record, ledger):
    record(purchase("w", "50.00"))
    record(Refund("r1", date(2026, 1, 5), "v1", (("drug", 2_000),)))
    record(Refund("r2", date(2027, 1, 5), "v1"))
    first = accounts(ledger, family)[0]
    assert (first.current, first.prior_years) == (0, 10_500)


def test_undo(family, record, ledger, library):
    before = accounts(ledger, family)
    record(visit("w", item("900.00")))
    done = undo(ledger, library.book, family, "v1", now=NOW)
    assert done.recorded and done.outcome.reversed is not None
    assert accounts(ledger, family) == before
    assert export_household(ledger, family).events[-1] == Refund("r1", DAY, "v1")
    assert codes(undo(ledger, library.book, family, "v1", now=NOW)) == ["refund-already-whole"]
    assert codes(undo(ledger, library.book, family, "r1", now=NOW)) == ["NOT_A_VISIT"]
    assert examine(ledger, library.book) == ()


def test_an_earlier_event_that_changes_nothing_is_taken(family, record, ledger, library):
    record(purchase("w", "5.00", day=LATER))
    found = record(visit("c", item("40.00"), handle="v2", level="community"))
    assert found.recorded
    assert found.outcome.settlement.shared
    assert load(ledger, library.book, family).household.events[-1].id == "v2"


def test_an_earlier_event_that_would_change_a_recorded_figure_is_refused(family, record):
    record(purchase("w", "100.00", day=LATER))
    found = record(purchase("w", "80.00", handle="v2"))
    assert codes(found) == ["BACKDATED"]
    assert found.outcome is None


def test_an_earlier_event_of_a_closed_year_moves_prior_years_money(family, record, ledger):
    record(Deposit("d1", date(2026, 3, 1), "w", 100))
    assert record(Deposit("d2", date(2025, 3, 1), "l", 40)).recorded
    record(Deposit("d3", date(2026, 3, 2), "l", 1))
    assert record(Deposit("d4", date(2025, 4, 1), "l", 60)).recorded
    lines = {line.handle: (line.current, line.prior_years) for line in accounts(ledger, family)}
    assert lines["l"] == (1, 120_100)


def test_a_first_event_in_an_earlier_year_makes_the_opening_prior_years_money(family, record, ledger):
    record(Deposit("d1", date(2026, 3, 1), "w", 100))
    assert (accounts(ledger, family)[1].current, accounts(ledger, family)[1].prior_years) == (100_000, 20_000)
    assert record(Deposit("d2", date(2025, 3, 1), "w", 40)).recorded
    assert (accounts(ledger, family)[1].current, accounts(ledger, family)[1].prior_years) == (0, 120_000)


def test_an_earlier_unbind_leaves_later_rows_alone(family, record, ledger, library):
    record(Unbind("u1", DAY, "l", "c"))
    record(Bind("b1", LATER, row("l", "c", "child", LATER)))
    record(Bind("b2", LATER, row("w", "c", "child", LATER)))
    found = record(Unbind("u2", date(2025, 5, 1), "l", "c"))
    assert codes(found) == ["BACKDATED"], "the unbinding already recorded would find nothing to end"
    assert record(Unbind("u3", date(2025, 5, 1), "l", "w")).recorded
    assert record(Bind("b3", date(2025, 5, 2), row("l", "w", "spouse", date(2025, 5, 2)))).recorded


def test_an_earlier_unbind_does_not_end_what_was_bound_after_it(family, record, ledger, library):
    first = date(2025, 2, 1)
    record(Bind("b1", first, row("w", "c", "child", first, ends=date(2025, 6, 30))))
    record(Bind("b2", LATER, row("w", "c", "child", LATER)))
    assert len(record(Unbind("u1", DAY, "w", "c")).changes.bindings) == 1
    assert [row.unbound_on for row in load(ledger, library.book, family).running.register[2:]] == [DAY, None]


def test_nothing_is_recorded_on_figures_that_the_rules_no_longer_give(family, record, ledger, library):
    record(visit("w", item("900.00")))
    bare = type(library.book("430200"))("430200", ())
    found = record_event(ledger, lambda _: bare, family, Deposit("d", DAY, "w", 1), now=NOW)
    assert codes(found) == ["RULES_CHANGED"]
    assert dict(found.refusals[0].values)["subjects"] == ("v1", "l", "w")


def test_handles_are_free(family, record, ledger, library):
    assert next_handle(load(ledger, library.book, family).household, Visit) == "v1"
    for handle in ("v1", "v9", "v", "vx", "v007", "d4"):
        record(Deposit(handle, DAY, "w", 1))
    home = load(ledger, library.book, family).household
    kinds = (Visit, Refund, Deposit, Premium, Bind, Unbind)
    assert [next_handle(home, kind) for kind in kinds] == ["v10", "r1", "d5", "p1", "b1", "u1"]


def test_the_sample_year_goes_on(ledger, library, record):
    home = put(ledger, library.book, read_case(SAMPLE))
    assert record(Deposit("next", date(2026, 1, 31), "wang", 10_000), home).recorded


def test_the_draft_goes_in_the_same_transaction_and_stays_with_what_is_refused(ledger, library, family):
    save(ledger, "settlement-1", {"items": []}, now=NOW)
    save(ledger, "settlement-2", {"items": []}, now=NOW)
    too_early = Deposit("d1", date(2020, 1, 1), "nobody", 1)
    assert not record_event(ledger, library.book, family, too_early, now=NOW, draft="settlement-1").recorded
    assert load_drafts(ledger, "settlement-1")
    fine = Deposit("d1", DAY, "w", 1)
    assert record_event(ledger, library.book, family, fine, now=NOW, draft="settlement-1").recorded
    assert not load_drafts(ledger, "settlement-1") and load_drafts(ledger, "settlement-2")
