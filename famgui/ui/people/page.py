"""The directory of people: search and table at the left, who is looked at and what is done to them at the right."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from famgui.ui.people.changing import ForgetCard, MergeCard
from famgui.ui.people.columns import directory
from famgui.ui.people.detail import DetailCard, StoryCard
from famgui.ui.people.editing import AddCard, EditCard
from famgui.ui.people.strip import SuggestionStrip
from famgui.ui.people.viewmodel import PeopleOps, PeopleVM
from famgui.ui.people.words import name_of
from famgui.ui.shell.commands import Command
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Page, Shell
from famgui.ui.theme.metrics import ANSWER_WIDTH, GAP, GRID, at_least, margins
from famgui.ui.widgets.basic import Card, EmptyState, button, command_button, label
from famgui.ui.widgets.table import Table, TableModel
from famgui.usecase.people import Alike, Hit

_TABLE, _NONE_FOUND = range(2)
_CONTENT, _EMPTY = range(2)


class _Cards(QStackedWidget):
    """One of several: as high as the place, whatever the one shown would like; each scrolls inside."""

    def hasHeightForWidth(self) -> bool:
        return False


class PeoplePage(Page):
    """Everybody in the book."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, tr("People"), tr("Who is in the book, and what is known of them"))
        self.vm, self.ops = PeopleVM(shell.desk), PeopleOps(shell.desk)
        self._filling = False
        self._looked_at: int | None = None
        self._book = shell.desk.book
        actions = self._commands()
        self.words, self._counted = self._search_line(), label("", "note")
        self.strip = SuggestionStrip(self._look_at_pair)
        self._rows: TableModel[Hit] = TableModel(directory(shell.desk.wording), self._fetch)
        self.table = Table(self._rows, tr("People"))
        self._lists, self._right, self._stack = _Cards(), _Cards(), QStackedWidget()
        self.detail = DetailCard(self.vm, actions, self.vm.open_household)
        self.edit, self.add = EditCard(self.vm, self.ops), AddCard(self.vm, self.ops)
        self.merge, self.forget = MergeCard(self.vm, self.ops), ForgetCard(self.vm, self.ops)
        self.story = StoryCard(self.vm, self._back)
        self._nobody = Card()
        self._lay_out()
        self._connect()
        self._show_hit()

    def _commands(self) -> Sequence[QPushButton]:
        """Register what can be done; the buttons of the card."""
        self.add_command(Command("people.add", tr("Add a person"), "Ctrl+N", self._add), primary=True)
        commands = self.shell.commands
        commands.add(self, Command("people.find", tr("Find a person"), "Ctrl+F", self._find))
        commands.add(self, Command("people.back", tr("Back to the list"), "Esc", self._back))
        made = (
            Command("people.settle", tr("Settlement"), "Ctrl+J", self._settle),
            Command("people.edit", tr("Edit"), "F2", self._edit),
            Command("people.history", tr("What changed"), "Ctrl+H", self._story),
            Command("people.merge", tr("Merge ..."), "Ctrl+M", self._merge),
            Command("people.delete", tr("Delete ..."), "Ctrl+Delete", self._forget),
        )
        kinds = {"people.delete": "danger"}
        return [command_button(commands.add(self, command), kinds.get(command.id, "")) for command in made]

    def _search_line(self) -> QLineEdit:
        made = QLineEdit()
        made.setPlaceholderText(tr("Name, pinyin, initials or end of a number"))
        made.setAccessibleName(tr("Find a person"))
        made.setClearButtonEnabled(True)
        made.textChanged.connect(self.vm.search)
        made.returnPressed.connect(lambda: self.table.setFocus())
        return made

    def _lay_out(self) -> None:
        content = QWidget()
        content.setProperty("kind", "plain")
        columns = QHBoxLayout(content)
        margins(columns, spacing=GAP)
        columns.addWidget(self._list_card(), 8)
        self._nobody.body.addWidget(EmptyState(tr("Choose somebody in the list.")), 1)
        for card in (self._nobody, self.detail, self.edit, self.add, self.merge, self.forget, self.story):
            at_least(card, ANSWER_WIDTH)
            self._right.addWidget(card)
        columns.addWidget(self._right, 5)
        self._stack.addWidget(content)
        begin = command_button(self.shell.commands.action("people.add"), "primary")
        self._stack.addWidget(EmptyState(tr("Nobody is in the book yet."), begin))
        self.body.addWidget(self.strip)
        self.body.addWidget(self._stack, 1)

    def _list_card(self) -> Card:
        card = Card()
        line = QHBoxLayout()
        margins(line, spacing=GRID)
        line.addWidget(self.words, 1)
        line.addWidget(self._counted)
        column = QVBoxLayout()
        margins(column, spacing=GRID)
        column.addLayout(line)
        self._everybody = button(tr("Show everybody"), "", lambda: self.words.clear())
        self._none_found = EmptyState("", self._everybody)
        self._lists.addWidget(self.table)
        self._lists.addWidget(self._none_found)
        column.addWidget(self._lists, 1)
        card.body.addLayout(column, 1)
        return card

    def _connect(self) -> None:
        self.vm.found.connect(self._show_rows)
        self.vm.chosen.connect(self._show_hit)
        self.vm.suggested.connect(lambda: self.strip.show_pairs(self.vm.pairs))
        self.table.selectionModel().currentRowChanged.connect(self._picked)
        self.table.activated.connect(lambda _: self._settle())
        self.add.saved.connect(lambda _: self.words.clear())
        for form in (self.edit, self.add):
            form.left.connect(self._back)
            form.saved.connect(self._say)
        self.edit.twin.connect(self._merge_twin)
        for plan in (self.merge, self.forget):
            plan.left.connect(self._back)
            plan.done.connect(self._say)

    def refresh(self) -> None:
        """Read the directory anew; what is open of another book goes."""
        if self._book is not self.shell.desk.book:
            self._book = self.shell.desk.book
            self._right.setCurrentWidget(self._nobody)
        self.vm.refresh()
        if self.focusWidget() is None:
            self.words.setFocus()

    def _fetch(self, last: Hit | None) -> Sequence[Hit]:
        return self.vm.page(0 if last is None else len(self._rows.rows))

    def _show_rows(self) -> None:
        """The rows that answer; who was looked at stays, else the first."""
        wanted = self.vm.wanted if self.vm.wanted is not None else (self.vm.hit.id if self.vm.hit else None)
        self._filling = True
        self._rows.restart()
        places = [place for place, hit in enumerate(self._rows.rows) if hit.id == wanted]
        if self._rows.rows:
            self.table.go_to(places[0] if places else 0)
        self._filling = False
        self._lists.setCurrentIndex(_TABLE if self._rows.rows else _NONE_FOUND)
        some = bool(self.vm.everybody)
        self._none_found.say(tr("Nobody answers these words.") if some else tr("Nobody is in the book yet."))
        self._everybody.setVisible(some)
        self._stack.setCurrentIndex(
            _CONTENT if self.vm.everybody or self._right.currentWidget() is self.add else _EMPTY
        )
        self._counted.setText(self._count_words())
        still = self.vm.told(wanted) if wanted is not None and not places and not self.vm.typed else None
        self._choose(still or (self.table.current if self._rows.rows else None))

    def _count_words(self) -> str:
        if self.vm.typed:
            return tr("{count} of {total}", count=f"{self.vm.total:,}", total=f"{self.vm.everybody:,}")
        return tr("{count} persons", count=f"{self.vm.everybody:,}")

    def _picked(self, current: QModelIndex) -> None:
        if not self._filling and current.isValid():
            self._choose(self._rows.rows[current.row()])

    def _choose(self, hit: Hit | None) -> None:
        """Look at a person, unless what is typed of another would be lost."""
        if self._held(None if hit is None else hit.id):
            QTimer.singleShot(0, self, self._mark)
            return
        self.vm.choose(hit)

    def _held(self, person: int | None = None) -> bool:
        """Whether the form has what is not saved of somebody else than `person`; says whose it is."""
        hit = self.vm.hit
        held = hit is not None and hit.id != person and self._right.currentWidget() is self.edit and self.edit.changed
        if held and hit is not None:
            self.edit.say(tr("The changes to {name} are not saved yet: save or cancel first.", name=name_of(hit)))
        return held

    def _mark(self) -> None:
        """Mark the row of who is looked at, as far as it is among the rows."""
        wanted = None if self.vm.hit is None else self.vm.hit.id
        self._filling = True
        places = [place for place, hit in enumerate(self._rows.rows) if hit.id == wanted]
        if places:
            self.table.go_to(places[0])
        else:
            self.table.setCurrentIndex(QModelIndex())
        self._filling = False

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._right.currentWidget() in (self.merge, self.forget) and not event.spontaneous():
            self._right.setCurrentWidget(self._nobody if self.vm.hit is None else self.detail)

    def _show_hit(self) -> None:
        hit, shown = self.vm.hit, self._right.currentWidget()
        other = self._looked_at != (None if hit is None else hit.id)
        self._looked_at = None if hit is None else hit.id
        if hit is not None:
            self.detail.show_hit()
        if other and shown is self.edit and hit is not None:
            self.edit.begin(focus=False)
        elif other and shown in (self.edit, self.merge, self.forget):
            self._right.setCurrentWidget(self.detail)
        if self._right.currentWidget() in (self._nobody, self.detail, self.story):
            self._right.setCurrentWidget(self._nobody if hit is None else self.detail)
        for name in ("settle", "edit", "history", "merge", "delete"):
            self.shell.commands.enable(f"people.{name}", hit is not None)

    def _find(self) -> None:
        if not self._held():
            self._back()
        self.words.setFocus()
        self.words.selectAll()

    def _back(self) -> None:
        """Leave what is open at the right."""
        was_open = self._right.currentWidget() not in (self._nobody, self.detail)
        self._right.setCurrentWidget(self._nobody if self.vm.hit is None else self.detail)
        self._stack.setCurrentIndex(_CONTENT if self.vm.everybody else _EMPTY)
        if was_open and self.isVisible():
            self.table.setFocus()

    def _say(self, words: str) -> None:
        """Tell what was done, with who it was done to chosen in the list."""
        self._back()
        self._show_rows()
        self.shell.toasts.show(words)

    def _add(self) -> None:
        if self._held():
            return
        self._stack.setCurrentIndex(_CONTENT)
        self._right.setCurrentWidget(self.add)
        self.add.begin()

    def _edit(self) -> None:
        if self._held():
            return
        self._right.setCurrentWidget(self.edit)
        self.edit.begin()

    def _settle(self) -> None:
        """Go on to settle a bill of who is looked at."""
        if not self._held():
            self.vm.settle()

    def _story(self) -> None:
        if self._held():
            return
        self._right.setCurrentWidget(self.story)
        self.story.show_story()

    def _merge(self) -> None:
        if self._held():
            return
        self._right.setCurrentWidget(self.merge)
        self.merge.begin()

    def _forget(self) -> None:
        if self._held():
            return
        self._right.setCurrentWidget(self.forget)
        self.forget.begin()

    def _look_at_pair(self, pair: Alike) -> None:
        if not self._held():
            self._begin_merge(pair.first, pair.second)

    def _merge_twin(self, twin: int) -> None:
        """Look at who is edited and somebody else with the same number."""
        hit, other = self.vm.hit, self.vm.told(twin)
        if hit is not None and other is not None:
            self._right.setCurrentWidget(self.detail)
            self._begin_merge(other, hit)

    def _begin_merge(self, first: Hit, second: Hit) -> None:
        self.words.clear()
        self.vm.choose(first)
        self._mark()
        self._right.setCurrentWidget(self.merge)
        self.merge.begin((first, second))
