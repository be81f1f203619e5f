"""The one calm dialog before a book is restored: what is offered, beside what would make room for it."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from famgui.ui.shell.desk import Desk
from famgui.ui.shell.folder import in_folder, keep_folder
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import CARD_PADDING, GAP, ROW_HEIGHT, at_least, margins, open_medium
from famgui.ui.widgets.basic import Card, button, foot, label, row
from famgui.ui.widgets.table import Column, Table, TableModel
from famgui.usecase.backup import BookFacts, Choice, Copy, copies_of, examine, folder_of

_ROWS = 5
"""So many rows of the list are seen in any case, its head among them."""


class RestoreDialog(QDialog):
    """Lists the automatic copies, takes a file of the user's as well, examines either. `agreed(choice)` when the user
    wants it in the book's place."""

    agreed = Signal(object)

    def __init__(self, desk: Desk, path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Restore the book"))
        self.setProperty("kind", "page")
        self._desk, self._path = desk, path
        self._choice: Choice | None = None
        self._asked: Path | None = None
        self.finished.connect(self._leave)
        column = QVBoxLayout(self)
        margins(column, horizontal=CARD_PADDING, vertical=CARD_PADDING, spacing=GAP)
        column.addWidget(self._copies_card(), 1)
        column.addWidget(self._choice_card())
        column.addLayout(self._foot())
        self._show(tr("Choose an automatic copy above, or a backup file."))
        open_medium(self, parent)

    def examine(self, source: Path) -> None:
        """Look at a file on the writer thread, and show what is in it."""
        self._asked, home = source, self._path.parent
        self._show(tr("Examining {name} ...", name=source.name))

        def found(choice: Choice) -> None:
            if self._asked == source:
                self._show("", choice)

        def failed(error: BaseException) -> None:
            if self._asked != source:
                return
            said = self._desk.services.usecases().explain(error, self._desk.wording)
            if said is None:
                self._desk.ops.crashed.emit(error)
            self._show(f"✗ {said or tr('This file cannot be restored.')}", wrong=True)

        self._desk.ops.run(tr("Examining {name} ...", name=source.name), lambda _: examine(source, home), found, failed)

    def _copies_card(self) -> Card:
        card = Card(tr("Automatic copies"))
        card.add_to_head(button(tr("Open the folder"), "link", lambda: open_folder(self._path)), stretch=True)
        columns: list[Column[Copy]] = [
            Column(tr("Time"), lambda copy: f"{copy.at:%Y-%m-%d %H:%M:%S}"),
            Column(tr("Made before"), lambda copy: reason_words(copy.reason), stretch=True),
            Column(tr("Size"), lambda copy: size_words(copy.size), lambda copy: copy.size, number=True),
        ]
        self._copies = TableModel(columns)
        self._copies.set_rows(copies_of(self._path))
        self._table = Table(self._copies, tr("Automatic copies"))
        self._table.selectionModel().currentRowChanged.connect(lambda at, _: self._picked(at.row()))
        none = label(tr("None yet: one is kept before a list is imported, before a workbook is recorded ..."), "note")
        none.setVisible(not self._copies.rows)
        self._table.setVisible(bool(self._copies.rows))
        at_least(self._table, height=_ROWS * ROW_HEIGHT)
        card.body.addWidget(self._table, 1)
        card.body.addWidget(none)
        card.body.addWidget(row(button(tr("Choose a backup file ..."), "", self._ask)))
        return card

    def _choice_card(self) -> Card:
        card = Card()
        self._said = label("", "", wrap=True)
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid = QWidget()
        self._grid.setProperty("kind", "plain")
        layout = QGridLayout(self._grid)
        margins(layout)
        layout.setColumnStretch(1, 1)
        layout.setColumnStretch(2, 1)
        heads = ("", tr("To be restored"), tr("In the book now"))
        for place, text in enumerate(heads):
            layout.addWidget(label(text, "heading"), 0, place)
        titles = _fact_titles()
        self._values = [[label("", wrap=True) for _ in heads[1:]] for _ in titles]
        for line, title in enumerate(titles, 1):
            layout.addWidget(label(title, "dim"), line, 0)
            for place, shown in enumerate(self._values[line - 1], 1):
                layout.addWidget(shown, line, place)
        self._note = label("", "note", wrap=True)
        for widget in (self._said, self._grid, self._note):
            card.body.addWidget(widget)
        return card

    def _foot(self) -> QHBoxLayout:
        self._agree = button(tr("Restore this one"), "primary", self._agreed)
        stay = button(tr("Cancel"), "", self.reject)
        stay.setDefault(True)
        return foot(stay, self._agree)

    def _show(self, said: str, choice: Choice | None = None, *, wrong: bool = False) -> None:
        self._choice = choice
        self._agree.setEnabled(choice is not None)
        self._said.setText(said)
        self._said.setProperty("kind", "problem" if wrong else "dim")
        self._said.style().unpolish(self._said)
        self._said.style().polish(self._said)
        self._said.setVisible(bool(said))
        self._grid.setVisible(choice is not None)
        self._note.setVisible(choice is not None)
        if choice is None:
            return
        none = [tr("cannot be read") if choice.unreadable else tr("nothing yet"), *[""] * (len(self._values) - 1)]
        now = fact_words(choice.present) if choice.present is not None else none
        for shown, texts in zip(self._values, zip(fact_words(choice.offered), now, strict=True), strict=True):
            for cell, text in zip(shown, texts, strict=True):
                cell.setText(text)
        self._note.setText(_note(choice))
        self._table.scrollTo(self._table.currentIndex())

    def _picked(self, at: int) -> None:
        if 0 <= at < len(self._copies.rows):
            self.examine(self._copies.rows[at].path)

    def _ask(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("Choose a backup file ..."), in_folder(), tr("Backups (*.sqlite);;All files (*)")
        )
        if chosen:
            keep_folder(chosen)
            self._table.clearSelection()
            self.examine(Path(chosen))

    def _agreed(self) -> None:
        choice = self._choice
        self.accept()
        if choice is not None:
            self.agreed.emit(choice)

    def _leave(self) -> None:
        self._asked = None
        self.deleteLater()


def open_folder(path: Path) -> None:
    """Show the folder of a book's automatic copies; the home where none has been made yet."""
    folder = folder_of(path)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder if folder.is_dir() else path.parent)))


def reason_words(reason: str) -> str:
    """What an automatic copy was made before."""
    words = {
        "import": tr("importing a list"),
        "batch": tr("recording a workbook"),
        "merge": tr("merging two persons"),
        "join": tr("joining two households"),
        "forget": tr("taking a person out"),
        "delete": tr("deleting a household"),
        "restore": tr("restoring a backup"),
        "upgrade": tr("bringing the book up to date"),
    }
    return words.get(reason, reason)


def size_words(size: int) -> str:
    """A size as people read it."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(size // 1000, 1)} KB"


def _fact_titles() -> tuple[str, ...]:
    return (
        tr("File"),
        tr("Holds"),
        tr("Latest date"),
        tr("Last change"),
        tr("Version of the book"),
    )


def fact_words(facts: BookFacts) -> list[str]:
    """What a book holds, in the order of the titles."""
    return [
        f"{facts.path.name} · {size_words(facts.size)}",
        tr(
            "households {households}, persons {persons}, records {events}",
            households=facts.households,
            persons=facts.persons,
            events=facts.events,
        ),
        facts.last_day or "—",
        _moment(facts.changed_at),
        facts.schema,
    ]


def _moment(text: str) -> str:
    try:
        return f"{datetime.fromisoformat(text).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        return text or "—"


def _note(choice: Choice) -> str:
    lines = []
    if choice.offered.is_sample:
        lines.append(tr("This is a sample book; it takes the place of the sample only."))
    if choice.offered.behind:
        lines.append(tr("An older version wrote it: it is brought up to date, and the file stays as it is."))
    if choice.present is not None or choice.unreadable:
        lines.append(tr("What is in the book now is kept first as an automatic copy, so that you can go back."))
    return "\n".join(lines)
