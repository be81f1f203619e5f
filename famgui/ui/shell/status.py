"""The status line: which book, how fresh the rules, how many problems; and the progress of long work."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GAP, GRID, PAGE_MARGIN, fix_width, margins
from famgui.ui.widgets.basic import button, label


def checked_words(day: date | None, today: date, stale_after: int) -> str:
    """When the rules at hand were last held against their sources; after so many days also how long ago that is."""
    age = (today - day).days if day is not None else 0
    if age > stale_after:
        return tr("! Rules checked on {day}, {days} days ago", day=day, days=age)
    return tr("Rules checked on {day}", day=day or "—")


class StatusLine(QWidget):
    """One line at the foot of the window. `cancel_asked` when the user stops the running work, `stale_asked` when he
    wants to see which rule packs are stale."""

    cancel_asked = Signal()
    stale_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QHBoxLayout(self)
        margins(layout, horizontal=PAGE_MARGIN, vertical=GRID // 2, spacing=GAP)
        self._facts = label("", "note")
        self._work = label("", "note")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Progress"))
        fix_width(self._bar, 140)
        self._cancel = button(tr("Cancel"), "link", self.cancel_asked.emit)
        self._stale = button("", "warning", self.stale_asked.emit)
        self._stale.hide()
        self._problems = label("", "note")
        layout.addWidget(self._facts)
        layout.addStretch(1)
        for widget in (self._work, self._bar, self._cancel):
            layout.addWidget(widget)
            widget.hide()
        layout.addWidget(self._stale)
        layout.addWidget(self._problems)

    def show_facts(self, facts: list[str], problems: str) -> None:
        """Say what is open; `problems` stands at the right."""
        self._facts.setText("   ·   ".join(facts))
        self._problems.setText(problems)

    def show_stale(self, count: int, days: int) -> None:
        """Say how many rule packs nobody has held against their sources for so many days."""
        self._stale.setText(tr("! {count} packs not checked for {days} days", count=count, days=days))
        self._stale.setAccessibleName(self._stale.text())
        self._stale.setVisible(bool(count))

    def show_work(self, text: str, done: int, total: int) -> None:
        """Show running work; a total of 0 means that nobody knows how long it takes."""
        self._work.setText(text)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        for widget in (self._work, self._bar, self._cancel):
            widget.show()

    def hide_work(self) -> None:
        """Nothing runs for long now."""
        for widget in (self._work, self._bar, self._cancel):
            widget.hide()
