"""The comparison: the same visit elsewhere, on another day, in another order, side by side."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from famgui.domain.money import grouped
from famgui.ui.compare.custom import CustomForm
from famgui.ui.compare.steps import StepsApart
from famgui.ui.compare.table import WaysTable
from famgui.ui.compare.viewmodel import DIMENSIONS, CompareVM, Dimension
from famgui.ui.compare.words import visit_line
from famgui.ui.shell.commands import Command
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Page, Shell
from famgui.ui.theme.metrics import GAP, GRID, ROW_HEIGHT, at_least, margins
from famgui.ui.widgets.basic import Card, EmptyState, button, chip, label
from famgui.ui.widgets.day import DayEdit
from famgui.ui.widgets.fields import Segments

_STEPS_ROWS = 4
"""How many rows high the steps are at least."""
_TABLE_PART = 36
"""How much of the page's height the variants may take, of 100."""


class ComparePage(Page):
    """Would it cost less elsewhere, on another day, in another order?"""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, tr("Compare"), tr("Would it cost less elsewhere, later, in another order?"))
        self.vm = CompareVM(shell.desk)
        self._take = self.add_command(
            Command("compare.take", tr("Take this variant over"), "Ctrl+Return", self.vm.take), primary=True
        )
        content = QWidget()
        content.setProperty("kind", "plain")
        column = QVBoxLayout(content)
        margins(column, spacing=GAP)
        self._visit_words = label("", "statement", wrap=True)
        self._by_hand = chip(tr("Year to date by hand"), "warning")
        line = QHBoxLayout()
        margins(line)
        line.addWidget(self._visit_words, 1)
        line.addWidget(self._by_hand)
        column.addLayout(line)
        column.addWidget(self._ways_card())
        self._steps = StepsApart(shell)
        at_least(self._steps, height=_STEPS_ROWS * ROW_HEIGHT)
        column.addWidget(self._steps, 1)
        empty = Card()
        step = button(tr("To the calculator"), "primary", lambda: shell.desk.page_asked.emit("settlement"))
        empty.body.addWidget(EmptyState(tr("Type a bill in the calculator first: it is compared here."), step), 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(content)
        self._stack.addWidget(empty)
        self.body.addWidget(self._stack, 1)
        self.vm.changed.connect(self._show)
        self.vm.chosen_changed.connect(self._show_chosen)
        shell.desk.visit_changed.connect(self._visit_changed)
        self._show()

    def refresh(self) -> None:
        """Compare the visit at hand anew."""
        self.vm.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._table.allow(self.height() * _TABLE_PART // 100)

    def _visit_changed(self) -> None:
        if self.isVisible():
            self.vm.refresh()

    def _ways_card(self) -> Card:
        card = Card()
        self._dimension = Segments([(one, self._dimension_word(one)) for one in DIMENSIONS], tr("Compare"))
        self._dimension.picked.connect(lambda value: self.vm.show(value))
        self._sorted = Segments([(False, tr("As listed")), (True, tr("Least cash first"))], tr("Order of the variants"))
        self._sorted.picked.connect(lambda value: self.vm.sort(least_cash_first=bool(value)))
        self._remove = button(tr("Remove"), "", self._drop)
        line = QHBoxLayout()
        margins(line, spacing=GAP)
        line.addWidget(self._dimension)
        line.addWidget(self._day_form())
        line.addStretch(1)
        line.addWidget(self._remove)
        line.addWidget(self._sorted)
        card.body.addLayout(line)
        self._custom = CustomForm(self.shell.desk, self.vm)
        self._custom.wanted.connect(self.vm.add_variant)
        card.body.addWidget(self._custom)
        self._table = WaysTable(self.shell)
        self._table.wanted.connect(self.vm.take)
        self._table.unwanted.connect(self._drop)
        self._table.selectionModel().currentRowChanged.connect(self._picked)
        card.body.addWidget(self._table, 1)
        return card

    def _day_form(self) -> QWidget:
        made = QWidget()
        made.setProperty("kind", "plain")
        line = QHBoxLayout(made)
        margins(line, spacing=GRID)
        self._day = DayEdit(self.shell.desk.today)
        self._day.setAccessibleName(tr("Another day"))
        line.addWidget(self._day)
        line.addWidget(button(tr("Add day"), "", lambda: self.vm.add_day(self._day.day)))
        self._days = made
        return made

    @staticmethod
    def _dimension_word(dimension: Dimension) -> str:
        words: dict[Dimension, Callable[[], str]] = {
            "level": lambda: tr("Level"),
            "date": lambda: tr("Date"),
            "order": lambda: tr("Order"),
            "place": lambda: tr("Place"),
            "custom": lambda: tr("Several at once"),
        }
        return words[dimension]()

    def _show(self) -> None:
        base, visit = self.vm.base, self.vm.visit
        self._stack.setCurrentIndex(1 if base is None or visit is None else 0)
        if base is None or visit is None:
            self.shell.commands.enable("compare.take", False)
            return
        total = sum(item.amount for item in visit.items)
        self._visit_words.setText(f"{visit_line(visit, self.shell.desk)} · {grouped(total)}")
        self._by_hand.setVisible(visit.override.used is not None)
        self._days.setVisible(self.vm.dimension == "date")
        self._custom.setVisible(self.vm.dimension == "custom")
        self._custom.show_visit(visit)
        self._table.show_rows(self.vm.rows, self.vm.chosen)
        self._show_chosen()

    def _show_chosen(self) -> None:
        row = self.vm.chosen
        self._steps.show_row(row)
        self._remove.setVisible(self.vm.dimension in ("date", "custom"))
        self._remove.setEnabled(row is not None and row.removable)
        self.shell.commands.enable("compare.take", row is not None and row.way.takeable)

    def _picked(self, index: QModelIndex) -> None:
        if index.isValid():
            self.vm.choose(self._table.ways.rows[index.row()])

    def _drop(self) -> None:
        row = self.vm.chosen
        if row is not None:
            self.vm.remove(row)
