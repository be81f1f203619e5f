"""The settlement sheet: the bill, who pays, the national fields, and the why as an appendix."""

from famgui.domain.money import format_amount, format_ratio
from famgui.domain.settlement import Settlement, Visit
from famgui.files.answer import settlement_fields
from famgui.files.sentence import problem_sentence, step_sentence
from famgui.ui.paper import Block, Sheet
from famgui.ui.settlement.draft import percent_shown
from famgui.ui.settlement.items import category_words, class_words
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr


def settlement_sheet(visit: Visit, settlement: Settlement, desk: Desk) -> Sheet:
    """The sheet of one visit and its settlement."""
    names, say = desk.names, desk.wording.say
    where = (visit.facility.level, visit.facility.type) if visit.facility.level else (visit.facility.type,)
    facility = ("" if desk.wording.language == "zh" else " ").join(say("word", word) for word in where)
    if not visit.facility.designated:
        facility += " · " + say("word", "not-designated")
    facts = (
        (tr("User"), names.get(visit.patient, visit.patient)),
        (tr("Date"), visit.date.isoformat()),
        (tr("Kind"), say("word", visit.kind)),
        (tr("Facility"), facility),
        (tr("Insured place"), f"{desk.services.regions.name(visit.facility.place)} {visit.facility.place}"),
    )
    return Sheet(
        tr("Settlement sheet"),
        facts,
        (_bill(visit), _payers(settlement, names), _fields(settlement), _why(settlement, desk)),
        say("report", "note"),
    )


def _bill(visit: Visit) -> Block:
    categories, classes = dict(category_words()), dict(class_words())
    rows = [
        (
            item.name,
            categories[item.category],
            classes.get(item.catalogue_class, "—"),
            percent_shown(item.upfront_ratio) if item.upfront_ratio else "—",
            format_amount(item.amount),
        )
        for item in visit.items
    ]
    total = format_amount(sum(item.amount for item in visit.items))
    head = (tr("Name"), tr("Category"), tr("Catalogue"), tr("Up-front"), tr("Amount"))
    return Block(tr("Bill"), [*rows, (tr("Total"), "", "", "", total)], head, frozenset({3, 4}))


def _payers(settlement: Settlement, names: dict[str, str]) -> Block:
    rows = [(tr("Pooled fund"), format_amount(settlement.pool))]
    for payment in settlement.payments:
        name = names.get(payment.account, payment.account)
        title = tr("Own account · {name}", name=name) if payment.payer == "own" else ""
        title = title or tr("Shared account · {name}", name=name)
        rows.append((title, format_amount(payment.draw.total)))
    rows.append((tr("Cash"), format_amount(settlement.cash)))
    return Block(tr("Who pays"), rows, (), frozenset({1}))


def _fields(settlement: Settlement) -> Block:
    fields = settlement_fields(settlement)
    amounts = [(name, str(value)) for name, value in fields.items() if isinstance(value, str)]
    half = (len(amounts) + 1) // 2
    pairs = [(*amounts[n], *(amounts[n + half] if n + half < len(amounts) else ("", ""))) for n in range(half)]
    note = tr("Fund ratio applied: {ratio}", ratio=format_ratio(settlement.ratio))
    return Block(tr("National fields"), pairs, (), frozenset({1, 3}), note)


def _why(settlement: Settlement, desk: Desk) -> Block:
    names, wording = desk.names, desk.wording
    rows = []
    for number, step in enumerate(settlement.steps, 1):
        clauses = " ".join(clause for clause in (step.clause, *step.beside) if clause)
        mark = tr("Unconfirmed") if step.weak else ""
        rows.append((str(number), step_sentence(step, names, wording), f"{clauses} {mark}".strip()))
    rows += [("·", problem_sentence(found, names, wording), found.clause) for found in settlement.problems]
    return Block(tr("Why"), rows, (), frozenset({2}))
