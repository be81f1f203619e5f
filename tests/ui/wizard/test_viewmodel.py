"""The wizard without a window: back and on, guesses, what is half-done, another household, orders of payment."""

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from famgui.domain.binding_wish import Party
from famgui.domain.household import Household
from famgui.domain.persondraft import PersonDraft
from famgui.policy.library import Library
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.drafts import DraftKeeper
from famgui.ui.wizard import edits
from famgui.ui.wizard.guess import guesses
from famgui.ui.wizard.viewmodel import WizardVM
from famgui.usecase.draft import load
from tests.ui.building import close, desk_of
from tests.ui.wizard.building import bound, employee, family, number, resident
from tests.ui.wizard.conftest import DAY, DeskOf

PNG = b"\x89PNG\r\n\x1a\n" + b"picture"


def settled_down(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: desk.ops.pending == 0)


def chosen(desk: Desk, giver: str, *users: str) -> WizardVM:
    """The wizard at the terms of these people."""
    vm = WizardVM(desk)
    vm.edit(partial(edits.choose, party=Party(giver)))
    vm.onward()
    for user in users:
        vm.edit(partial(edits.add, party=Party(user)))
    vm.onward()
    assert vm.state.step == "terms", vm.lines
    return vm


def recorded(vm: WizardVM, qtbot: QtBot) -> None:
    """Go on to the end; what is asked for on the way is given."""
    while vm.state.step != "review":
        if vm.state.step == "commitment":
            vm.edit(lambda state: replace(state, committed=True))
        before = vm.state.step
        vm.onward()
        assert vm.state.step != before, vm.lines
    with qtbot.waitSignal(vm.recorded):
        vm.onward()
    settled_down(vm.desk, qtbot)


def test_back_is_exact_and_what_was_entered_further_on_is_there_again(desk_with: DeskOf) -> None:
    vm = chosen(desk_with(family()), "li", "zhou", "fu")
    vm.edit(partial(edits.set_terms, handle="zhou", ends=date(2025, 9, 9)))
    at_terms = vm.state
    vm.back()
    vm.back()
    assert vm.state.step == "authorizer" and vm.state.wishes == ()
    vm.onward()
    vm.onward()
    assert vm.state == at_terms


def test_relations_are_guessed_by_age_and_a_guess_ends_when_somebody_says_so(desk_with: DeskOf) -> None:
    vm = chosen(desk_with(family()), "li", "zhou", "fu")
    assert [wish.relation for wish in vm.state.wishes] == ["parent", "parent"]
    assert vm.guessed == {"zhou", "fu"}
    vm.set_relation("zhou", "sibling")
    assert vm.guessed == {"fu"}
    vm.back()
    vm.onward()
    assert vm.state.wishes[0].relation == "sibling"
    assert vm.guessed == {"fu"}


@pytest.mark.parametrize(
    ("first17", "guess"),
    [
        ("43020219570203002", "parent"),
        ("43020219600203004", None),  # a second mother is the spouse's more often than not
        ("43020219350203002", None),  # a grandmother of either side
        ("43020219860203002", "spouse"),
        ("43020219860203001", None),  # a sister or a friend
        ("43020220100203001", "child"),
        ("43020219960203002", "spouse"),
        ("43020220050203002", "child"),
    ],
)
def test_what_is_likely(first17: str, guess: str | None, desk_with: DeskOf) -> None:
    mother = resident("mother", "周秀英", "43020219570203002")
    home = Household("430200", (employee("li", "李强", "43020219850101001"), resident("who", "某某", first17), mother))
    vm = WizardVM(desk_with(replace(home, balances={})))
    state = edits.add(edits.choose(vm.state, Party("li")), Party("who"))
    if first17 == "43020219600203004":
        state = edits.set_terms(edits.add(state, Party("mother")), "mother", relation="parent")
        assert guesses(replace(state, wishes=tuple(reversed(state.wishes))), vm.around) == {}
        return
    assert guesses(state, vm.around).get("who") == guess


def test_who_was_bound_before_is_what_they_were(desk_with: DeskOf) -> None:
    old = bound("fu", "sibling", ends=date(2025, 3, 1))
    vm = chosen(desk_with(family(bindings=[old])), "li", "fu")
    assert vm.state.wishes[0].relation == "sibling"


def test_a_commitment_holds_only_for_what_stood_when_it_was_made(desk_with: DeskOf) -> None:
    vm = chosen(desk_with(family()), "li", "zhou")
    vm.onward()
    vm.edit(lambda state: replace(state, committed=True))
    vm.back()
    vm.edit(partial(edits.set_terms, handle="zhou", ends=date(2025, 8, 1)))
    vm.onward()
    assert vm.state.step == "commitment" and not vm.state.committed


def test_what_is_half_done_is_offered_back_and_forgotten_once_recorded(desk_with: DeskOf, qtbot: QtBot) -> None:
    desk = desk_with(family())
    vm = chosen(desk, "li", "zhou")
    vm.set_relation("zhou", "parent")
    settled_down(desk, qtbot)
    assert vm.keeper.delay <= 300
    with qtbot.waitSignal(vm.keeper.saved):
        vm.edit(partial(edits.set_terms, handle="zhou", ends=date(2025, 9, 9)))
    settled_down(desk, qtbot)
    again = WizardVM(desk)  # as after a restart: nothing but the book is left
    assert again.waiting is not None
    assert (again.waiting.summary, again.waiting.stage) == ("李强 → 周秀英", "关系与期限")
    again.resume()
    assert again.flow == vm.flow
    recorded(again, qtbot)
    assert desk.book is not None and load(desk.book, "wizard-1") == ()
    assert WizardVM(desk).waiting is None


def test_what_is_recorded_takes_its_draft_along(
    desk_with: DeskOf, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_with(family())
    vm = chosen(desk, "li", "zhou")
    vm.keeper.flush()
    settled_down(desk, qtbot)
    assert desk.book is not None and load(desk.book, "wizard-1")
    whole = DraftKeeper.keep
    monkeypatch.setattr(DraftKeeper, "keep", lambda keeper, body: None if body is None else whole(keeper, body))
    recorded(vm, qtbot)
    assert load(desk.book, "wizard-1") == (), "it waits for nothing that comes after the record"


def test_beginning_anew_forgets_what_was_half_done(desk_with: DeskOf, qtbot: QtBot) -> None:
    desk = desk_with(family())
    chosen(desk, "li", "zhou").keeper.flush()
    settled_down(desk, qtbot)
    again = WizardVM(desk)
    again.anew()
    again.keeper.flush()
    settled_down(desk, qtbot)
    assert WizardVM(desk).waiting is None


def test_a_book_without_a_household_keeps_one_too(desk_with: DeskOf, qtbot: QtBot) -> None:
    desk = desk_with()
    vm = WizardVM(desk)
    draft = PersonDraft("李强", number("43020219850101001"), insured_place="430200")
    vm.edit(partial(edits.choose, party=Party("n1", draft)))
    vm.keeper.flush()
    settled_down(desk, qtbot)
    again = WizardVM(desk)
    assert again.waiting is not None and again.waiting.summary == "李强"
    again.resume()
    assert again.state.authorizer == Party("n1", draft)


def test_papers_are_read_again_and_one_that_is_gone_is_told(desk_with: DeskOf, tmp_path: Path, qtbot: QtBot) -> None:
    desk = desk_with(family("990003"))
    vm = chosen(desk, "li", "zhou")
    paper, lost = tmp_path / "hukou.png", tmp_path / "lost.png"
    paper.write_bytes(PNG)
    lost.write_bytes(PNG + b"2")
    vm.take_files("zhou", [paper, lost, tmp_path])
    assert vm.state.wishes[0].proofs == ("hukou.png", "lost.png")
    vm.keeper.flush()
    settled_down(desk, qtbot)
    lost.unlink()
    again = WizardVM(desk)
    with qtbot.waitSignal(again.told) as told:
        again.resume()
    assert again.state.wishes[0].proofs == ("hukou.png",)
    assert "lost.png" in told.args[0]


def test_another_household_has_its_own_half_done_binding(desk_with: DeskOf, qtbot: QtBot) -> None:
    desk = desk_with(family(), family("350000"))
    vm = chosen(desk, "li", "zhou")
    desk.reload(2)
    assert vm.state.step == "authorizer" and vm.waiting is None and vm.place == "350000"
    settled_down(desk, qtbot)
    desk.reload(1)
    assert vm.waiting is not None and vm.waiting.stage == "关系与期限"


def test_a_new_household_beside_the_one_at_hand(desk_with: DeskOf, qtbot: QtBot) -> None:
    desk = desk_with(family())
    vm = WizardVM(desk)
    giver = PersonDraft("王芳", number("43020219870506002"), insured_place="430200")
    mother = PersonDraft("陈桂兰", number("43020219600708002"), "13800000000", "resident", insured_place="430200")
    vm.edit(partial(edits.choose, party=Party("n1", giver)))
    vm.set_apart(True)
    assert vm.around.setting.register == () and "li" not in vm.around.setting.persons
    vm.onward()
    vm.edit(partial(edits.add, party=Party("n2", mother)))
    recorded(vm, qtbot)
    assert desk.live is not None and desk.live.id == 2
    assert (desk.live.title, [person.name for person in desk.persons]) == ("王芳家", ["王芳", "陈桂兰"])
    assert vm.state.step == "done" and vm.finished is not None and len(vm.finished.ids) == 1


def test_a_second_authorizer_pays_last_unless_another_place_is_chosen(desk_with: DeskOf, qtbot: QtBot) -> None:
    wife = employee("wang", "王芳", "43020219870506002")
    home = family("430200", wife, bindings=[bound("zhou", "other", giver="wang"), bound("fu", "other", giver="wang")])
    desk = desk_with(home)
    vm = chosen(desk, "li", "zhou", "fu")
    assert [wish.priority for wish in vm.state.wishes] == [2, 2]
    vm.edit(partial(edits.set_terms, handle="zhou", priority=1))
    recorded(vm, qtbot)
    assert desk.live is not None
    order = {(row.user, row.authorizer): row.priority for row in desk.live.running.register}
    assert order["zhou", "li"] < order["zhou", "wang"]
    assert order["fu", "wang"] < order["fu", "li"]


def test_what_was_recorded_can_be_taken_back(desk_with: DeskOf, qtbot: QtBot) -> None:
    desk = desk_with(family())
    vm = chosen(desk, "li", "zhou", "fu")
    recorded(vm, qtbot)
    assert desk.live is not None and len(desk.live.running.register) == 2
    vm.take_back()
    settled_down(desk, qtbot)
    assert len(desk.live.running.register) == 0
    assert vm.state.step == "review" and vm.state.committed
    assert [wish.relation for wish in vm.state.wishes] == ["parent", "parent"]
    recorded(vm, qtbot)
    assert len(desk.live.running.register) == 2


def test_somebody_new_who_was_taken_back_is_known_then(desk_with: DeskOf, qtbot: QtBot) -> None:
    desk = desk_with(family())
    vm = WizardVM(desk)
    vm.edit(partial(edits.choose, party=Party("li")))
    vm.onward()
    vm.edit(partial(edits.add, party=Party("n1", new_mother())))
    recorded(vm, qtbot)
    vm.take_back()
    settled_down(desk, qtbot)
    assert vm.state.step == "review" and not vm.state.wishes[0].party.is_new
    vm.back()
    vm.back()
    assert vm.state.wishes[0].relation == "parent" and not vm.state.wishes[0].party.is_new
    recorded(vm, qtbot)


def new_mother(first17: str = "43020219600708002") -> PersonDraft:
    return PersonDraft("陈桂兰", number(first17), "13800000000", "resident", insured_place="430200")


def said(vm: WizardVM, mark: str) -> list[str]:
    return [line.text for line in vm.lines if line.mark == mark]


def test_somebody_new_who_is_in_the_book_is_stopped_at_once(desk_with: DeskOf) -> None:
    hers = Household("430200", (resident("ma", "马奶奶", "43020219400203002"),))
    vm = WizardVM(desk_with(family(), hers))
    vm.edit(partial(edits.choose, party=Party("li")))
    vm.onward()
    for first17, name in (("43020219400203002", "马奶奶"), ("43020219570203002", "周秀英")):
        vm.edit(lambda state, first17=first17: replace(state, wishes=()))  # type: ignore[misc]
        vm.edit(partial(edits.add, party=Party("n1", new_mother(first17))))
        (line,) = [text for text in said(vm, "✗") if "已在账本里" in text]
        assert f"{name} · 430•••••••••••" in line and number(first17) not in line
        vm.onward()
        assert vm.state.step == "users"


def test_a_day_that_does_not_exist_is_none(desk_with: DeskOf) -> None:
    vm = chosen(desk_with(family()), "li", "zhou")
    vm.edit(partial(edits.set_terms, handle="zhou", ends_typed="2026-02-30"))
    assert any("2026-02-30" in text for text in said(vm, "✗"))
    assert not any("有效期" in text for text in said(vm, "✓"))
    vm.onward()
    assert vm.state.step == "terms"
    vm.edit(partial(edits.set_terms, handle="zhou", ends_typed=""))
    vm.onward()
    assert vm.state.step != "terms"


def test_who_takes_no_place_is_not_counted(desk_with: DeskOf) -> None:
    vm = WizardVM(desk_with(family(bindings=[bound("zhou"), bound("fu")])))
    vm.edit(partial(edits.choose, party=Party("li")))
    vm.onward()
    vm.edit(partial(edits.add, party=Party("zhou")))
    assert any(text.startswith("同时绑定 2 /") for text in said(vm, "✓")), vm.lines
    vm.edit(partial(edits.add, party=Party("li")))
    assert any(text.startswith("同时绑定 2 /") for text in said(vm, "✓")), vm.lines


def test_nothing_is_kept_by_what_is_empty_or_wrong(desk_with: DeskOf) -> None:
    vm = WizardVM(desk_with(family()))
    vm.edit(partial(edits.choose, party=Party("n1", PersonDraft(insured_place="430200"))))
    assert said(vm, "✓") == []
    vm.edit(partial(edits.choose, party=Party("li")))
    vm.onward()
    vm.edit(partial(edits.add, party=Party("n1", replace(new_mother(), phone="123"))))
    assert "联系电话已填" not in said(vm, "✓") and "证件号码已填" in said(vm, "✓")
    vm.edit(partial(edits.add, party=Party("n2", replace(new_mother("43020219610708002"), phone=""))))
    vm.edit(partial(edits.add, party=Party("zhou")))
    assert any("联系电话" in text for text in said(vm, "✗")) and "联系电话已填" not in said(vm, "✓")


def test_a_draft_of_somebody_who_is_gone_is_said(desk_with: DeskOf, qtbot: QtBot) -> None:
    desk = desk_with(family())
    vm = chosen(desk, "li", "zhou")
    vm.keeper.flush()
    settled_down(desk, qtbot)
    assert desk.live is not None
    kept = desk.live
    running = desk.live.running.fork()
    del running.persons["zhou"]
    desk.live = replace(kept, running=running)
    again = WizardVM(desk)
    assert again.waiting is None and "接着办" in again.lost
    desk.live = kept


def test_somebody_who_left_the_household_ends_what_is_half_done(
    desk_with: DeskOf, library: Library, tmp_path: Path, qtbot: QtBot
) -> None:
    """The book is taken away under the wizard: people of the old one are not those of the new one."""
    desk = desk_with(family())
    vm = chosen(desk, "li", "zhou")
    other = tmp_path / "other"
    other.mkdir()
    second = desk_of(other, library, [family("350000")])
    first = desk.book
    vm.keeper.flush()
    settled_down(desk, qtbot)
    desk.take(second.book, None, sample=False)  # type: ignore[arg-type]
    assert vm.state.step == "authorizer" and vm.place == "350000"
    desk.book = first
    close(second)


def test_what_was_typed_and_wiped_out_again_is_not_offered(desk_with: DeskOf, qtbot: QtBot) -> None:
    desk = desk_with()
    vm = WizardVM(desk)
    for name in ("李强", ""):
        vm.edit(partial(edits.choose, party=Party("n1", PersonDraft(name, insured_place="430200"))))
        vm.keeper.flush()
        settled_down(desk, qtbot)
    assert WizardVM(desk).waiting is None


def test_the_day_of_the_checks_is_the_desks(desk_with: DeskOf) -> None:
    assert WizardVM(desk_with(family())).around.day == DAY
