"""Looking for a newer version: whether one may, where, and what came of it. QtCore only."""

from PySide6.QtCore import QObject, Signal

import famgui
from famgui.base.ordered import Ordered, order_files, read_orders
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.ops import Cancelled, Progress
from famgui.ui.shell.settings import UPDATE_SOURCE, Settings
from famgui.usecase.update import Notice, Unreadable, look, standing


class UpdatesVM(QObject):
    """Looks only when asked. `changed` when there is something else to show."""

    changed = Signal()

    def __init__(self, desk: Desk, settings: Settings, orders: Ordered | None = None) -> None:
        super().__init__()
        self._desk, self._settings = desk, settings
        self._orders = read_orders(order_files()) if orders is None else orders
        self._running: Progress | None = None
        self.said, self.wrong = "", False
        self.notes, self.page = "", ""

    @property
    def version(self) -> str:
        """The version in use."""
        return famgui.__version__

    @property
    def off(self) -> str:
        """Why nobody may look; "" when one may."""
        if self._orders.fault is not None:
            key, values = self._orders.fault
            return self._desk.wording.say("update", key, **dict(values))
        return "" if self._orders.update else tr("Switched off by the administrator ({file})", file=self._orders.file)

    @property
    def source(self) -> str:
        """Where to look: what the administrator says, else what the user has entered."""
        return self._orders.source or self._settings.get(UPDATE_SOURCE)

    @property
    def source_ordered(self) -> bool:
        """Whether the administrator says where to look."""
        return bool(self._orders.source)

    def keep_source(self, source: str) -> None:
        """Keep where to look, unless that has been ordered."""
        if not self.source_ordered:
            self._settings.set(UPDATE_SOURCE, source.strip())

    @property
    def busy(self) -> bool:
        """Whether it is being looked for now."""
        return self._running is not None

    def check(self) -> None:
        """Look now."""
        if self.off or self.busy:
            return
        source = self.source
        self._show("", False)

        def work(progress: Progress) -> Notice:
            return look(source, lambda: progress.report(0, 0))

        self._running = self._desk.ops.run(tr("Looking for a newer version"), work, self._found, self._failed)
        self.changed.emit()

    def stop(self) -> None:
        """Look no longer."""
        if self._running is not None:
            self._running.cancel()

    def _found(self, notice: Notice) -> None:
        self._running = None
        how = standing(notice.version, self.version)
        values = {"version": notice.version, "mine": self.version}
        if how == "newer":
            day = "" if notice.day is None else notice.day.isoformat()
            said = tr("Version {version} is out; yours is {mine}.", **values)
            said += " " + tr("Of {day}.", day=day) if day else ""
            self._show(said, False, notice.note(self._desk.wording.language), notice.page)
        elif how == "same":
            self._show(tr("{mine} is the latest version.", **values), False)
        else:
            self._show(tr("What is offered there, {version}, is older than yours, {mine}.", **values), False)

    def _failed(self, error: BaseException) -> None:
        self._running = None
        if isinstance(error, Cancelled):
            self._show(tr("Stopped; nothing was read."), False)
        elif isinstance(error, Unreadable):
            self._show(self._desk.wording.say("update", error.code, **error.values), True)
        else:
            self._show("", False)
            self._desk.ops.crashed.emit(error)

    def _show(self, said: str, wrong: bool, notes: str = "", page: str = "") -> None:
        self.said, self.wrong, self.notes, self.page = said, wrong, notes, page
        self.changed.emit()
