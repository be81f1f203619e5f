"""What the rule packs page shows and does, without a window."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from famgui.ui.packs.viewmodel import PacksVM
from famgui.ui.packs.words import change_row, doubts_of, faults_of, source_words, state_words, summary_words
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.page import Shell
from famgui.usecase.household import import_household
from famgui.usecase.packs import Undo
from tests.ui.building import NOW, sample
from tests.ui.packs.building import PACK, Packs, done


@pytest.fixture
def packs(tmp_path: Path, desk: Desk) -> Packs:
    (tmp_path / "packs").mkdir()
    return Packs(tmp_path / "packs", desk)


@pytest.fixture
def vm(packs: Packs, shell: Shell) -> PacksVM:
    return PacksVM(shell.desk, shell.settings)


def told(vm: PacksVM) -> list[tuple[str, Undo | None]]:
    said: list[tuple[str, Undo | None]] = []
    vm.told.connect(lambda text, undo: said.append((text, undo)))
    return said


def test_the_households_pack_is_at_hand(vm: PacksVM) -> None:
    assert [line.place for line in vm.lines] == ["000000", "430000", "430200", "990003"]
    assert vm.line is not None and vm.line.place == "430200"
    assert summary_words(vm.lines) == "4 个规则包"


def test_looked_at_taken_and_undone(vm: PacksVM, packs: Packs, qtbot: QtBot) -> None:
    said, changed = told(vm), []
    packs.desk.changed.connect(lambda: changed.append(packs.keep()))
    before = packs.keep("430200")
    done(qtbot, vm, lambda: vm.open(packs.bring()))
    assert (vm.state, vm.name, said, changed) == ("preview", "湘潭.toml", [], [])
    assert not packs.own.exists()
    assert vm.seen is not None
    assert [change_row(change, packs.desk.wording) for change in vm.seen.changes] == [
        ("+ 新增", "账户须保留的余额", "—", "500.00 · XT-01"),
        ("+ 新增", "XT-01：动用门槛", "—", "<b>甲</b>"),
    ]
    done(qtbot, vm, vm.take)
    assert (vm.state, packs.keep(), changed) == ("list", 50_000, [50_000])
    assert vm.line is not None and vm.line.place == "430300"
    assert source_words(vm.line, packs.desk.wording) == "◆ 自备 · 未签名"
    ((text, undo),) = said
    assert text == "已导入 湘潭市" and undo is not None
    done(qtbot, vm, lambda: vm.undo(undo))
    assert list(packs.own.glob("*.toml")) == []
    assert packs.keep() == before
    assert said[-1] == ("已撤销，规则包恢复原样。", None)


def test_a_faulty_file_is_told_line_by_line_and_changes_nothing(vm: PacksVM, packs: Packs, qtbot: QtBot) -> None:
    done(qtbot, vm, lambda: vm.open(packs.bring(PACK.replace('"500.00"', "500").replace('"2"', '"x"'), "a.toml")))
    assert vm.state == "faulty"
    assert vm.faults == (
        "a.toml:4: version: “x”不合格式（应像：2026.11）",
        "a.toml:13: value[0].value: 要写成文字（加引号），现在是数字",
    )
    vm.take()
    vm.drop()
    assert (vm.state, vm.faults, vm.seen) == ("list", (), None)
    done(qtbot, vm, lambda: vm.open(packs.outside / "nothing.toml"))
    assert vm.state == "faulty" and len(vm.faults) == 1


def test_dropping_a_good_file_changes_nothing(vm: PacksVM, packs: Packs, qtbot: QtBot) -> None:
    done(qtbot, vm, lambda: vm.open(packs.bring()))
    vm.refresh()
    assert vm.state == "preview"
    vm.drop()
    assert (vm.state, vm.seen, packs.own.exists()) == ("list", None, False)


def test_removing_and_its_undo(vm: PacksVM, packs: Packs, qtbot: QtBot) -> None:
    done(qtbot, vm, lambda: vm.open(packs.bring()))
    done(qtbot, vm, vm.take)
    said = told(vm)
    done(qtbot, vm, vm.remove)
    assert [line.place for line in vm.lines if line.own] == []
    ((text, undo),) = said
    assert text == "已移除规则包：湘潭市" and undo is not None
    done(qtbot, vm, lambda: vm.undo(undo))
    assert [line.place for line in vm.lines if line.own] == ["430300"]


def test_a_shipped_one_is_not_removed(vm: PacksVM, packs: Packs) -> None:
    vm.remove()
    assert vm.state == "list"
    assert len(list(packs.shipped.iterdir())) == 4


def test_what_a_household_needs_is_told_and_stays(vm: PacksVM, packs: Packs, qtbot: QtBot) -> None:
    own = (packs.shipped / "430200-zhuzhou.toml").read_text("utf-8")
    done(qtbot, vm, lambda: vm.open(packs.bring(own)))
    done(qtbot, vm, vm.take)
    for name in ("430200-zhuzhou", "430000-hunan"):
        (packs.shipped / f"{name}.toml").unlink()
    packs.renew()
    vm.refresh()
    done(qtbot, vm, vm.remove)
    assert vm.state == "list" and "430200" in vm.failure
    assert (packs.own / "430200.toml").exists()


def test_export_and_template(vm: PacksVM, packs: Packs, qtbot: QtBot, tmp_path: Path) -> None:
    said = told(vm)
    done(qtbot, vm, lambda: vm.export_to(tmp_path / "out.toml"))
    assert (tmp_path / "out.toml").read_bytes() == (packs.shipped / "430200-zhuzhou.toml").read_bytes()
    assert vm.template_place == "430200"
    done(qtbot, vm, lambda: vm.save_template(tmp_path / "new.toml"))
    assert [text for text, _ in said] == ["已保存 out.toml", "已保存 new.toml"]
    done(qtbot, vm, lambda: vm.open(tmp_path / "new.toml"))
    assert vm.state == "preview"
    done(qtbot, vm, lambda: vm.export_to(tmp_path))
    assert vm.failure and vm.state == "preview"


def test_stale_faulty_and_own_ones_can_be_picked_out(vm: PacksVM, packs: Packs, qtbot: QtBot) -> None:
    done(qtbot, vm, lambda: vm.open(packs.bring(PACK.replace("2026-11-01", "2026-08-01"))))
    done(qtbot, vm, vm.take)
    (packs.own / "x.toml").write_text("format = 1", "utf-8")
    packs.renew()
    vm.refresh()
    vm.narrow(which="own")
    assert [line.place for line in vm.shown] == ["430300", ""]
    own, broken = vm.shown
    assert (state_words(own), state_words(broken)) == ("使用中", "✗ 有误")
    assert all(said.startswith("x.toml") for said in faults_of(broken, packs.desk.wording))
    vm.set_stale_after("90")
    assert [state_words(line) for line in vm.lines if line.own] == ["! 过期", "✗ 有误"]
    assert summary_words(vm.lines) == "6 个规则包、1 个过期、1 个有误"
    vm.narrow(which="all", typed="xiangtan")
    assert [line.place for line in vm.shown] == ["430300"]
    vm.narrow(typed="4302")
    assert [line.place for line in vm.shown] == ["430200"]


def test_without_a_book_packs_can_be_taken(vm: PacksVM, packs: Packs, qtbot: QtBot) -> None:
    book, packs.desk.book, packs.desk.live = packs.desk.book, None, None
    changed: list[date] = []
    packs.desk.changed.connect(lambda: changed.append(packs.desk.today))
    done(qtbot, vm, lambda: vm.open(packs.bring()))
    done(qtbot, vm, vm.take)
    assert (packs.keep(), len(changed)) == (50_000, 1)
    packs.desk.book = book


def test_what_the_filters_hide_is_not_at_hand(vm: PacksVM, packs: Packs, qtbot: QtBot) -> None:
    done(qtbot, vm, lambda: vm.open(packs.bring()))
    done(qtbot, vm, vm.take)
    vm.narrow(typed="zhuzhou")
    assert vm.line is None
    vm.remove()
    assert (vm.state, (packs.own / "430300.toml").exists()) == ("list", True)
    vm.narrow(typed="")
    assert vm.line is not None and vm.line.place == "430300"


def test_what_was_imported_is_seen_whatever_was_looked_for(vm: PacksVM, packs: Packs, qtbot: QtBot) -> None:
    vm.narrow(which="attention", typed="zhuzhou")
    done(qtbot, vm, lambda: vm.open(packs.bring()))
    done(qtbot, vm, vm.take)
    assert (vm.which, vm.typed) == ("all", "") and vm.line is not None and vm.line.place == "430300"


def test_steps_are_taken_back_one_by_one_the_last_one_first(vm: PacksVM, packs: Packs, qtbot: QtBot) -> None:
    vm.undo()
    assert (vm.state, vm.last) == ("list", None)
    for text in (PACK, PACK.replace('"2"', '"3"')):
        done(qtbot, vm, lambda text=text: vm.open(packs.bring(text)))  # type: ignore[misc]
        done(qtbot, vm, vm.take)
    done(qtbot, vm, vm.remove)
    own, found = packs.own / "430300.toml", []
    while vm.last is not None:
        done(qtbot, vm, vm.undo)
        found.append(own.read_text("utf-8") if own.exists() else "")
    assert found == [PACK.replace('"2"', '"3"'), PACK, ""]


def test_an_import_that_a_household_needs_by_now_is_not_taken_back(vm: PacksVM, packs: Packs, qtbot: QtBot) -> None:
    text = PACK.replace("430300", "990001").replace("XT-01", "QQ-01")
    done(qtbot, vm, lambda: vm.open(packs.bring(text)))
    done(qtbot, vm, vm.take)
    household = replace(sample(), place="990001", events=())
    import_household(packs.desk.book, packs.library.book, household, "外地", now=NOW)  # type: ignore[arg-type]
    done(qtbot, vm, vm.undo)
    assert vm.failure == (
        "账本里还有参保地为 990001 的家庭，移除后它们没有规则可用；请先改它们的参保地或导入另一个规则包"
    )
    assert (packs.own / "990001.toml").exists() and vm.last is not None


def test_a_file_name_is_only_shown(vm: PacksVM, packs: Packs, qtbot: QtBot) -> None:
    done(qtbot, vm, lambda: vm.open(packs.bring(name="a\u202eb\n\x1b[2J.toml")))
    assert (vm.state, vm.name) == ("preview", "a?b??[2J.toml")


def test_a_pack_put_there_by_hand_under_a_wrong_name_is_used_and_marked(vm: PacksVM, packs: Packs, desk: Desk) -> None:
    packs.own.mkdir(parents=True)
    (packs.own / "hand.toml").write_text(PACK.replace("湘潭市", "北京市"), "utf-8")
    packs.renew()
    vm.refresh()
    (line,) = [line for line in vm.lines if line.own]
    assert [line.place for line in vm.lines] == ["000000", "430000", "430200", "430300", "990003"]
    assert state_words(line) == "! 地名不符"
    assert doubts_of(line, desk.wording) == (
        "hand.toml: name.zh: 代码 430300 是“湘潭市”，不是“北京市”；请改地名或代码",
    )
    vm.narrow(which="attention")
    assert line in vm.shown


def test_a_pack_put_there_by_hand_with_a_day_to_come_is_marked(vm: PacksVM, packs: Packs, desk: Desk) -> None:
    packs.own.mkdir(parents=True)
    (packs.own / "hand.toml").write_text(PACK.replace("2026-11-01", "2126-11-01"), "utf-8")
    packs.renew()
    vm.refresh()
    (line,) = [line for line in vm.lines if line.own]
    assert (line.stale, state_words(line)) == (False, "! 核对日期未到")
    assert "核对日期 2126-11-01 还没有到" in doubts_of(line, desk.wording)[0]


def test_why_a_value_begins_early_is_seen_among_the_differences(vm: PacksVM, packs: Packs, qtbot: QtBot) -> None:
    text = PACK.replace('value = "500.00"', 'value = "500.00"\nearlier = "旧文件相同"')
    done(qtbot, vm, lambda: vm.open(packs.bring(text)))
    assert vm.seen is not None
    rows = [change_row(change, vm._desk.wording) for change in vm.seen.changes]
    assert [row.then for row in rows if "提早的原因：旧文件相同" in row.then]
