"""What the window offers to every page, made before any page is loaded."""

from famgui.ui.shell.commands import Commands
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.settings import Settings
from famgui.ui.shell.toasts import Toasts
from famgui.ui.theme.style import Theme


class Shell:
    """What the window offers to every page."""

    def __init__(self, desk: Desk, commands: Commands, theme: Theme, settings: Settings, toasts: Toasts) -> None:
        self.desk = desk
        self.commands = commands
        self.theme = theme
        self.settings = settings
        self.toasts = toasts
