"""What the rule packs page shows and does: packs in use, a file looked at before it is taken, undo of either."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, TypeAlias

from PySide6.QtCore import QObject, Signal

from famgui.base.paths import write_whole
from famgui.base.toml_source import printable
from famgui.policy.pack import BrokenPack
from famgui.policy.template import english_name, new_pack
from famgui.ui.packs.words import name_of
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.ops import Cancelled
from famgui.ui.shell.settings import STALE_DAYS, Settings
from famgui.ui.widgets.placepick import matching
from famgui.usecase.packpreview import Preview, preview
from famgui.usecase.packs import PackLine, Undo, export, pack_lines, remove, restore, take
from famgui.usecase.packtext import fault_lines, trouble_sentence

State: TypeAlias = Literal["list", "running", "preview", "faulty"]
Which: TypeAlias = Literal["all", "own", "attention"]
NATION = "000000"


class PacksVM(QObject):
    """`changed` when there is something else to show; `told(sentence, undo)` when something was done, with what takes
    it back or None. With `preview` goes `seen`, with `faulty` go `faults`; `failure` says why the last thing was not
    done."""

    changed = Signal()
    told = Signal(str, object)

    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__()
        self._desk, self._settings = desk, settings
        self.state: State = "list"
        self.which: Which = "all"
        self.typed = self.name = self.failure = self.current = ""
        self.lines: tuple[PackLine, ...] = ()
        self.seen: Preview | None = None
        self.faults: tuple[str, ...] = ()
        self._undos: list[Undo] = []
        self._read()

    def set_stale_after(self, days: str) -> None:
        """Let packs count as stale after so many days."""
        self._settings.set(STALE_DAYS, days)
        self.refresh()

    def refresh(self) -> None:
        """Read the packs in use anew; a file that is looked at stays."""
        self._read()
        self.changed.emit()

    @property
    def _stale_after(self) -> int:
        return int(self._settings.get(STALE_DAYS))

    def _read(self) -> None:
        desk = self._desk
        self.lines = pack_lines(desk.library, desk.services.home, desk.services.regions, desk.today, self._stale_after)
        if self.current not in {str(line.file) for line in self.lines}:
            here = desk.live.household.place if desk.live is not None else ""
            self.current = next((str(line.file) for line in self.lines if here and line.place == here), "")

    @property
    def shown(self) -> tuple[PackLine, ...]:
        """The packs that the filters let through."""
        kept = [line for line in self.lines if _let_through(line, self.which)]
        wanted = {code for code, _ in matching([(str(line.file), _spoken(line)) for line in kept], self.typed)}
        return tuple(line for line in kept if str(line.file) in wanted)

    def narrow(self, *, which: Which | None = None, typed: str | None = None) -> None:
        """Show only some packs: all, one's own, those that need a look; those called so."""
        self.which = self.which if which is None else which
        self.typed = self.typed if typed is None else typed
        self.changed.emit()

    def choose(self, file: str) -> None:
        """Take a pack to hand."""
        if file != self.current:
            self.current = file
            self.changed.emit()

    @property
    def line(self) -> PackLine | None:
        """The pack at hand; none while the filters hide it, for nothing is done to what is not seen."""
        return next((line for line in self.shown if str(line.file) == self.current), None)

    def open(self, path: Path) -> None:
        """Look at a pack file; nothing is taken."""
        if self.state == "running":
            return
        desk, stale_after = self._desk, self._stale_after
        library, home, regions, today = desk.library, desk.services.home, desk.services.regions, desk.today
        self.name, self.seen, self.faults = printable(path.name), None, ()

        def looked(seen: Preview) -> None:
            self.seen = seen
            self._enter("preview")

        def work() -> Preview:
            return preview(path, library, home, regions, today, stale_after)

        def refused(error: BaseException) -> bool:
            if isinstance(error, BrokenPack):
                self.faults = fault_lines(error, desk.wording, self.name)
                self._enter("faulty")
            return isinstance(error, BrokenPack)

        self.state = "list"
        self._start(tr("Looking at {name}", name=self.name), work, looked, refused)

    def drop(self) -> None:
        """Put the file aside; nothing was changed."""
        if self.state in ("preview", "faulty"):
            self.seen, self.faults = None, ()
            self._enter("list")

    def take(self) -> None:
        """Take the file that was looked at."""
        seen, home = self.seen, self._desk.services.home
        if self.state != "preview" or seen is None:
            return

        def taken(undo: Undo) -> None:
            self.seen, self.current, self.which, self.typed = None, str(seen.target), "all", ""
            self._renewed(tr("Imported {name}", name=self._place_name(seen)), undo)

        self._start(tr("Importing {name}", name=self.name), lambda: self._renewing(take(seen, home)), taken)

    def _place_name(self, seen: Preview) -> str:
        return str(seen.incoming.data["name"][self._desk.wording.language])

    def remove(self) -> None:
        """Take the pack at hand away; the shipped one comes back where there is one."""
        line, desk = self.line, self._desk
        if line is None or not line.own or self.state != "list":
            return
        library, home, places = desk.library, desk.services.home, self._places()

        def work() -> Undo:
            return self._renewing(remove(library, home, line.file, places()))

        def removed(undo: Undo) -> None:
            self._renewed(tr("Removed {name}", name=name_of(line)), undo)

        self._start(tr("Removing {name}", name=name_of(line)), work, removed)

    @property
    def last(self) -> Undo | None:
        """What takes the last import or removal back that still stands."""
        return self._undos[-1] if self._undos else None

    def undo(self, undo: Undo | None = None) -> None:
        """Put back what an import or a removal has changed: the last one, unless another is given."""
        undo = undo if undo is not None else self.last
        if self.state == "running" or undo is None or undo not in self._undos:
            return
        library, places = self._desk.library, self._places()

        def work() -> None:
            restore(undo, library, places())
            self._renewing(undo)

        def undone(_: object) -> None:
            self._undos.remove(undo)
            self.seen, self.faults = None, ()
            self._renewed(tr("Undone; the packs are as they were."), None)

        self._start(tr("Undo"), work, undone)

    def _places(self) -> Callable[[], list[str]]:
        """Asks the book, on the worker thread, where its households are insured."""
        book, uses = self._desk.book, self._desk.services.usecases()
        return lambda: [] if book is None else [one.place for one in uses.summaries(book)]

    def export_to(self, path: Path) -> None:
        """Write the pack at hand where the user says."""
        line, library = self.line, self._desk.library
        if line is not None:
            self._write(path, lambda: export(library, line.place, path))

    def save_template(self, path: Path) -> None:
        """Write a new pack to fill in: for the place at hand, else for the household's."""
        place = self.template_place
        name = self._desk.services.regions.name(place)
        line = next((line for line in self.lines if line.place == place), None)
        zh, en = (line.name_zh, line.name_en) if line is not None else (name, english_name(name))
        text = new_pack(place, zh, en, self._desk.today)
        self._write(path, lambda: write_whole(path, text.encode()))

    @property
    def template_place(self) -> str:
        """The place that a new pack is begun for; its user may write another into it."""
        live, line = self._desk.live, self.line
        return (line.place if line is not None else "") or (live.household.place if live is not None else NATION)

    def _write(self, path: Path, work: Callable[[], object]) -> None:
        def written(_: object) -> None:
            self._enter("list")
            self.told.emit(tr("Saved {name}", name=path.name), None)

        self._start(tr("Exporting"), work, written)

    def _renewing(self, undo: Undo) -> Undo:
        """Read the packs anew, on the worker thread."""
        renew = self._desk.services.renew_library
        if renew is not None:
            renew()
        return undo

    def _renewed(self, said: str, undo: Undo | None) -> None:
        """Let everything follow the packs that are in use now."""
        desk = self._desk
        if undo is not None:
            self._undos.append(undo)
        self._read()
        self._enter("list")
        if desk.book is None:
            desk.changed.emit()
        else:
            desk.reload()
        self.told.emit(said, undo)

    def _start(
        self,
        label: str,
        work: Callable[[], Any],
        done: Callable[[Any], object],
        failed: Callable[[BaseException], bool] | None = None,
    ) -> None:
        """Work on the worker thread; `failed` may take a failure upon itself."""
        before: State = self.state
        self.failure = ""
        self._enter("running")

        def told(error: BaseException) -> None:
            if failed is None or not failed(error):
                self._failed(error, before)

        def finished(result: Any) -> None:
            done(result)

        self._desk.ops.run(label, lambda _: work(), finished, told)

    def _enter(self, state: State) -> None:
        self.state = state
        self.changed.emit()

    def _failed(self, error: BaseException, before: State) -> None:
        said = trouble_sentence(error, self._desk.wording)
        self.failure = said or ""
        self._enter(before)
        if said is None and not isinstance(error, Cancelled):
            self._desk.ops.crashed.emit(error)


def _let_through(line: PackLine, which: Which) -> bool:
    return {"all": True, "own": line.own, "attention": line.stale or bool(line.faults) or _doubtful(line)}[which]


def _doubtful(line: PackLine) -> bool:
    return bool(line.doubts) or line.signature.state in ("unsigned", "unknown", "broken")


def _spoken(line: PackLine) -> str:
    return f"{name_of(line)} {line.place}"
