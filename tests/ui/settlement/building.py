"""The settlement page on screen, and what is seen there."""

from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from famgui.ui.settlement.draft import ItemDraft
from famgui.ui.settlement.page import SettlementPage
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.page import Shell
from famgui.ui.shell.toasts import Toast

BILL = (
    ItemDraft("检查", "service", "A", 0, 45_000),
    ItemDraft("乙类药", "drug", "B", 1_000, 20_000),
    ItemDraft("自费药", "drug", "C", 0, 3_000),
)


def opened(shell: Shell, qtbot: QtBot) -> SettlementPage:
    """The page as the window at 1366 x 768 shows it."""
    page = SettlementPage(shell)
    qtbot.addWidget(page)
    page.resize(1198, 660)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.refresh()
    return page


def texts(page: QWidget) -> str:
    """Every label that is seen."""
    QApplication.processEvents()
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def toasts(shell: Shell) -> list[Toast]:
    """The toast at hand, none or one."""
    return [child for child in shell.toasts._host.children() if isinstance(child, Toast) and not child.isHidden()]


def said(shell: Shell) -> str:
    """What the toast says, "" without one."""
    return "".join(toast.accessibleName() for toast in toasts(shell))


def act(shell: Shell, title: str) -> None:
    """Press the toast's button."""
    (toast,) = toasts(shell)
    next(button for button in toast.findChildren(QPushButton) if button.text() == title).click()


def settled_down(desk: Desk, qtbot: QtBot) -> None:
    """Wait until the writer has nothing left to do."""
    qtbot.waitUntil(lambda: desk.ops.pending == 0)
