"""The form for a new binding: who, with whom, what they are to each other, from when to when, in which order."""

from typing import Any

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from famgui.ui.binding.viewmodel import BindingVM
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GAP, GRID, let_grow, margins
from famgui.ui.widgets.basic import button, row
from famgui.ui.widgets.day import DayEdit
from famgui.ui.widgets.fields import Choice, Field

_PRIORITIES = 9
_LEAST = 15 * GRID


class BindingForm(QWidget):
    """Shows the view-model's draft and hands every change to it."""

    def __init__(self, vm: BindingVM) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self._vm = vm
        self._filling = False
        self.authorizer, self.user, self.relation, self.priority = Choice(), Choice(), Choice(), Choice()
        self.starts, self.ends = DayEdit(vm.draft.starts), DayEdit(vm.draft.starts)
        self.open_end = QCheckBox(tr("no last day"))
        self.open_end.setAccessibleName(tr("no last day"))
        self._lay_out()
        for name in ("authorizer", "user", "relation", "priority"):
            getattr(self, name).picked.connect(lambda value, name=name: self._edited(**{name: value}))
        self.starts.dateChanged.connect(lambda _: self._edited(starts=self.starts.day))
        self.ends.dateChanged.connect(lambda _: self._edited(ends=self.ends.day))
        self.open_end.toggled.connect(self._open_end)
        self.fill()

    def fill(self) -> None:
        """Show the draft and whom there is to choose."""
        self._filling = True
        vm, draft = self._vm, self._vm.draft
        nobody: tuple[tuple[object, str], ...] = (("", tr("Choose")),)
        self.authorizer.set_entries(vm.authorizers)
        self.authorizer.set_value(draft.authorizer)
        self.user.set_entries((*nobody, *vm.users))
        self.user.set_value(draft.user)
        self.relation.set_entries((*nobody, *vm.relations))
        self.relation.set_value(draft.relation)
        self.priority.set_value(draft.priority)
        self.starts.set_day(draft.starts)
        if draft.ends is not None:
            self.ends.set_day(draft.ends)
        self.ends.setEnabled(draft.ends is not None)
        self.open_end.setChecked(draft.ends is None)
        self._filling = False

    def take_focus(self) -> None:
        """Begin at the first field that waits for something."""
        (self.user if not self._vm.draft.user else self.relation).setFocus()

    def _lay_out(self) -> None:
        first = (1, tr("1 (pays first)"))
        self.priority.set_entries([first, *((number, str(number)) for number in range(2, _PRIORITIES + 1))])
        grid = QGridLayout(self)
        margins(grid, spacing=GRID)
        grid.setHorizontalSpacing(GAP)
        fields = (
            ((tr("Authorizer"), self.authorizer), (tr("User"), self.user), (tr("Relation"), self.relation)),
            ((tr("First day"), self.starts), (tr("Last day"), self.ends), (tr("Priority"), self.priority)),
        )
        for line, three in enumerate(fields):
            for column, (title, editor) in enumerate(three):
                editor.ensurePolished()
                let_grow(editor, editor.sizeHint().width() if isinstance(editor, DayEdit) else _LEAST)
                grid.addWidget(Field(title, editor, beside=False), line, column)
                grid.setColumnStretch(column, 1)
        year = button(tr("one year"), "more", lambda: self._vm.set_term("year"))
        year_end = button(tr("to the end of the year"), "more", lambda: self._vm.set_term("year-end"))
        grid.addWidget(row(self.open_end, year, year_end, spacing=GAP), len(fields), 0, 1, 3)

    def _edited(self, **values: Any) -> None:
        if not self._filling:
            self._vm.edit(**values)

    def _open_end(self, on: bool) -> None:
        if not self._filling:
            self._vm.set_term("open" if on else "year")
