"""What the pool pays where no rule is known: off the receipt, or by deductible, ratio and what the cap leaves."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from famgui.domain.benefit import Benefit
from famgui.ui.settlement.inputs import money, named, percent, show_amount, watch
from famgui.ui.settlement.viewmodel import SettlementVM
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import GRID, margins
from famgui.ui.widgets.basic import button, chip, clause_chip, label
from famgui.ui.widgets.fields import Field, Segments
from famgui.ui.widgets.flow import flow

STATED: tuple[Benefit, ...] = ("inpatient", "pharmacy", "chronic", "two-disease")
"""Kinds whose rule may be unknown."""
_LIKE_COMMUNITY = "N-23"
"""A pharmacy's pool may follow what holds for community facilities."""


class PoolTerms(QWidget):
    """One field: how the pool's share is known, and the figures that go with it; hidden where a rule is in force."""

    def __init__(self, shell: Shell, vm: SettlementVM) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self._vm = vm
        self.inpatient = Segments(
            [(False, tr("Share as on the receipt")), (True, tr("By deductible and ratio"))], tr("Pool")
        )
        self.pharmacy = Segments([(False, tr("Without the pool")), (True, tr("By prescription"))], tr("Pool"))
        for segments in (self.inpatient, self.pharmacy):
            segments.picked.connect(lambda value: vm.edit(by_terms=value))
        self.paid = money(vm, "pool_paid", tr("Pool by receipt"))
        self.deductible = money(vm, "deductible", tr("Deductible"))
        self.ratio = percent(vm, "ratio", tr("Ratio"))
        self.cap_left = money(vm, "cap_left", tr("Cap left"))
        self._paid = named(tr("Pool by receipt"), self.paid)
        self._terms = flow(
            named(tr("Deductible"), self.deductible),
            named(tr("Ratio"), self.ratio),
            named(tr("Cap left"), self.cap_left),
        )
        fill = button(tr("As in community care"), "link", self._fill)
        self._community = flow(fill, clause_chip(_LIKE_COMMUNITY, shell.desk.open_clause))
        words = label(tr("No confirmed rule: without figures the pool pays nothing."), "note")
        self._note = flow(chip(tr("Unconfirmed"), "warning"), words)
        inside = QWidget()
        inside.setProperty("kind", "plain")
        column = QVBoxLayout(inside)
        margins(column, spacing=GRID // 2)
        self._first = flow(self.inpatient, self.pharmacy, self._community, chip(tr("Unconfirmed"), "warning"))
        for part in (self._first, self._paid, self._terms, self._note):
            column.addWidget(part)
        self._field = Field(tr("Pool"), inside, top=True)
        watch(self._field, self.paid, self.deductible, self.ratio, self.cap_left)
        outer = QVBoxLayout(self)
        margins(outer)
        outer.addWidget(self._field)

    def show_draft(self) -> None:
        """Bring the figures in line with the draft."""
        draft, offers, unread = self._vm.draft, self._vm.offers, self._vm.unread
        asked = draft.kind in ("inpatient", "pharmacy")
        terms = draft.by_terms or not asked
        self.inpatient.set_value(draft.by_terms)
        self.pharmacy.set_value(draft.by_terms)
        show_amount(self.paid, draft.pool_paid, unread="pool_paid" in unread)
        show_amount(self.deductible, draft.deductible, unread="deductible" in unread)
        self.ratio.show_ratio(draft.ratio, unread="ratio" in unread)
        show_amount(self.cap_left, draft.cap_left, unread="cap_left" in unread)
        self.inpatient.setVisible(draft.kind == "inpatient")
        self.pharmacy.setVisible(draft.kind == "pharmacy")
        self._paid.setVisible(draft.kind == "inpatient" and not draft.by_terms)
        self._terms.setVisible(terms)
        self._first.setVisible(asked)
        self._note.setVisible(not asked)
        self._community.setVisible(draft.kind == "pharmacy" and draft.by_terms and offers.community is not None)
        self.setVisible(offers.states_pool and draft.kind in STATED and draft.designated)

    def _fill(self) -> None:
        """Take over what the rule book has for community facilities."""
        terms = self._vm.offers.community
        if terms is not None:
            self._vm.edit(deductible=terms.deductible, ratio=terms.ratio)
