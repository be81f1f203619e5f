"""A clause on paper: what it says, who says so, how far to trust it, what contradicts it; and the open questions."""

from collections.abc import Iterable
from datetime import date

from famgui.ui.paper import Block, Sheet, print_sheet
from famgui.ui.policy.gaps import Gap, by_place
from famgui.ui.policy.reading import Reading
from famgui.ui.shell.i18n import tr

__all__ = ["clause_sheet", "gaps_sheet", "print_sheet"]


def clause_sheet(reading: Reading, note: str, today: date) -> Sheet:
    """The sheet of a clause; the user's own note can be left out."""
    said = [(tr("In words"), reading.statement), *reading.facts]
    if reading.url:
        said.append((tr("Address"), reading.url))
    said.append((tr("Trust"), reading.grade))
    if reading.note:
        said.append((tr("Note"), reading.note))
    blocks = [Block("", said, wide=1)]
    besides = ((tr("In conflict with"), reading.conflicts), (tr("Not in force at the same time"), reading.succession))
    for name, found in besides:
        rows = [
            (one.id, one.statement or tr("no pack at hand has this clause"), _trust(one.grade, one.how))
            for one in found
        ]
        if rows:
            blocks.append(Block(name, rows, (tr("Clause"), tr("In words"), tr("Trust")), wide=1))
    if reading.gaps:
        questions = [(gap.question, gap.known) for gap in reading.gaps]
        blocks.append(Block(tr("Could not be confirmed"), questions, wide=1))
    if reading.uses:
        blocks.append(Block(tr("In the calculator"), reading.uses, wide=1))
    if len(reading.history) > 1:
        moments = [(one.id, one.when, one.statement) for one in reading.history]
        blocks.append(Block(tr("Earlier and later"), moments, wide=2, option=tr("Earlier and later"), shown=False))
    if note.strip():
        blocks.append(Block(tr("My note"), [(note,)], option=tr("My note"), shown=False))
    title = tr("Clause {id}", id=reading.id)
    closing = tr("As the packs at hand say on {day}; it replaces no official answer.", day=today)
    return Sheet(title, (), blocks, closing, foot=reading.id, file_name=reading.id)


def gaps_sheet(found: Iterable[Gap], today: date) -> Sheet:
    """Open questions on paper, a table for a place."""
    head = (tr("Open question"), tr("Known so far"), tr("Clause"))
    blocks = [
        Block(place, [(gap.question, gap.known, tr(", ").join(gap.clauses)) for gap in group], head, wide=1)
        for place, group in by_place(found)
    ]
    closing = tr("As the packs at hand say on {day}; it replaces no official answer.", day=today)
    title = tr("What could not be confirmed")
    return Sheet(title, (), blocks, closing, foot=title, file_name=title)


def _trust(grade: str, how: str) -> str:
    return tr(" · ").join(part for part in (grade, how) if part)
