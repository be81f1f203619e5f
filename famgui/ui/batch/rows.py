"""A workbook that was tried, as rows of tables made page by page: bills, bills with remarks, problems."""

from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

from famgui.base.wording import Wording
from famgui.files.sentence import problem_sentence
from famgui.files.workbook.form import RowFault
from famgui.files.workbook.results import Result, Sums, row_sentence
from famgui.files.workbook.words import title
from famgui.ui.shell.i18n import tr
from famgui.usecase.batch import DryRun

PAGE = 100
"""How many rows of a table are made at once."""
View: TypeAlias = Literal["bills", "remarks", "problems"]


class BillRow(NamedTuple):
    """A bill in the table: its place in the list, and what became of it."""

    place: int
    result: Result

    @property
    def person(self) -> str:
        """Whose it is."""
        return self.result.patient.name or self.result.patient.id


class ProblemRow(NamedTuple):
    """A line of the problems: where, what, and whether it holds its bill back."""

    place: int
    sheet: str
    row: str
    column: str
    sentence: str
    grave: bool

    @property
    def mark(self) -> str:
        """A sign beside the words."""
        return "✗" if self.grave else "·"


class TriedRows:
    """What a dry run, `done`, gives to show; made where the dry run was, as it goes through all of it."""

    def __init__(self, done: DryRun, wording: Wording) -> None:
        self.done, self._wording = done, wording
        self._lists: dict[View, Sequence[Result]] = {
            "bills": done.results,
            "remarks": [result for result in done.results if result.problems],
        }
        self.sums: Sums = done.whole
        self.people = done.people
        self.bad_rows = len(done.bad.rows)

    def count(self, view: View) -> int:
        """How many rows a view has."""
        return len(self.done.faults if view == "problems" else self._lists[view])

    def bills(self, view: View, after: BillRow | None) -> Sequence[BillRow]:
        """The next rows of a table of bills."""
        results = self._lists[view]
        first = 0 if after is None else after.place + 1
        return [BillRow(place, results[place]) for place in range(first, min(first + PAGE, len(results)))]

    def problems(self, after: ProblemRow | None) -> Sequence[ProblemRow]:
        """The next rows of the table of problems."""
        first = 0 if after is None else after.place + 1
        faults = self.done.faults[first : first + PAGE]
        return [self._problem(first + place, fault) for place, fault in enumerate(faults)]

    def _problem(self, place: int, fault: RowFault) -> ProblemRow:
        sentence = row_sentence(fault, self._wording)
        return ProblemRow(place, fault.sheet, str(fault.row or ""), fault.column, sentence, fault.grave)

    def kind(self, row: BillRow) -> str:
        """What kind of visit a bill is."""
        return title("kind", row.result.bill.visit.kind, self._wording.language)

    def remarks(self, row: BillRow) -> list[str]:
        """What there is to know of a bill, in sentences."""
        return [problem_sentence(problem, row.result.names, self._wording) for problem in row.result.problems]

    def remark(self, row: BillRow) -> str:
        """The same in one line; who shares where nothing else is to be said."""
        return " ".join(self.remarks(row)) or _sharers(row.result)


def _sharers(result: Result) -> str:
    """Whose accounts are shared for a bill, "" where none is."""
    shared = [payment.account for payment in result.settlement.payments if payment.payer == "shared"]
    names = ", ".join(dict.fromkeys(result.names.get(account, account) for account in shared))
    return tr("Shared by {names}", names=names) if names else ""
