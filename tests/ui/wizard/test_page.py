"""The wizard on screen: names for a screen reader, clauses, people of other households, what is half-done, the end."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from famgui.domain.binding_wish import Party
from famgui.domain.household import Household
from famgui.domain.persondraft import PersonDraft
from famgui.ui.shell.commands import Commands
from famgui.ui.shell.page import Shell
from famgui.ui.shell.toasts import Toast
from famgui.ui.wizard.authorizer import AuthorizerView
from famgui.ui.wizard.page import WizardPage
from famgui.ui.wizard.review import DoneView
from famgui.ui.wizard.terms import TermsOfOne
from famgui.ui.wizard.users import UsersView
from tests.ui.building import nameless
from tests.ui.wizard.building import Keys, bound, choose, employee, family, number, resident
from tests.ui.wizard.conftest import WizardOf

ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def texts(page: WizardPage) -> str:
    """Every label that is seen."""
    QApplication.processEvents()
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def push(page: WizardPage, title: str) -> None:
    """Press the button that is seen with this title."""
    QApplication.processEvents()
    (found,) = [made for made in page.findChildren(QPushButton) if made.text() == title and made.isVisible()]
    found.click()


def settled_down(page: WizardPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.vm.desk.ops.pending == 0)


def strangers() -> tuple[Household, Household]:
    """A family, and another one with a grandmother of its own."""
    hers = Household("430200", (resident("ma", "马奶奶", "43020219400203002"),))
    return family(), hers


def to_the_end(page: WizardPage, qtbot: QtBot) -> None:
    """Bind both parents with the keys of a keyboard."""
    keys = Keys(page)
    keys.enter()
    keys.type("zxy")
    keys.enter()
    keys.type("lga")
    keys.enter(2)
    keys.enter()
    keys.press(Qt.Key.Key_Space)
    keys.enter(2)
    qtbot.waitUntil(lambda: page.vm.state.step == "done")
    settled_down(page, qtbot)


def test_people_are_found_by_initials_and_bound(wizard: WizardOf, qtbot: QtBot) -> None:
    page = wizard(family())
    to_the_end(page, qtbot)
    live = page.vm.desk.live
    assert live is not None
    assert [(row.user, row.relation) for row in live.running.register] == [("zhou", "parent"), ("fu", "parent")]
    assert isinstance(page.view, DoneView)
    assert "已登记" in texts(page) and "官方平台" in texts(page)
    assert not page._foot.isVisible()


def test_the_toast_takes_it_back(wizard: WizardOf, qtbot: QtBot) -> None:
    page = wizard(family())
    to_the_end(page, qtbot)
    (toast,) = [one for one in page.shell.toasts._host.children() if isinstance(one, Toast) and not one.isHidden()]
    next(made for made in toast.findChildren(QPushButton)).click()
    settled_down(page, qtbot)
    live = page.vm.desk.live
    assert live is not None and len(live.running.register) == 0
    assert page.vm.state.step == "review"


def test_ctrl_z_takes_it_back_and_ctrl_n_begins_another(wizard: WizardOf, qtbot: QtBot) -> None:
    page = wizard(family())
    to_the_end(page, qtbot)
    keys = Keys(page)
    keys.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled_down(page, qtbot)
    assert page.vm.state.step == "review" and "登记后同时绑定" in texts(page) and "登记后累计绑定" in texts(page)
    assert any("李强 ···" in one for one in names_shown(page))
    keys.enter()
    qtbot.waitUntil(lambda: page.vm.state.step == "done")
    settled_down(page, qtbot)
    primary = [made for made in page.view.findChildren(QPushButton) if made.property("kind") == "primary"]
    assert [made.text() for made in primary] == ["再绑一次"]
    keys.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert page.vm.state.step == "authorizer" and page.vm.finished is None


def names_shown(page: WizardPage) -> list[str]:
    return texts(page).splitlines()


def test_the_known_person_is_taken_instead_of_the_new_one(wizard: WizardOf, qtbot: QtBot) -> None:
    page = wizard(*strangers())
    choose(page, "li")
    for whose, first17 in (("zhou", "43020219570203002"), ("", "43020219400203002")):
        draft = PersonDraft("某某", number(first17), insured_place="430200")
        page.shell.commands.run("wizard.more")
        view = page.view
        assert isinstance(view, UsersView)
        if view.new is None:
            page.shell.commands.run("wizard.more")
        assert view.new is not None
        view._typed(view.open, draft)
        assert "已在账本里" in texts(page)
        push(page, "选用已有的这位")
        if whose:
            assert [wish.party.handle for wish in page.vm.state.wishes] == [whose]
    assert "马奶奶在另一个家庭“家”里" in texts(page)
    push(page, "合并两个家庭")
    settled_down(page, qtbot)
    assert [page.vm.names[wish.party.handle] for wish in page.vm.state.wishes] == ["周秀英", "马奶奶"]


def test_an_authorizer_who_is_known_is_taken(wizard: WizardOf) -> None:
    page = wizard(family())
    page.shell.commands.run("wizard.more")
    view = page.view
    assert isinstance(view, AuthorizerView) and view.new is not None
    view._typed(view.new.handle, PersonDraft("某某", number("43020219850101001"), insured_place="430200"))
    assert "已在账本里" in texts(page)
    push(page, "选用已有的这位")
    assert page.vm.state.authorizer == Party("li") and page.vm.state.step == "users"


def test_a_last_day_that_does_not_exist_keeps_next_back(wizard: WizardOf) -> None:
    page = wizard(family())
    choose(page, "li", "zhou")
    page.vm.onward()
    (one,) = page.view.findChildren(TermsOfOne)
    one.ends.setFocus(Qt.FocusReason.TabFocusReason)
    keys = Keys(page)
    keys.type("2026-02-30")
    keys.press(Qt.Key.Key_Tab)
    assert one.ends.text() == "2026-02-30" and "2026-02-30" in one.fields["ends"].problem
    page.shell.commands.run("wizard.next")
    assert page.vm.state.step == "terms" and one.ends.text() == "2026-02-30"


def test_shift_enter_and_alt_left_go_back(wizard: WizardOf) -> None:
    page = wizard(family())
    choose(page, "li", "zhou")
    page.vm.onward()
    keys = Keys(page)
    keys.press(Qt.Key.Key_Return, SHIFT)
    assert page.vm.state.step == "users"
    keys.press(Qt.Key.Key_Left, ALT)
    assert page.vm.state.step == "authorizer"


def test_every_step_names_its_widgets_for_a_screen_reader(wizard: WizardOf, qtbot: QtBot) -> None:
    page = wizard(family("990003"))
    seen = set()
    choose(page, "li", "zhou")
    page.shell.commands.run("wizard.more")
    while page.vm.state.step != "done":
        seen.add(page.vm.state.step)
        assert nameless(page) == []
        users = [wish.party.handle for wish in page.vm.state.wishes]
        if page.vm.state.step == "users":
            page.vm.edit(lambda state: replace(state, wishes=state.wishes[:1]), moved=True)
        if page.vm.state.step == "proof":
            pairs = frozenset(("PROOF_NEEDED", user) for user in users)
            page.vm.edit(lambda state, pairs=pairs: replace(state, waived=pairs))  # type: ignore[misc]
        if page.vm.state.step == "commitment":
            page.vm.edit(lambda state: replace(state, committed=True))
        page.vm.onward()
        settled_down(page, qtbot)
    assert nameless(page) == []
    assert seen == {"users", "terms", "proof", "commitment", "review"}


def test_a_clause_opens_the_policy_page(wizard: WizardOf, qtbot: QtBot) -> None:
    page = wizard(family())
    choose(page, "li")
    with qtbot.waitSignal(page.vm.desk.clause_asked) as asked:
        push(page, "N-20")
    assert asked.args == ["N-20"]


def test_a_relation_is_chosen_by_its_number_or_first_letter(wizard: WizardOf) -> None:
    page = wizard(family())
    choose(page, "li", "zhou")
    page.vm.onward()
    keys = Keys(page)
    for typed, relation in (
        ("1", "spouse"),
        ("4", "sibling"),
        ("z", "child"),
        ("z", "paternal-grandparent"),
        ("0", "other"),
    ):
        keys.type(typed)
        assert page.vm.state.wishes[0].relation == relation
    assert page.vm.guessed == frozenset()


def test_a_guess_is_marked_until_somebody_has_looked(wizard: WizardOf) -> None:
    page = wizard(family())
    choose(page, "li", "zhou")
    page.vm.onward()
    (one,) = page.view.findChildren(TermsOfOne)
    assert one._guess.isVisible()
    Keys(page).type("2")
    assert not one._guess.isVisible()


def test_somebody_of_another_household_is_said_plainly_and_the_two_brought_together(
    wizard: WizardOf, qtbot: QtBot
) -> None:
    page = wizard(*strangers())
    choose(page, "li")
    keys = Keys(page)
    keys.type("马")
    keys.enter()
    assert "马奶奶在另一个家庭“家”里" in texts(page)
    assert page.vm.state.wishes == ()
    push(page, "合并两个家庭")
    settled_down(page, qtbot)
    assert [page.vm.names[wish.party.handle] for wish in page.vm.state.wishes] == ["马奶奶"]
    assert len(page.vm.desk.titles) == 1 and page.vm.state.step == "users"


def test_an_authorizer_of_another_household_brings_it_up(wizard: WizardOf) -> None:
    wife = Household("430200", (employee("wang", "王芳", "43020219870506002"),))
    page = wizard(family(), replace(wife, balances={}))
    keys = Keys(page)
    keys.type("wf")
    keys.enter()
    assert page.vm.desk.live is not None and page.vm.desk.live.id == 2
    assert page.vm.state.authorizer is not None and page.vm.state.authorizer.handle == "wang"
    assert page.vm.state.step == "users"


def test_a_name_that_nobody_has_becomes_somebody_new(wizard: WizardOf) -> None:
    page = wizard(family())
    keys = Keys(page)
    keys.type("欧阳娜娜")
    keys.enter()
    view = page.view
    assert isinstance(view, AuthorizerView) and view.new is not None
    assert view.new.form.draft.name == "欧阳娜娜"
    assert QApplication.focusWidget() is view.new.form.fields["id_number"].editor.focusProxy()


def test_a_demand_that_is_not_confirmed_may_be_waived_in_the_checks(wizard: WizardOf) -> None:
    home = family("430200", resident("mute", "没电话", "43020219570203001", phone=""))
    page = wizard(home)
    choose(page, "li", "mute")
    assert "待核" in texts(page)
    push(page, "没有也登记")
    assert "没有没电话的联系电话，仍然登记" in texts(page)
    assert QApplication.focusWidget() is page.next_button
    page.vm.onward()
    assert page.vm.state.step == "terms"


def test_facts_of_somebody_known_are_filled_in_at_the_people_page(wizard: WizardOf, qtbot: QtBot) -> None:
    home = family("430200", resident("mute", "没电话", "43020219570203001", phone=""))
    page = wizard(home)
    choose(page, "li", "mute")
    with qtbot.waitSignal(page.vm.desk.page_asked) as asked:
        push(page, "到“人员”补填")
    assert asked.args == ["people"]


def test_the_list_says_who_is_bound_already(wizard: WizardOf) -> None:
    page = wizard(family(bindings=[bound("zhou")]))
    choose(page, "li")
    view = page.view
    assert isinstance(view, UsersView)
    said = {one.handle: view.picker._facts(one) for one in view.picker.rows}
    assert said["zhou"].endswith("已绑定") and said["li"].endswith("授权人本人") and "已绑定" not in said["fu"]


def test_what_is_half_done_is_offered_on_opening(wizard: WizardOf, qtbot: QtBot) -> None:
    first = wizard(family())
    choose(first, "li", "zhou")
    first.leave()
    settled_down(first, qtbot)
    old = first.shell
    page = WizardPage(Shell(old.desk, Commands(), old.theme, old.settings, old.toasts))
    page.show()
    assert [row.state for row in page.vm.stages] == ["done", "now", "later", "later", "later"]
    assert "没办完的绑定" in texts(page) and "李强 → 周秀英" in texts(page)
    page.offer.resume.click()
    assert page.vm.state == first.vm.state
    page.close()
    page.deleteLater()


def test_the_head_says_when_the_draft_was_saved(wizard: WizardOf, qtbot: QtBot) -> None:
    page = wizard(family())
    with qtbot.waitSignal(page.vm.keeper.saved):
        choose(page, "li", "zhou")
    assert page._kept.text().startswith("草稿已自动保存 ")


def test_a_narrow_window_shows_the_checks_below(wizard: WizardOf) -> None:
    page = wizard(family())
    page.resize(690, 620)
    QApplication.processEvents()
    assert not page._steps_card.isVisible() and page.checks.isVisible()
    assert page.checks.geometry().top() > page._stack.parentWidget().geometry().top()


def test_coming_back_after_the_end_begins_another_one(wizard: WizardOf, qtbot: QtBot) -> None:
    page = wizard(family())
    to_the_end(page, qtbot)
    page.hide()
    page.show()
    assert page.vm.state.step == "authorizer" and page.vm.finished is None
