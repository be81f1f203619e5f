"""The confirmation of recorded bindings in words, as a sheet to preview, print or keep: famgui's own register."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from famgui.domain.binding import Binding
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
from famgui.usecase.commitment import Confirmation, Finding, Line, clauses_of, confirmations

_MARKS = {True: "✓ ", False: "! "}


def show_confirmation(shell: Shell, bindings: Sequence[Binding], parent: QWidget) -> Preview | None:
    """Preview the confirmation of these rows of the household's register: one page for each authorizer. None without a
    household or without rows."""
    desk = shell.desk
    live, rules = desk.live, desk.rules(desk.today)
    if live is None or rules is None or not bindings:
        return None
    papers = confirmations(bindings, live.running.register, live.running.persons, rules, desk.today)
    return print_sheet(confirmation_sheet(papers, rules.place, desk.today, desk), parent)


def confirmation_sheet(papers: Sequence[Confirmation], place: str, day: date, desk: Desk) -> Sheet:
    """The sheet of what the register holds on a day."""
    title = tr("Confirmation of registered sharing")
    blocks = [
        Block("", [(_own_record(),)]),
        *(block for number, paper in enumerate(papers) for block in _blocks(paper, number > 0, day, desk)),
        appendix(clauses_of(papers), desk),
    ]
    name = f"{title}-{day.isoformat()}"
    return Sheet(title, facts_of(place, day, desk), blocks, "", f"{title} · {day.isoformat()}", name)


def _own_record() -> str:
    return tr(
        "A record of famgui's own register, not an official document. famgui is not connected with the official "
        "platform; what counts is what the platform holds."
    )


def _blocks(paper: Confirmation, later: bool, day: date, desk: Desk) -> Iterator[Block]:
    yield from authorizer_block(paper.authorizer, desk, tr("Authorizer"), new_page=later)
    yield from users_block(paper.lines, desk.wording, phone=False)
    yield _recorded(paper.lines, day)
    used = [(_limit(one), clause_words((one.clause,), one.weak)) for one in paper.limits]
    names = {line.user.id: line.user.name or line.user.id for line in paper.lines}
    names[paper.authorizer.id] = paper.authorizer.name or paper.authorizer.id
    title = tr("Places used and rules checked on {day}", day=day.isoformat())
    checked = Block(title, [*used, *_checked(paper.checks, names)], (), wide=0)
    yield to_sign(checked, (tr("Handled by (signature)"),))


def _recorded(lines: Sequence[Line], day: date) -> Block:
    rows = [
        (
            str(number),
            user.name or user.id,
            f"{row.bound_at:%Y-%m-%d %H:%M}",
            str(row.priority),
            row.proof or "—",
            _state(row, day),
        )
        for number, (user, row) in enumerate(lines, 1)
    ]
    head = ("", tr("Full name"), tr("Bound on"), tr("Priority"), tr("Proof"), tr("State"))
    return Block(tr("Recorded"), rows, head, wide=1)


def _state(row: Binding, day: date) -> str:
    if row.unbound(day):
        return tr("unbound")
    if row.in_force(day):
        return tr("in force")
    return tr("to come") if day < row.starts else tr("expired")


def _limit(one: Finding) -> str:
    ever = one.code == "LIFETIME_LIMIT"
    if one.limit is None:
        words = tr("Users ever: {taken}, no limit here") if ever else tr("Users at once: {taken}, no limit here")
        return "· " + words.format(taken=one.taken)
    words = tr("Users ever: {taken} of {limit}") if ever else tr("Users at once: {taken} of {limit}")
    return _MARKS[one.holds] + words.format(taken=one.taken, limit=one.limit)


def _checked(found: Sequence[Finding], names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """A line for each rule and answer, with all of those whom it concerns."""
    words = _rule_words()
    told: dict[tuple[str, bool, str], dict[str, None]] = {}
    for one in found:
        clause = clause_words((one.clause,), one.weak)
        told.setdefault((one.code, one.holds, clause), {})[names[one.subject]] = None
    order = list(words)
    for (code, holds, clause), whom in sorted(told.items(), key=lambda one: order.index(one[0][0])):
        everybody = len(whom) == len(names) - 1 > 1
        listed = tr("all users") if everybody else tr(", ").join(whom)
        yield _MARKS[holds] + tr("{what}: {names}", what=words[code][0 if holds else 1], names=listed), clause


def _rule_words() -> dict[str, tuple[str, str]]:
    """What each rule says where it holds, and where it does not."""
    return {
        "NO_ACCOUNT": (tr("Has a personal account"), tr("Has no personal account")),
        "NOT_INSURED": (tr("Insured"), tr("Not insured")),
        "OTHER_PROVINCE": (tr("Insured in this province"), tr("Not insured in this province")),
        "RELATION_NOT_ALLOWED": (tr("A relation that this place allows"), tr("Not a relation that this place allows")),
        "DUPLICATE_BINDING": (tr("Bound once in this time"), tr("Bound twice in the same time")),
        "AUTHORIZER_LIMIT": (tr("Not too many authorizers"), tr("More authorizers than this place allows")),
    }
