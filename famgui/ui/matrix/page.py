"""The comparison page: every place for one subject, two places, or one place on two days; the cell at hand in full."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QSplitter, QStackedWidget

from famgui.ui.matrix.between import Between
from famgui.ui.matrix.detail import CellDetail
from famgui.ui.matrix.table import CellTable
from famgui.ui.matrix.viewmodel import MatrixVM, Mode
from famgui.ui.matrix.words import subject_words
from famgui.ui.shell.commands import Command
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Page, Shell
from famgui.ui.shell.settings import Option
from famgui.ui.theme.metrics import DETAIL_HEIGHT, GRID, PLACE_WIDTH, fix_width, margins
from famgui.ui.widgets.basic import Card, EmptyState, button, command_button, label
from famgui.ui.widgets.day import DayEdit
from famgui.ui.widgets.export import Exporter, export_button
from famgui.ui.widgets.fields import Choice, Segments
from famgui.ui.widgets.placepick import PlacePick
from famgui.usecase.policy_subjects import SUBJECTS

VIEW = Option("matrix/view", "")
DETAIL = Option("matrix/detail", "")
"""How high the clauses of the cell at hand stand below the table, in pixels; "" while they are folded away."""


class MatrixPage(Page):
    """What holds elsewhere, and what held before?"""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, tr("Policies compared"), tr("What holds elsewhere, and what held before"))
        self.vm = MatrixVM(shell.desk)
        self.vm.take_up(shell.settings.get(VIEW))
        shell.commands.add(self, Command("matrix.find", tr("Find a place"), "Ctrl+F", self._to_places))
        swap = shell.commands.add(self, Command("matrix.swap", tr("Swap the sides"), "Ctrl+Shift+X", self.vm.swap))
        self._swap = command_button(swap)
        self._exporter = Exporter(
            shell, self, self.vm.listings, tr("As the packs at hand say; it replaces no official answer.")
        )
        self._table: CellTable | None = None
        self._key: tuple[Mode, tuple[str, ...]] = ("places", ())
        self.body.setSpacing(GRID // 2)
        self._head.addLayout(self._in_head())
        self.body.addLayout(self._controls())
        self._between = Between(shell.desk.open_clause)
        self.body.addWidget(self._between)
        self.body.addWidget(self._split(), 1)
        self.vm.changed.connect(self._show)
        self._show()

    def refresh(self) -> None:
        """Compare anew, with the packs at hand."""
        self.vm.fill()

    def _in_head(self) -> QHBoxLayout:
        modes: list[tuple[object, str]] = [
            ("places", tr("All places")),
            ("two-places", tr("Two places")),
            ("two-days", tr("Two days")),
        ]
        self._mode = Segments(modes, tr("Compare"))
        self._mode.picked.connect(lambda mode: self.vm.edit(mode=mode))
        self._count = label("", "dim")
        line = QHBoxLayout()
        margins(line, spacing=GRID)
        line.addWidget(self._mode)
        line.addWidget(self._count)
        line.addWidget(export_button(self._exporter, lambda: self.vm.title))
        return line

    def _controls(self) -> QHBoxLayout:
        vm, today = self.vm, self.shell.desk.today
        self._subject = Choice([(subject, subject_words(subject)) for subject in SUBJECTS])
        self._subject.setAccessibleName(tr("Subject"))
        self._subject.picked.connect(lambda subject: vm.edit(subject=subject))
        self._typed = QLineEdit()
        self._typed.setAccessibleName(tr("Find a place"))
        self._typed.setPlaceholderText(tr("Name, code or pinyin"))
        self._typed.setClearButtonEnabled(True)
        self._typed.textChanged.connect(lambda text: vm.edit(typed=text))
        self._left, self._right = PlacePick(tr("Place at the left")), PlacePick(tr("Place at the right"))
        for pick in (self._left, self._right):
            fix_width(pick, PLACE_WIDTH)
        self._left.picked.connect(lambda place: vm.edit(left=place))
        self._right.picked.connect(lambda place: vm.edit(right=place))
        self._first, self._day = DayEdit(today), DayEdit(today)
        self._first.dateChanged.connect(lambda _: vm.edit(first=self._first.day))
        self._day.dateChanged.connect(lambda _: vm.edit(day=self._day.day))
        self._own = QCheckBox(tr("Only places with rules of their own"))
        self._own.toggled.connect(lambda on: vm.edit(own_only=on))
        self._changed = QCheckBox(tr("Only what differs"))
        self._changed.toggled.connect(lambda on: vm.edit(changed_only=on))
        self._valid = label(tr("valid on"), "dim")
        self._first.setAccessibleName(tr("Earlier day"))
        self._day.setAccessibleName(tr("Valid on"))
        for box in (self._own, self._changed):
            box.setAccessibleName(box.text())
        line = QHBoxLayout()
        margins(line, spacing=GRID)
        for widget in (self._subject, self._left, self._swap, self._right, self._first, self._valid, self._day):
            line.addWidget(widget)
        line.addWidget(self._typed, 1)
        line.addStretch(0)
        line.addWidget(self._own)
        line.addWidget(self._changed)
        return line

    def _table_card(self) -> Card:
        card = Card()
        margins(card.body, horizontal=GRID, vertical=GRID // 4, spacing=0)
        everything = button(tr("Show everything"), "", self._show_everything)
        self._stack = QStackedWidget()
        self._nothing = EmptyState("", everything)
        self._stack.addWidget(self._nothing)
        card.body.addWidget(self._stack, 1)
        return card

    def _split(self) -> QSplitter:
        self._detail = CellDetail(self.shell.desk.open_clause)
        self._detail.fold(not self._kept_height)
        self._detail.folded.connect(self._fold)
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(GRID // 2)
        self._splitter.addWidget(self._table_card())
        self._splitter.addWidget(self._detail)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.splitterMoved.connect(lambda *_: self._keep_height())
        return self._splitter

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._give_height()

    @property
    def _kept_height(self) -> int:
        kept = self.shell.settings.get(DETAIL)
        return int(kept) if kept.isdecimal() else 0

    def _fold(self, folded: bool) -> None:
        self.shell.settings.set(DETAIL, "" if folded else str(DETAIL_HEIGHT))
        self._give_height()

    def _give_height(self) -> None:
        whole, height = self._splitter.height(), self._kept_height
        self._splitter.setSizes([max(whole - height, 0), height])

    def _keep_height(self) -> None:
        if not self._detail.is_folded:
            self.shell.settings.set(DETAIL, str(self._splitter.sizes()[1]))

    def _show(self) -> None:
        vm = self.vm
        self.shell.settings.set(VIEW, vm.kept)
        self._show_controls()
        self._count.setText(vm.summary)
        self._between.show_turns(vm.turns)
        key = (vm.mode, vm.columns)
        if self._table is None or key != self._key:
            self._build_table(key)
        assert self._table is not None
        self._table.show_lines(vm.lines)
        if vm.lines:
            self._stack.setCurrentWidget(self._table)
        else:
            self._nothing.say(vm.nothing)
            self._stack.setCurrentIndex(0)
        self._detail.setVisible(bool(vm.lines))
        self._show_cell()

    def _show_controls(self) -> None:
        vm = self.vm
        matrix, days = vm.mode == "places", vm.mode == "two-days"
        inputs = (self._first, self._day, self._own, self._changed, self._typed)
        for widget in inputs:
            widget.blockSignals(True)
        self._mode.set_value(vm.mode)
        self._subject.set_value(vm.subject)
        for pick, place in ((self._left, vm.left), (self._right, vm.right)):
            pick.set_entries(vm.places)
            pick.set_code(place)
        self._first.set_day(vm.first)
        self._day.set_day(vm.day)
        self._own.setChecked(vm.own_only)
        self._changed.setChecked(vm.changed_only)
        if self._typed.text() != vm.typed:
            self._typed.setText(vm.typed)
        for widget in inputs:
            widget.blockSignals(False)
        shown = {
            self._subject: matrix,
            self._typed: matrix,
            self._own: matrix,
            self._left: not matrix,
            self._right: vm.mode == "two-places",
            self._swap: not matrix,
            self._first: days,
            self._changed: not matrix,
            self._valid: not days,
        }
        for part, on in shown.items():
            part.setVisible(on)
        self.shell.commands.enable("matrix.swap", not matrix)

    def _build_table(self, key: tuple[Mode, tuple[str, ...]]) -> None:
        if self._table is not None:
            self._stack.removeWidget(self._table)
            self._table.deleteLater()
        self._key = key
        made = CellTable(self.shell.theme, key[1], tr("Comparison"), titles_aside=key[0] == "places")
        made.opened.connect(self.shell.desk.open_clause)
        made.moved.connect(self._show_cell)
        self._stack.addWidget(made)
        self._table = made

    def _show_cell(self) -> None:
        at_hand = self._table.at_hand if self._table is not None else None
        if at_hand is not None:
            self._detail.show_detail(self.vm.detail(*at_hand))

    def _show_everything(self) -> None:
        self.vm.edit(typed="", own_only=False, changed_only=False)

    def _to_places(self) -> None:
        target = self._typed if self.vm.mode == "places" else self._left
        target.setFocus()
