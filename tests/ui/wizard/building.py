"""Households for the wizard, the page on screen, and the keys that are pressed there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from famgui.domain.account import Balance
from famgui.domain.binding import Binding
from famgui.domain.binding_wish import Party
from famgui.domain.household import Household
from famgui.domain.identity import Relation, check_digit
from famgui.domain.person import Person
from famgui.ui.shell.page import Shell
from famgui.ui.wizard import edits
from famgui.ui.wizard.page import WizardPage

BOUND_AT = datetime(2025, 1, 2, 9)  # noqa: DTZ001 - the register carries no zone


def number(first17: str) -> str:
    """An ID number with its check character; the people are invented."""
    return first17 + check_digit(first17)


def employee(handle: str, name: str, first17: str, place: str = "430200", **facts: object) -> Person:
    """Somebody with a personal account."""
    return Person(handle, "employee", place, name, number(first17), has_account=True, **facts)  # type: ignore[arg-type]


def resident(handle: str, name: str, first17: str, place: str = "430200", **facts: object) -> Person:
    """Somebody without one, who can be called."""
    told = {"phone": "13800000000"} | facts
    return Person(handle, "resident", place, name, number(first17), **told)  # type: ignore[arg-type]


def family(place: str = "430200", *more: Person, bindings: Sequence[Binding] = ()) -> Household:
    """An employee with both parents, and whoever else."""
    people = (
        employee("li", "李强", "43020219850101001", place),
        resident("zhou", "周秀英", "43020219570203002", place),
        resident("fu", "李国安", "43020219550304001", place),
        *more,
    )
    balances = {person.id: Balance(100_000) for person in people if person.has_account}
    return Household(place, people, balances, tuple(bindings))


def bound(user: str, relation: Relation = "parent", giver: str = "li", **terms: object) -> Binding:
    """A row of the register from before."""
    told = {"starts": date(2025, 1, 2), "bound_at": BOUND_AT} | terms
    return Binding(giver, user, relation, **told)  # type: ignore[arg-type]


def opened(shell: Shell, qtbot: QtBot) -> WizardPage:
    """The page as the window at 1366 x 768 shows it."""
    page = WizardPage(shell)
    page.resize(1198, 620)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.refresh()
    return page


@dataclass
class Keys:
    """Somebody at the keyboard; every key counts, a Chinese character as one, a key held with Alt as two."""

    page: QWidget
    count: int = field(default=0)

    def type(self, text: str) -> None:
        """Type into whatever has the focus. Chinese characters come as an input method commits them."""
        for character in text:
            self.count += 1
            line = QApplication.focusWidget()
            if character.isascii():
                QTest.keyClicks(line, character)
            else:
                assert isinstance(line, QLineEdit)
                line.insert(character)
                line.textEdited.emit(line.text())

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key."""
        self.count += 1 if modifier == Qt.KeyboardModifier.NoModifier else 2
        QTest.keyClick(QApplication.focusWidget() or self.page, key, modifier)

    def enter(self, times: int = 1) -> None:
        """Go on."""
        for _ in range(times):
            self.press(Qt.Key.Key_Return)

    def wipe(self) -> None:
        """Empty the line that has the focus."""
        self.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.press(Qt.Key.Key_Delete)


def choose(page: WizardPage, giver: str, *users: str) -> None:
    """Choose people of the household as clicks do; the page stops where it is refused."""
    page.vm.edit(lambda state: edits.choose(state, Party(giver)), moved=True)
    page.vm.onward()
    for user in users if page.vm.state.step == "users" else ():
        page.vm.edit(lambda state, user=user: edits.add(state, Party(user)), moved=True)  # type: ignore[misc]


def lines(page: WizardPage, mark: str) -> list[tuple[str, tuple[str, ...]]]:
    """The checks on screen with a mark: their sentence and the clauses that can be opened there."""
    QApplication.processEvents()
    found = []
    for line in page.checks.findChildren(QWidget):
        name = line.accessibleName()
        if name.startswith(f"{mark}: ") and line.isVisible() and not isinstance(line, QPushButton):
            chips = [made for made in line.findChildren(QPushButton) if made.property("kind") == "chip"]
            found.append((name.partition(": ")[2], tuple(made.text() for made in chips)))
    return found


def refused(page: WizardPage) -> bool:
    """Whether Next leaves the wizard where it is."""
    before = page.vm.state.step
    page.shell.commands.run("wizard.next")
    return page.vm.state.step == before
