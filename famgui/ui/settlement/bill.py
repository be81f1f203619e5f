"""The bill: its table, the tools above it (paste, templates, lines), what was wrong with a paste, and the total."""

from collections.abc import Callable
from typing import get_args

from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout

from famgui.domain.money import grouped
from famgui.ui.settlement.draft import ItemDraft, one_line
from famgui.ui.settlement.items import NAME, OVER, UPFRONT, ItemsModel, column_titles
from famgui.ui.settlement.itemstable import READ, ItemsTable
from famgui.ui.settlement.paste import MOST_ROWS, Fault, Field, looks_like_rows, read_rows
from famgui.ui.settlement.templaterow import TemplateRow, fill_menu
from famgui.ui.settlement.templates import Template, Templates
from famgui.ui.settlement.viewmodel import SettlementVM
from famgui.ui.shell.commands import Command
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Page
from famgui.ui.theme.metrics import BILL_WIDTH, GRID, ROW_HEIGHT, at_least, margins
from famgui.ui.widgets.basic import button, figure, label

_LINES = 4
"""Rows of the table, its header included, that are always seen."""
_LONGEST = 40
"""How much of a cell a sentence repeats."""


class Bill(QVBoxLayout):
    """A column of a card: heading and tools, table, problem, total."""

    def __init__(self, page: Page, vm: SettlementVM, templates: Templates) -> None:
        super().__init__()
        self._page, self._vm, self.templates = page, vm, templates
        margins(self, spacing=GRID // 2)
        self.model = ItemsModel(lambda name: vm.memory.known(name))
        self.table = ItemsTable(self.model, lambda: vm.memory.names)
        at_least(self.table, BILL_WIDTH, _LINES * ROW_HEIGHT)
        self.model.edited.connect(self._edited)
        self.table.rows_pasted.connect(self.paste)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self.saving = TemplateRow(templates, lambda: vm.draft.items, self._saved)
        self._total = figure("0.00")
        self._over, self._seen = False, vm.draft.items
        self._actions = self._commands()
        self.addLayout(self._head())
        self.addWidget(self.saving)
        self.addWidget(self.table, 1)
        self.addWidget(self.problem)
        foot = QHBoxLayout()
        margins(foot)
        foot.addWidget(label(tr("Total"), "heading"))
        foot.addStretch(1)
        foot.addWidget(self._total)
        self.addLayout(foot)

    def _commands(self) -> dict[str, QAction]:
        commands, page = self._page.shell.commands, self._page
        found = {}
        for name, title, keys, run in (
            ("paste", tr("Paste rows from Excel"), "Ctrl+V", self.paste),
            ("duplicate", tr("Repeat this line"), "Ctrl+D", self._duplicate),
            ("delete", tr("Delete this line"), "Ctrl+Del", self._delete),
            ("clear", tr("Clear the bill"), "", lambda: self._put((), tr("Cleared the bill"))),
        ):
            found[name] = commands.add(page, Command(f"settlement.{name}", title, keys, run))
        return found

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        margins(head, spacing=0)
        head.addWidget(label(tr("Bill"), "heading"))
        head.addStretch(1)
        paste = button(tr("Paste from Excel"), "link", self.paste)
        paste.setToolTip("Ctrl+V")
        head.addWidget(paste)
        self.template_button = self._menu(tr("Templates"), self._fill_templates)
        self.lines_button = self._menu(tr("Lines"), self._fill_lines)
        head.addWidget(self.template_button)
        head.addWidget(self.lines_button)
        return head

    @staticmethod
    def _menu(title: str, fill: Callable[[QMenu], None]) -> QPushButton:
        made = button(f"{title} ▾", "link")
        made.setAccessibleName(title)
        menu = QMenu(made)
        menu.setAccessibleName(title)
        menu.aboutToShow.connect(lambda: fill(menu))
        made.setMenu(menu)
        return made

    def _fill_templates(self, menu: QMenu) -> None:
        fill_menu(menu, self.templates, self._insert, self._drop, self.saving.begin, bool(self._vm.draft.items))

    def _fill_lines(self, menu: QMenu) -> None:
        menu.clear()
        for name in ("duplicate", "delete"):
            menu.addAction(self._actions[name])
        menu.addSeparator()
        over = menu.addAction(tr("Column for what is above the price limit"))
        over.setCheckable(True)
        over.setChecked(not self.table.isColumnHidden(OVER))
        over.setEnabled(not any(item.over_limit for item in self._vm.draft.items))
        over.toggled.connect(self._want_over)
        menu.addSeparator()
        menu.addAction(self._actions["clear"])

    def _want_over(self, wanted: bool) -> None:
        self._over = wanted
        self.show_draft()

    def show_draft(self) -> None:
        """Bring the table in line with the draft."""
        items = self._vm.draft.items
        if items != self.model.items:
            self.model.set_items(items)
        if items != self._seen:
            self._seen = items
            self._show_problem("")
        self.table.setColumnHidden(OVER, not (self._over or any(item.over_limit for item in items)))
        self._total.setText(grouped(sum(item.amount or 0 for item in items)))
        self._total.setAccessibleName(f"{tr('Total')} {self._total.text()}")
        self._actions["clear"].setEnabled(bool(items))

    def paste(self) -> None:
        """Take rows of a spreadsheet in at the end of the bill, all or none; a single cell goes where one is."""
        text, index = QGuiApplication.clipboard().text(), self.table.currentIndex()
        if text.strip() and not looks_like_rows(text) and index.isValid():
            self._paste_cell(index.row(), index.column(), one_line(text))
            return
        pasted = read_rows(text, self._vm.memory.known)
        if pasted.faults:
            self._show_problem(_sentence(pasted.faults))
            return
        count, guessed = len(pasted.items), pasted.guessed
        said = tr("Pasted {count} lines", count=count)
        if guessed:
            said = tr("Pasted {count} lines; class A taken for {guessed}: please check", count=count, guessed=guessed)
        self._put((*self._vm.draft.items, *pasted.items), said)

    def _paste_cell(self, line: int, column: int, text: str) -> None:
        value = READ[column](text) if column in READ else text
        if value is None:
            self._show_problem(_sentence((Fault(0, "", "not-share" if column == UPFRONT else "not-amount", text),)))
        elif (column in READ or column == NAME) and self.model.editable(line, column):
            self.model.setData(self.model.index(line, column), value)

    def _insert(self, template: Template) -> None:
        self._put((*self._vm.draft.items, *template.items), tr("Inserted {name}", name=template.name))

    def _drop(self, template: Template) -> None:
        def again() -> None:
            self.templates.keep(template.name, template.items, lambda: None)

        said = tr("Deleted the template {name}", name=template.name)
        self.templates.drop(template, lambda: self._page.shell.toasts.show(said, [(tr("Undo"), again)]))

    def _saved(self, name: str) -> None:
        self._page.shell.toasts.show(tr("Saved as the template {name}", name=name))

    def _duplicate(self) -> None:
        line, column = self.table.currentIndex().row(), self.table.currentIndex().column()
        if self.model.duplicate(line):
            self.table.setCurrentIndex(self.model.index(line + 1, column))

    def _delete(self) -> None:
        line = self.table.currentIndex().row()
        items = self._vm.draft.items
        if 0 <= line < len(items):
            self._put((*items[:line], *items[line + 1 :]), tr("Deleted line {number}", number=line + 1))
            self.table.setCurrentIndex(self.model.index(line, NAME))

    def _put(self, items: tuple[ItemDraft, ...], said: str) -> None:
        """Show another bill and say so, with the way back."""
        before = self._vm.draft.items
        self._show_problem("")
        self._vm.set_items(items)
        self._page.shell.toasts.show(said, [(tr("Undo"), lambda: self._vm.set_items(before))])

    def _edited(self) -> None:
        self._vm.set_items(self.model.items)

    def _show_problem(self, text: str) -> None:
        self.problem.setText(f"✗ {text}" if text else "")
        self.problem.setVisible(bool(text))


def _sentence(faults: tuple[Fault, ...]) -> str:
    """What could not be read, as one sentence: the first fault with its row and column, and how many there are."""
    fault = faults[0]
    columns = dict(zip(get_args(Field), column_titles(), strict=True))
    values = {"row": fault.row, "column": columns.get(fault.field, ""), "found": fault.found[:_LONGEST]}
    said = {
        "amount-missing": tr("Row {row}, {column}: there is no amount", **values),
        "not-amount": tr("{found} is not an amount", **values),
        "not-category": tr("Row {row}, {column}: {found} is not a category", **values),
        "not-class": tr("Row {row}, {column}: {found} is not a class (A, B, self-paid)", **values),
        "not-share": tr("{found} is not a share from 0 to 100 %", **values),
        "share-on-class": tr("Row {row}, {column}: class A has no up-front share ({found})", **values),
        "over-amount": tr("Row {row}, {column}: {found} is more than the amount", **values),
        "no-amount-column": tr("the header names no column for the amount"),
        "too-many-columns": tr("Row {row} has {found} columns; copy a header row with them", **values),
        "too-many-rows": tr("{found} rows are too many; at most {most} at once", most=MOST_ROWS, **values),
        "nothing": tr("the clipboard holds no rows of a bill"),
    }[fault.why]
    if fault.row and fault.why in ("not-amount", "not-share"):
        said = tr("Row {row}, {column}: {what}", row=fault.row, column=values["column"], what=said)
    if len(faults) > 1:
        return tr("Nothing was pasted. {first}; {count} rows in all cannot be read.", first=said, count=len(faults))
    return tr("Nothing was pasted. {first}.", first=said)
