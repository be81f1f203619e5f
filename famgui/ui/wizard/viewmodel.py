"""A binding while it is entered: its flow, every rule looked at after each keystroke, kept while it is half-done."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from famgui.domain.binding_check import Check
from famgui.domain.binding_flow import BEGIN, Flow, checks
from famgui.domain.binding_wish import Circumstances, State
from famgui.domain.person import province
from famgui.files.checktext import check_sentence
from famgui.policy.library import NoRuleBook
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.ui.wizard import edits
from famgui.ui.wizard.blame import blame, faulty
from famgui.ui.wizard.guess import guesses
from famgui.ui.wizard.keeper import WizardKeeper, body_of, speaks_of_lost, taken_from, waiting_of
from famgui.ui.wizard.recording import entered_again, finished, undo, why_not, write
from famgui.ui.wizard.rows import OWN_HOME, Blame, CheckLine, Finished, StageRow, Waiting
from famgui.ui.wizard.shelf import Shelf, why_not_taken
from famgui.ui.wizard.words import check_lines, stages, told_of
from famgui.usecase.bind import Asked, Bound, circumstances, known_in


class WizardVM(QObject):
    """`moved`: another step or other people; `checked`: something was typed; `refused(Blame)`: Next was; `kept`: the
    draft is in the book; `told(text)`; `recorded(Finished)`.

    `around` is what is checked against, `apart` says that the people become a household of their own, `guessed` names
    the users whose relation was guessed and not yet looked at, `waiting` is a half-done binding to go on with.
    """

    moved = Signal()
    checked = Signal()
    refused = Signal(object)
    kept = Signal()
    told = Signal(str)
    recorded = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.shelf = Shelf()
        self.keeper = WizardKeeper(desk)
        self.keeper.saved.connect(self._saved)
        self._home: tuple[object, int | None] | None = None
        self.lost = ""
        self._begin()
        desk.changed.connect(self.reload)
        desk.ops.crashed.connect(self._crashed)
        self.reload()

    def _begin(self) -> None:
        self.flow: Flow = BEGIN
        self.apart = False
        self.guessed: frozenset[str] = frozenset()
        self.waiting: Waiting | None = None
        self.finished: Finished | None = None
        self.saved_at = ""
        self.busy = False
        self.shelf.clear()

    def reload(self) -> None:
        """Look at the household anew; another one has another half-done binding, or none."""
        live, book = self.desk.live, self.desk.book
        home = (book, None if live is None else live.id)
        if home != self._home:
            self._home = home
            self.keeper.flush()
            self._begin()
            self.waiting = self._found()
            self._look()
            self.moved.emit()
            return
        self._look()
        persons = self.around.setting.persons
        if any(not party.is_new and party.handle not in persons for party in edits.parties(self.flow.now)):
            self._begin()
            self._look()
            self.moved.emit()
            self.told.emit(tr("Somebody of the half-done binding is no longer in this household; it begins anew."))
        self.checked.emit()

    @property
    def state(self) -> State:
        """What is entered, at the step at hand."""
        return self.flow.now

    def edit(self, change: Callable[[State], State], *, moved: bool = False) -> None:
        """Change what is entered; with `moved` the people are others, so that the page is laid out anew."""
        if not self.busy:
            self._take(self.flow.edit(change), moved=moved)

    def set_relation(self, handle: str, relation: str) -> None:
        """What a user is to the authorizer, as somebody says: no guess any more."""
        self.guessed -= {handle}
        self.edit(lambda state: edits.set_terms(state, handle, relation=relation))

    def set_apart(self, apart: bool) -> None:
        """Whether the new authorizer's household is one of its own."""
        if apart != self.apart and not self.busy:
            self.apart = apart
            self._take(self.flow, moved=False)

    def take_files(self, handle: str, paths: Iterable[Path]) -> None:
        """Take papers in for a user; what is not taken is told."""
        faults = self.shelf.put(handle, paths)
        self.edit(self.shelf.named, moved=True)
        if faults:
            self.told.emit("\n".join(why_not_taken(path, fault) for path, fault in faults))

    def drop_file(self, handle: str, path: Path) -> None:
        """Take a paper out."""
        self.shelf.drop(handle, path)
        self.edit(self.shelf.named, moved=True)

    def back(self) -> None:
        """The step before, exactly as it was left."""
        flow = self.flow.back()
        if flow is not self.flow and not self.busy and self.waiting is None:
            self._take(flow, moved=True)

    def onward(self) -> None:
        """The next step, or why not; from the last one everything is recorded."""
        if self.busy or self.waiting is not None or self.state.step == "done":
            return
        flow = self.flow.onward(self.around)
        if flow is self.flow:
            self.refused.emit(self._blame())
        elif flow.now.step == "done":
            self._record()
        else:
            self._take(self._guessed(flow) if flow.now.step == "terms" else flow, moved=True)

    def _guessed(self, flow: Flow) -> Flow:
        """The flow at its terms with what is likely filled in; who has authorizers already gets one that pays last."""
        found = guesses(flow.now, self.around)
        fresh = {wish.party.handle for wish in self.state.wishes if wish.starts is None}
        self.guessed = (self.guessed | found.keys()) & {wish.party.handle for wish in flow.now.wishes}
        flow = flow.edit(lambda state: edits.guess(state, found)) if found else flow
        last = flow.edit(lambda state: edits.pay_last(state, fresh, self.around))
        return flow if last.now == flow.now else last

    def anew(self) -> None:
        """Begin anew; what was half-done is forgotten."""
        if not self.busy:
            self._begin()
            self.keeper.keep(None)
            self._look()
            self.moved.emit()

    def resume(self) -> None:
        """Go on with the half-done binding that was found."""
        found = self.waiting
        if found is None:
            return
        self._begin()
        self.flow, self.apart, self.guessed = found.flow, found.apart, found.guessed
        faults = [fault for who, paths in found.paths.items() for fault in self.shelf.put(who, map(Path, paths))]
        self._take(self.flow.edit(self.shelf.named), moved=True)
        if faults:
            self.told.emit("\n".join(why_not_taken(path, fault) for path, fault in faults))

    def take_back(self) -> None:
        """Take out of the book what was just recorded."""
        if self.finished is not None and not self.busy:
            undo(self.desk, self.finished, self._undone)

    def _take(self, flow: Flow, *, moved: bool) -> None:
        self.flow = flow
        self._look()
        if edits.is_blank(flow.now) and not flow.past:
            self.keeper.keep(None)
        else:
            now = datetime.now().astimezone()
            self.keeper.keep(body_of(flow, apart=self.apart, guessed=self.guessed, paths=self.shelf.paths, now=now))
        (self.moved if moved else self.checked).emit()

    def _look(self) -> None:
        """Check everything against the household and the rules as they stand."""
        desk = self.desk
        live = None if self.apart else desk.live
        self.place = self._place() if live is None else live.household.place
        rules = desk.library.book(self.place)
        self.around: Circumstances = circumstances(live, rules, desk.today, desk.services.regions)
        if desk.book is not None:
            known = known_in(desk.book, self.state, None if desk.live is None else desk.live.id)
            self.around = replace(self.around, known=known)
        unnamed = tr("the new person")
        self.names = dict(desk.names)
        for party in edits.parties(self.state):
            if party.draft is not None:
                self.names[party.handle] = party.draft.name.strip() or unnamed
        self.stages: tuple[StageRow, ...] = stages(
            self.state if self.waiting is None else self.waiting.flow.now, self.around
        )
        if self.state.step == "done":  # what was checked stays as it was: now it is in the register
            return
        self.found: tuple[Check, ...] = checks(self.state, self.around)
        here = desk.place_name(province(self.place))
        here = desk.place_name(self.place) if here == province(self.place) else here
        self.said = told_of(self.state, self.around, self.names, desk.wording, here)
        self.lines: tuple[CheckLine, ...] = check_lines(
            self.found, self.said, edits.blank(self.state), faulty(self.state, self.around)
        )

    def _place(self) -> str:
        giver = self.state.authorizer
        typed = "" if giver is None or giver.draft is None else giver.draft.insured_place
        for place in (typed, OWN_HOME):
            try:
                self.desk.library.chain(place)
            except NoRuleBook:
                continue
            return place
        return next(pack.place for pack in self.desk.library.packs)

    def sentence(self, check: Check) -> str:
        """A check in words."""
        return check_sentence(check, self.said)

    def _blame(self) -> Blame:
        return blame(self.state, self.around, self.found, self.said)

    def _record(self) -> None:
        desk, giver = self.desk, self.state.authorizer
        live = None if self.apart else desk.live
        assert giver is not None
        title = tr("{name}'s family", name=self.names[giver.handle])
        draft = self.keeper.hand_over()
        asked = Asked(None if live is None else live.id, self.place, title, self.state, self.shelf.proofs, draft)
        self.busy = True
        self.checked.emit()
        write(desk, asked, self._recorded)

    def _recorded(self, asked: Asked, done: Bound) -> None:
        self.busy = False
        if not done.recorded or done.household is None:
            self.told.emit(why_not(self.desk, done, self.said))
            self.desk.reload(titles=False)
            return
        self.keeper.keep(None)
        self.keeper.flush()
        self._home = (self.desk.book, done.household)
        flow, guessed, papers = self.flow, self.guessed, self.shelf.paths
        self.flow = Flow(replace(asked.state, step="done"))
        self.desk.reload(done.household)
        checked = self.found, self.said, self.lines
        self._begin()
        self.found, self.said, self.lines = checked
        self.finished = finished(self.desk, asked, done)
        handles = done.handles or {}
        self._before = (
            entered_again(flow, handles),
            frozenset(handles.get(one, one) for one in guessed),
            {handles.get(one, one): paths for one, paths in papers.items()},
        )
        self.flow = Flow(self.finished.state)
        self._look()
        self.desk.ops.changed.emit(done.changes, self.desk)
        self.moved.emit()
        self.recorded.emit(self.finished)

    def _undone(self, why: str) -> None:
        if not why:
            flow, guessed, papers = self._before
            self._begin()
            self.flow, self.guessed = flow, guessed
            for handle, paths in papers.items():
                self.shelf.put(handle, map(Path, paths))
            self._take(self.flow.edit(self.shelf.named), moved=True)
        self.told.emit(why or tr("Taken back: the binding is no longer in the register. The people stay."))

    def _found(self) -> Waiting | None:
        body = self.keeper.take_back()
        persons = {person.id: person for person in self.desk.persons}
        taken = None if body is None else taken_from(body, persons)
        if taken is None:
            if body is not None and speaks_of_lost(body):
                self.lost = tr("The half-done binding is not taken up: somebody in it is no longer there.")
                self.keeper.keep(None)
            return None
        return waiting_of(self.desk, taken)

    def _saved(self, moment: datetime) -> None:
        self.saved_at = moment.strftime("%H:%M")
        self.kept.emit()

    def _crashed(self, _: BaseException) -> None:
        if self.busy:
            self.busy = False
            self.checked.emit()
