"""The list's view-model on the sample family, without a window."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from famgui.domain.household import Household
from famgui.domain.person import Person
from famgui.files.roster.form import COLUMNS
from famgui.files.roster.source import open_list
from famgui.store.book import Book
from famgui.ui.roster import rows
from famgui.ui.roster.rows import PAGE, TriedRows
from famgui.ui.roster.viewmodel import RosterVM
from famgui.ui.shell.desk import Desk
from famgui.usecase.household import import_household, summaries
from tests.files.rosters import THEN, line
from tests.files.workbooks import lines
from tests.ui.building import NOW
from tests.ui.roster.building import BAD, GOOD, sample_list, strange_list, wait


@pytest.fixture
def vm(desk: Desk) -> RosterVM:
    """A view-model that has nothing to show yet."""
    return RosterVM(desk)


@pytest.fixture
def told(vm: RosterVM) -> list[str]:
    """What it says."""
    said: list[str] = []
    vm.told.connect(said.append)
    return said


def tried(vm: RosterVM) -> TriedRows:
    """What it shows."""
    assert vm.rows is not None
    return vm.rows


def homes(desk: Desk) -> list[str]:
    """What the book's households are called."""
    assert desk.book is not None
    return [one.title for one in summaries(desk.book)]


def test_nothing_at_first(vm: RosterVM) -> None:
    assert (vm.state, vm.rows, vm.can_take, vm.failures) == ("empty", None, False, ())


def test_a_list_is_tried_and_the_book_left_alone(vm: RosterVM, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    vm.progressed.connect(lambda done, total: seen.append((done, total)))
    wait(qtbot, vm, lambda: vm.open(sample_list(tmp_path)))
    shown = tried(vm)
    assert (vm.state, vm.name) == ("done", "名单.csv") and homes(desk) == ["家"]
    assert [shown.count(view) for view in ("all", "held", "look", "there")] == [7, 2, 1, 1]
    first, second, third, fourth, fifth, *_ = shown.page("all", None)
    assert [shown.mark(one) for one in (first, second, third, fourth, fifth)] == ["✓", "✓", "✓", "!", "·"]
    assert [shown.state(one) for one in (first, second, fifth)] == ["今天申请", "已有绑定", "已在账本"]
    assert (shown.person(first.row.authorizer), shown.person(first.row.user)) == ("甲一", "乙二")
    assert (shown.relation(first), shown.last_day(first), shown.last_day(second)) == ("子女", THEN.isoformat(), "不限")
    assert shown.first_day(second) == "2025-03-01" and shown.last_day(fifth) == ""
    assert shown.remark(first) == "" and shown.remark(fourth).startswith("关系：按证件号码，乙七")
    in_law, day = shown.page("held", None)
    assert [one.clause for one in shown.told(in_law)] == ["N-04", ""]
    assert shown.remark(in_law).endswith("（另 1 项）") and shown.remark(day).startswith("开始日期：“哪天”不是日期")
    assert "430***********" in shown.whole(in_law) and shown.whole(in_law).startswith("第 7 行 · 甲八")


def test_the_gravest_of_several_remarks_comes_first(vm: RosterVM, qtbot: QtBot, tmp_path: Path) -> None:
    one = line(1, 2, "岳母", 使用人手机号="")
    wait(qtbot, vm, lambda: vm.open(sample_list(tmp_path, (one,))))
    (row,) = tried(vm).page("all", None)
    assert [one.text[0] for one in tried(vm).told(row)] == ["✗", "·"]


def test_the_rows_come_in_pages(vm: RosterVM, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert PAGE > 50
    monkeypatch.setattr(rows, "PAGE", 2)
    wait(qtbot, vm, lambda: vm.open(sample_list(tmp_path, GOOD)))
    first = tried(vm).page("all", None)
    assert [one.number for one in first] == ["2", "3"]
    assert [one.number for one in tried(vm).page("all", first[-1])] == ["4", "5"]


def test_rows_with_problems_are_left_out_only_where_one_says_so(
    vm: RosterVM, desk: Desk, told: list[str], qtbot: QtBot, tmp_path: Path
) -> None:
    wait(qtbot, vm, lambda: vm.open(sample_list(tmp_path)))
    assert not vm.can_take
    vm.take()
    assert vm.state == "done" and homes(desk) == ["家"]
    vm.set_leave_out(True)
    assert vm.can_take
    wait(qtbot, vm, vm.take)
    assert vm.taken is not None and vm.taken.rows == 4 and told == ["已导入 4 行"] and not vm.can_take
    assert homes(desk) == ["家", "甲一家庭", "甲三家庭", "甲六家庭"]
    assert desk.titles == dict(enumerate(homes(desk), 1))
    assert desk.live is not None and [person.name for person in desk.live.persons][-1] == "乙五"
    wait(qtbot, vm, lambda: vm.open(sample_list(tmp_path)))
    assert tried(vm).count("there") == 5 and not vm.can_take and vm.taken is None and not vm.leave_out


def test_a_list_without_problems_may_be_taken_at_once(vm: RosterVM, qtbot: QtBot, tmp_path: Path) -> None:
    wait(qtbot, vm, lambda: vm.open(sample_list(tmp_path, GOOD)))
    assert vm.can_take


def test_columns_that_nobody_knows_are_placed_by_the_user(vm: RosterVM, qtbot: QtBot, tmp_path: Path) -> None:
    wait(qtbot, vm, lambda: vm.open(strange_list(tmp_path)))
    assert vm.state == "columns" and vm.missing == ("authorizer.name", "authorizer.id_number")
    vm.try_again()
    assert vm.state == "columns"
    wanted = ("authorizer.name", "authorizer.id_number", "authorizer.insurance", "user.name", "user.id_number")
    wanted = (*wanted, "user.insurance", "user.phone", "relation", "starts", "ends")
    for place, key in enumerate(wanted):
        vm.place(key, place)
    vm.place("user.phone", 0)
    assert vm.mapped["authorizer.name"] == -1 and vm.missing == ("authorizer.name",)
    vm.place("authorizer.name", 0)
    vm.place("user.phone", 6)
    assert vm.missing == ()
    wait(qtbot, vm, vm.try_again)
    assert vm.state == "done" and tried(vm).plan.count("new") == 2
    vm.show_columns()
    assert vm.state == "columns"
    vm.place("ends", -1)
    wait(qtbot, vm, vm.try_again)
    assert tried(vm).plan.count("new") == 1


def test_the_book_may_change_meanwhile(vm: RosterVM, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    other = RosterVM(desk)
    for one in (vm, other):
        wait(qtbot, one, lambda one=one: one.open(sample_list(tmp_path, GOOD)))
    wait(qtbot, other, other.take)
    vm.take()
    qtbot.waitUntil(lambda: vm.state == "done")
    assert vm.failures == ("试导入之后账本有变动，没有导入；名单已重新核对。",)
    assert tried(vm).count("there") == 5 and vm.taken is None


def test_work_can_be_cancelled(vm: RosterVM, told: list[str], qtbot: QtBot, tmp_path: Path) -> None:
    path = sample_list(tmp_path, tuple(line(giver, 500 + giver) for giver in range(1, 400)))
    vm.open(path)
    assert vm.state == "running"
    vm.open(path)
    vm.cancel()
    qtbot.waitUntil(lambda: vm.state == "empty")
    assert told == ["已停止，什么都没有改动"]


def test_files_come_out(vm: RosterVM, desk: Desk, told: list[str], qtbot: QtBot, tmp_path: Path) -> None:
    vm.save_faulty(tmp_path / "no.xlsx")
    vm.save_template(tmp_path / "t.xlsx")
    wait(qtbot, vm, lambda: vm.open(sample_list(tmp_path)))
    vm.save_faulty(tmp_path / "f.xlsx")
    vm.save_register(tmp_path / "r.csv", whole=False)
    vm.save_register(tmp_path / "all.xlsx", whole=True)
    qtbot.waitUntil(lambda: len(told) == 4)
    assert told == ["已保存 t.xlsx", "已保存 f.xlsx", "已保存 r.csv", "已保存 all.xlsx"]
    assert not (tmp_path / "no.xlsx").exists()
    assert len(list(open_list(tmp_path / "t.xlsx").rows())) == 1
    faulty = lines(tmp_path / "f.xlsx", "名单")
    assert [row["授权人姓名"] for row in faulty] == ["甲八", "甲一零"] and "N-04" in faulty[0]["问题"]
    given = lines(tmp_path / "all.xlsx", "名单")
    assert len(given[0]) == len(COLUMNS) and {"李强", "王芳"} <= {row["授权人姓名"] for row in given}
    assert len(list(open_list(tmp_path / "r.csv").rows())) == len(given)


def test_what_a_list_cannot_bring_back_is_told(
    vm: RosterVM, desk: Desk, told: list[str], qtbot: QtBot, tmp_path: Path
) -> None:
    assert desk.book is not None
    nameless = Household("430200", (Person("x", "resident", "430200", "无号"),))
    import_household(desk.book, desk.library.book, nameless, "别家", now=NOW)
    desk.reload()
    vm.save_register(tmp_path / "r.xlsx", whole=True)
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["已保存 r.xlsx；有 1 人没有身份证号，再导入时不能认人"]


def test_a_file_that_cannot_be_taken_or_written(vm: RosterVM, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_text("no", "utf-8")
    wait(qtbot, vm, lambda: vm.open(tmp_path / "x.xlsx"))
    assert vm.state == "empty" and vm.failures[0].startswith("x.xlsx: 不是能读的名单")
    (tmp_path / "folder.xlsx").mkdir()
    vm.save_template(tmp_path / "folder.xlsx")
    qtbot.waitUntil(lambda: "读写文件失败" in vm.failures[0])


def test_another_book_puts_the_list_away(vm: RosterVM, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    wait(qtbot, vm, lambda: vm.open(sample_list(tmp_path, BAD)))
    vm.refresh()
    assert vm.state == "done"
    first = desk.book
    assert first is not None
    desk.take(Book.open(tmp_path / "other.sqlite"), None, sample=False)
    vm.refresh()
    assert vm.state == "empty"
    vm.save_register(tmp_path / "nothing.xlsx", whole=True)
    first.close()
