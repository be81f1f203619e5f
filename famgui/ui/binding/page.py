"""The register: the family map beside the table of who shares with whom, and below it what can be done about it."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from famgui.files.statement import Heading, Listing
from famgui.ui.binding.card import RegisterCard
from famgui.ui.binding.changing import ChangesVM
from famgui.ui.binding.detail import DetailPanel
from famgui.ui.binding.figures import map_of
from famgui.ui.binding.made import Made
from famgui.ui.binding.rows import RegisterRow
from famgui.ui.binding.viewmodel import BindingVM
from famgui.ui.paper import Sheet, print_sheet
from famgui.ui.shell.commands import Command
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Page, Shell
from famgui.ui.shell.settings import Option
from famgui.ui.theme.metrics import GAP, GRID, at_least, margins
from famgui.ui.widgets.basic import Card, EmptyState, button, chip, set_chip
from famgui.ui.widgets.export import Exporter, export_button
from famgui.ui.widgets.familymap.onpaper import map_block
from famgui.ui.widgets.familymap.view import FamilyMap

_MAP_HEIGHT = 25 * GRID
_PARTS = (5, 7)
"""What the map and the table take of the width."""
_SCOPE = Option("binding/scope", "household", ("household", "book"))


class BindingPage(Page):
    """Who shares with whom until when; end it, let it go on, say who pays first."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, tr("Binding"), tr("Who shares with whom, and until when"))
        self.vm, self.changes = BindingVM(shell.desk), ChangesVM(shell.desk)
        self.vm.set_scope(shell.settings.get(_SCOPE))  # type: ignore[arg-type]
        self._begun: set[int] = set()
        self._page_commands()
        step = button(tr("New binding"), "primary", self._begin)
        self.card = RegisterCard(shell, self.vm, step)
        self._table_commands()
        self.table = self.card.table
        self.map = FamilyMap(shell.theme)
        confirm, drop = (shell.commands.action(name) for name in ("binding.confirm", "binding.drop"))
        self.detail = DetailPanel(shell, self.vm, self.changes, confirm, drop)
        self.card.body.addWidget(self.detail, 1)
        content = QWidget()
        content.setProperty("kind", "plain")
        self._columns = QHBoxLayout(content)
        margins(self._columns, spacing=GAP)
        self._map_side = self._map_card()
        self._columns.addWidget(self._map_side, _PARTS[0])
        self._columns.addWidget(self.card, _PARTS[1])
        self._stack = QStackedWidget()
        nothing = EmptyState(
            tr("No household yet. Import a case file (Ctrl+O), or begin with a new binding."),
            button(tr("New binding"), "primary", self._begin),
        )
        for widget in (content, nothing):
            self._stack.addWidget(widget)
        self.body.addWidget(self._stack, 1)
        self._connect()
        self._show_rows()

    def refresh(self) -> None:
        self.vm.reload()

    def _page_commands(self) -> None:
        self.add_command(Command("binding.undo", tr("Undo"), "Ctrl+Z", self.changes.step_back))
        self.add_command(Command("binding.print", tr("Print the map"), "Ctrl+P", self._print))
        self.add_command(Command("binding.new", tr("New binding"), "Ctrl+N", self._begin), primary=True)
        commands = self.shell.commands
        commands.add(self, Command("binding.find", tr("Find in the whole book"), "Ctrl+F", self._find))
        commands.add(self, Command("binding.confirm", tr("Confirm"), "Ctrl+Return", self.changes.confirm))
        commands.add(self, Command("binding.drop", tr("Cancel"), "Esc", self._drop))

    def _table_commands(self) -> None:
        card = self.card
        exporter = Exporter(self.shell, self, self._listings, self.shell.desk.wording.say("report", "note"))
        commands = (
            Command("binding.renew", tr("Renew"), "R", self._renew),
            Command("binding.unbind", tr("Unbind"), "Del", self._unbind),
        )
        card.add_foot([card.add_command(command) for command in commands], export_button(exporter, self._name))

    def _map_card(self) -> Card:
        card = Card(tr("Family map"))
        self._year = chip("")
        card.add_to_head(self._year)
        card.head.addStretch(1)
        self.map.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        at_least(self.map, height=_MAP_HEIGHT)
        card.body.addWidget(self.map, 1)
        card.body.addWidget(self.map.legend)
        return card

    def _connect(self) -> None:
        self.vm.changed.connect(self._show_rows)
        self.vm.taken_up.connect(self._show_household)
        self.vm.chosen_changed.connect(self._show_chosen)
        self.changes.changed.connect(self._show_chosen)
        self.changes.done.connect(self._say_done)
        self.changes.refused.connect(lambda text: self.shell.toasts.show(f"✗ {text}"))
        self.changes.told.connect(self.shell.toasts.show)
        self.card.scope.picked.connect(self._scope_picked)
        self.table.selectionModel().currentRowChanged.connect(self._row_changed)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._picked())
        self.table.clicked.connect(lambda _: self._take_up())
        self.table.activated.connect(lambda _: self._take_up())
        self.map.edge_chosen.connect(self._edge_chosen)
        self.map.person_chosen.connect(self._person_chosen)
        self.map.activated.connect(lambda *_: self.table.setFocus())

    def _begin(self) -> None:
        self.shell.desk.page_asked.emit("wizard")

    def _find(self) -> None:
        self._scope_picked("book")
        self.card.filters.take_focus()

    def _scope_picked(self, scope: object) -> None:
        self.vm.set_scope(scope)  # type: ignore[arg-type]
        self.shell.settings.set(_SCOPE, self.vm.scope)

    def _row_changed(self, index: QModelIndex) -> None:
        row, before = self.card.model.rows[index.row()] if index.isValid() else None, self.vm.chosen
        if row is None or before is None or row.id != before.id:
            self.changes.close()
        self.vm.choose(row)

    def _picked(self) -> None:
        """Other rows are marked: what is open for those that were marked is closed."""
        if self.changes.panel and {row.id for row in self.table.picked} != self._begun:
            self.changes.close()
        self._show_papers()

    def _take_up(self) -> None:
        """Bring the household of the row that is current to hand."""
        row = self.table.current
        if isinstance(row, RegisterRow):
            self.vm.take_up(row)

    def _unbind(self) -> None:
        rows = self._marked()
        self.changes.begin_unbind(rows, others=len(self.table.picked) - len(rows))
        if self.changes.panel == "unbind":
            self.detail.unbind.take_focus()

    def _renew(self) -> None:
        rows = self._marked()
        self.changes.begin_renew(rows, len(self.table.picked) - len(rows))
        if self.changes.panel == "renew":
            self.detail.renew.take_focus()

    def _marked(self) -> list[RegisterRow]:
        """The marked rows of the household of the row that is current, which is taken up."""
        self._take_up()
        self._begun = {row.id for row in self.table.picked}
        return self.card.picked_here()

    def _drop(self) -> None:
        self.changes.drop()
        self.table.setFocus()

    def _edge_chosen(self, authorizer: str, user: str) -> None:
        self._choose([row for row in self.vm.register if row.pair == (authorizer, user)])

    def _person_chosen(self, key: str) -> None:
        rows = [row for row in self.vm.register if key in row.pair]
        self._choose(sorted(rows, key=lambda row: row.pair[0] != key))

    def _choose(self, rows: Sequence[RegisterRow]) -> None:
        """Choose the liveliest of some rows in the table, which all else follows."""
        row = min(rows, key=lambda row: row.rank, default=None)
        place = None if row is None else self.card.model.place_of(row)
        if place is not None:
            self.table.go_to(place)

    def _show_rows(self) -> None:
        desk = self.shell.desk
        self._stack.setCurrentIndex(0 if desk.live is not None else 1)
        in_book = self.vm.scope == "book"
        self._map_side.setVisible(not in_book)
        self.card.body.setStretchFactor(self.detail, 0 if in_book else 1)
        self.card.show_rows(any(person.has_account for person in desk.persons))
        self._show_household()

    def _show_household(self) -> None:
        """The map of the household at hand, and the row that is chosen on it."""
        desk = self.shell.desk
        set_chip(self._year, tr("shared in {year}", year=self.vm.year), "plain")
        persons, edges = map_of(desk, self.vm.register)
        title = "" if desk.live is None else desk.live.title
        self.map.show_map(persons, edges, name=tr("Family map of {title}", title=title))
        self._show_chosen()

    def _show_chosen(self) -> None:
        row, changes, commands = self.vm.chosen, self.changes, self.shell.commands
        here = row is not None and self.vm.is_here(row)
        self.card.limits.show_row(row if here else None)
        if row is not None and here and self.map.chosen not in [(key,) for key in row.pair]:
            self.map.choose(*row.pair)
        commands.enable("binding.renew", row is not None and not changes.working)
        commands.enable("binding.confirm", changes.ready)
        commands.enable("binding.drop", bool(changes.panel) or changes.pending is not None)
        undoable = changes.pending is not None or changes.last_made is not None
        commands.enable("binding.undo", undoable and not changes.working)
        commands.enable("binding.print", bool(self.vm.register))
        self.detail.setVisible(bool(self.card.model.rows))
        self.detail.show_row()
        self._show_papers()

    def _show_papers(self) -> None:
        """The papers and the end are of the rows that are marked."""
        row = self.vm.chosen
        here = row is not None and self.vm.is_here(row)
        self.card.papers.show_rows(self.card.picked_here() if here else ())
        may_end = any(one.open for one in self.table.picked) and not self.changes.working
        self.shell.commands.enable("binding.unbind", may_end)

    def _say_done(self, text: str, made: Made | None) -> None:
        undo = () if made is None else ((tr("Undo"), lambda: self.changes.undo(made)),)
        self.shell.toasts.show(text, undo)
        self.table.setFocus()

    def _print(self) -> None:
        """Show the map as it will be printed."""
        desk = self.shell.desk
        if desk.live is None:
            return
        persons, edges = map_of(desk, self.vm.register)
        facts = ((tr("Household"), desk.live.title), (tr("Date"), desk.today.isoformat()))
        block = map_block(tr("Shared in {year}, in yuan", year=self.vm.year), persons, edges)
        closing = desk.wording.say("report", "note")
        print_sheet(Sheet(tr("Family map"), facts, [block], closing), self)

    def _name(self) -> str:
        live = self.shell.desk.live
        whose = live.title if self.vm.scope == "household" and live is not None else tr("Whole book")
        return f"{tr('Register')} {whose} {self.shell.desk.today.isoformat()}"

    def _listings(self) -> Sequence[Listing]:
        """The register as it is shown, for export: with numbers as numbers and days as days."""
        headings = (
            Heading(tr("Authorizer")),
            Heading(tr("User")),
            Heading(tr("Relation")),
            Heading(tr("First day"), "day"),
            Heading(tr("Last day"), "day"),
            Heading(tr("Unbound on"), "day"),
            Heading(tr("State")),
            Heading(tr("Days left"), "count"),
            Heading(tr("Shared {year}", year=self.vm.year), "amount"),
            Heading(tr("Household")),
            Heading(tr("Place")),
        )
        rows = [
            (
                row.authorizer,
                row.user,
                row.relation,
                row.binding.starts,
                row.binding.ends,
                row.binding.unbound_on,
                row.said,
                row.days,
                row.shared,
                row.title,
                row.place,
            )
            for row in self.vm.every()
        ]
        return (Listing(tr("Register"), headings, rows, ((tr("Date"), self.shell.desk.today.isoformat()),)),)
