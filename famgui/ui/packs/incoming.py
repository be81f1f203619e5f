"""A pack file that was looked at: what would be different before it is taken, or why it cannot be."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from famgui.base.wording import Wording
from famgui.ui.packs.detail import Lines, text_of
from famgui.ui.packs.words import ChangeRow, change_row
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GAP, GRID, margins
from famgui.ui.widgets.basic import Card, chip, clear, foot, label
from famgui.ui.widgets.elided import Elided
from famgui.ui.widgets.table import Column, Table, TableModel
from famgui.usecase.packpreview import Preview
from famgui.usecase.packtext import mark_sentence

_TITLE_DIGITS = 52
_MARKS = 6
"""So many marks stand above the differences; a pack with more is read in the terminal."""


class PreviewCard(Card):
    """The file's head, what to know before, and a row a difference; the buttons given stand beside the head."""

    def __init__(self, *buttons: QPushButton) -> None:
        super().__init__()
        self._name, self._code = label("", "reading"), chip("")
        self._head = Elided("", "dim")
        for widget in (self._name, self._code):
            self.head.addWidget(widget)
        self.head.addSpacing(GRID)
        self.head.addWidget(self._head, 1)
        for made in buttons:
            self.head.addWidget(made)
        self._first = buttons[0]
        self._marks = QVBoxLayout()
        margins(self._marks, spacing=GRID // 2)
        self.body.addLayout(self._marks)
        self.body.addSpacing(GRID)
        self._count = label("", "heading")
        self.body.addWidget(self._count)
        columns: list[Column[ChangeRow]] = [
            Column("", lambda row: row.kind),
            Column(tr("Entry"), lambda row: row.title, most=_TITLE_DIGITS),
            Column(tr("In use now"), lambda row: row.now, stretch=True),
            Column(tr("With this file"), lambda row: row.then, stretch=True),
        ]
        self.rows = TableModel(columns)
        self._table = Table(self.rows, tr("Differences"))
        self.body.addWidget(self._table, 1)
        self._rest = QWidget()
        self._rest.setProperty("kind", "plain")
        self.body.addWidget(self._rest, 1)

    def show_seen(self, seen: Preview, name: str, wording: Wording) -> None:
        """Show a file that may be taken."""
        data, now = seen.incoming.data, seen.now
        self._name.setText(data["name"][wording.language])
        self._code.setText(seen.incoming.place)
        facts = [
            _from_to(tr("Version"), now["version"] if now else "", data["version"]),
            _from_to(tr("Checked on"), now["checked_on"] if now else "", data["checked_on"]),
            tr("{title}: {said}", title=tr("File"), said=name),
        ]
        self._head.setText("   ·   ".join(facts))
        clear(self._marks)
        for mark in seen.marks[:_MARKS]:
            sentence = mark_sentence(mark, name, wording)
            self._marks.addWidget(
                text_of(f"{'✓' if mark.good else '!'} {sentence}", "good" if mark.good else "warning")
            )
        if left := len(seen.marks[_MARKS:]):
            more = tr("{count} more to look at: famgui pack check lists them all", count=left)
            self._marks.addWidget(text_of(f"! {more}", "warning"))
        count = len(seen.changes)
        self._count.setText(tr("{count} differences", count=count) if count else tr("No differences"))
        self._table.setVisible(bool(count))
        self._rest.setVisible(not count)
        self.setFocusProxy(self._table if count else self._first)
        self.rows.set_rows([change_row(change, wording) for change in seen.changes])


def _from_to(title: str, old: str, new: str) -> str:
    said = new if old in ("", new) else tr("{old} → {new}", old=old, new=new)
    return tr("{title}: {said}", title=title, said=said)


class FaultCard(Card):
    """Why a file cannot be taken, a line a fault; the buttons given stand below."""

    def __init__(self, *buttons: QPushButton) -> None:
        super().__init__()
        self._title = text_of("", "reading")
        self.body.addWidget(self._title)
        self.body.addWidget(label(tr("Nothing was changed. Mend the file, save it and open it again."), "dim"))
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(tr("Faults of the file"))
        self.body.addWidget(self._area, 1)
        self.body.addLayout(foot(*buttons, spacing=GAP))
        self.setFocusProxy(buttons[0])

    def show_faults(self, name: str, faults: Sequence[str]) -> None:
        """Show why this file cannot be taken."""
        self._title.setText(tr("✗ {name} cannot be taken: {count} faults", name=name, count=len(faults)))
        inside = Lines()
        column = QVBoxLayout(inside)
        margins(column, spacing=GRID)
        for fault in faults:
            column.addWidget(text_of(fault), alignment=Qt.AlignmentFlag.AlignTop)
        column.addStretch(1)
        self._area.setWidget(inside)
