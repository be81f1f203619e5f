"""A date, typed whole, pasted, stepped or picked; what is no date is said and never taken for another one."""

import re
from datetime import date

from PySide6.QtCore import QDate, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, Qt
from PySide6.QtWidgets import QDateEdit, QToolTip, QWidget

from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import DATE_WIDTH, ROW_HEIGHT, at_least, fix_width
from famgui.ui.widgets.basic import restyle
from famgui.ui.widgets.fields import Field

_MOVES = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Up, Qt.Key.Key_Down)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．／－", "0123456789./-")
_APART = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_TOGETHER = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")


def day_typed(text: str) -> date | None:
    """The date that people write as 2025-05-10, 2025/5/1, 2025年5月1日 or 20250510; None for anything else."""
    cleaned = re.sub(r"\s", "", text).translate(_FULL_WIDTH)
    found = _TOGETHER.fullmatch(cleaned) or _APART.fullmatch(cleaned)
    if found is None:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


class DayEdit(QDateEdit):
    """A date. Typing over the whole of it, or pasting, takes a whole date: nothing changes until it is one. What is
    none stays as it was typed, marked; `misread(text)` tells of it, and with "" that there is a date again."""

    misread = Signal(str)

    def __init__(self, day: date) -> None:
        super().__init__(QDate(day.year, day.month, day.day))
        self._typed: str | None = None
        self._wrong = ""
        self._entered = False
        self.setDisplayFormat("yyyy-MM-dd")
        self.setCalendarPopup(True)
        self.lineEdit().installEventFilter(self)
        self.calendarWidget().installEventFilter(self)
        self.calendarWidget().clicked.connect(lambda _: self._mend())
        self.dateChanged.connect(lambda _: self._mend())
        at_least(self.calendarWidget(), height=8 * ROW_HEIGHT)
        fix_width(self, DATE_WIDTH)

    @property
    def day(self) -> date:
        """The date shown."""
        shown = self.date()
        return date(shown.year(), shown.month(), shown.day())

    def set_day(self, day: date) -> None:
        """Show a date; what was typed and is none stays while the date behind it does."""
        if not self._wrong or day != self.day:
            self.setDate(QDate(day.year, day.month, day.day))

    def setDate(self, day: QDate) -> None:
        """Show a date, whatever was typed."""
        super().setDate(day)
        self._mend()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entered, self._entered = self._entered, False
        if event.matches(QKeySequence.StandardKey.Paste):
            self._take(QGuiApplication.clipboard().text().strip())
        elif self._wrong and self._typed is None and event.key() in _MOVES:
            event.accept()
        elif self._wrong and self._typed is None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        elif self._wrong and self._typed is None and event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._show("" if self._whole_at_once() else self._wrong[:-1])
        elif self._wrong and self._typed is None and event.key() == Qt.Key.Key_Escape:
            self._mend()
        elif self._typed is not None:
            self._type_on(event)
        elif event.text().isdigit() and (entered or self._wrong or self._whole_at_once()):
            self._show(event.text())
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self._typed:
            self._take(self._typed)
        self._typed = None
        if self._wrong:  # the date behind it is not to be read off the text
            self._write(self.textFromDateTime(self.dateTime()))
        super().focusOutEvent(event)
        self._keep_wrong()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._keep_wrong()
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            line = self.lineEdit()
            line.blockSignals(True)
            line.selectAll()
            line.blockSignals(False)
            self._entered = True  # digits typed now are those of a whole date

    def focusNextPrevChild(self, forward: bool) -> bool:
        """One Tab leaves the field; the parts of a date are for the arrows."""
        return bool(QWidget.focusNextPrevChild(self, forward))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.lineEdit() and event.type() == QEvent.Type.MouseButtonRelease:
            self._entered = False
            QTimer.singleShot(0, self, self._select_section)
        elif watched is self.calendarWidget() and event.type() == QEvent.Type.Show and self._is_empty():
            today = QDate.currentDate()
            self.calendarWidget().setCurrentPage(today.year(), today.month())
        return bool(super().eventFilter(watched, event))

    def _select_section(self) -> None:
        """A click marks the year, month or day clicked on, so that digits go there."""
        if self._typed is None and not self._wrong and not self.lineEdit().hasSelectedText():
            self.setSelectedSection(self.currentSection())

    def _is_empty(self) -> bool:
        """Whether no date is shown but a word such as "not told"."""
        return bool(self.specialValueText()) and self.date() == self.minimumDate()

    def _whole_at_once(self) -> bool:
        line = self.lineEdit()
        return self._is_empty() or line.selectedText() == line.text()

    def _type_on(self, event: QKeyEvent) -> None:
        typed, key = self._typed or "", event.key()
        if key == Qt.Key.Key_Escape:
            self._leave_off()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(typed)
        elif key == Qt.Key.Key_Backspace:
            self._show(typed[:-1])
        elif event.text() and event.text() in "0123456789-/.年月日":
            typed += event.text()
            if len(re.sub("[^0-9]", "", typed)) == 8:
                self._take(typed)
            else:
                self._show(typed)
        else:
            super().keyPressEvent(event)

    def _show(self, typed: str) -> None:
        """What is typed so far; the date stays as it was until it is whole."""
        self._typed = typed
        self._write(typed)

    def _write(self, text: str) -> None:
        line = self.lineEdit()
        judge = line.validator()  # it would put another date for one that does not exist
        line.blockSignals(True)
        line.setValidator(None)  # type: ignore[arg-type]
        line.setText(text)
        line.setValidator(judge)
        line.blockSignals(False)

    def _keep_wrong(self) -> None:
        if self._wrong:
            self._write(self._wrong)

    def _mend(self) -> None:
        """There is a date again."""
        if not self._wrong:
            return
        self._wrong, self._typed = "", None
        self._write(self.textFromDateTime(self.dateTime()))
        self._mark("")
        self.misread.emit("")

    def _mark(self, said: str) -> None:
        """A border, and a line below where the field has one."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, Field):
            above = above.parentWidget()
        if isinstance(above, Field):
            above.say(said, *((self, self.lineEdit()) if said else ()))
        self.setAccessibleDescription(said)
        self.setProperty("bad", "true" if said else "false")
        restyle(self)

    def _leave_off(self) -> None:
        """Back to the date as it was."""
        self._typed = None
        self.setSelectedSection(self.Section.DaySection)
        self.lineEdit().setText(self.textFromDateTime(self.dateTime()))

    def _take(self, text: str) -> None:
        found = day_typed(text)
        low, high = self.minimumDate(), self.maximumDate()
        if found is not None and low <= QDate(found.year, found.month, found.day) <= high:
            self._leave_off()
            self.setDate(QDate(found.year, found.month, found.day))
            return
        self._typed, self._wrong = None, text[:20]
        self._keep_wrong()
        said = tr("There is no date “{typed}”; write it as 2025-05-10.", typed=self._wrong)
        QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), said, self)
        self._mark(said)
        self.misread.emit(self._wrong)
