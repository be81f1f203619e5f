"""付款次序: the switches of a visit in one quiet row - own account first or not, and who among several authorizers."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from famgui.domain.binding import ORDERS
from famgui.ui.settlement.inputs import check, show_check
from famgui.ui.settlement.viewmodel import SettlementVM
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import margins
from famgui.ui.widgets.basic import button, chip
from famgui.ui.widgets.fields import Choice, Field
from famgui.ui.widgets.flow import flow
from famgui.ui.widgets.orders import order_word


class Switches(QWidget):
    """What holds at this place is the default; what a visit changes says so and goes back with one click."""

    def __init__(self, shell: Shell, vm: SettlementVM) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self._shell, self._vm = shell, vm
        self.own_first = check(tr("Own account first"), lambda on: vm.set_switch("own_first", on))
        self.order = Choice([(order, order_word(order)) for order in ORDERS])
        self.order.setAccessibleName(tr("Order of authorizers"))
        self.order.picked.connect(lambda value: vm.set_switch("order", value))
        self._clause = button("", "chip", self._open)
        self._weak = chip(tr("Unconfirmed"), "warning")
        self._back = button(tr("As usual here"), "link", lambda: vm.edit(own_first=None, order=None))
        self._back.setToolTip(tr("This visit only; the household's own order stays"))
        outer = QVBoxLayout(self)
        margins(outer)
        parts = flow(self.own_first, self._clause, self._weak, self.order, self._back)
        outer.addWidget(Field(tr("Order of payment"), parts))

    def show_draft(self) -> None:
        """Bring the switches in line with the draft."""
        own, order = self._vm.offers.own_first, self._vm.offers.order
        show_check(self.own_first, bool(own.value))
        self.order.set_value(order.value)
        self._clause.setText(own.clause)
        self._clause.setAccessibleName(own.clause)
        self._clause.setVisible(bool(own.clause))
        self._weak.setVisible(own.weak)
        self._back.setVisible(own.changed or order.changed)

    def _open(self) -> None:
        self._shell.desk.open_clause(self._clause.text())
