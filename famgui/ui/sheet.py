"""The settlement sheet in words: the bill and its split, who pays, the national fields, and the why as an appendix."""

import re
from collections.abc import Iterable, Iterator, Sequence

from famgui.domain.capitals import capitals
from famgui.domain.money import Fen, grouped, parse_amount
from famgui.domain.problem import Problem
from famgui.domain.settlement import Settlement, Visit
from famgui.domain.trace import Step
from famgui.files.answer import settlement_fields
from famgui.files.sentence import problem_sentence, step_sentence
from famgui.policy.pack import Clause
from famgui.ui.paper import Block, Sheet
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.ui.widgets.fields import masked
from famgui.ui.widgets.visit_words import (
    category_word,
    class_of,
    facility_words,
    kind_words,
    payer_word,
    reminder_word,
)
from famgui.usecase.reminder import Reminder
from famgui.usecase.sheet import Basis, BillLine, PayerLine, sheet_data

_MARKS = {"error": "✗", "warning": "!", "info": "·"}
_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|\s]|[0-9]{9,}[0-9Xx]?')
"""What no file name may have, and what may be somebody's ID or phone number."""


def settlement_sheet(
    visit: Visit, settlement: Settlement, desk: Desk, *, state: str = "", fields: bool = False
) -> Sheet:
    """The sheet of one visit and its settlement. `state` says what became of it, "": what the household's record says;
    with `fields` the national fields stand there by themselves, else they can be asked for."""
    state = state or _recorded(visit, desk)
    data = sheet_data(visit, settlement, desk.library.book(_place(visit, desk)).at(visit.date), desk.library)
    title, day = tr("Settlement sheet"), visit.date.isoformat()
    blocks = (
        _bill(data.lines, settlement),
        _payers(data.payers, settlement, desk.names),
        _in_words(settlement),
        *_to_know(data.reminders, settlement.problems, desk),
        _fields(settlement, fields),
        _why(settlement.steps, desk),
        clauses_block(data.bases, desk),
    )
    foot = " · ".join((title, day, visit.id) if state else (title, day))
    name = file_name(visit, desk.names.values(), recorded=bool(state))
    return Sheet(title, tuple(_facts(visit, desk, state)), blocks, desk.wording.say("report", "note"), foot, name)


def _place(visit: Visit, desk: Desk) -> str:
    """Whose rules hold: the household's place, without one the visit's."""
    return visit.facility.place if desk.live is None else desk.live.household.place


def _recorded(visit: Visit, desk: Desk) -> str:
    """The state of a visit that is recorded just so, "" for a trial."""
    outcomes = () if desk.live is None else desk.live.outcomes
    status = next((outcome.status for outcome in outcomes if outcome.event == visit), "")
    return desk.wording.say("report", status) if status else ""


def file_name(visit: Visit, names: Iterable[str], *, recorded: bool) -> str:
    """What the sheet's file is called, without its ending: the day and, of a recorded visit, its handle. Never a
    person's name nor anything like an ID number."""
    telling = not recorded or any(name and name in visit.id for name in names)
    handle = "" if telling else _NOT_IN_FILE_NAMES.sub("", visit.id)
    return "-".join(part for part in (tr("Settlement sheet"), visit.date.isoformat(), handle) if part)


def _facts(visit: Visit, desk: Desk, state: str) -> Iterator[tuple[str, str]]:
    person = next((person for person in desk.persons if person.id == visit.patient), None)
    yield tr("User"), desk.names.get(visit.patient, visit.patient)
    yield tr("ID number"), masked(person.id_number) if person is not None and person.id_number else "—"
    insured = person.insured_place if person is not None else visit.facility.place
    yield tr("Insured place"), f"{desk.place_name(insured)} {insured}"
    yield tr("Date"), visit.date.isoformat()
    where = facility_words(visit.facility, desk.wording)
    away = visit.facility.place != insured
    yield tr("Facility"), f"{where} · {desk.place_name(visit.facility.place)}" if away else where
    yield tr("Kind"), kind_words(visit, desk.wording)
    yield tr("Number"), visit.id if state else "—"
    yield tr("State"), state or tr("Trial, not recorded")


def _bill(lines: Sequence[BillLine], settlement: Settlement) -> Block:
    rows = [
        (
            str(number),
            item.name,
            category_word(item.category),
            class_of(item),
            *(_or_dash(fen) for fen in (item.amount, parts.self_paid, parts.over_limit, parts.upfront, parts.in_scope)),
        )
        for number, (item, parts) in enumerate(lines, 1)
    ]
    whole = settlement.split
    sums = (whole.total, whole.self_paid, whole.over_limit, whole.upfront, whole.in_scope)
    head = (
        "",
        tr("Name"),
        tr("Category"),
        tr("Catalogue"),
        tr("Amount"),
        tr("Full self-paid"),
        tr("Over the limit"),
        tr("Paid up front"),
        tr("In scope"),
    )
    total = ("", tr("Total"), "", "", *map(_or_dash, sums))
    return Block(tr("Bill"), (*rows, total), head, frozenset(range(4, 9)), total=True, wide=1)


def _or_dash(fen: Fen) -> str:
    return grouped(fen) if fen else "—"


def _payers(payers: Sequence[PayerLine], settlement: Settlement, names: dict[str, str]) -> Block:
    rows = [
        (
            payer_word(payer.role, names.get(payer.account, payer.account)),
            grouped(payer.amount),
            "—" if payer.left is None else grouped(payer.left),
        )
        for payer in payers
    ]
    head = (tr("Payer"), tr("Amount"), tr("Left in the account"))
    total = (tr("Total"), grouped(settlement.split.total), "")
    return Block(tr("Who pays"), (*rows, total), head, frozenset({1, 2}), total=True)


def _in_words(settlement: Settlement) -> Block:
    """The total and the cash in capitals, as receipts have them."""
    rows = (
        (tr("Total cost in capitals"), capitals(settlement.split.total), grouped(settlement.split.total)),
        (tr("Cash in capitals"), capitals(settlement.cash), grouped(settlement.cash)),
    )
    return Block("", rows, (), frozenset({2}), wide=1)


def _to_know(reminders: Sequence[Reminder], problems: Sequence[Problem], desk: Desk) -> Iterator[Block]:
    rows = [
        (reminder_word(key), f"{' '.join(clauses)} {tr('Unconfirmed') if weak else ''}".strip())
        for key, clauses, weak in reminders
    ]
    if rows:
        yield Block(tr("Reminders"), rows, (), frozenset({1}))
    found = [
        (f"{_MARKS[problem.severity]} {problem_sentence(problem, desk.names, desk.wording)}", problem.clause)
        for problem in problems
    ]
    if found:
        yield Block(tr("To be known"), found, (), frozenset({1}))


def _fields(settlement: Settlement, shown: bool) -> Block:
    fields = settlement_fields(settlement)
    ratio = fields.pop("pool_prop_selfpay")
    amounts = [(name, grouped(parse_amount(value))) for name, value in fields.items() if isinstance(value, str)]
    half = (len(amounts) + 1) // 2
    pairs = [(*amounts[n], *(amounts[n + half] if n + half < len(amounts) else ("", ""))) for n in range(half)]
    note = tr("Fund ratio applied: {ratio}", ratio=ratio)
    name = tr("National fields")
    return Block(name, pairs, (), frozenset({1, 3}), note, option=name, shown=shown)


def _why(steps: Sequence[Step], desk: Desk) -> Block:
    rows = []
    for number, step in enumerate(steps, 1):
        clauses = " ".join(clause for clause in (step.clause, *step.beside) if clause)
        mark = tr("Unconfirmed") if step.weak else ""
        rows.append((str(number), step_sentence(step, desk.names, desk.wording), f"{clauses} {mark}".strip()))
    head = ("", tr("How it is computed"), tr("Clause"))
    title = tr("Appendix: what the figures rest on")
    option = tr("Appendix")
    return Block(title, rows, head, new_page=True, option=option)


def clauses_block(bases: Sequence[Basis], desk: Desk, *, new_page: bool = False, shown: bool = True) -> Block:
    """What the clauses say that a sheet rests on, with their sources and how far they are to be trusted."""
    rows = []
    for basis in bases:
        trust = desk.wording.say("grade", basis.clause.grade) if basis.clause is not None else "—"
        said = tr("No pack at hand has this clause.") if basis.clause is None else basis.clause.statement
        source = _source(basis.clause) if basis.clause is not None else "—"
        rows.append((basis.id, said, source, f"{trust} · {tr('Unconfirmed')}" if basis.weak else trust))
    head = (tr("Clause"), tr("What it says"), tr("Source and date"), tr("Trust"))
    return Block(tr("Clauses"), rows, head, new_page=new_page, option=tr("Appendix"), shown=shown)


def _source(clause: Clause) -> str:
    """Where a clause stands, its number as a document, and since or until when it holds."""
    first, last = clause.first, clause.last
    if first is not None and last is not None:
        days = tr("{first} to {last}", first=first, last=last)
    elif first is not None:
        days = tr("from {first}", first=first)
    else:
        days = tr("until {last}", last=last) if last is not None else tr("dates unknown")
    number = "" if clause.doc_no in clause.source_title else clause.doc_no
    return " · ".join(part for part in (clause.source_title, number, days) if part)
