"""The checklists of some bindings or of a premium: which one is looked at, its steps ticked off and on. QtCore only."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from famgui.domain.changes import Changes
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.usecase.checklist import Checklist, Deed, load, tick


class ChecklistVM(QObject):
    """`owners` are ids of rows of the register, or with `premium` of events. `changed` after every change, `completed`
    when the last step of one was ticked off."""

    changed = Signal()
    completed = Signal(int)

    def __init__(self, desk: Desk, deed: Deed, owners: Sequence[int]) -> None:
        super().__init__()
        self._desk = desk
        self._deed = deed
        self._owners = tuple(owners)
        self._at = 0
        self._writing = 0
        self.lists: tuple[Checklist, ...] = ()
        desk.ops.crashed.connect(self._crashed)
        self.refresh()

    @property
    def chosen(self) -> Checklist | None:
        """The checklist that is looked at; None without any."""
        return self.lists[min(self._at, len(self.lists) - 1)] if self.lists else None

    @property
    def entries(self) -> tuple[tuple[int, str], ...]:
        """Every checklist with its place in the row, in words: who, and how far it is."""
        return tuple((number, self._title(one)) for number, one in enumerate(self.lists))

    def choose(self, number: int) -> None:
        """Look at another one."""
        self._at = number
        self.changed.emit()

    def refresh(self) -> None:
        """Read all of them anew; those that are no longer of the household at hand are left out."""
        found: list[Checklist] = []
        desk = self._desk
        for owner in self._owners if desk.book is not None and desk.live is not None else ():
            try:
                assert desk.book is not None and desk.live is not None
                found.append(load(desk.book, desk.library, desk.live, self._deed, owner, desk.today))
            except LookupError:
                continue
        self.lists = tuple(found)
        self.changed.emit()

    def tick(self, item: str, on: bool) -> None:
        """Tick a step of the checklist looked at off, or take the tick away."""
        book, chosen = self._desk.book, self.chosen
        if book is None or chosen is None:
            return
        owner, now = chosen.owner, datetime.now().astimezone()
        self._writing += 1
        self._desk.ops.run(tr("Ticking off"), lambda _: tick(book, owner, item, on=on, now=now), self._done)

    def _done(self, changes: Changes) -> None:
        self._writing -= 1
        before = {one.owner for one in self.lists if one.complete}
        self.refresh()
        self._desk.ops.changed.emit(changes, self)
        for one in self.lists:
            if one.complete and one.owner not in before:
                self.completed.emit(one.owner.id)

    def _crashed(self, _: BaseException) -> None:
        """A tick that could not be written is told elsewhere; the box shows again what the book holds."""
        if self._writing:
            self._writing = 0
            self.refresh()

    def _title(self, one: Checklist) -> str:
        names = self._desk.names
        whom = tr(", ").join(names[who] for who in one.users)
        pair = f"{names[one.authorizer]} → {whom}"
        return f"{pair} · {one.done} / {len(one.steps)}" if one.steps else pair
