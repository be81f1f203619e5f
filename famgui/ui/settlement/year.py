"""The year to date: how far deductible and caps are used, from the ledger, or typed for this one calculation."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from famgui.domain.money import grouped
from famgui.ui.settlement.answer import Meter
from famgui.ui.settlement.inputs import money, named, show_amount, watch
from famgui.ui.settlement.viewmodel import SettlementVM
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GAP, GRID, METER_HEIGHT, fix_height, margins
from famgui.ui.widgets.basic import button, chip, label
from famgui.ui.widgets.fields import Field
from famgui.ui.widgets.flow import flow

_SCALE = 1000
NAMES = ("deductible", "pool", "cost")


class _MeterBar(QWidget):
    """One yearly figure in words and as a bar."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        titles = {
            "deductible": tr("Deductible this year"),
            "pool": tr("Pool this year"),
            "cost": tr("Cost this year"),
        }
        self._title = titles[name]
        self._words = label("", "dim")
        self._by_hand = chip(tr("By hand"), "warning")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self._title)
        self._bar.setRange(0, _SCALE)
        self._bar.setProperty("payer", "pool" if name == "pool" else "own")
        fix_height(self._bar, METER_HEIGHT)
        column = QVBoxLayout(self)
        margins(column, spacing=GRID // 2)
        column.addWidget(flow(label(self._title, "dim"), self._words, self._by_hand, spacing=GRID // 2))
        column.addWidget(self._bar)

    def show_meter(self, meter: Meter) -> None:
        """Show how far it is used."""
        limit = grouped(meter.limit) if meter.limit is not None else "—"
        self._words.setText(f"{grouped(meter.used)} / {limit}")
        self._bar.setAccessibleName(f"{self._title} {self._words.text()}")
        self._bar.setValue(min(_SCALE, _SCALE * meter.used // meter.limit) if meter.limit else 0)
        self._by_hand.setVisible(meter.by_hand)


class Year(QVBoxLayout):
    """The meters, and the figures that may take their place for one calculation."""

    def __init__(self, vm: SettlementVM) -> None:
        super().__init__()
        self._vm = vm
        margins(self, spacing=GRID // 2)
        self._meters = {name: _MeterBar(name) for name in NAMES}
        self.change = button(tr("Other figures"), "link", self._begin)
        self.change.setToolTip(tr("Use another year to date, for this calculation only"))
        line = QHBoxLayout()
        margins(line, spacing=GAP)
        for meter in self._meters.values():
            line.addWidget(meter, 1)
        line.addWidget(self.change)
        self.addLayout(line)
        self.deductible = money(vm, "used_deductible", tr("Deductible met"), empty=0)
        self.pool = money(vm, "used_pool", tr("Pool paid"), empty=0)
        self.back = button(tr("Back to the ledger's"), "link", lambda: vm.edit(used_deductible=None, used_pool=None))
        parts = flow(named(tr("Deductible met"), self.deductible), named(tr("Pool paid"), self.pool), self.back)
        self._field = Field(tr("Year to date"), parts)
        watch(self._field, self.deductible, self.pool)
        self.addWidget(self._field)

    def show_draft(self) -> None:
        """Show the figures after the visit, or before it while there is no answer."""
        draft, result = self._vm.draft, self._vm.result
        meters = {meter.name: meter for meter in (result.meters if result else self._vm.meters())}
        for name, bar in self._meters.items():
            bar.setVisible(name in meters)
            if name in meters:
                bar.show_meter(meters[name])
        self.change.setVisible(bool(meters) and not draft.used_by_hand)
        self._field.setVisible(draft.used_by_hand)
        show_amount(self.deductible, draft.used_deductible, unread="used_deductible" in self._vm.unread)
        show_amount(self.pool, draft.used_pool, unread="used_pool" in self._vm.unread)

    def _begin(self) -> None:
        """Offer the ledger's figures to be typed over."""
        found = {meter.name: meter.used for meter in self._vm.meters()}
        self._vm.edit(used_deductible=found.get("deductible", 0), used_pool=found.get("pool", 0))
        self.deductible.setFocus()
        self.deductible.selectAll()
