"""A page: title, the question it answers, its actions, its content."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from famgui.ui.shell.commands import Command
from famgui.ui.shell.offer import Shell as Shell  # apart: the window makes it before any page
from famgui.ui.theme.metrics import CONTENT_MAX, GAP, GRID, PAGE_MARGIN, at_most, margins
from famgui.ui.widgets.basic import command_button, label
from famgui.ui.widgets.elided import Elided

_ALL = 1000
"""A stretch against which the margins at both sides of a wide window do not count."""


class Page(QWidget):
    """The base of all pages. Content goes into `body`; `refresh` shows the household at hand anew."""

    def __init__(self, shell: Shell, title: str, question: str) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.setAccessibleName(title)
        self.shell = shell
        inside = QWidget()
        inside.setProperty("kind", "plain")
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        whole = QHBoxLayout(self)
        margins(whole)
        whole.addWidget(area)
        middle = QHBoxLayout(inside)
        margins(middle, horizontal=PAGE_MARGIN, vertical=GAP)
        content = QWidget()
        content.setProperty("kind", "plain")
        at_most(content, CONTENT_MAX)
        middle.addStretch(1)
        middle.addWidget(content, _ALL)
        middle.addStretch(1)
        outer = QVBoxLayout(content)
        margins(outer, spacing=GAP)
        self._head = QHBoxLayout()
        margins(self._head, spacing=GRID)
        self._head.addWidget(label(title, "title"))
        self._head.addSpacing(GRID)
        self._head.addWidget(Elided(question, "subtitle"), 1)
        outer.addLayout(self._head)
        self.body = QVBoxLayout()
        margins(self.body, spacing=GAP)
        outer.addLayout(self.body, 1)

    def add_command(self, command: Command, *, primary: bool = False) -> QPushButton:
        """Register a command of this page and show its button in the page's head."""
        action = self.shell.commands.add(self, command)
        made = command_button(action, "primary" if primary else "")
        self._head.addWidget(made)
        return made

    def step(self, command_id: str) -> QPushButton | None:
        """A button for a command of the window, for an empty state; None where nobody has registered it."""
        known = any(command.id == command_id for command in self.shell.commands)
        return command_button(self.shell.commands.action(command_id)) if known else None

    def type_ahead(self, text: str) -> None:
        """Take what was typed before any page was up; most pages have no use for it."""

    def show_part(self, part: str) -> None:
        """Bring a part of the page up; most pages have none to be asked for."""

    def leave(self) -> None:
        """Save what is half-done; called before the window closes or the book is changed."""

    def refresh(self) -> None:
        """Show the household at hand; called when the page comes up and after every change."""
