"""The calendar file of the overview: what goes into it, and what is told when it cannot be written."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from PySide6.QtWidgets import QFileDialog

from famgui.policy.library import Library
from famgui.ui.overview.page import OverviewPage
from famgui.ui.shell.desk import Desk
from tests.ui.binding.building import desk_on
from tests.ui.overview.building import MAY, Looked, family
from tests.ui.overview.test_page import press


def test_a_year_of_dates_goes_to_a_calendar(
    dated: OverviewPage, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "dates"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    with qtbot.waitSignal(dated.agenda.told) as told:
        press(dated, "存为日历文件")
    assert told.args == ["已保存 dates.ics：5 个日期"]
    text = path.with_name("dates.ics").read_bytes()
    found = [(one.DTSTART, str(one["summary"]), len(one.walk("valarm"))) for one in Calendar.from_ical(text).events]
    assert found == [
        (date(2025, 12, 31), "绑定到期：李强 → 王芳", 1),
        (date(2025, 12, 31), "绑定到期：李强 → 李小明", 1),
        (date(2025, 12, 31), "绑定到期：王芳 → 李小明", 1),
        (date(2026, 1, 31), "居民医保 2026 缴费截止", 1),
        (date(2026, 6, 30), "绑定到期：李强 → 周秀英", 1),
    ]
    live = dated.shell.desk.live
    assert live is not None
    numbers = [person.id_number for person in live.household.persons if person.id_number]
    assert numbers
    assert [number for number in numbers if number.encode() in text] == []


def test_a_time_to_pay_goes_to_the_calendar_once(
    tmp_path: Path, library: Library, zh: None, looked: Looked, qtbot: Any
) -> None:
    with desk_on(MAY, tmp_path, library, family(None), family(None, place="430200")) as desk:
        vm = looked(desk)
        with qtbot.waitSignal(vm.told):
            vm.save(tmp_path / "dates.ics")
    events = Calendar.from_ical((tmp_path / "dates.ics").read_bytes()).events
    assert [(one.DTSTART, str(one["summary"])) for one in events] == [
        (date(2025, 9, 1), "居民医保 2026 开始缴费"),
        (date(2026, 1, 31), "居民医保 2026 缴费截止"),
    ]
    assert ["待核" in str(one["description"]) for one in events] == [False, False]


def test_the_same_dates_keep_their_ids(desk: Desk, tmp_path: Path, looked: Looked, qtbot: Any) -> None:
    vm, found = looked(desk), []
    for day, name in ((date(2025, 12, 10), "a.ics"), (date(2025, 12, 20), "b.ics")):
        desk._today = lambda day=day: day
        with qtbot.waitSignal(vm.told):
            vm.save(tmp_path / name)
        events = Calendar.from_ical((tmp_path / name).read_bytes()).events
        found.append({str(one["uid"]): str(one["summary"]) for one in events})
    assert found[0] == found[1]
    assert len(found[0]) == 5


def test_nothing_within_a_year_writes_nothing(
    tmp_path: Path, library: Library, zh: None, looked: Looked, qtbot: Any
) -> None:
    with desk_on(date(2026, 3, 1), tmp_path, library, family(None)) as desk:
        vm = looked(desk)
        with qtbot.waitSignal(vm.told) as told:
            vm.save(tmp_path / "dates.ics")
    assert told.args == ["未来一年没有要办的日期，没有保存。"]
    assert not (tmp_path / "dates.ics").exists()


def test_what_cannot_be_written_is_told(desk: Desk, tmp_path: Path, looked: Looked, qtbot: Any) -> None:
    (tmp_path / "file").write_bytes(b"")
    vm = looked(desk)
    with qtbot.waitSignal(vm.told) as told:
        vm.save(tmp_path / "file" / "dates.ics")
    assert told.args[0].startswith("没有保存：")


def test_saving_can_be_stopped(desk: Desk, tmp_path: Path, looked: Looked, qtbot: Any) -> None:
    vm = looked(desk)
    with qtbot.waitSignal(vm.told) as told:
        vm.save(tmp_path / "dates.ics")
        desk.ops.cancel()
    assert told.args == ["已停止，没有保存。"]
    assert not (tmp_path / "dates.ics").exists()
