"""Every page as a picture, and the settlement sheet as PDF, without anybody at the screen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from famgui.base.wording import Language
from famgui.domain.settlement import Visit
from famgui.ui.paper import write_pdf
from famgui.ui.settlement.draft import as_typed
from famgui.ui.sheet import settlement_sheet
from famgui.ui.shell.desk import Services
from famgui.ui.shell.window import PAGES
from famgui.ui.start import PageMaker, Program
from famgui.ui.theme.roles import ThemeChoice

_PATIENCE_MS = 30_000


@dataclass(frozen=True, slots=True)
class View:
    """How the pictures are taken."""

    width: int
    height: int
    theme: ThemeChoice
    scale: str
    language: Language


class TourFailed(Exception):
    """The window did not open in time, or a bug stopped it."""


def tour(
    services: Services,
    makers: Callable[[], dict[str, PageMaker]],
    folder: Path,
    view: View,
    *,
    pages: Sequence[str] = (*PAGES, "settings"),
    sheet: Path | None = None,
) -> list[Path]:
    """Open the window on the sample, bring every page up, and keep a picture of each in `folder`; the files written.

    With `sheet` the settlement sheet of the sample's dearest visit is written there as PDF. Raises `TourFailed`.
    """
    application = QApplication.instance() or QApplication(["famgui"])
    assert isinstance(application, QApplication)
    folder.mkdir(parents=True, exist_ok=True)
    program = Program(application, services, makers, language=view.language, today=lambda: SAMPLE_DAY)
    try:
        program.theme.apply(view.theme, view.scale)
        program.window.resize(view.width, view.height)
        program.window.show()
        _open(program)
        written = []
        for page in pages:
            program.go_to(page)
            if page == "settlement":
                _fill_bill(program)
            elif page == "binding":
                _try_in_law(program)
            _settle_down()
            path = folder / f"{page}-{view.theme}-{view.language}-{view.width}x{view.height}-{view.scale}.png"
            if not program.window.grab().save(str(path)):
                raise TourFailed(f"cannot write {path}")
            written.append(path)
        if sheet is not None:
            _write_sheet(program, sheet)
            written.append(sheet)
        return written
    finally:
        program.window.close()
        program.close()
        program.window.deleteLater()
        _settle_down()


SAMPLE_DAY = date(2025, 11, 22)
"""The day that pictures of the sample show; the sample family's year is 2025."""


def _open(program: Program) -> None:
    loop = QEventLoop()
    failed: list[BaseException] = []
    program.opened.connect(loop.quit)
    program.ops.crashed.connect(failed.append)
    program.ops.crashed.connect(loop.quit)
    QTimer.singleShot(_PATIENCE_MS, loop.quit)
    QTimer.singleShot(0, program.open)
    loop.exec()
    if failed or program.desk.book is None:
        raise TourFailed(repr(failed[0]) if failed else "the book did not open in time") from (
            failed[0] if failed else None
        )


def _settle_down() -> None:
    loop = QEventLoop()
    QTimer.singleShot(60, loop.quit)
    loop.exec()


def _dearest(program: Program) -> Visit | None:
    live = program.desk.live
    visits = [event for event in live.household.events if isinstance(event, Visit)] if live else []
    return max(visits, key=lambda visit: (len(visit.items), sum(item.amount for item in visit.items)), default=None)


def _fill_bill(program: Program) -> None:
    """Type the bill of the sample's dearest visit into the settlement page."""
    visit = _dearest(program)
    if visit is not None:
        vm = program.pages["settlement"].vm  # type: ignore[attr-defined]
        vm.edit(patient=visit.patient, items=tuple(as_typed(item) for item in visit.items))


def _try_in_law(program: Program) -> None:
    """Ask for a binding that the rules refuse, so that the checks show what they can say."""
    live = program.desk.live
    if live is not None and live.household.balances:
        authorizer = next(row.authorizer for row in live.household.bindings) if live.household.bindings else ""
        bound = {row.user for row in live.running.register if row.authorizer == authorizer}
        free = [person.id for person in live.household.persons if person.id not in bound | {authorizer}]
        if authorizer and free:
            vm = program.pages["binding"].vm  # type: ignore[attr-defined]
            vm.edit(authorizer=authorizer, user=free[-1], relation="in-law")


def _write_sheet(program: Program, path: Path) -> None:
    live, visit = program.desk.live, _dearest(program)
    if live is None or visit is None:
        return
    done = next(outcome for outcome in live.outcomes if outcome.event == visit)
    if done.settlement is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_pdf(settlement_sheet(visit, done.settlement, program.desk), path)
