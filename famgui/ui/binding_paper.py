"""What papers about bindings have in common: the parties with masked or full numbers, clauses, lines to sign on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from famgui.base.wording import Wording
from famgui.domain.binding import Binding
from famgui.domain.person import Person
from famgui.ui.paper_layout import BODY, Block, Drawn, font_of
from famgui.ui.sheet import clauses_block
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.roles import PAPER_TEXT
from famgui.ui.widgets.fields import masked
from famgui.usecase.commitment import Line
from famgui.usecase.sheet import WEAK_GRADES, Basis

TO_WRITE_IN = "_" * 11
"""Room for what is written in by hand."""
_SIGN_HEIGHT = 30.0
_DATE_AT = 0.66
"""Where the date begins, as a part of the line."""
_PEN = 0.6
_GAP = 8.0


def facts_of(place: str, day: date, desk: Desk) -> tuple[tuple[str, str], ...]:
    """Where and when a paper was made."""
    return (tr("Place"), f"{desk.place_name(place)} {place}"), (tr("Date"), day.isoformat())


def full_numbers() -> str:
    """The option of a paper that shows ID and phone numbers whole."""
    return tr("Full ID and phone numbers")


def both_ways(block: Block, columns: Sequence[int]) -> tuple[Block, Block]:
    """A block with numbers in these columns: masked as it stands there by itself, full when asked for."""
    full = full_numbers()
    hidden = [[_masked(cell) if at in columns else cell for at, cell in enumerate(row)] for row in block.rows]
    return replace(block, rows=hidden, unless=full), replace(block, option=full, shown=False)


def _masked(number: str) -> str:
    """A number with its first 3 and last 4 characters; stars are as narrow as digits in every font."""
    return number if number == TO_WRITE_IN else masked(number).replace("•", "*")


def authorizer_block(person: Person, desk: Desk, title: str, *, new_page: bool = False) -> tuple[Block, Block]:
    """Who lets others use the account."""
    row = (_name(person), _number(person.id_number), insured_words(person, desk), person.phone or TO_WRITE_IN)
    head = (tr("Full name"), tr("ID number"), tr("Insured as"), tr("Phone"))
    return both_ways(Block(title, [row], head, wide=2, new_page=new_page), (1, 3))


def users_block(lines: Iterable[Line], wording: Wording, *, phone: bool) -> tuple[Block, Block]:
    """Whom the authorizer lets use it: relation and validity; `phone` where the place asks for one."""
    rows = [
        (
            str(number),
            _name(user),
            _number(user.id_number),
            wording.say("word", row.relation),
            validity(row, wording),
            *([user.phone or TO_WRITE_IN] if phone else ()),
        )
        for number, (user, row) in enumerate(lines, 1)
    ]
    head = ("", tr("Full name"), tr("ID number"), tr("Relation"), tr("Validity"))
    note = tr("The relation is what the user is to the authorizer.")
    return both_ways(Block(tr("Users"), rows, (*head, *([tr("Phone")] if phone else ())), note=note, wide=1), (2, 5))


def _name(person: Person) -> str:
    return person.name or person.id


def _number(number: str) -> str:
    return number or TO_WRITE_IN


def insured_words(person: Person, desk: Desk) -> str:
    """How somebody is insured, and where."""
    return f"{desk.wording.say('fact-word', person.insurance)} · {desk.place_name(person.insured_place)}"


def validity(row: Binding, wording: Wording) -> str:
    """First and last day, both whole; the day of unbinding stands for the last where it came first."""
    last = min((day for day in (row.ends, row.unbound_on) if day is not None), default=None)
    ends = wording.say("word", "unlimited") if last is None else last.isoformat()
    return tr("{first} to {last}", first=row.starts.isoformat(), last=ends)


def clause_words(clauses: Iterable[str], weak: bool) -> str:
    """The clauses behind a line of a paper, with the mark of what is not confirmed."""
    return " ".join([*(clause for clause in clauses if clause), *([tr("Unconfirmed")] if weak else ())])


def appendix(clauses: Mapping[str, bool], desk: Desk) -> Block:
    """What the clauses of a paper say, on demand."""
    library = desk.library.clauses
    found = [(name, library.get(name), weak) for name, weak in clauses.items()]
    bases = [
        Basis(name, clause, weak or (clause is not None and clause.grade in WEAK_GRADES))
        for name, clause, weak in found
    ]
    return clauses_block(bases, desk, new_page=True, shown=False)


def to_sign(block: Block, signers: Sequence[str]) -> Block:
    """The block with a line to sign on and one for the date below it, for each; its last row is on the same page."""
    return replace(block, drawn=partial(_signatures, tuple(signers)))


def _signatures(signers: tuple[str, ...], width: float, height: float) -> Sequence[Drawn]:
    return (Drawn(_SIGN_HEIGHT * len(signers), partial(_paint, signers, width)),)


def _paint(signers: tuple[str, ...], width: float, painter: QPainter) -> None:
    font = font_of(BODY)
    metrics = QFontMetricsF(font)
    pen = painter.pen()
    pen.setColor(QColor(PAPER_TEXT))
    pen.setWidthF(_PEN)
    painter.setPen(pen)
    painter.setFont(font)
    middle = width * _DATE_AT
    for number, signer in enumerate(signers, 1):
        below = number * _SIGN_HEIGHT - _PEN
        for text, left, right in ((signer, 0.0, middle - 2 * _GAP), (tr("Date"), middle, width)):
            painter.drawText(QPointF(left, below - metrics.descent() / 2), text)
            painter.drawLine(QLineF(left + metrics.horizontalAdvance(text) + _GAP, below, right, below))
