"""Every worked case in the window: imported, shown on every page, settled as in the terminal, exported the same."""

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from famgui.domain.timeline import run
from famgui.files.casefile import read_case
from famgui.ui.shell.window import PAGES
from famgui.ui.start import Program

CASES = sorted((Path(__file__).parents[2] / "cases").glob("*.toml"))


def test_every_case_goes_through_the_window(program: Callable[[], Program], qtbot: QtBot, tmp_path: Path) -> None:
    window = program()
    assert len(CASES) >= 19
    for case in CASES:
        with qtbot.waitSignal(window.desk.changed):
            window.files.import_file(case, anyway=True)
        live, household = window.desk.live, read_case(case)
        assert live is not None and live.title == case.stem
        for page in PAGES:
            window.go_to(page)
        timeline = run(household, window.desk.library.book(household.place))
        assert live.outcomes == timeline.outcomes, case.name
        assert live.running.balances == timeline.balances, case.name
        out = tmp_path / f"{case.stem}.famgui.toml"
        window.desk.services.usecases().export_file(window.desk.book, live.id, out)
        assert read_case(out) == household, case.name
    assert len(window.desk.titles) == len(CASES) + 1
