"""The order in which a user's authorizers pay: dragged or moved by keys, recorded when it is right."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from famgui.domain.account import Balance
from famgui.domain.money import grouped
from famgui.ui.binding.changing import ChangesVM
from famgui.ui.shell.commands import Command
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import GRID, margins
from famgui.ui.widgets.basic import button, chip, clause_chip, clear, label, row
from famgui.ui.widgets.orders import order_word
from famgui.usecase.register import PaymentOrder

_WHO = int(Qt.ItemDataRole.UserRole)


class OrderPanel(QWidget):
    """A list to drag in; Alt+Up and Alt+Down move the one that is current."""

    def __init__(self, shell: Shell, vm: ChangesVM) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self._shell, self._vm = shell, vm
        self._user = ""
        self._filling = False
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Order of payment"))
        self.list.setProperty("kind", "dense")
        self.list.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self.list.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.list.model().rowsMoved.connect(lambda *_: self._dragged())
        self._head = label("", "note", wrap=True)
        self._notes = QVBoxLayout()
        margins(self._notes, spacing=2)
        sooner = Command("binding.sooner", tr("Pays sooner"), "Alt+Up", lambda: self._move(-1))
        later = Command("binding.later", tr("Pays later"), "Alt+Down", lambda: self._move(1))
        self._actions = [self._add(command) for command in (sooner, later)]
        record = button(tr("Record this order"), "primary", vm.confirm)
        back = button(tr("Put back"), "", vm.drop)
        self._buttons = row(record, back)
        self._keys = label(tr("Drag, or Alt+Up and Alt+Down"), "note")
        column = QVBoxLayout(self)
        margins(column, spacing=GRID)
        for widget in (self._head, self.list):
            column.addWidget(widget)
        column.addLayout(self._notes)
        foot = QHBoxLayout()
        margins(foot, spacing=GRID)
        foot.addWidget(self._keys)
        foot.addStretch(1)
        foot.addWidget(self._buttons)
        column.addLayout(foot)
        column.setStretch(1, 1)

    def _add(self, command: Command) -> QAction:
        made = self._shell.commands.add(self.list, command)
        made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        return made

    def show_user(self, user: str, name: str) -> None:
        """Show the authorizers of a user of the household at hand; nobody for ""."""
        found = self._vm.order_of(user) if user else None
        line = () if found is None else found.authorizers
        self._fill(user, line)
        several = len(line) > 1
        self._head.setText(self._say(name, line))
        for widget in (self._keys,):
            widget.setVisible(several)
        self.list.setVisible(bool(line))
        self._buttons.setVisible(self._vm.pending is not None and self._vm.pending_user == user)
        for action in self._actions:
            action.setEnabled(several and not self._vm.working)
        clear(self._notes)
        if found is not None and several and not found.decides:
            self._notes.addWidget(self._without_effect(found))

    def _say(self, name: str, line: tuple[str, ...]) -> str:
        if not line:
            return tr("{name} has no authorizer now.", name=name) if name else ""
        if len(line) == 1:
            return tr("{name} has one authorizer: there is no order to choose.", name=name)
        return tr("Who pays for {name}, the first first", name=name)

    def _fill(self, user: str, line: tuple[str, ...]) -> None:
        """Show these in the list; the one that is current stays so."""
        current = self.list.currentItem()
        kept = current.data(_WHO) if current is not None and user == self._user else None
        self._user = user
        self._filling = True
        if line != self._listed():
            self.list.clear()
            for who in line:
                item = QListWidgetItem()
                item.setData(_WHO, who)
                self.list.addItem(item)
                if who == kept:
                    self.list.setCurrentItem(item)
        for place, who in enumerate(line):
            self.list.item(place).setText(f"{place + 1}  {self._named(who)}")
        self._filling = False

    def _named(self, who: str) -> str:
        desk = self._shell.desk
        held = desk.live.running.balances.get(who, Balance()).total if desk.live is not None else 0
        return tr("{name} · holds {amount}", name=desk.names[who], amount=grouped(held))

    def _listed(self) -> tuple[str, ...]:
        return tuple(self.list.item(place).data(_WHO) for place in range(self.list.count()))

    def _dragged(self) -> None:
        if not self._filling:
            QTimer.singleShot(0, self, self._taken)  # the list is still at work

    def _taken(self) -> None:
        self._vm.put_in_order(self._user, self._listed())

    def _move(self, by: int) -> None:
        """Move the authorizer that is current."""
        place = self.list.currentRow()
        to = place + by
        if place < 0 or not 0 <= to < self.list.count():
            return
        line = list(self._listed())
        line.insert(to, line.pop(place))
        self._vm.put_in_order(self._user, line)
        self.list.setCurrentRow(to)

    def _without_effect(self, found: PaymentOrder) -> QWidget:
        word = order_word(found.order)
        if found.own_switch:
            return label(
                tr("! This household pays by another order: {order}. The order here has no effect.", order=word),
                "warning",
                wrap=True,
            )
        said = label(
            tr("! This place pays by another order: {order}. The order here has no effect.", order=word), "warning"
        )
        parts: list[QWidget] = [chip(tr("Unconfirmed"), "warning")] if found.rule.weak else []
        if found.rule.clause:
            parts.append(clause_chip(found.rule.clause, self._shell.desk.open_clause))
        return row(said, *parts)
