"""Below the table: a pair's order of payment and its past, or what is about to be done to it."""

from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from famgui.domain.binding import Limit
from famgui.ui.binding.changing import ChangesVM
from famgui.ui.binding.order import OrderPanel
from famgui.ui.binding.past import PastPanel
from famgui.ui.binding.renew import RenewPanel
from famgui.ui.binding.rows import LimitChip, RegisterRow
from famgui.ui.binding.unbind import UnbindPanel
from famgui.ui.binding.viewmodel import BindingVM
from famgui.ui.binding.words import limit_chip, past_line
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import GRID, at_least, margins
from famgui.ui.widgets.basic import button, chip, clear, label, row, rule
from famgui.ui.widgets.fields import Segments
from famgui.ui.widgets.flow import Flow
from famgui.usecase.binding_change import limits_met
from famgui.usecase.register import history, shared_by_year

_AWAY, _PAIR, _UNBIND, _RENEW = range(4)
_PAIR_HEIGHT, _BOOK_HEIGHT, _DEED_HEIGHT = 20 * GRID, 14 * GRID, 26 * GRID
"""So high is what is told of a pair at least, beside the whole book, and what is about to be done."""


class _Stack(QStackedWidget):
    """Takes the height that is left; a text that would need more does not push the table away."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)

    def hasHeightForWidth(self) -> bool:
        return False


class DetailPanel(QWidget):
    """Shows the row that is chosen, once its household is at hand."""

    def __init__(self, shell: Shell, vm: BindingVM, changes: ChangesVM, confirm: QAction, drop: QAction) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self._shell, self._vm, self._changes = shell, vm, changes
        self.order, self.past = OrderPanel(shell, changes), PastPanel(shell)
        self.unbind = UnbindPanel(shell, changes, confirm, drop)
        self.renew = RenewPanel(shell, changes, confirm, drop)
        self._title = label("", "heading")
        self.tabs = Segments([("past", tr("History")), ("order", tr("Order of payment"))], tr("About this binding"))
        self.tabs.picked.connect(lambda _: self.show_row())
        pair = QWidget()
        pair.setProperty("kind", "plain")
        column = QVBoxLayout(pair)
        margins(column, spacing=GRID)
        head = QHBoxLayout()
        margins(head, spacing=GRID)
        head.addWidget(self._title, 1)
        head.addWidget(self.tabs)
        column.addLayout(head)
        self._pair = QStackedWidget()
        self._pair.addWidget(self.past)
        self._pair.addWidget(self.order)
        column.addWidget(self._pair, 1)
        self._stack = _Stack()
        for widget in (self._away(), pair, self.unbind, self.renew):
            self._stack.addWidget(widget)
        outer = QVBoxLayout(self)
        margins(outer, spacing=GRID)
        outer.addWidget(rule())
        self._unrecorded = label("", "warning", wrap=True)
        steps = row(button(tr("Record this order"), "", changes.confirm), button(tr("Put back"), "", changes.drop))
        self._notice = QWidget()
        self._notice.setProperty("kind", "plain")
        notice = QHBoxLayout(self._notice)
        margins(notice, spacing=GRID)
        notice.addWidget(self._unrecorded, 1)
        notice.addWidget(steps)
        outer.addWidget(self._notice)
        outer.addWidget(self._stack, 1)

    def _away(self) -> QWidget:
        """What stands for a row whose household is not at hand."""
        made = QWidget()
        made.setProperty("kind", "plain")
        column = QVBoxLayout(made)
        margins(column, spacing=GRID)
        self._elsewhere = label("", "dim", wrap=True)
        self._step = button(tr("Take the household up"), "", self._take_up)
        column.addWidget(self._elsewhere)
        line = QHBoxLayout()
        line.addWidget(self._step)
        line.addStretch(1)
        column.addLayout(line)
        column.addStretch(1)
        return made

    def _take_up(self) -> None:
        if self._vm.chosen is not None:
            self._vm.take_up(self._vm.chosen)

    def show_row(self) -> None:
        """Show what is chosen, or what is about to be done."""
        chosen, changes = self._vm.chosen, self._changes
        self._show_notice(chosen)
        if changes.panel == "unbind" and changes.endings:
            self.unbind.show_endings()
            self._stack.setCurrentIndex(_UNBIND)
        elif changes.panel == "renew":
            self.renew.show_renewals()
            self._stack.setCurrentIndex(_RENEW)
        elif chosen is not None and self._vm.is_here(chosen):
            self._show_pair(chosen)
            self._stack.setCurrentIndex(_PAIR)
        else:
            self._show_away(chosen)
            self._stack.setCurrentIndex(_AWAY)
        self._make_room()

    def _show_notice(self, chosen: RegisterRow | None) -> None:
        """An order that is not recorded yet is told wherever it is not seen."""
        changes, user = self._changes, self._changes.pending_user
        seen = self.tabs.value == "order" and chosen is not None and self._vm.is_here(chosen) and chosen.pair[1] == user
        if user:
            name = self._shell.desk.names[user]
            self._unrecorded.setText(tr("! The new order of payment for {name} is not recorded yet.", name=name))
        self._notice.setVisible(bool(user) and not changes.panel and not seen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Take the height that the texts need; what is about to be done is never cut."""
        needed = _DEED_HEIGHT if self._changes.panel else _PAIR_HEIGHT
        if self._vm.scope == "book" and not self._changes.panel:
            needed = _BOOK_HEIGHT
        if self._changes.panel == "unbind":
            needed = max(needed, self.unbind.heightForWidth(self.width()))
        at_least(self._stack, height=needed)

    def _show_pair(self, row: RegisterRow) -> None:
        desk = self._shell.desk
        self._title.setText(f"{row.authorizer} → {row.user} · {row.relation}")
        if self.tabs.value == "order":
            self._pair.setCurrentWidget(self.order)
            self.order.show_user(row.pair[1], row.user)
        elif desk.live is not None and desk.book is not None:
            self._pair.setCurrentWidget(self.past)
            lines = [past_line(one, desk.wording) for one in history(desk.book, desk.live, *row.pair)]
            self.past.show_past(lines, shared_by_year(desk.live, *row.pair))

    def _show_away(self, row: RegisterRow | None) -> None:
        self._step.setVisible(row is not None)
        self._elsewhere.setText(
            tr("Choose a binding to see what became of it.")
            if row is None
            else tr("This binding belongs to the household {title}. Click it, or press Enter.", title=row.title)
        )


class LimitBar(QWidget):
    """Places taken by the two of the row that is chosen, each with the clause in its tooltip."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self._shell = shell
        self._flow = Flow(self, spacing=GRID)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_row(self, row: RegisterRow | None) -> None:
        """Show the limits that a row of the household at hand counts for; nothing for None."""
        clear(self._flow)
        live = self._shell.desk.live
        found: tuple[Limit, ...] = ()
        if row is not None and live is not None:
            found = limits_met(live, *row.pair, self._shell.desk.today)
        whose = ""
        for limit in found:
            one = limit_chip(limit, row.authorizer, row.user) if row is not None else None
            if one is not None:
                self._add(one, whose)
                whose = one.whose
        self._flow.invalidate()
        self.updateGeometry()

    def _add(self, one: LimitChip, whose: str) -> None:
        """A chip, after the name where it is another person's."""
        if one.whose != whose:
            self._flow.addWidget(label(one.whose, "dim"))
        made = chip(one.text, one.kind)
        made.setToolTip(one.clause)
        self._flow.addWidget(made)
        if one.weak:
            self._flow.addWidget(chip(tr("Unconfirmed"), "warning"))
