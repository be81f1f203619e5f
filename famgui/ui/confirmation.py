"""The confirmation of recorded bindings in words, as a sheet to preview, print or keep: famgui's register, not official."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from famgui.domain.binding import Binding
from famgui.domain.person import Person
from famgui.ui.binding_paper import (
    appendix,
    authorizer_block,
    both_ways,
    clause_words,
    facts_of,
    full_numbers,
    insured_words,
    signatures,
    users_block,
)
from famgui.ui.commitment import not_connected
from famgui.ui.paper import Block, Sheet, print_sheet
from famgui.ui.paper_preview import Preview
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.usecase.commitment import Confirmation, Finding, Line, clauses_of, confirmations

_ = (both_ways, full_numbers, insured_words)


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
        Block("", [(tr("A record of famgui's own register, not an official document."),), (not_connected(),)]),
        *(block for number, paper in enumerate(papers) for block in _blocks(paper, number > 0, day, desk)),
        appendix(clauses_of(papers), desk),
    ]
    name = f"{title}-{day.isoformat()}"
    return Sheet(title, facts_of(place, day, desk), blocks, "", f"{title} · {day.isoformat()}", name)


def _blocks(paper: Confirmation, later: bool, day: date, desk: Desk) -> Iterator[Block]:
    yield from authorizer_block(paper.authorizer, desk, tr("Authorizer"), new_page=later)
    yield from users_block(paper.lines, desk.wording, phone=False)
    yield _recorded(paper.lines, day)
    used = [(_limit(one), clause_words((one.clause,), one.weak)) for one in paper.limits]
    yield Block(tr("Limits used"), used, (), wide=0)
    names = {line.user.id: line.user.name or line.user.id for line in paper.lines}
    names[paper.authorizer.id] = paper.authorizer.name or paper.authorizer.id
    checked = [(text, clause_words((clause,), weak)) for text, clause, weak in _checked(paper.checks, names)]
    yield Block(tr("Checked on {day}", day=day.isoformat()), checked, (), wide=0)
    yield signatures((tr("Handled by (signature)"),))


def _recorded(lines: Sequence[Line], day: date) -> Block:
    rows = [
        (str(number), user.name or user.id, f"{row.bound_at:%Y-%m-%d %H:%M}", str(row.priority), row.proof or "—",
         _state(row, day))
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
    words = {
        "BIND_LIMIT": (tr("Users at once: {taken} of {limit}"), tr("Users at once: {taken}, no limit here")),
        "LIFETIME_LIMIT": (tr("Users ever: {taken} of {limit}"), tr("Users ever: {taken}, no limit here")),
        "AUTHORIZER_LIMIT": (tr("Authorizers of {name}: {taken} of {limit}"), ""),
    }[one.code]
    return ""


def _checked(found: Sequence[Finding], names: Mapping[str, str]) -> Iterator[tuple[str, str, bool]]:
    yield from ()
