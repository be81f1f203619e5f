"""A workbook of bills tried out: every row checked, every good bill settled, nothing written to any book."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from famgui.base.wording import Wording
from famgui.domain.benefit import YearToDate
from famgui.domain.household import Household, UsedKey
from famgui.files.workbook.again import Kept, kept_rows, people_again
from famgui.files.workbook.bills import REPORT_EVERY, BillReader
from famgui.files.workbook.form import (
    BILLS,
    BINDINGS,
    PEOPLE,
    USED,
    Bill,
    Refused,
    RowFault,
)
from famgui.files.workbook.opening import OpenWorkbook, Report
from famgui.files.workbook.results import (
    Account,
    Result,
    Sums,
    balances_sheet,
    faulty_sheet,
    results_sheet,
    sums_of,
    totals_sheet,
)
from famgui.files.workbook.write import SheetOut, write_workbook
from famgui.usecase.batch_people import Asked, Places, Settled, Source, Standing, source_of
from famgui.usecase.garbage import out_of_the_collectors_sight


@dataclass(frozen=True, slots=True)
class DryRun:
    """What would become of a workbook. Nothing is recorded.

    `results` are in the order of the bills, `faults` in that of the sheets; `rows` were read, `bad` are those of the
    bills held back, `again` the sheets of people to settle the mended rows with."""

    path: Path
    in_book: bool
    results: tuple[Result, ...]
    faults: tuple[RowFault, ...]
    accounts: tuple[Account, ...]
    sums: Mapping[str, Sums]
    rows: int
    bad: Kept
    again: tuple[SheetOut, ...]

    @property
    def faulty(self) -> bool:
        """Whether something is wrong that holds a bill back."""
        return any(fault.grave for fault in self.faults)

    @property
    def people(self) -> int:
        """Of how many people bills were settled."""
        return len({(result.bill.who.family, result.patient.id) for result in self.results})

    @property
    def whole(self) -> Sums:
        """The sums over all kinds of visit."""
        return Sums(*(sum(column) for column in zip(*self.sums.values(), strict=True))) if self.sums else Sums()


def dry_run(
    path: Path, asked: Asked, book: Callable[[], Source] | None, report: Report = lambda done, total: None
) -> DryRun:
    """Check and settle a workbook. People come from its own sheet, else from `book`.

    `report` is told how far the work is and may raise to stop it. Raises `FaultyWorkbook`, and what `book` raises.
    """
    workbook = OpenWorkbook(path, asked.language)
    with out_of_the_collectors_sight(workbook.bills.height):
        places = Places(asked)
        source = source_of(workbook, asked, places, book)
        reader = BillReader(workbook.bills, source.find, places, asked.language)
        reader.read(report, 2 * workbook.bills.height)
        results, settled = _settled(reader, workbook, source, report)
        accounts = tuple(_accounts(source.families(), settled))
        again: tuple[SheetOut, ...] = ()
        if reader.bad_rows and isinstance(source, Standing):
            after = {account.person.id: account.after for account in accounts}
            again = people_again(workbook, source.people, after, _used(source, settled))
        bad = kept_rows(workbook.bills, reader.bad_rows)
        sums = sums_of(results)
    faults = tuple(_faults(workbook))
    return DryRun(path, source.in_book, results, faults, accounts, sums, reader.count, bad, again)


def write_results(done: DryRun, path: Path, wording: Wording) -> None:
    """Write results, totals and balances, and the faulty rows apart with all that reading them again takes. Raises
    OSError."""
    sheets = [
        results_sheet(done.results, wording),
        totals_sheet(done.sums, len(done.bad.rows), wording),
        balances_sheet(done.accounts, wording),
    ]
    if done.bad.rows:
        sheets += [_faulty(done, wording.say("batch", "faulty-sheet"), wording), *done.again]
    write_workbook(path, sheets)


def write_faulty(done: DryRun, path: Path, wording: Wording) -> None:
    """Write the faulty rows alone, as a workbook that can be mended and opened again. Raises OSError."""
    write_workbook(path, [_faulty(done, BILLS.title(wording.language), wording), *done.again])


def _faulty(done: DryRun, name: str, wording: Wording) -> SheetOut:
    told = (fault for fault in done.faults if fault.sheet == done.bad.name and fault.grave)
    return faulty_sheet(name, done.bad, told, wording)


def _settled(
    reader: BillReader, workbook: OpenWorkbook, source: Source, report: Report
) -> tuple[tuple[Result, ...], dict[int, Settled]]:
    """Settle the bills family by family; the results in the order of the bills, and the families afterwards."""
    sheet, done = workbook.bills, workbook.bills.height
    by_family: dict[int, list[Bill]] = {}

    def hold_back(bill: Bill, code: str, *values: tuple[str, object]) -> None:
        sheet.note(bill.rows[0], "person" if code == "family-doubt" else "bill", code, *values)
        reader.bad_rows.update(bill.rows)

    for bill in reader.bills:
        if bill.who.doubt is None:
            by_family.setdefault(bill.who.family, []).append(bill)
        else:
            hold_back(bill, "family-doubt", ("sheet", bill.who.doubt[0]), ("row", bill.who.doubt[1]))
    found: dict[str, Result] = {}
    after: dict[int, Settled] = {}
    clauses: dict[tuple[str, ...], tuple[str, ...]] = {}
    families, told = source.families(), done
    for family, bills in by_family.items():
        bills.sort(key=lambda bill: bill.visit.date)
        settled = source.settle(family, bills)
        persons = {person.id: person for person in families[family].persons}
        names = {person.id: person.name or person.id for person in persons.values()}
        for bill, outcome in settled.outcomes:
            done += len(bill.rows)
            if isinstance(outcome, Refused):
                hold_back(bill, outcome.code, *outcome.values)
            elif outcome.settlement is not None:
                all_named = tuple([step.clause for step in outcome.settlement.steps])
                if all_named not in clauses:
                    clauses[all_named] = tuple(dict.fromkeys(clause for clause in all_named if clause))
                light = outcome.settlement._replace(steps=())
                patient = persons[bill.visit.patient]
                found[bill.number] = Result(bill, patient, outcome.status, light, clauses[all_named], names)
        after[family] = Settled((), settled.after, settled.used)
        if done - told >= REPORT_EVERY:
            told = done
            report(done, 2 * sheet.height)
    return tuple(found[bill.number] for bill in reader.bills if bill.number in found), after


def _accounts(families: Mapping[int, Household], settled: Mapping[int, Settled]) -> Iterator[Account]:
    for number, household in families.items():
        after = settled[number].after if number in settled else household.balances
        for person in household.persons:
            if person.id in household.balances:
                yield Account(person, household.balances[person.id], after[person.id])


def _used(source: Standing, settled: Mapping[int, Settled]) -> dict[UsedKey, YearToDate]:
    found: dict[UsedKey, YearToDate] = {}
    for number, household in source.families().items():
        found.update(settled[number].used if number in settled else household.used)
    return found


def _faults(workbook: OpenWorkbook) -> Iterator[RowFault]:
    """Everything to tell: about the sheets first, then sheet by sheet and row by row."""
    yield from workbook.faults
    for form in (PEOPLE, BINDINGS, USED, BILLS):
        if form.key in workbook.sheets:
            yield from sorted(workbook.sheets[form.key].faults, key=lambda fault: fault.row)
