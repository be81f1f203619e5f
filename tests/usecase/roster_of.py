"""Lists tried on books in the tests."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from famgui.base.wording import Wording
from famgui.files.roster.form import recognise
from famgui.files.roster.source import open_list
from famgui.files.roster.told import remark_sentence
from famgui.store.book import Book
from famgui.usecase.roster.commit import TakenOver, take_over
from famgui.usecase.roster.plan import Plan
from famgui.usecase.roster.trial import try_file
from tests.files.rosters import HEADINGS, text
from tests.store.making import NOW, RulesOf
from tests.usecase.workbook_of import asked


def tried(book: Book, rules_of: RulesOf, path: Path, home: str = "430200") -> Plan:
    """A list tried on a book; every remark has a sentence in both languages."""
    grid = open_list(path)
    plan = try_file(book, grid, recognise(grid.titles), asked(rules_of, home))
    for remarks in plan.remarks.values():
        for remark in remarks:
            assert all(remark_sentence(remark, Wording(language)) for language in ("zh", "en"))
    return plan


def tried_rows(
    book: Book, rules_of: RulesOf, folder: Path, rows: Sequence[Sequence[Any]], headings: Sequence[str] = HEADINGS
) -> Plan:
    """Rows of `HEADINGS` tried on a book."""
    return tried(book, rules_of, text(folder / "list.csv", rows, headings))


def taken(book: Book, rules_of: RulesOf, plan: Plan) -> TakenOver:
    """A plan taken over."""
    return take_over(book, plan, asked(rules_of), now=NOW)


def states(plan: Plan) -> list[str]:
    """What becomes of the rows, in their order."""
    return [plan.states[row.number] for row in plan.read.rows]


def told(plan: Plan, severity: str = "error") -> list[tuple[int, str, str]]:
    """Row, column and code of all that is told with this severity."""
    rows = sorted(plan.remarks)
    return [(row, one.column, one.code) for row in rows for one in plan.remarks[row] if one.severity == severity]


def clauses(plan: Plan, row: int) -> set[str]:
    """The clauses named at a row."""
    return {one.clause for one in plan.remarks[row] if one.clause}
