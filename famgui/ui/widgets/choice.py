"""One of a list."""

from collections.abc import Sequence

from PySide6 import QtWidgets
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox

from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import at_least


class Choice(QComboBox):
    """One of a list; each entry has a value behind its text."""

    picked = Signal(object)

    def __init__(self, entries: Sequence[tuple[object, str]] = ()) -> None:
        super().__init__()
        self._has_view = False
        self.setMaxVisibleItems(16)
        self.set_entries(entries)
        self.activated.connect(lambda _: self.picked.emit(self.value))

    def set_entries(self, entries: Sequence[tuple[object, str]]) -> None:
        """Offer these; the chosen value stays when it is still among them."""
        if entries and not self._has_view:
            self._has_view = True
            entries_shown = QtWidgets.QListView(self)
            entries_shown.setAccessibleName(tr("Choices"))
            self.setView(entries_shown)
        kept = self.value
        self.blockSignals(True)
        self.clear()
        for value, text in entries:
            self.addItem(text, value)
        self.set_value(kept)
        self.blockSignals(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Let a text that is too long end in dots: a figure at its end is never half a figure. An empty one is left to
        Qt, and gets its list with its first entry: the first paint of the window does without what both bring along."""
        if not self.currentText():
            super().paintEvent(event)
            return
        style = QtWidgets.QStyle
        painter, option = QtWidgets.QStylePainter(self), QtWidgets.QStyleOptionComboBox()
        self.initStyleOption(option)
        part = style.SubControl.SC_ComboBoxEditField
        field = self.style().subControlRect(style.ComplexControl.CC_ComboBox, option, part, self)
        room = field.width() - 2  # the style leaves one pixel at either side
        if self.fontMetrics().boundingRect(self.currentText()).width() > room:  # as the width asked for is measured
            option.currentText = self.fontMetrics().elidedText(  # type: ignore[attr-defined]
                self.currentText(), Qt.TextElideMode.ElideRight, room
            )
        painter.drawComplexControl(style.ComplexControl.CC_ComboBox, option)
        painter.drawControl(style.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def showPopup(self) -> None:
        self.fit_list()
        super().showPopup()

    def fit_list(self) -> None:
        """Make the list as wide as its longest entry, however narrow the field is."""
        entries, bar = self.view(), self.style().pixelMetric(QtWidgets.QStyle.PixelMetric.PM_ScrollBarExtent)
        at_least(entries, min(entries.sizeHintForColumn(0) + 2 * bar, self.screen().availableGeometry().width()))

    @property
    def value(self) -> object:
        """The value chosen, None when there is none."""
        return self.currentData()

    def set_value(self, value: object) -> None:
        """Choose a value, if it is offered."""
        index = self.findData(value)
        if index >= 0:
            self.setCurrentIndex(index)
