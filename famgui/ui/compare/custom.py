"""Several fields changed at once: a small form; what is left as it is changes nothing."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from famgui.domain.benefit import LEVELS
from famgui.domain.binding import ORDERS
from famgui.domain.settlement import Visit
from famgui.ui.compare.viewmodel import CompareVM
from famgui.ui.compare.words import variant_line
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GAP, GRID, margins
from famgui.ui.widgets.basic import button
from famgui.ui.widgets.day import DayEdit
from famgui.ui.widgets.fields import Choice, Field
from famgui.usecase.compare import Change

_COLUMNS = 4
_AS_IS = "0"
_BOTTOM = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft


class CustomForm(QWidget):
    """`wanted(changes)` when the button asks for the variant typed."""

    wanted = Signal(object)

    def __init__(self, desk: Desk, vm: CompareVM) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self._desk, self._vm = desk, vm
        self._visit: Visit | None = None
        self._offered: dict[str, dict[str, tuple[Change, ...]]] = {}
        self._day = DayEdit(desk.today)
        self._choices = {name: Choice() for name in ("level", "designated", "order", "own-first", "treated", "insured")}
        titles = {
            "level": tr("Level"),
            "designated": tr("Facility"),
            "order": tr("Order"),
            "own-first": tr("Own account"),
            "treated": tr("Treated"),
            "insured": tr("Insured place"),
        }
        grid = QGridLayout(self)
        margins(grid, spacing=GRID)
        grid.setHorizontalSpacing(GAP)
        fields = [Field(titles[name], choice, beside=False) for name, choice in self._choices.items()]
        fields.insert(2, Field(tr("Date"), self._day, beside=False))
        for number, field in enumerate(fields):
            grid.addWidget(field, number // _COLUMNS, number % _COLUMNS)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        self._add = button(tr("Add variant"), "", lambda: self.wanted.emit(self.changes()))
        grid.addWidget(self._add, len(fields) // _COLUMNS, len(fields) % _COLUMNS, alignment=_BOTTOM)

    def show_visit(self, visit: Visit) -> None:
        """Offer what this visit could be instead; what is chosen stays where it is still offered."""
        if visit == self._visit:
            return
        self._visit = visit
        levels = LEVELS if visit.facility.type == "hospital" else ()
        offered: dict[str, Sequence[tuple[Change, ...]]] = {
            "level": [(Change("level", level),) for level in levels],
            "designated": [(Change("designated", not visit.facility.designated),)],
            "order": [(Change("order", order),) for order in ORDERS],
            "own-first": [(Change("own-first", first),) for first in (True, False)],
            "treated": self._vm.treated(visit),
            "insured": [(Change("insured-place", place),) for place in self._vm.places],
        }
        for name, choice in self._choices.items():
            self._offered[name] = {_AS_IS: ()} | {str(number): one for number, one in enumerate(offered[name], 1)}
            entries = {key: variant_line(changes, self._desk, {}) for key, changes in self._offered[name].items()}
            choice.set_entries(list(entries.items()))
            choice.setEnabled(len(entries) > 1)
        self._day.set_day(visit.date)

    def changes(self) -> tuple[Change, ...]:
        """What is chosen otherwise than it is."""
        found = [change for name, choice in self._choices.items() for change in self._offered[name][str(choice.value)]]
        if self._visit is not None and self._day.day != self._visit.date:
            found.append(Change("date", self._day.day))
        return tuple(found)
