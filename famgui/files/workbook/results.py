"""What became of a workbook's bills, as sheets: results, totals by kind, balances, and the faulty rows to mend."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from famgui.base.wording import Wording
from famgui.domain.account import Balance
from famgui.domain.money import Fen, format_amount
from famgui.domain.person import Person
from famgui.domain.problem import Problem
from famgui.domain.settlement import Settlement
from famgui.files.sentence import problem_sentence
from famgui.files.workbook.again import Kept
from famgui.files.workbook.cells import masked
from famgui.files.workbook.form import OUTPUTS, PROBLEM, Bill, RowFault
from famgui.files.workbook.words import title
from famgui.files.workbook.write import DAY, MONEY, SHARE, TEXT, Row, SheetOut, share, yuan

UNVERIFIED = "UNVERIFIED_RULE"


class Result(NamedTuple):
    """A bill settled: `status` settled or partly, the settlement without its steps, the clauses that they rest on."""

    bill: Bill
    patient: Person
    status: str
    settlement: Settlement
    clauses: tuple[str, ...]
    names: Mapping[str, str]

    @property
    def unverified(self) -> bool:
        """Whether a figure rests on an unconfirmed clause."""
        return any(problem.code == UNVERIFIED for problem in self.settlement.problems)

    @property
    def problems(self) -> list[Problem]:
        """What is to be told of it, each thing once; the unconfirmed clause is a mark, not a problem."""
        return [problem for problem in dict.fromkeys(self.settlement.problems) if problem.code != UNVERIFIED]


class Account(NamedTuple):
    """An account before and after the bills."""

    person: Person
    before: Balance
    after: Balance


class Sums(NamedTuple):
    """What some bills come to, in fen."""

    bills: int = 0
    total: Fen = 0
    pool: Fen = 0
    own: Fen = 0
    shared: Fen = 0
    cash: Fen = 0


def sums_of(results: Iterable[Result]) -> dict[str, Sums]:
    """Sums by kind of visit, in the order in which the kinds come."""
    found: dict[str, list[int]] = {}
    for result in results:
        done = result.settlement
        held = found.setdefault(result.bill.visit.kind, [0, 0, 0, 0, 0, 0])
        for place, amount in enumerate((1, done.split.total, done.pool, done.own, done.shared, done.cash)):
            held[place] += amount
    return {kind: Sums(*held) for kind, held in found.items()}


def row_sentence(fault: RowFault, wording: Wording) -> str:
    """What is wrong, without where."""
    section = "batch"
    if fault.code.isupper():
        section = "problem"
    elif fault.code.startswith("book-"):
        section = "book"
    elif fault.code in _CASE_FILE_FAULTS:
        section = "fault"
    return wording.say(section, fault.code, **dict(fault.values))


def where(fault: RowFault, wording: Wording) -> str:
    """The sheet, row and column of a fault; "" for the file itself."""
    form = "where-" + ("cell" if fault.row and fault.column else "row" if fault.row else "sheet")
    if not fault.sheet:
        return ""
    return wording.say("batch", form, sheet=fault.sheet, row=fault.row, column=fault.column)


def fault_line(fault: RowFault, file: str, wording: Wording) -> str:
    """One line: file, where, what."""
    place = where(fault, wording)
    return ": ".join(part for part in (file, place, row_sentence(fault, wording)) if part)


_CASE_FILE_FAULTS = frozenset(
    {
        "missing-key",
        "choice",
        "control-character",
        "number-range",
        "id-number",
        "account-not-employee",
        "upfront-on-class",
        "over-limit-above-amount",
        "repeated-used",
        "duplicate-id",
        "too-large",
        "unreadable",
    }
)
"""Faults whose sentence is the case file's own."""


class _Column(NamedTuple):
    key: str
    value: Callable[[Result, Wording], Any]
    width: int
    form: str = ""
    field: str = ""


def _money(of: Callable[[Settlement], Fen]) -> Callable[[Result, Wording], Any]:
    return lambda result, _: yuan(of(result.settlement))


def _shared_by(result: Result, wording: Wording) -> str:
    paid = [
        f"{result.names.get(payment.account, payment.account)} {format_amount(payment.draw.total)}"
        for payment in result.settlement.payments
        if payment.payer == "shared"
    ]
    return "; ".join(paid)


def _problems(result: Result, wording: Wording) -> str:
    return "\n".join(problem_sentence(problem, result.names, wording) for problem in result.problems)


_COLUMNS = (
    _Column("bill", lambda result, _: result.bill.number, 14, TEXT),
    _Column("person", lambda result, _: result.patient.name or result.patient.id, 14, TEXT),
    _Column("id-number", lambda result, _: masked(result.patient.id_number), 22, TEXT),
    _Column("date", lambda result, _: result.bill.visit.date, 12, DAY),
    _Column("kind", lambda result, wording: title("kind", result.bill.visit.kind, wording.language), 10),
    _Column("status", lambda result, wording: wording.say("report", result.status), 9),
    _Column("total", _money(lambda done: done.split.total), 12, MONEY, "medfee_sumamt"),
    _Column("self-paid", _money(lambda done: done.split.self_paid), 12, MONEY, "fulamt_ownpay_amt"),
    _Column("over-limit", _money(lambda done: done.split.over_limit), 12, MONEY, "overlmt_selfpay"),
    _Column("upfront", _money(lambda done: done.split.upfront), 12, MONEY, "preselfpay_amt"),
    _Column("in-scope", _money(lambda done: done.split.in_scope), 12, MONEY, "inscp_scp_amt"),
    _Column("deductible", _money(lambda done: done.deductible), 12, MONEY, "act_pay_dedc"),
    _Column("ratio", lambda result, _: share(result.settlement.ratio), 10, SHARE, "pool_prop_selfpay"),
    _Column("pool", _money(lambda done: done.pool), 12, MONEY, "hifp_pay"),
    _Column("fund", _money(lambda done: done.pool), 12, MONEY, "fund_pay_sumamt"),
    _Column("person-part", _money(lambda done: done.person_part), 12, MONEY, "psn_part_amt"),
    _Column("own", _money(lambda done: done.own), 12, MONEY),
    _Column("shared", _money(lambda done: done.shared), 12, MONEY, "acct_mulaid_pay"),
    _Column("accounts", _money(lambda done: done.own + done.shared), 12, MONEY, "acct_pay"),
    _Column("shared-by", _shared_by, 24),
    _Column("cash", _money(lambda done: done.cash), 12, MONEY, "psn_cash_pay"),
    _Column("problems", _problems, 48),
    _Column("unverified", lambda result, wording: wording.say("batch", "mark") if result.unverified else None, 8),
    _Column("clauses", lambda result, _: ", ".join(result.clauses), 30),
)


def results_sheet(results: Iterable[Result], wording: Wording) -> SheetOut:
    """A row a bill, under the fields of the national platform (named in the notes of the headings)."""
    titles = {column.key: wording.say("batch", f"result-{column.key}") for column in _COLUMNS}
    ready = [(titles[column.key], column.value) for column in _COLUMNS]
    return SheetOut(
        _output(0, wording),
        list(titles.values()),
        ({heading: value(result, wording) for heading, value in ready} for result in results),
        {titles[column.key]: column.width for column in _COLUMNS},
        {titles[column.key]: column.form for column in _COLUMNS if column.form},
        {titles[column.key]: column.field for column in _COLUMNS if column.field},
    )


def totals_sheet(sums: Mapping[str, Sums], bad_rows: int, wording: Wording) -> SheetOut:
    """Sums by kind and in all; the number of faulty rows where there are some."""
    names = ("kind", "bills", "total", "pool", "own", "shared", "cash")
    titles = [wording.say("batch", f"result-{name}") for name in names]
    whole = Sums(*(sum(column) for column in zip(*sums.values(), strict=True))) if sums else Sums()
    lines = [(title("kind", kind, wording.language), one) for kind, one in sums.items()]
    lines.append((wording.say("batch", "in-all"), whole))
    rows: list[Row] = [
        dict(zip(titles, (name, one.bills, *(yuan(fen) for fen in one[1:])), strict=True)) for name, one in lines
    ]
    if bad_rows:
        rows.append({titles[0]: wording.say("batch", "bad-rows"), titles[1]: bad_rows})
    return SheetOut(_output(1, wording), titles, rows, dict.fromkeys(titles, 14), dict.fromkeys(titles[2:], MONEY))


def balances_sheet(accounts: Iterable[Account], wording: Wording) -> SheetOut:
    """Every account before and after the bills."""
    names = ("person", "id-number", "before", "paid", "current", "prior-years", "after")
    titles = [wording.say("batch", f"result-{name}") for name in names]

    def rows() -> Iterator[Row]:
        for person, before, after in accounts:
            amounts = (before.total, before.total - after.total, after.current, after.prior_years, after.total)
            cells = (person.name or person.id, masked(person.id_number), *(yuan(fen) for fen in amounts))
            yield dict(zip(titles, cells, strict=True))

    formats = {**dict.fromkeys(titles[:2], TEXT), **dict.fromkeys(titles[2:], MONEY)}
    return SheetOut(_output(2, wording), titles, rows(), {titles[1]: 22}, formats)


def faulty_sheet(name: str, kept: Kept, faults: Iterable[RowFault], wording: Wording) -> SheetOut:
    """The faulty rows as they stood, and beside each what is wrong with it; they can be mended and read in again."""
    said: dict[int, list[str]] = {}
    for fault in faults:
        column = f"{fault.column}: " if fault.column else ""
        said.setdefault(fault.row, []).append(column + row_sentence(fault, wording))
    problem = PROBLEM.title(wording.language)
    titles = [heading for heading in kept.headings if heading not in ("", PROBLEM.zh, PROBLEM.en)]

    def lines() -> Iterator[Row]:
        for (number, _), line in zip(kept.rows, kept.sheet().rows, strict=True):
            yield {**{title: line[title] for title in titles}, problem: "; ".join(said.get(number, ())) or None}

    return SheetOut(name, [*titles, problem], lines(), {problem: PROBLEM.width})


def _output(number: int, wording: Wording) -> str:
    return OUTPUTS[number][wording.language == "en"]
