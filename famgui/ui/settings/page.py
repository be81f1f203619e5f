"""The settings page: how the program looks and speaks, where its data is, its rules, its keys."""

from typing import NamedTuple

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from famgui.ui.settings.updatecard import UpdateCard
from famgui.ui.settings.updates import UpdatesVM
from famgui.ui.settings.viewmodel import PackRow, SettingsVM
from famgui.ui.shell.commands import native_keys
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Page, Shell
from famgui.ui.shell.settings import COPIES, Option
from famgui.ui.theme.metrics import GAP, GRID, margins
from famgui.ui.widgets.basic import Card, button, clear, label, row
from famgui.ui.widgets.fields import Field, Segments
from famgui.ui.widgets.table import Column, Table, TableModel

SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class _Key(NamedTuple):
    title: str
    keys: str


class SettingsPage(Page):
    """What can be set, and what the program works with."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, tr("Settings"), tr("How it looks, what it works with"))
        self._vm = SettingsVM(shell.desk, shell.settings)
        self._updates = UpdatesVM(shell.desk, shell.settings)
        self._segments: dict[str, Segments] = {}
        left, right = QVBoxLayout(), QVBoxLayout()
        for side in (left, right):
            margins(side, spacing=GAP)
        left.addWidget(self._look_card())
        left.addWidget(self._pack_card(), 1)
        right.addWidget(self._data_card())
        right.addWidget(UpdateCard(self._updates))
        right.addWidget(self._key_card(), 1)
        columns = QHBoxLayout()
        margins(columns, spacing=GAP)
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        self.body.addLayout(columns, 1)
        shell.settings.changed.connect(self._show_look)
        self.refresh()

    def leave(self) -> None:
        """Nobody is left to see what a search for updates would find."""
        self._updates.stop()

    def refresh(self) -> None:
        """Show the settings, packs and keys as they are now."""
        self._show_look()
        self._packs.set_rows(self._vm.packs)
        self._show_faults(self._vm.faults)
        commands = self.shell.commands
        keys = ((command.title, commands.action(command.id).shortcuts()) for command in commands if command.keys)
        self._keys.set_rows([_Key(title, _native(shortcuts)) for title, shortcuts in keys])

    def _look_card(self) -> Card:
        card = Card(tr("Look"))
        for option, title, entries in self._vm.looks:
            made = Segments(entries, title)
            made.picked.connect(lambda value, option=option: self._pick(option, str(value)))
            self._segments[option.key] = made
            card.body.addWidget(Field(title, made))
        return card

    def _pick(self, option: Option, value: str) -> None:
        self._vm.keep(option, value)

    def _show_look(self) -> None:
        for option in (*(option for option, _, _ in self._vm.looks), COPIES):
            self._segments[option.key].set_value(self._vm.value(option))

    def _data_card(self) -> Card:
        card = Card(tr("Data"))
        for title, path in ((tr("All data"), self._vm.folder), (tr("Own packs"), self._vm.pack_folder)):
            shown = label(path, wrap=True)
            shown.setTextInteractionFlags(SELECTABLE)
            card.body.addWidget(Field(title, shown))
        card.body.addWidget(Field(tr("Automatic copies"), self._copies_line()))
        kept = Segments([(value, value) for value in COPIES.choices], tr("Copies kept"))
        kept.picked.connect(lambda value: self._pick(COPIES, str(value)))
        self._segments[COPIES.key] = kept
        card.body.addWidget(Field(tr("Copies kept"), kept))
        ways = [made for made in map(self.step, ("book.backup", "book.restore")) if made is not None]
        card.body.addWidget(row(*ways))
        for told in (*self._vm.about_data, self._vm.about_copies):
            card.body.addWidget(label(told, "note", wrap=True))
        return card

    def _copies_line(self) -> QWidget:
        shown = label(self._vm.copies_folder, wrap=True)
        shown.setTextInteractionFlags(SELECTABLE)
        return row(shown, button(tr("Open the folder"), "link", self._open_copies), stretch_last=False)

    def _open_copies(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self._vm.copies_folder_there()))

    def _pack_card(self) -> Card:
        card = Card(tr("Rule packs"))
        columns: list[Column[PackRow]] = [
            Column(tr("Place"), lambda row: row.place, stretch=True),
            Column(tr("Version"), lambda row: row.version),
            Column(tr("Checked on"), lambda row: row.checked_on),
            Column(tr("State"), lambda row: row.state),
        ]
        self._packs = TableModel(columns)
        card.body.addWidget(Table(self._packs, tr("Rule packs")), 3)
        self._fault_area = QScrollArea()
        self._fault_area.setWidgetResizable(True)
        self._fault_area.setAccessibleName(tr("Faults of rule packs"))
        inside = QWidget()
        inside.setProperty("kind", "plain")
        self._faults = QVBoxLayout(inside)
        margins(self._faults, spacing=GRID // 2)
        self._fault_area.setWidget(inside)
        card.body.addWidget(self._fault_area, 2)
        return card

    def _show_faults(self, faults: tuple[str, ...]) -> None:
        clear(self._faults)
        self._fault_area.setVisible(bool(faults))
        for fault in faults:
            line = label(f"✗ {fault}", "problem", wrap=True)
            line.setTextInteractionFlags(SELECTABLE)
            line.setAccessibleName(fault)
            self._faults.addWidget(line)
        self._faults.addStretch(1)

    def _key_card(self) -> Card:
        card = Card(tr("Keys"))
        columns: list[Column[_Key]] = [
            Column(tr("Command"), lambda row: row.title, stretch=True),
            Column(tr("Keys"), lambda row: row.keys),
        ]
        self._keys = TableModel(columns)
        card.body.addWidget(Table(self._keys, tr("Keys")), 1)
        return card


def _native(shortcuts: list[QKeySequence]) -> str:
    return "   ".join(native_keys(keys.toString()) for keys in shortcuts)
