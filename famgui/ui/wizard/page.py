"""The binding wizard: the page."""

from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Page, Shell


class WizardPage(Page):
    """The binding wizard."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, tr("New binding"), tr("May we bind, under which rule, and what is still to be done"))
