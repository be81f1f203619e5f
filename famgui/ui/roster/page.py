"""A company's list, in and out: the page."""

from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Page, Shell


class RosterPage(Page):
    """A company's list, in and out."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, tr("Company list"), tr("A whole list of employees and relatives, checked row by row before it is taken"))
