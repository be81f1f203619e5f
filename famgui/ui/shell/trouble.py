"""What stands in place of the pages when the book cannot be opened: why, and the ways on."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import CONTENT_MAX, GAP, PAGE_MARGIN, at_most, margins
from famgui.ui.widgets.basic import Card, button, label, row


class TroublePage(QWidget):
    """The sentence that says what is wrong with the book, with buttons that lead out of it."""

    def __init__(self, why: str, ways: tuple[tuple[str, Callable[[], object]], ...]) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(self)
        margins(layout, horizontal=PAGE_MARGIN, vertical=PAGE_MARGIN, spacing=GAP)
        card = Card(tr("The book could not be opened"))
        at_most(card, CONTENT_MAX // 2)
        card.body.addWidget(label(why, wrap=True))
        card.body.addWidget(label(tr("Policy and settings work without a book."), "note", wrap=True))
        card.body.addWidget(row(*(button(title, "", run) for title, run in ways)))
        layout.addWidget(card)
        layout.addStretch(1)
