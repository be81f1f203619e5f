"""The commitment of an authorizer in words, as a sheet to preview, print or keep: famgui's own text, not a form."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from famgui.domain.binding import Binding
from famgui.domain.person import Person
from famgui.ui.binding_paper import (
    appendix,
    authorizer_block,
    clause_words,
    facts_of,
    to_sign,
    users_block,
)
from famgui.ui.paper import Block, Sheet, print_sheet
from famgui.ui.paper_preview import Preview
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.widgets.visit_words import category_word
from famgui.usecase.commitment import Commitment, Demand, Statement, clauses_of, commitments

_FINED = "N-32"
"""The clause whose fine the sentence on misuse names; another clause is told without a figure."""


def show_commitment(
    shell: Shell, bindings: Sequence[Binding], parent: QWidget, persons: Mapping[str, Person] | None = None
) -> Preview | None:
    """Preview the commitment for these rows, recorded or not: one page for each authorizer. `persons` by handle where
    somebody is not in the book yet; None without a household or without rows."""
    desk = shell.desk
    rules = desk.rules(desk.today)
    if rules is None or not bindings:
        return None
    known = {**{person.id: person for person in desk.persons}, **(persons or {})}
    papers = commitments(bindings, known, rules)
    return print_sheet(commitment_sheet(papers, rules.place, desk.today, desk, known), parent)


def commitment_sheet(
    papers: Sequence[Commitment], place: str, day: date, desk: Desk, persons: Mapping[str, Person]
) -> Sheet:
    """The sheet of commitments made on a day; `persons` by handle."""
    title = tr("Commitment to family sharing")
    blocks = [
        Block("", (), note=_own_text()),
        *(block for number, paper in enumerate(papers) for block in _blocks(paper, number > 0, desk, persons)),
        appendix(clauses_of(papers), desk),
    ]
    name = f"{title}-{day.isoformat()}"
    return Sheet(title, facts_of(place, day, desk), blocks, "", f"{title} · {day.isoformat()}", name)


def _own_text() -> str:
    return tr(
        "famgui's own text, to sign and to keep; not an official form. famgui is not connected with the official "
        "platform; what counts is what the platform holds."
    )


def _blocks(paper: Commitment, later: bool, desk: Desk, persons: Mapping[str, Person]) -> Iterator[Block]:
    phone = any(demand.key == "phone" for demand in paper.demands)
    yield from authorizer_block(paper.authorizer, desk, tr("Authorizer"), new_page=later)
    yield from users_block(paper.lines, desk.wording, phone=phone)
    if paper.demands:
        names = {who: person.name or who for who, person in persons.items()}
        yield Block(tr("What this place asks for"), list(_asked(paper.demands, names)), (), wide=0)
    rows = [
        (str(number), sentence(statement), clause_words(statement.clauses, statement.weak))
        for number, statement in enumerate(paper.statements, 1)
    ]
    promises = Block(tr("As the authorizer I know and promise"), rows, (), wide=1)
    signer = tr("Authorizer {name} (signature)", name=paper.authorizer.name or paper.authorizer.id)
    yield to_sign(promises, (signer, tr("Handled by (signature)")))


def sentence(statement: Statement) -> str:
    """One sentence of a commitment."""
    match statement.key:
        case "spend":
            return _spend(bool(statement.values))
        case "prohibited":
            listed = tr(", ").join(category_word(one).lower() for one in statement.values)
            return tr("It is not used for {categories} or whatever else accounts must not pay.", categories=listed)
        case "misuse":
            return _misuse(_FINED in statement.clauses)
        case "begins":
            return _begins()[statement.values[0]]
        case "ends":
            return _ends(statement.values)
        case key:
            return _plain()[key]


def _plain() -> dict[str, str]:
    return {
        "true": tr("The persons, numbers and relations above are true; whatever changes I will correct or unbind."),
        "no-cash": tr("Account money cannot be cashed out."),
        "credential": tr(
            "At every visit and purchase users show their own credential: money is shared, cards and codes never lent."
        ),
        "credit": tr("Fraud may put those who commit it on the credit blacklist of the medical insurance."),
        "push": tr(
            "Changes of the account are pushed to the authorizer's phone; what nobody in the family knows of "
            "has to be looked into at once."
        ),
    }


def _spend(premium: bool) -> str:
    if premium:
        return tr(
            "The money pays only what users themselves owe at designated hospitals and pharmacies, "
            "and their resident insurance premium."
        )
    return tr("The money pays only what users themselves owe at designated hospitals and pharmacies.")


def _misuse(fined: bool) -> str:
    if fined:
        return tr(
            "Who uses somebody else's credential may be suspended from settlement, fined two to five times the sum, "
            "and prosecuted."
        )
    return tr("Misuse may lead to suspension from settlement, a fine and prosecution.")


def _begins() -> dict[str, str]:
    return {
        "at-once": tr("The sharing takes effect as soon as the application is submitted."),
        "next-day": tr("The sharing takes effect on the day after the application."),
        "next-month": tr("The sharing takes effect on the first of the month after the application."),
        "approval": tr("The sharing takes effect when the agency has approved it."),
    }


def _ends(values: tuple[str, ...]) -> str:
    if values:
        return tr("The sharing can be ended {months} months after it was bound at the earliest.", months=values[0])
    return tr("I may end the sharing at any time on the official platform.")


def _asked(demands: Sequence[Demand], names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is there in one line, then what is missing line by line."""
    words = {
        "id-number": tr("ID numbers"),
        "phone": tr("phone numbers of the users"),
        "dates": tr("first and last day"),
        "proof": tr("proof of the relation (household register, marriage certificate or the like)"),
        "commitment": tr("the commitment, ticked on the platform by the authorizer in person"),
    }
    there = [demand for demand in demands if not demand.missing]
    if there:
        clauses = dict.fromkeys(clause for demand in there for clause in demand.clauses)
        listed = tr(", ").join(words[demand.key] for demand in there)
        yield "✓ " + listed, clause_words(clauses, any(demand.weak for demand in there))
    for demand in demands:
        if demand.missing:
            missing = tr(", ").join(names[who] for who in demand.missing)
            told = tr("{what}: still missing for {names}", what=words[demand.key], names=missing)
            yield "! " + told, clause_words(demand.clauses, demand.weak)
