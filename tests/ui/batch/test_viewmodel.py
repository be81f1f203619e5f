"""The batch view-model on the sample family, without a window."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from famgui.ui.batch import rows
from famgui.ui.batch.rows import PAGE, TriedRows
from famgui.ui.batch.viewmodel import BatchVM
from famgui.ui.shell.desk import Desk
from tests.files.workbooks import bill, lines, read
from tests.ui.batch.building import BAD, GOOD, own_people, sample_workbook, wait


@pytest.fixture
def vm(desk: Desk) -> BatchVM:
    """A view-model that has nothing to show yet."""
    return BatchVM(desk)


@pytest.fixture
def told(vm: BatchVM) -> list[str]:
    """What it says."""
    said: list[str] = []
    vm.told.connect(lambda text, _: said.append(text))
    return said


def tried(vm: BatchVM) -> TriedRows:
    """What it shows."""
    assert vm.rows is not None
    return vm.rows


def test_nothing_at_first(vm: BatchVM) -> None:
    assert (vm.state, vm.rows, vm.can_record, vm.why_not) == ("empty", None, False, "")


def test_a_workbook_is_tried(vm: BatchVM, qtbot: QtBot, tmp_path: Path) -> None:
    wait(qtbot, vm, lambda: vm.open(sample_workbook(tmp_path)))
    assert (vm.state, vm.name, vm.failures) == ("done", "sample.xlsx", ())
    shown = tried(vm)
    assert (shown.sums.bills, shown.sums.total, shown.people, shown.bad_rows) == (3, 648_00, 3, 2)
    assert sum(shown.sums[2:]) == shown.sums.total
    assert [shown.count(view) for view in ("bills", "remarks", "problems")] == [3, 2, 2]
    first, second, third = shown.bills("bills", None)
    assert (first.result.bill.number, first.person, shown.kind(first)) == ("N1", "王芳", "门诊")
    assert shown.remarks(first) == ["李强的共济绑定已经到期，需重新绑定后才能用。"] == [shown.remark(first)]
    assert shown.remarks(second) == [] and shown.remark(second) == ""
    assert "不在个人账户可付的范围内" in shown.remark(third)
    assert [row.place for row in shown.bills("remarks", None)] == [0, 1]
    assert shown.bills("bills", third) == []
    unknown, amount = shown.problems(None)
    assert (unknown.sheet, unknown.row, unknown.column, unknown.mark) == ("费用", "5", "就诊人", "✗")
    assert amount.sentence.startswith("“五十”不是金额")
    assert vm.can_record and vm.why_not == ""


def test_tables_come_in_pages(vm: BatchVM, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert PAGE > 50
    monkeypatch.setattr(rows, "PAGE", 2)
    wait(qtbot, vm, lambda: vm.open(sample_workbook(tmp_path)))
    shown = tried(vm)
    first = shown.bills("bills", None)
    assert [row.place for row in first] == [0, 1]
    assert [row.place for row in shown.bills("bills", first[-1])] == [2]
    assert shown.problems(shown.problems(None)[-1]) == []


def test_the_bills_are_recorded_and_taken_back(
    vm: BatchVM, desk: Desk, told: list[str], qtbot: QtBot, tmp_path: Path
) -> None:
    assert desk.live is not None
    before = dict(desk.live.running.balances)
    wait(qtbot, vm, lambda: vm.open(sample_workbook(tmp_path)))
    with qtbot.waitSignal(desk.ops.changed):
        wait(qtbot, vm, vm.record)
    assert vm.recorded is not None and vm.recorded.count == 3 and not vm.can_record
    assert vm.why_not == "已记入账本：3 张单据。" and told == ["已记录 3 张单据"]
    assert [event.id for event in desk.live.household.events][-3:] == ["N1", "N2", "N3"]
    vm.record()
    assert vm.state == "done", "not twice"
    wait(qtbot, vm, vm.take_back)
    assert told[-1] == "已撤销 3 张单据" and vm.state == "empty"
    totals = {who: balance.total for who, balance in desk.live.running.balances.items()}
    assert totals == {who: balance.total for who, balance in before.items()}


def test_a_book_that_has_changed_takes_none(vm: BatchVM, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    path = sample_workbook(tmp_path, GOOD)
    other = BatchVM(desk)
    wait(qtbot, vm, lambda: vm.open(path))
    wait(qtbot, other, lambda: other.open(path))
    wait(qtbot, other, other.record)
    wait(qtbot, vm, vm.record)
    assert vm.recorded is None and vm.can_record
    assert vm.failures[0].startswith("单据 N1 现在算出来不一样了")


def test_people_of_the_workbook_are_not_recorded(vm: BatchVM, qtbot: QtBot, tmp_path: Path) -> None:
    wait(qtbot, vm, lambda: vm.open(own_people(tmp_path)))
    shown = tried(vm)
    assert shown.sums.bills == 1 and not vm.can_record
    assert vm.why_not.startswith("人员来自工作簿")
    (only,) = shown.bills("bills", None)
    assert shown.remark(only) == "由李强共济"


def test_a_file_that_cannot_be_read_is_told(vm: BatchVM, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_text("no", "utf-8")
    wait(qtbot, vm, lambda: vm.open(tmp_path / "x.xlsx"))
    assert vm.state == "empty" and vm.failures == ("x.xlsx: 不是能读的工作簿；请用表格软件另存为 .xlsx",)
    wait(qtbot, vm, lambda: vm.open(sample_workbook(tmp_path)))
    assert vm.failures == ()


def test_it_can_be_stopped(vm: BatchVM, told: list[str], qtbot: QtBot, tmp_path: Path) -> None:
    path = sample_workbook(tmp_path, [bill(f"M{number}", "王芳", "2026-01-10") for number in range(5_000)])
    vm.progressed.connect(lambda *_: vm.cancel())
    wait(qtbot, vm, lambda: vm.open(path))
    assert vm.state == "empty" and told == ["已停止，什么都没有改动"] and vm.failures == ()


def test_what_is_saved(vm: BatchVM, told: list[str], qtbot: QtBot, tmp_path: Path) -> None:
    vm.save_template(tmp_path / "template.xlsx")
    wait(qtbot, vm, lambda: vm.open(sample_workbook(tmp_path)))
    vm.save_results(tmp_path / "results.xlsx")
    vm.save_faulty(tmp_path / "faulty.xlsx")
    qtbot.waitUntil(lambda: len(told) == 3)
    assert told == ["已保存 template.xlsx", "已保存 results.xlsx", "已保存 faulty.xlsx"] and vm.has_template
    assert list(read(tmp_path / "template.xlsx")) == ["费用", "人员", "绑定", "年度累计"]
    assert len(lines(tmp_path / "results.xlsx", "结果")) == 3
    assert [row["单据号"] for row in lines(tmp_path / "faulty.xlsx", "费用")] == [row[0] for row in BAD]


def test_a_place_that_cannot_be_written_is_told(vm: BatchVM, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    vm.save_template(tmp_path / "file" / "template.xlsx")
    qtbot.waitUntil(lambda: bool(vm.failures))
    assert vm.failures[0].startswith("读写文件失败")


def test_another_book_has_another_batch(vm: BatchVM, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    wait(qtbot, vm, lambda: vm.open(sample_workbook(tmp_path)))
    vm.refresh()
    assert vm.state == "done"
    book, desk.book = desk.book, None
    vm.refresh()
    assert vm.state == "empty" and not vm.can_record
    desk.book = book
