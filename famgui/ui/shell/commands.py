"""Every action of the program, once: title, key, what it does. Buttons, keys and the key list come from here."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QWidget


class Command(NamedTuple):
    """One action: `id` like "settlement.record", `title` for people, `keys` portable ("Ctrl+Return") or ""."""

    id: str
    title: str
    keys: str
    run: Callable[[], object]


class Commands(QObject):
    """The registry. A command belongs to a widget: its keys work while that widget is on screen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions: dict[str, QAction] = {}
        self._commands: dict[str, Command] = {}
        self._owners: dict[str, QWidget] = {}

    def add(self, owner: QWidget, command: Command) -> QAction:
        """Register a command and hang its action on the widget that owns it.

        Two pages may use the same keys, as only one is on screen; ValueError for an id taken, or keys taken in the same
        page or by the window.
        """
        if command.id in self._commands:
            raise ValueError(f"command {command.id} is registered twice")
        for other in self._commands.values():
            theirs = self._owners[other.id]
            meet = theirs is owner or any(isinstance(widget, QMainWindow) for widget in (theirs, owner))
            if command.keys and other.keys == command.keys and meet:
                raise ValueError(f"keys {command.keys} are taken by {other.id}")
        action = QAction(command.title, owner)
        if command.keys:
            action.setShortcut(QKeySequence(command.keys))
        action.triggered.connect(lambda: command.run())
        owner.addAction(action)
        self._actions[command.id] = action
        self._commands[command.id] = command
        self._owners[command.id] = owner
        return action

    def action(self, command_id: str) -> QAction:
        """The action of a command; KeyError for an unknown id."""
        return self._actions[command_id]

    def enable(self, command_id: str, enabled: bool) -> None:
        """Allow or forbid a command; its buttons and keys follow."""
        self._actions[command_id].setEnabled(enabled)

    def run(self, command_id: str) -> None:
        """Run a command as its key would."""
        self._actions[command_id].trigger()

    def __iter__(self) -> Iterator[Command]:
        return iter(self._commands.values())


def native_keys(keys: str) -> str:
    """Keys as they stand on the keyboard: Ctrl+Enter, whatever the language."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText).replace("Return", "Enter")
