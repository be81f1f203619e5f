"""Which column of the file is which of ours: one choice each, with what stands in the first row to know it by."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout

from famgui.base.toml_source import printable
from famgui.domain.identity import normal_id_number
from famgui.files.roster.form import COLUMNS, FIXABLE, FURTHER, needed, title_of
from famgui.files.roster.source import Grid
from famgui.files.roster.words import LISTS, offered
from famgui.files.workbook.cells import text_of
from famgui.ui.roster.viewmodel import RosterVM
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GAP, GRID, margins
from famgui.ui.widgets.basic import Card, button, clear, label
from famgui.ui.widgets.elided import Elided
from famgui.ui.widgets.fields import Choice, Field

_LONGEST, _LEAST = 18, 10
"""Letters of a cell that are shown at the most, and of a choice at the least."""
_SIDES = ("授权人", "使用人", "Authorizer", "User")


class ColumnsCard(Card):
    """Our columns in groups, each with the file's column that holds it."""

    def __init__(
        self, vm: RosterVM, language: Callable[[], str], places: Callable[[], list[tuple[object, str]]]
    ) -> None:
        super().__init__(tr("Which column is which"))
        self._vm, self._language, self._places = vm, language, places
        self._grid: Grid | None = None
        self.choices: dict[str, Choice] = {}
        self._missing = label("", "problem", wrap=True)
        self.again: QPushButton = button(tr("Try the list"), "primary", vm.try_again)
        hint = Elided(tr("Ours at the left; at the right the file's, with what stands in its first row."), "note")
        self.head.addSpacing(GRID)
        self.head.addWidget(hint, 1)
        self.add_to_head(self.again)
        self.body.addWidget(self._missing)
        self._groups = QHBoxLayout()
        margins(self._groups, spacing=3 * GRID)
        self.body.addLayout(self._groups)
        self.body.addStretch(1)

    def show_columns(self) -> None:
        """Show where the columns are now."""
        vm = self._vm
        if vm.grid is not None and vm.grid is not self._grid:
            self._grid = vm.grid
            self._build(vm.grid)
        asked = needed(vm.mapped)
        for key, choice in self.choices.items():
            choice.set_value(vm.fixed.get(key, vm.mapped.get(key, -1)))
            choice.setProperty("bad", "true" if key in vm.missing else "false")
            choice.style().unpolish(choice)
            choice.style().polish(choice)
        lacking = tr(", ").join(title_of(key, self._language()) for key in asked if key in vm.missing)
        self._missing.setText(tr("✗ Still needed: {columns}", columns=lacking) if lacking else "")
        self._missing.setVisible(bool(lacking))
        self.again.setEnabled(not lacking)

    def _build(self, grid: Grid) -> None:
        clear(self._groups)
        self.choices.clear()
        entries: list[tuple[object, str]] = [(-1, tr("(none)")), *_file_columns(grid)]
        columns = (
            ((tr("Authorizer"), _of("authorizer.")),),
            ((tr("User"), _of("user.")), (tr("More of the authorizer"), _of("authorizer.", further=True))),
            ((tr("Binding"), (*_of(""), *_of("", further=True))),),
        )
        for groups in columns:
            inside = QVBoxLayout()
            margins(inside, spacing=GRID // 2)
            for number, (title, keys) in enumerate(groups):
                inside.addSpacing(GAP if number else 0)
                self._add(inside, title, keys, entries)
            inside.addStretch(1)
            self._groups.addLayout(inside, 1)

    def _add(self, inside: QVBoxLayout, title: str, keys: Sequence[str], entries: list[tuple[object, str]]) -> None:
        inside.addWidget(label(title, "heading"))
        for key in keys:
            choice = Choice([*entries, *self._for_all(key)])
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(_LEAST)
            choice.picked.connect(lambda position, key=key: self._vm.place(key, position))
            choice.setAccessibleName(title_of(key, self._language()))
            self.choices[key] = choice
            inside.addWidget(Field(_short(key, self._language()), choice))

    def _for_all(self, key: str) -> list[tuple[object, str]]:
        """What all rows may say of a column that the file does not have."""
        if key not in FIXABLE:
            return []
        if key in LISTS:
            offer: list[tuple[object, str]] = [(word, word) for word in offered(key, self._language())]
        else:
            offer = self._places()
        return [(value, tr("all rows: {value}", value=said)) for value, said in offer]


def _of(side: str, *, further: bool = False) -> tuple[str, ...]:
    """The columns of one side, "" for those of the binding itself."""
    return tuple(
        key for key in COLUMNS if (key in FURTHER) == further and key.rpartition(".")[0] == side.removesuffix(".")
    )


def _short(key: str, language: str) -> str:
    """What a column is called under the heading of its side."""
    title = title_of(key, language)
    for side in _SIDES if "." in key else ():
        title = title.removeprefix(side).strip()
    return title[:1].upper() + title[1:] if title else tr("Full name")


def _file_columns(grid: Grid) -> list[tuple[object, str]]:
    """The file's columns by their letter, heading and what stands below it first; ID numbers masked."""
    first = next((cells for _, cells in grid.rows()), [""] * len(grid.titles))
    found: list[tuple[object, str]] = []
    for place, title in enumerate(grid.titles):
        shown = _sample(text_of(first[place]))
        parts = [part for part in (_letter(place), title, shown) if part]
        if len(parts) > 1:
            found.append((place, " · ".join(parts)))
    return found


def _sample(text: str) -> str:
    """What a cell says, shortened; of an ID number the last four characters only."""
    return printable(text, _LONGEST) if normal_id_number(text) is None else f"****{text[-4:]}"


def _letter(place: int) -> str:
    """A column as a spreadsheet calls it: A, B, ..., Z, AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
