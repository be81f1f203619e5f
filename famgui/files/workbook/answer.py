"""The answer of `famgui settle BILLS.xlsx --json`: what became of the bills, as plain data."""

from collections.abc import Iterable
from typing import Any

from famgui.base.wording import Wording
from famgui.domain.money import format_amount
from famgui.files.answer import settlement_fields
from famgui.files.sentence import problem_sentence
from famgui.files.workbook.form import RowFault
from famgui.files.workbook.results import Account, Result, Sums, row_sentence


def batch_answer(
    results: Iterable[Result], whole: Sums, accounts: Iterable[Account], faults: Iterable[RowFault], wording: Wording
) -> dict[str, Any]:
    """Bills under the national field names, sums, accounts after the bills, and what is wrong by sheet, row and
    column (`grave`: it holds its bill back); amounts are texts with two digits."""
    sums = zip(Sums._fields[1:], whole[1:], strict=True)
    return {
        "format": 1,
        "bills": [_bill(result, wording) for result in results],
        "totals": {"bills": whole.bills, **{name: format_amount(fen) for name, fen in sums}},
        "accounts": [_account(account) for account in accounts],
        "faults": [_fault(fault, wording) for fault in faults],
    }


def _bill(result: Result, wording: Wording) -> dict[str, Any]:
    fields = settlement_fields(result.settlement)
    del fields["steps"]
    names = result.names
    for payment in fields["payments"]:
        if "account" in payment:
            payment["account"] = names.get(payment["account"], payment["account"])
    return {
        "bill": result.bill.number,
        "row": result.bill.rows[0],
        "person": result.patient.name or result.patient.id,
        "date": result.bill.visit.date.isoformat(),
        "kind": result.bill.visit.kind,
        "status": result.status,
        **fields,
        "clauses": list(result.clauses),
        "problems": [
            {
                "code": problem.code,
                "severity": problem.severity,
                "subject": names.get(problem.subject, problem.subject),
                "clause": problem.clause,
                "message": problem_sentence(problem, names, wording),
            }
            for problem in dict.fromkeys(result.settlement.problems)
        ],
    }


def _account(account: Account) -> dict[str, str]:
    person, before, after = account
    return {
        "person": person.name or person.id,
        "before": format_amount(before.total),
        "current": format_amount(after.current),
        "prior_years": format_amount(after.prior_years),
    }


def _fault(fault: RowFault, wording: Wording) -> dict[str, Any]:
    return {
        "sheet": fault.sheet,
        "row": fault.row or None,
        "column": fault.column,
        "code": fault.code,
        "grave": fault.grave,
        "message": row_sentence(fault, wording),
    }
