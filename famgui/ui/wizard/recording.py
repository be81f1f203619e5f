"""A wizard's binding on its way into the book, and out again: queued on the writer thread, answered in words."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from famgui.domain.binding_flow import Flow
from famgui.domain.binding_wish import State, Wish
from famgui.files.checktext import Told, check_sentence
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.ui.wizard.rows import Finished
from famgui.usecase.bind import Asked, Bound, record_binding
from famgui.usecase.people import Joined, join_households
from famgui.usecase.register import entries
from famgui.usecase.retract import retract
from famgui.usecase.trial import Recorded


def write(desk: Desk, asked: Asked, done: Callable[[Asked, Bound], None]) -> None:
    """Record everything that was asked for."""
    book, now, day = desk.book, datetime.now().astimezone(), desk.today
    if book is None:
        return
    regions, rules_of = desk.services.regions, desk.library.book
    desk.ops.run(
        tr("Recording"),
        lambda _: record_binding(book, rules_of, asked, regions=regions, now=now, day=day),
        lambda bound: done(asked, bound),
    )


def finished(desk: Desk, asked: Asked, done: Bound) -> Finished:
    """What was recorded, by the handles of the book; the household is at hand again."""
    assert done.household is not None and desk.live is not None
    handles = dict(done.handles or {})
    state = _called(asked.state, handles)
    giver = state.authorizer
    assert giver is not None
    bound = {(giver.handle, wish.party.handle, wish.starts) for wish in state.wishes}
    register = () if desk.book is None else entries(desk.book, desk.live, desk.today, desk.today.year)
    mine = [one for one in register if (one.row.authorizer, one.row.user, one.row.starts) in bound]
    rows = tuple(one.row for one in mine)
    return Finished(state, done.household, done.events, tuple(one.id for one in mine), rows, desk.today)


def entered_again(flow: Flow, handles: Mapping[str, str]) -> Flow:
    """What had been entered, as it is once it was recorded and taken back: the people stay in the book."""

    def again(state: State) -> State:
        waived = frozenset((code, handles.get(user, user)) for code, user in state.waived)
        return replace(_called(state, handles), step=state.step, waived=waived)

    return Flow(again(flow.now), tuple(map(again, flow.past)))


def _called(state: State, handles: Mapping[str, str]) -> State:
    """The state as it is in the book: nobody is new any more."""

    def known(wish: Wish) -> Wish:
        handle = handles.get(wish.party.handle, wish.party.handle)
        return replace(wish, party=replace(wish.party, handle=handle, draft=None))

    giver = state.authorizer
    if giver is not None:
        giver = replace(giver, handle=handles.get(giver.handle, giver.handle), draft=None)
    return replace(state, step="done", authorizer=giver, wishes=tuple(map(known, state.wishes)))


def why_not(desk: Desk, done: Bound, said: Told) -> str:
    """Why nothing was recorded."""
    if done.refused is not None:
        return tr("Not recorded: {why}", why=desk.why_not(done.refused))
    return tr("Not recorded: {why}", why="\n".join(check_sentence(check, said) for check in done.failed))


def undo(desk: Desk, what: Finished, done: Callable[[str], None]) -> None:
    """Take the bindings out of the book again; `done` is told why not, "" when they are out."""
    book, now = desk.book, datetime.now().astimezone()
    if book is None:
        return
    rules_of = desk.library.book

    def answered(result: Recorded) -> None:
        desk.reload(titles=False)
        if result.changes:
            desk.ops.changed.emit(result.changes, desk)
        done("" if not result.refusals else tr("Not taken back: {why}", why=desk.why_not(result)))

    desk.ops.run(tr("Taking back"), lambda _: retract(book, rules_of, what.household, what.events, now=now), answered)


def join(desk: Desk, other: int, done: Callable[[str], None]) -> None:
    """Bring another household into the one at hand; `done` is told why not, "" when they are one."""
    book, live, now = desk.book, desk.live, datetime.now().astimezone()
    if book is None or live is None:
        return
    rules_of = desk.library.book

    def answered(result: Joined) -> None:
        if result.done:
            desk.reload(live.id)
            desk.ops.changed.emit(result.changes, desk)
        done("" if result.done else desk.why_not(Recorded(None, refusals=result.refusals)))

    desk.ops.run(
        tr("Bringing two households together"),
        lambda _: join_households(book, rules_of, live.id, other, now=now),
        answered,
    )
