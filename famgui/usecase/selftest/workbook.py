"""Does it handle spreadsheets: bills are written, read, settled, written as results and read again."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from famgui.base.wording import Language
from famgui.domain.benefit import LEVELS
from famgui.domain.household import Household
from famgui.domain.money import format_amount
from famgui.domain.settlement import Visit
from famgui.files.casefile import read_case
from famgui.files.workbook.form import BILLS, BINDINGS, OUTPUTS, PEOPLE, PROBLEM, USED, SheetForm
from famgui.files.workbook.results import fault_line
from famgui.files.workbook.words import title
from famgui.files.workbook.write import Row, form_sheet, share, write_workbook, yuan
from famgui.usecase.batch import dry_run, write_results
from famgui.usecase.batch_people import Asked
from famgui.usecase.selftest.ground import Ground
from famgui.usecase.selftest.settle import expected

_CASE = "case01.toml"
_FIELDS = {
    "in-scope": "inscp_scp_amt",
    "deductible": "act_pay_dedc",
    "pool": "hifp_pay",
    "person-part": "psn_part_amt",
    "shared": "acct_mulaid_pay",
    "accounts": "acct_pay",
    "cash": "psn_cash_pay",
}
"""Columns of the results, by the figure of the worked case that each must show."""


def bills(ground: Ground) -> None:
    """The bill of a worked case, as a workbook, comes to the figures of the case."""
    case = ground.shipped / "cases" / _CASE
    household, language = read_case(case), ground.wording.language
    folder = ground.folder("workbook")
    write_bills(folder / "bills.xlsx", household, language)
    rules_of, today = ground.library().book, ground.now.date()
    done = dry_run(folder / "bills.xlsx", Asked(rules_of, ground.regions(), household.place, today, language), None)
    for fault in done.faults:
        ground.fail("workbook-fault", fault=fault_line(fault, "bills.xlsx", ground.wording))
    write_results(done, folder / "results.xlsx", ground.wording)
    row = read_result(folder / "results.xlsx", language)
    (event,) = expected(case)["events"]
    for column, figure in _FIELDS.items():
        heading = ground.wording.say("batch", f"result-{column}")
        found = format_amount(round(float(row[heading]) * 100))
        if found != event[figure]:
            ground.fail("figure-differs", heading=heading, found=found, wanted=event[figure])


def write_bills(path: Path, household: Household, language: Language) -> None:
    """The household with its visits as a workbook of bills."""
    forms = ((BILLS, _bills), (PEOPLE, _people), (BINDINGS, _bindings), (USED, _used))
    write_workbook(path, [form_sheet(form, language, _whole(form, rows(household, language))) for form, rows in forms])


def _whole(form: SheetForm, rows: Iterable[Row]) -> list[Row]:
    """The rows with every column of the form: cells are written in their order, not by their heading."""
    empty: Row = {column.key: None for column in form.columns if column is not PROBLEM}
    return [{**empty, **row} for row in rows]


def read_result(path: Path, language: Language) -> dict[str, Any]:
    """The one row of results in a workbook, by heading."""
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_name(OUTPUTS[0][language == "en"])
    headings, row = sheet.to_python()
    return dict(zip(map(str, headings), row, strict=True))


def _bills(household: Household, language: Language) -> list[Row]:
    return [
        {
            "bill": visit.id,
            "person": visit.patient,
            "date": visit.date,
            "kind": title("kind", visit.kind, language),
            "level": title("level", visit.facility.level, language),
            "item": item.name,
            "category": title("category", item.category, language),
            "class": title("class", item.catalogue_class, language),
            "amount": yuan(item.amount),
            "ratio": share(item.upfront_ratio),
        }
        for visit in household.events
        if isinstance(visit, Visit)
        for item in visit.items
    ]


def _people(household: Household, language: Language) -> list[Row]:
    return [
        {
            "person": person.id,
            "name": person.name,
            "insurance": title("insurance", person.insurance, language),
            "status": title("status", person.status, language),
            "current": yuan(household.balances[person.id].current),
        }
        for person in household.persons
    ]


def _bindings(household: Household, language: Language) -> list[Row]:
    return [
        {
            "authorizer": row.authorizer,
            "user": row.user,
            "relation": title("relation", row.relation, language),
            "starts": row.starts,
            "ends": row.ends,
        }
        for row in household.bindings
    ]


def _used(household: Household, language: Language) -> list[Row]:
    return [
        {
            "person": person,
            "year": year,
            "benefit": title("benefit", benefit, language),
            "pool": yuan(used.pool),
            **{level: yuan(fen) for level, fen in zip(LEVELS, used.by_level, strict=True)},
            "all": yuan(used.all_levels),
        }
        for (person, year, benefit), used in household.used.items()
    ]
