"""The card 日程: the next dates of the whole book, each leading to where it is dealt with; the way to a calendar."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLabel, QPushButton, QSizePolicy, QWidget

from famgui.ui.overview.agenda_model import AgendaVM
from famgui.ui.overview.rows import AgendaRow
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.folder import in_folder, keep_folder
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GAP, GRID, margins
from famgui.ui.widgets.basic import Card, button, chip, clause_chip, clear, column, command_button, label, rule
from famgui.ui.widgets.basic import row as beside
from famgui.usecase.binding import SOON

_TIGHT = GRID // 2
_COLUMNS = 4
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ENDING = ".ics"


class AgendaCard(Card):
    """Shows the view-model's rows. `lead(page)` is called when a row's button is pressed, with its household at hand;
    `save` is the command behind the head's button."""

    def __init__(self, vm: AgendaVM, desk: Desk, save: QAction, lead: Callable[[str], object]) -> None:
        super().__init__(tr("Calendar"))
        self._vm, self._desk, self._lead = vm, desk, lead
        to_file = command_button(save, "more")
        to_file.setToolTip(
            tr(
                "The dates of the coming year as a file (.ics) for the calendar of a phone or a mail program. "
                "People's names stand in it, ID numbers do not."
            )
        )
        self.add_to_head(to_file, stretch=True)
        self._grid = QGridLayout()
        margins(self._grid, spacing=_TIGHT)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        vm.changed.connect(self.show_rows)
        self.show_rows()

    def show_rows(self) -> None:
        """Show the dates as they are now."""
        clear(self._grid)
        rows = self._vm.rows
        if not rows:
            said = tr("Nothing comes up in the next {days} days.", days=SOON)
            self._grid.addWidget(_words(tr("Looking up dates") if rows is None else said, "dim"), 0, 0, 1, _COLUMNS)
        for number, row in enumerate(rows or ()):
            if number:
                self._grid.addWidget(rule(), 2 * number - 1, 0, 1, _COLUMNS)
            self._line(2 * number, row)

    def _line(self, line: int, row: AgendaRow) -> None:
        about = [_words(text, kind) for text, kind in ((row.title, ""), (row.detail, "note")) if text]
        marks: list[QWidget] = [chip(tr("Unconfirmed"), "warning")] if row.weak else []
        if row.clause:
            marks.append(clause_chip(row.clause, self._desk.open_clause))
        if row.chip:
            marks.append(chip(row.chip, row.kind))
        self._grid.addWidget(label(row.day, "note"), line, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addLayout(column(*about, spacing=2), line, 1)
        self._grid.addWidget(beside(*marks, stretch_last=False), line, 2, _RIGHT)
        self._grid.addWidget(self._step(row), line, 3, _RIGHT)

    def _step(self, row: AgendaRow) -> QPushButton:
        def go() -> None:
            self._vm.take_up(row)
            self._lead(row.page)

        made = button(row.step, "more", go)
        made.setAccessibleName(f"{row.step} · {row.title}")
        return made

    def ask(self) -> None:
        """Let the user choose where the calendar file goes, and write it there."""
        kind, suggested = tr("Calendar file (*.ics)"), f"{tr('Family sharing')}{_ENDING}"
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save for a calendar"), in_folder(suggested), kind)
        keep_folder(chosen)
        if chosen:
            path = Path(chosen)
            self._vm.save(path if path.suffix.lower() == _ENDING else path.with_name(f"{path.name}{_ENDING}"))


def _words(text: str, kind: str = "") -> QLabel:
    made = label(text, kind, wrap=True)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return made
