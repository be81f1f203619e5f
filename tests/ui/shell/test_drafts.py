"""Half-done work: saved soon after the last change, offered back, forgotten once recorded."""

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from famgui.policy.library import Library
from famgui.ui.settlement.draft import ItemDraft, VisitDraft, as_body, from_body
from famgui.ui.settlement.viewmodel import SettlementVM
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.drafts import DraftKeeper
from famgui.usecase.draft import load, save
from tests.ui.building import NOW, close, desk_of, sample

BILL = (ItemDraft("检查", "service", "A", 0, 45_000), ItemDraft("药", "drug", "B", 1_000))


def settled_down(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: desk.ops.pending == 0)


def test_a_bill_is_back_after_a_crash(desk: Desk, qtbot: QtBot) -> None:
    vm = SettlementVM(desk)
    assert vm.keeper.delay <= 300
    with qtbot.waitSignal(vm.keeper.saved):
        vm.edit(patient="zhou", date=date(2025, 11, 20), kind="chronic", items=BILL, disease_limit=40_000)
    again = SettlementVM(desk)  # as after a restart: nothing but the book is left
    assert again.draft == vm.draft


def test_typing_on_saves_over_the_same_draft_and_recording_forgets_it(desk: Desk, qtbot: QtBot) -> None:
    vm = SettlementVM(desk)
    assert desk.book is not None and desk.live is not None
    kind = f"settlement-{desk.live.id}"
    for amount in (100, 200, 45_000):
        vm.edit(patient="wang", date=date(2025, 11, 20), items=(ItemDraft("检查", "service", "A", 0, amount),))
        vm.keeper.flush()
        settled_down(desk, qtbot)
    (kept,) = load(desk.book, kind)
    assert kept.body["items"][0]["amount"] == 45_000
    with qtbot.waitSignal(vm.recorded):
        vm.record()
    vm.keeper.flush()
    settled_down(desk, qtbot)
    assert load(desk.book, kind) == ()


def test_a_draft_that_makes_no_sense_is_passed_over(qapp: QApplication) -> None:
    good = VisitDraft("a", date(2025, 1, 2), "chronic", "primary", False, BILL, 5, None)
    assert from_body(as_body(good)) == good
    for spoilt in ({}, {"items": 3}, {"kind": "dental"}, {"date": "soon"}, {"colour": "red"}, {"items": [{"x": 1}]}):
        assert from_body({**as_body(good), **spoilt} if spoilt else {}) is None


def test_another_books_household_of_the_same_number_keeps_its_own_draft(
    desk: Desk, library: Library, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "other").mkdir()
    other = desk_of(tmp_path / "other", library, [sample()])
    keeper = DraftKeeper(desk, "trial")
    assert desk.book is not None and other.book is not None
    first, second = desk.book, other.book
    save(second, "trial-1", {"whose": "theirs"}, now=NOW)
    save(second, "trial-2", {"whose": "theirs too"}, now=NOW)
    keeper.keep({"whose": "ours"})
    keeper.flush()
    settled_down(desk, qtbot)
    desk.take(second, None, sample=False)
    keeper.keep({"whose": "ours, in the other book"})
    keeper.flush()
    settled_down(desk, qtbot)
    assert [kept.body["whose"] for kept in load(first, "trial-1")] == ["ours"]
    assert [kept.body["whose"] for kept in load(second, "trial-2")] == ["theirs too"]
    assert "theirs" in [kept.body["whose"] for kept in load(second, "trial-1")]
    desk.book = first
    close(other)
