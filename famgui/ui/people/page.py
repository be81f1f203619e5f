"""The directory of people: the page."""

from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Page, Shell


class PeoplePage(Page):
    """The directory of people."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, tr("People"), tr("Who is in the book, and what is known of them"))
