"""Every page as a picture, and the settlement sheet as PDF, without anybody at the screen."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from famgui.base.wording import Language
from famgui.domain.binding_wish import Party
from famgui.domain.money import format_amount
from famgui.domain.settlement import Visit
from famgui.files.answer import settlement_fields
from famgui.ui.paper import write_pdf
from famgui.ui.plan.draft import Row
from famgui.ui.settlement.draft import as_typed
from famgui.ui.sheet import settlement_sheet
from famgui.ui.shell.desk import Services
from famgui.ui.shell.window import ALL_PAGES
from famgui.ui.start import PageMaker, Program
from famgui.ui.theme.roles import ThemeChoice
from famgui.ui.theme.style import new_application
from famgui.ui.wizard import edits

_PATIENCE_MS = 120_000
_ROUNDS = 3
"""Layouts that set off one another come to rest in one or two rounds."""


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
    pages: Sequence[str] = ALL_PAGES,
    sheet: Path | None = None,
) -> list[Path]:
    """Open the window on the sample, bring every page up, and keep a picture of each in `folder`; the files written.

    With `sheet` the settlement sheet of the sample's dearest visit is written there as PDF. Raises `TourFailed`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with showing(services, makers, view) as program:
        written = []
        for page in pages:
            path = folder / f"{page}-{view.theme}-{view.language}-{view.width}x{view.height}-{view.scale}.png"
            if not picture_of(program, page).save(str(path)):
                raise TourFailed(f"cannot write {path}")
            written.append(path)
        if sheet is not None:
            _write_sheet(program, sheet)
            written.append(sheet)
        return written


@contextmanager
def showing(services: Services, makers: Callable[[], dict[str, PageMaker]], view: View) -> Iterator[Program]:
    """The program with its window open on the sample, for as long as it is looked at. Raises `TourFailed`."""
    application = QApplication.instance() or new_application()
    assert isinstance(application, QApplication)
    blinking = application.cursorFlashTime()
    application.setCursorFlashTime(0)
    program = Program(application, services, makers, language=view.language, today=lambda: SAMPLE_DAY)
    try:
        program.theme.apply(view.theme, view.scale)
        program.window.resize(view.width, view.height)
        program.window.show()
        _open(program)
        yield program
    finally:
        program.window.close()
        program.close()
        program.window.deleteLater()
        application.setCursorFlashTime(blinking)
        _wait(60)


def picture_of(program: Program, page: str) -> QImage:
    """The window with a page brought up, when it has come to rest. Raises `TourFailed` if it does not."""
    bring_up(program, page)
    return _picture(program)


def bring_up(program: Program, page: str) -> None:
    """Have a page on the screen, filled in. Raises `TourFailed` when it does not come to rest."""
    program.go_to(page)
    _FILLED.get(page, _as_it_is)(program)
    _settle_down(program)


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


def _settle_down(program: Program) -> None:
    """Let what a page began on the writer thread come to its end, and the screen be painted."""
    _wait(60)
    for _ in range(_PATIENCE_MS // 60):
        if not program.ops.pending:
            return
        _wait(60)
    raise TourFailed("a page is still busy")


def _picture(program: Program) -> QImage:
    """The window once it no longer changes: what is laid out late has found its place."""
    seen = program.window.grab().toImage()
    for _ in range(_PATIENCE_MS // 60):
        _wait(60)
        before, seen = seen, program.window.grab().toImage()
        if seen == before and not program.ops.pending:
            break
    return seen


def _wait(milliseconds: int) -> None:
    """Let time pass; a machine that is busy with other things may have laid out nothing in it, so then let everything
    happen that is waiting to."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
    for _ in range(_ROUNDS):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


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


def _expect_visits(program: Program) -> None:
    """Expect a tertiary visit every month and medicine every second week, into the next year."""
    live = program.desk.live
    visit = _dearest(program)
    if live is not None and visit is not None:
        rows = (
            Row(visit.patient, "outpatient", "tertiary", 60_000, 3_000, "month-1"),
            Row(visit.patient, "pharmacy", "tertiary", 12_000, 0, "week-2"),
        )
        program.pages["plan"].vm.edit(rows=rows, next_year=True)  # type: ignore[attr-defined]


def _state_a_receipt(program: Program) -> None:
    """Paste the dearest visit's settlement with ten fen too much cash."""
    live, visit = program.desk.live, _dearest(program)
    done = next((outcome for outcome in live.outcomes if outcome.event == visit), None) if live else None
    if done is not None and done.settlement is not None:
        fields = settlement_fields(done.settlement)
        fields["psn_cash_pay"] = format_amount(done.settlement.cash + 10)
        program.pages["verify"].vm.take_text(json.dumps(fields))  # type: ignore[attr-defined]


def _bind_father_in_law(program: Program) -> None:
    """Begin to bind whoever of the sample is free as an in-law, which the rules refuse."""
    live = program.desk.live
    vm = program.pages["wizard"].vm  # type: ignore[attr-defined]
    if live is None or not live.household.bindings or vm.waiting is not None:
        return
    giver = live.household.bindings[0].authorizer
    bound = {row.user for row in live.running.register if row.authorizer == giver}
    free = [person.id for person in live.persons if person.id not in bound | {giver}]
    vm.edit(lambda state: edits.choose(state, Party(giver)), moved=True)
    vm.onward()
    if not free:
        return
    vm.edit(lambda state: edits.add(state, Party(free[0])), moved=True)
    vm.edit(lambda state: edits.waive(state, [pair for line in vm.lines for pair in line.waive]))
    vm.onward()
    vm.set_relation(free[0], "in-law")


def _as_it_is(program: Program) -> None:
    """Most pages show enough by themselves."""


_FILLED: Mapping[str, Callable[[Program], None]] = {
    "settlement": _fill_bill,
    "wizard": _bind_father_in_law,
    "plan": _expect_visits,
    "verify": _state_a_receipt,
}
"""What is typed on a page before its picture is taken."""


def _write_sheet(program: Program, path: Path) -> None:
    live, visit = program.desk.live, _dearest(program)
    if live is None or visit is None:
        return
    done = next(outcome for outcome in live.outcomes if outcome.event == visit)
    if done.settlement is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_pdf(settlement_sheet(visit, done.settlement, program.desk), path)
