"""Whose rows are shown: this household's or the whole book's, and which of those."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from famgui.ui.binding.viewmodel import BindingVM
from famgui.ui.binding.words import state_word
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GRID, at_least_digits, margins
from famgui.ui.widgets.basic import label
from famgui.ui.widgets.fields import Choice
from famgui.ui.widgets.flow import flow
from famgui.usecase.register import STATES

_WORDS_DIGITS = 30


class FilterBar(QWidget):
    """Which rows of the whole book: words, state with how many there are, place."""

    def __init__(self, vm: BindingVM) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self._vm = vm
        self.words, self.state, self.place = QLineEdit(), Choice(), Choice()
        self.words.setPlaceholderText(tr("Name, pinyin or ID ending"))
        self.words.setClearButtonEnabled(True)
        at_least_digits(self.words, _WORDS_DIGITS)
        for widget, name in (
            (self.words, tr("Search the register")),
            (self.state, tr("State")),
            (self.place, tr("Place")),
        ):
            widget.setAccessibleName(name)
        for choice in (self.state, self.place):
            choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        self.words.textChanged.connect(lambda text: vm.narrow(words=text))
        self.state.picked.connect(lambda state: vm.narrow(state=state))
        self.place.picked.connect(lambda place: vm.narrow(place=place))
        self._count = label("", "note")
        column = QVBoxLayout(self)
        margins(column)
        column.addWidget(flow(self.words, self.state, self.place, self._count, spacing=GRID))

    def show_filter(self) -> None:
        """Bring every control in line with the filter; what already agrees is left alone."""
        vm = self._vm
        every = tr("All states ({count})", count=f"{sum(vm.counts.values()):,}")
        states = [(state, f"{state_word(state)} ({vm.counts[state]:,})") for state in STATES]
        self.state.set_entries([(None, every), *states])
        self.state.set_value(vm.filter.state)
        places = [(place, f"{vm.place_name(place)} ({many:,})") for place, many in vm.places.items()]
        self.place.set_entries([("", tr("All places")), *places])
        self.place.set_value(vm.filter.place)
        self._count.setText(tr("{count} bindings", count=f"{vm.total:,}"))
        if self.words.text() != vm.filter.words:
            self.words.setText(vm.filter.words)

    def take_focus(self) -> None:
        """Begin to type what is looked for."""
        self.words.setFocus()
        self.words.selectAll()
