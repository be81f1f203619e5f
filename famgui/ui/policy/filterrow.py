"""The row of filters above the answers: place, topic, day, grade, bookmarks."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from famgui.ui.policy.filters import ANY_DAY, ANYWHERE, HERE, TODAY, Filters
from famgui.ui.policy.viewmodel import PolicyVM
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import PLACE_SAID_WIDTH, TOPIC_WIDTH, fix_width
from famgui.ui.widgets.basic import button
from famgui.ui.widgets.day import DayEdit
from famgui.ui.widgets.fields import Choice
from famgui.ui.widgets.flow import Flow
from famgui.ui.widgets.placepick import PlacePick

_PICKED = "picked"


class FilterRow(QWidget):
    """`changed(name, value)` when the user sets a filter; `dropped` when all of them shall go."""

    changed = Signal(str, object)
    dropped = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self._place = PlacePick(tr("Place"))
        fix_width(self._place, PLACE_SAID_WIDTH)
        self._inherits = QCheckBox(tr("with province and nation"))
        self._topic, self._grade = Choice(), Choice()
        self._topics: tuple[tuple[str, str], ...] = ()
        fix_width(self._topic, TOPIC_WIDTH)
        self._day = Choice([(ANY_DAY, tr("Any day")), (TODAY, tr("Valid today")), (_PICKED, tr("Valid on ..."))])
        self._date = DayEdit(today)
        self._starred = QCheckBox(tr("★ Bookmarks only"))
        self._drop = button(tr("Clear"), "link", self.dropped.emit)
        self._drop.setAccessibleName(tr("Clear the filters"))
        self._name_and_join()
        line = Flow(self)
        parts = (
            self._place,
            self._inherits,
            self._topic,
            self._day,
            self._date,
            self._grade,
            self._starred,
            self._drop,
        )
        for widget in parts:
            line.addWidget(widget)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _name_and_join(self) -> None:
        names = {
            self._inherits: tr("with province and nation"),
            self._topic: tr("Topic"),
            self._grade: tr("Grade"),
            self._day: tr("Valid on"),
            self._date: tr("Valid on"),
            self._starred: tr("★ Bookmarks only"),
        }
        for widget, name in names.items():
            widget.setAccessibleName(name)
        self._place.picked.connect(lambda place: self.changed.emit("place", place))
        self._inherits.toggled.connect(lambda on: self.changed.emit("inherits", on))
        self._topic.picked.connect(lambda topic: self.changed.emit("topic", topic))
        self._grade.picked.connect(lambda grade: self.changed.emit("grade", grade))
        self._starred.toggled.connect(lambda on: self.changed.emit("starred", on))
        self._day.picked.connect(lambda _: self._day_picked())
        self._date.dateChanged.connect(lambda _: self._day_picked())

    def show_filters(self, vm: PolicyVM) -> None:
        """Show the filters as they are, without telling."""
        filters = vm.filters
        for widget in (self._inherits, self._starred, self._date):
            widget.blockSignals(True)
        self._place.set_entries(vm.places)
        place, said = vm.place
        self._place.set_code(place, said)
        self._inherits.setChecked(filters.inherits)
        self._inherits.setVisible(place not in (ANYWHERE, HERE))
        if self._topics != vm.topics:
            self._topics = vm.topics
            self._topic.set_entries(vm.topics)
            self._grade.set_entries(vm.grades)
        self._topic.set_value(filters.topic)
        self._grade.set_value(filters.grade)
        picked = filters.day not in (ANY_DAY, TODAY)
        self._day.set_value(_PICKED if picked else filters.day)
        self._date.setVisible(picked and vm.view == "clauses")
        if picked:
            self._date.set_day(date.fromisoformat(filters.day))
        self._starred.setChecked(filters.starred)
        for narrowing in (self._day, self._grade, self._starred):
            narrowing.setVisible(vm.view == "clauses")
        self._drop.setVisible(filters != Filters())
        for widget in (self._inherits, self._starred, self._date):
            widget.blockSignals(False)

    def _day_picked(self) -> None:
        chosen = str(self._day.value)
        self.changed.emit("day", self._date.day.isoformat() if chosen == _PICKED else chosen)
