"""A workbook of bills and the book: people found there, bills tried on their households and recorded, all or none."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from famgui.domain.changes import NO_CHANGES, Changes
from famgui.domain.household import Event, Household, Refund
from famgui.domain.identity import normal_id_number
from famgui.domain.timeline import Outcome
from famgui.files.workbook.cells import called, masked
from famgui.files.workbook.form import Bill, Cell, FaultyWorkbook, Refused, RowFault, Who
from famgui.files.workbook.results import Result
from famgui.policy.library import NoRuleBook
from famgui.store.book import Book, Writing
from famgui.store.people import Known, everybody
from famgui.store.trouble import BookTrouble
from famgui.store.upgrade import HEAD, revision
from famgui.usecase.batch import DryRun
from famgui.usecase.batch_people import Settled
from famgui.usecase.household import LiveHousehold, RulesOf, live_at, load
from famgui.usecase.record import Recorded, next_handle, record_in, try_each

_WHY = {"BACKDATED": "bill-late", "RULES_CHANGED": "bill-drift"}
"""Why the book takes no bill, as it is told beside a row."""
Report = Callable[[int, int], None]
"""Tells how much is done of how much; may raise to stop the work."""


def open_to_try(path: Path) -> Book:
    """The book at a path as it is: nothing is made and nothing brought up to date. Raises `FaultyWorkbook` with the
    book's trouble."""
    try:
        code = "book-missing" if not path.is_file() else "book-behind" if revision(path) < HEAD else ""
        if code:
            raise FaultyWorkbook(str(path), [RowFault("", 0, "", code, (("path", str(path)),))])
        return Book.open(path)
    except BookTrouble as trouble:
        raise FaultyWorkbook(str(path), [RowFault("", 0, "", trouble.code, trouble.values)]) from None


class NotAsRecorded(Exception):
    """Bills that were recorded together can no longer be taken back together."""


class InBook:
    """The people of a book, each with the household as it stands now."""

    in_book = True

    def __init__(self, book: Book, rules_of: RulesOf) -> None:
        self._book, self._rules_of = book, rules_of
        self._concerned: dict[int, Household] = {}
        self._by_number: dict[str, list[Known]] = {}
        self._by_name: dict[str, list[Known]] = {}
        self._by_handle: dict[str, list[Known]] = {}
        with book.read() as connection:
            for known in everybody(connection):
                self._by_handle.setdefault(known.handle, []).append(known)
                for text, found in ((known.id_number, self._by_number), (known.name, self._by_name)):
                    if text:
                        found.setdefault(text, []).append(known)

    def find(self, cell: Cell) -> Who:
        """Somebody by ID number, by name, or by handle. Raises `Refused`."""
        text = called(cell)
        number = normal_id_number(text)
        found = self._by_number.get(number or "") or self._by_name.get(text) or self._by_handle.get(text) or []
        if not found:
            raise Refused("person-not-in-book", who=masked(text))
        if len(found) > 1:
            raise Refused("person-ambiguous", who=masked(text), count=len(found))
        return Who(found[0].household, found[0].handle, found[0].place)

    def families(self) -> Mapping[int, Household]:
        """The households whose bills were settled, as they stood before."""
        return self._concerned

    def settle(self, family: int, bills: Sequence[Bill]) -> Settled:
        """Try a household's bills after what is recorded; each is checked as if it were recorded now."""
        try:
            live = load(self._book, self._rules_of, family)
        except NoRuleBook as error:
            self._concerned[family] = Household(str(error.args[0]), ())
            unruled = Refused("place-unruled", place=error.args[0])
            return Settled([(bill, unruled) for bill in bills], {}, {})
        self._concerned[family] = replace(live.household, balances=dict(live.running.balances), events=())
        found: list[tuple[Bill, Outcome | Refused]] = []
        new: list[Bill] = []
        for bill in bills:
            handle = _free_handle(bill.number, live)
            if handle:
                new.append(bill if handle == bill.number else bill._replace(visit=replace(bill.visit, id=handle)))
            else:
                found.append((bill, Refused("bill-recorded", id=bill.number)))
        for bill, (tried, after) in zip(new, try_each(live, [bill.visit for bill in new]), strict=True):
            found.append((bill, _refused(tried) if isinstance(tried, Recorded) else tried))
            live = after
        return Settled(found, live.running.balances, live.running.used)


def _free_handle(number: str, live: LiveHousehold) -> str:
    """What a bill is called in the book: its number, or where that was recorded and taken back, the number with a turn
    (B1-2); "" while it stands recorded."""
    handle, turn = number, 1
    while handle in live.keys.handles:
        if handle in live.running.records:
            return ""
        turn += 1
        handle = f"{number}-{turn}"
    return handle


def _refused(tried: Recorded) -> Refused:
    code = tried.refusals[0].code if tried.refusals else ""
    return Refused(_WHY[code]) if code in _WHY else Refused("bill-refused", why=code)


@dataclass(frozen=True, slots=True)
class BatchRecorded:
    """What became of recording a batch: `visits` by household are all in the book; or none is, and `number` names the
    bill that could not be."""

    visits: Mapping[int, Sequence[str]]
    changes: Changes = NO_CHANGES
    number: str = ""

    @property
    def recorded(self) -> bool:
        """Whether all of it is in the book."""
        return not self.number

    @property
    def count(self) -> int:
        """How many bills were recorded."""
        return sum(len(visits) for visits in self.visits.values())


def record_batch(
    book: Book, rules_of: RulesOf, done: DryRun, *, now: datetime, report: Report = lambda made, total: None
) -> BatchRecorded:
    """Record every settled bill of a dry run in the book, in one transaction, each computed anew.

    None is recorded when one is refused or no longer comes to what the dry run said. `report` may raise to stop: then
    nothing is recorded either. Raises `BookTrouble` and what `rules_of` raises."""
    families: dict[int, list[Result]] = {}
    for result in done.results:
        families.setdefault(result.bill.who.family, []).append(result)
    changes, made = NO_CHANGES, 0
    book.keep_copy("batch", now)
    with book.write("record batch", now) as tx:
        for family, results in families.items():
            results.sort(key=lambda result: result.bill.visit.date)
            visits = [result.bill.visit for result in results]
            wrote = record_in(tx, book, rules_of, family, visits, now=now)
            if wrote.index is not None:
                tx.abandon()
                return BatchRecorded({}, number=results[wrote.index].bill.number)
            for result, one in zip(results, wrote.each, strict=True):
                if not _same(result, one):
                    tx.abandon()
                    return BatchRecorded({}, number=result.bill.number)
            changes, made = changes | wrote.changes, made + len(visits)
            report(made, len(done.results))
        tx.detail = f"{done.path.name}: {made}"
    return BatchRecorded({family: [one.bill.visit.id for one in some] for family, some in families.items()}, changes)


def take_back_batch(
    book: Book, rules_of: RulesOf, batch: BatchRecorded, *, now: datetime, report: Report = lambda made, total: None
) -> Changes:
    """Take every bill of a recorded batch back whole, on the last day of its household, in one transaction.

    Raises as `record_batch` does, and `NotAsRecorded` when a bill cannot be taken back any more: then none is."""
    changes, made = NO_CHANGES, 0
    with book.write("undo batch", now) as tx:
        for family, visits in batch.visits.items():
            refunds = _refunds(tx, book, rules_of, family, visits)
            wrote = record_in(tx, book, rules_of, family, refunds, now=now, action="undo")
            if not wrote.recorded:
                raise NotAsRecorded(visits)
            changes, made = changes | wrote.changes, made + len(visits)
            report(made, batch.count)
        tx.detail = str(made)
    return changes


def _refunds(tx: Writing, book: Book, rules_of: RulesOf, family: int, visits: Iterable[str]) -> list[Event]:
    """Whole refunds, the last visit first."""
    household = live_at(book, tx.connection, rules_of, family).household
    day = max(event.date for event in household.events)
    first = int(next_handle(household, Refund)[1:])
    return [Refund(f"r{first + turn}", day, visit) for turn, visit in enumerate(reversed(tuple(visits)))]


def _same(result: Result, recorded: Recorded) -> bool:
    """Whether a bill comes to what the dry run said."""
    outcome = recorded.outcome
    return (
        outcome is not None
        and outcome.settlement is not None
        and outcome.settlement._replace(steps=()) == result.settlement
    )
