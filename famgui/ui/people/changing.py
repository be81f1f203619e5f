"""What is told before it is done: merging two rows of one person, and taking a person out of the book."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from famgui.ui.people.detail import scrolling
from famgui.ui.people.viewmodel import PeopleOps, PeopleVM
from famgui.ui.people.words import (
    forgotten_lines,
    household_of,
    merged_lines,
    name_of,
    numbers,
    refusal_words,
)
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GRID, ROW_HEIGHT, fix_height, margins
from famgui.ui.widgets.basic import Card, button, clear, label, row
from famgui.ui.widgets.fields import Field, Segments
from famgui.ui.widgets.table import Column, Table, TableModel
from famgui.usecase.people import Hit, find
from famgui.usecase.people_forget import Forgotten, forget
from famgui.usecase.people_merge import Merged, merge

_OFFERED = 8


class PlanCard(Card):
    """A card that tells what will happen and then lets it happen. `left` when one goes away, `done` with a sentence."""

    left = Signal()
    done = Signal(str)

    def __init__(self, vm: PeopleVM, ops: PeopleOps, go: str) -> None:
        super().__init__()
        self.vm, self.ops, self.desk = vm, ops, vm.desk
        self.title = label("", "heading", wrap=True)
        self.body.addWidget(self.title)
        self.lines = QVBoxLayout()
        margins(self.lines, spacing=GRID)
        self.go: QPushButton = button(go, "danger", self.take)
        self.buttons = row(button(tr("Cancel"), "", self.left.emit), stretch_last=True)
        inner = self.buttons.layout()
        if inner is not None:  # far from where "Edit" stood
            inner.addWidget(self.go)

    def finish(self) -> None:
        """Put lines and buttons below whatever was added."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        margins(column)
        column.addLayout(self.lines)
        column.addStretch(1)
        self.body.addWidget(scrolling(inside, tr("What will happen")), 1)
        self.body.addWidget(self.buttons)

    def tell(self, lines: Sequence[str], *, refused: bool = False) -> None:
        """What will happen, or why it cannot."""
        clear(self.lines)
        for line in lines:
            mark, kind = ("✗", "problem") if refused else ("·", "")
            self.lines.addWidget(label(f"{mark} {line}", kind, wrap=True))
        self.go.setEnabled(bool(lines) and not refused)

    def take(self) -> None:
        """Let it happen."""
        raise NotImplementedError


class ForgetCard(PlanCard):
    """Deleting who is looked at."""

    def __init__(self, vm: PeopleVM, ops: PeopleOps) -> None:
        super().__init__(vm, ops, tr("Delete"))
        self._hit: Hit | None = None
        self.finish()

    def begin(self) -> None:
        """Tell what deleting would do."""
        book, hit, rules_of = self.desk.book, self.vm.hit, self.desk.library.book
        if book is None or hit is None:
            return
        self._hit = hit
        self.title.setText(tr("Delete {name}?", name=name_of(hit)))
        self.tell([])
        now = datetime.now().astimezone()
        self.ops.ask(
            tr("Looking what it would do"), lambda: forget(book, rules_of, hit.id, now=now, dry=True), self._told
        )

    def _told(self, found: Forgotten) -> None:
        if self._hit is None:
            return
        if found.refusals:
            self.tell(refusal_words(found.refusals, self.desk), refused=True)
            return
        self.go.setText(tr("Delete") if found.whole else tr("Make anonymous"))
        self.tell(forgotten_lines(found, self._hit))
        self.go.setFocus()

    def take(self) -> None:
        book, hit, rules_of = self.desk.book, self._hit, self.desk.library.book
        if book is None or hit is None:
            return
        now, title = datetime.now().astimezone(), tr("Household {number}", number=hit.household)
        self.ops.do(tr("Deleting"), lambda: forget(book, rules_of, hit.id, now=now, title=title), self._forgotten)

    def _forgotten(self, found: Forgotten) -> None:
        if found.refusals:
            self.tell(refusal_words(found.refusals, self.desk), refused=True)
            return
        self.done.emit(tr("Deleted") if found.whole else tr("Made anonymous; the records stay"))


class MergeCard(PlanCard):
    """Merging who is looked at with another row, found here or suggested."""

    def __init__(self, vm: PeopleVM, ops: PeopleOps) -> None:
        super().__init__(vm, ops, tr("Merge"))
        self._pair: tuple[Hit, Hit] | None = None
        self._keep: Hit | None = None
        self.stays = Segments(((True, tr("this row")), (False, tr("the other row"))), tr("Row that stays"))
        self._stays_field = Field(tr("Row that stays"), self.stays)
        self.stays.picked.connect(lambda _: self._try(turn=False))
        self.words = QLineEdit()
        self.words.setPlaceholderText(tr("Name, pinyin, initials or end of a number"))
        self.words.setAccessibleName(tr("Find the other row"))
        self.words.setClearButtonEnabled(True)
        self.words.textEdited.connect(lambda _: self._offer())
        self._rows: TableModel[Hit] = TableModel(
            (
                Column(tr("Full name"), name_of, stretch=True),
                Column(tr("ID number"), numbers),
                Column(tr("Household"), household_of, most=14),
            )
        )
        self.table = Table(self._rows, tr("Find the other row"))
        fix_height(self.table, 4 * ROW_HEIGHT)
        self.words.returnPressed.connect(self.table.setFocus)
        self.table.selectionModel().currentRowChanged.connect(self._picked)
        self.body.addWidget(label(tr("Which other row is the same person?"), "dim", wrap=True))
        self.body.addWidget(self.words)
        self.body.addWidget(self.table)
        self.body.addWidget(self._stays_field)
        self.finish()

    def begin(self, pair: tuple[Hit, Hit] | None = None) -> None:
        """Merge who is looked at, or the pair that was suggested."""
        keep = self.vm.hit if pair is None else pair[0]
        if keep is None:
            return
        self._keep, self._pair = keep, None
        self.title.setText(tr("Merge {name} with", name=name_of(keep)))
        self.words.setText("" if pair is None else pair[1].person.name)
        self.tell([])
        self._offer()
        if pair is not None:
            places = [place for place, hit in enumerate(self._rows.rows) if hit.id == pair[1].id]
            if not places:
                self._rows.set_rows([pair[1], *self._rows.rows])
            self.table.go_to(places[0] if places else 0)
            self.table.setFocus()
        else:
            self.words.setFocus()

    def _offer(self) -> None:
        """Who may be meant: while nothing is typed, who is called the same."""
        book, keep = self.desk.book, self._keep
        if book is None or keep is None:
            return
        typed = self.words.text().strip() or keep.person.name
        found = find(book, typed, _OFFERED + 1, day=self.desk.today)
        self._rows.set_rows([hit for hit in found if hit.id != keep.id][:_OFFERED])
        self._pair = None
        self._stays_field.hide()
        self.tell([])

    def _picked(self, current: QModelIndex) -> None:
        if current.isValid():
            self.stays.set_value(True)
            self._try(turn=True)

    def _try(self, *, turn: bool) -> None:
        """Tell what merging would do; with `turn` the other row may stay where this one cannot."""
        book, keep, rules_of, other = self.desk.book, self._keep, self.desk.library.book, self.table.current
        if book is None or keep is None or not isinstance(other, Hit):
            return
        pair = self._pair = (keep, other) if self.stays.value else (other, keep)
        now = datetime.now().astimezone()

        def look() -> tuple[Merged, bool]:
            found = merge(book, rules_of, pair[0].id, pair[1].id, now=now, dry=True)
            if not turn or found.done:
                return found, False
            turned = merge(book, rules_of, pair[1].id, pair[0].id, now=now, dry=True)
            return (turned, True) if turned.done else (found, False)

        def told(answer: tuple[Merged, bool]) -> None:
            found, turned = answer
            if self._pair is not pair:
                return
            if turned:
                self._pair = (pair[1], pair[0])
                self.stays.set_value(False)
            self._stays_field.show()
            self._show(found)

        self.ops.ask(tr("Looking what it would do"), look, told)

    def _show(self, found: Merged) -> None:
        if self._pair is None:
            return
        if found.refusals:
            self.tell(refusal_words(found.refusals, self.desk), refused=True)
        else:
            self.tell(merged_lines(found, *self._pair, self.desk))

    def take(self) -> None:
        book, pair, rules_of = self.desk.book, self._pair, self.desk.library.book
        if book is None or pair is None:
            return
        now = datetime.now().astimezone()
        self.ops.do(
            tr("Merging"),
            lambda: merge(book, rules_of, pair[0].id, pair[1].id, now=now),
            self._merged,
            self._home(pair),
        )

    def _home(self, pair: tuple[Hit, Hit]) -> int | None:
        """The household that stays, where the one at hand goes."""
        live = self.desk.live
        return pair[0].household if live is not None and live.id == pair[1].household else None

    def _merged(self, found: Merged) -> None:
        if found.refusals:
            self.tell(refusal_words(found.refusals, self.desk), refused=True)
            return
        self.vm.take(found.person)
        self.done.emit(tr("Merged"))
