"""Every reason for which a binding is refused, seen once in the window with its clause; ages only warn."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from famgui.domain.household import Household
from famgui.domain.person import Person
from famgui.policy.library import Library
from famgui.ui.wizard import edits
from famgui.ui.wizard.newperson import NewPerson
from famgui.ui.wizard.page import WizardPage
from famgui.ui.wizard.rows import Blame
from tests.conftest import REPOSITORY
from tests.ui.wizard.building import BOUND_AT, Keys, bound, choose, employee, family, lines, number, refused, resident
from tests.ui.wizard.conftest import WizardOf

NOT_KEPT, LOOK_AGAIN = "不符合", "请留意"
SMALL_PACK = """
format = 1
place = "430300"
name = { zh = "小地方", en = "Small place" }
version = "2025.07"
checked_on = 2025-07-01
[[value]]
key = "binding.authorizers"
value = 1
clause = "XX-01"
[[value]]
key = "binding.effective"
value = "next-month"
clause = "XX-02"
[[clause]]
id = "XX-01"
topic = "binding"
statement = "一名使用人只能有一名授权人。"
grade = "A"
from = 2025-01-01
source = { title = "测试用的文件" }
[[clause]]
id = "XX-02"
topic = "binding"
statement = "绑定自次月起生效。"
grade = "A"
from = 2025-01-01
source = { title = "测试用的文件" }
"""


class Case(NamedTuple):
    """One refusal: the household, whom to choose, what else is entered, the step at which it is seen, and what its line
    says and names."""

    name: str
    home: Household
    users: Sequence[str]
    says: str
    clause: str = ""
    giver: str = "li"
    terms: Mapping[str, Any] = {}
    step: str = "users"


def with_li(**facts: Any) -> Household:
    """The family with an authorizer of another kind."""
    home = family()
    li = replace(home.persons[0], **facts)
    return replace(home, persons=(li, *home.persons[1:]), balances=home.balances if li.has_account else {})


CROWD = tuple(
    resident(f"c{n}", f"使用人{'甲乙丙丁戊己庚辛壬癸'[n % 10]}", f"4302021990{n % 9 + 1:02}{n + 1:02}00{n % 10}")
    for n in range(20)
)
AT_ONCE = [bound(one.id, "sibling") for one in CROWD[:10]]
EVER = [bound(one.id, "sibling", ends=date(2025, 3, 1)) for one in CROWD]
CHANGED = [bound("zhou"), bound("c0", "child", bound_at=BOUND_AT.replace(month=3))]
AWAY = resident("far", "远方客", "43020219570203004", "440100")
UNINSURED = Person("out", "none", "430200", "没参保", number("43020219570203006"), phone="13800000000")
STOPPED = resident("stop", "停保人", "43020219570203008", suspended=date(2025, 1, 1))
NUMBERLESS = Person("blank", "resident", "430200", "没证件", phone="13800000000")
PHONELESS = Person("mute", "resident", "430200", "没电话", number("43020219570203001"))
WIFE = employee("wang", "王芳", "43020219870506002")
HER_MOTHER = resident("mother", "陈桂兰", "43020219600708002")
TWIN = resident("twin", "周秀英", "43020219570203002")
HOME = "430200"
ARTICLE = "990003"

CASES = (
    Case("single pool", with_li(has_account=False), (), "李强参加的是单建统筹", "N-20", step="authorizer"),
    Case("resident", family(), (), "周秀英参加的是居民医保", "N-20", "zhou", step="authorizer"),
    Case(
        "nobody insured", family(HOME, UNINSURED), (), "没参保没有参保，没有个人账户", "N-20", "out", step="authorizer"
    ),
    Case("away", with_li(insured_place="440100"), (), "李强的参保地不在湖南省", "N-18", step="authorizer"),
    Case("stopped", with_li(suspended=date(2025, 1, 1)), (), "李强已停保", "N-20", step="authorizer"),
    Case("user not insured", family(HOME, UNINSURED), ("out",), "没参保没有参加基本医保", "N-20"),
    Case("user away", family(HOME, AWAY), ("far",), "远方客的参保地不在湖南省", "N-18"),
    Case("user stopped", family(HOME, STOPPED), ("stop",), "停保人已停保", "N-20"),
    Case("oneself", family(), ("li",), "李强就是授权人本人", "N-03"),
    Case("same number", family(HOME, TWIN), ("zhou", "twin"), "是同一个人"),
    Case("ten at once", family(HOME, *CROWD[:10], bindings=AT_ONCE), ("zhou",), "同时绑定已满 10 人", "HN-21"),
    Case("twenty ever", family(HOME, *CROWD, bindings=EVER), ("zhou",), "累计绑定已满 20 人", "HN-22"),
    Case("no ID number", family(HOME, NUMBERLESS), ("blank",), "缺没证件的证件号码", "HN-30"),
    Case("no phone", family(HOME, PHONELESS), ("mute",), "缺没电话的联系电话", "S1-14"),
    Case("changes a year", family(ARTICLE, CROWD[0], bindings=CHANGED), ("fu",), "本地一年只许 1 次", "S2-16"),
    Case(
        "in-law",
        family(HOME, WIFE, HER_MOTHER, bindings=[bound("wang", "spouse")]),
        ("mother",),
        "可由配偶王芳授权给其父母",
        "N-04",
        terms={"relation": "in-law"},
        step="terms",
    ),
    Case(
        "in-law of somebody unknown",
        family(HOME, HER_MOTHER),
        ("mother",),
        "可由配偶用自己的账户授权给其父母",
        "N-04",
        terms={"relation": "in-law"},
        step="terms",
    ),
    Case("no relation", family(), ("zhou",), "关系还没有选", terms={"relation": ""}, step="terms"),
    Case("another relation", family(), ("zhou",), "不在本地允许", "N-04", terms={"relation": "other"}, step="terms"),
    Case(
        "three only", family(ARTICLE), ("zhou",), "不在本地允许", "S2-03", terms={"relation": "sibling"}, step="terms"
    ),
    Case("overlap", family(bindings=[bound("zhou")]), ("zhou",), "有效期重叠的绑定", "HN-22", step="terms"),
    Case("dates", family(), ("zhou",), "结束日期早于开始日期", terms={"ends": date(2025, 6, 1)}, step="terms"),
    Case("no last day", family(), ("zhou",), "缺周秀英的结束日期", "HN-30", terms={"ends": None}, step="terms"),
    Case("proof", family(ARTICLE), ("zhou",), "缺周秀英的亲属关系证明", "S2-12", step="proof"),
    Case("commitment", family(), ("zhou",), "授权人还没有承诺", "HN-30", step="commitment"),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_refusal_is_seen_with_its_clause_and_stops_the_wizard(case: Case, wizard: WizardOf) -> None:
    page = wizard(case.home)
    choose(page, case.giver, *case.users)
    while page.vm.state.step != case.step:
        before = page.vm.state.step
        page.vm.onward()
        assert page.vm.state.step != before, page.vm.found
    for user in case.users if case.terms else ():
        page.vm.edit(partial(edits.set_terms, handle=user, **case.terms))
    assert_refused(page, case.says, case.clause)


def assert_refused(page: WizardPage, says: str, clause: str) -> None:
    """The line is there, marked, with its clause; Next stays and says why, on screen and to who cannot see it."""
    found = {text: clauses for text, clauses in lines(page, NOT_KEPT) if says in text}
    assert len(found) == 1, lines(page, NOT_KEPT)
    assert list(found.values()) == [(clause,) if clause else ()]
    heard: list[Blame] = []
    page.vm.refused.connect(heard.append)
    assert refused(page)
    assert says in heard[0].text
    descriptions = [one.accessibleDescription() for one in page.view.findChildren(QWidget)]
    assert heard[0].text in (page._problem.text().removeprefix("✗ "), *descriptions)


@pytest.fixture
def small(tmp_path: Path) -> Library:
    """The shipped packs and one of a place with few rules of its own."""
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "small.toml").write_text(SMALL_PACK, "utf-8")
    found = Library([REPOSITORY / "resources" / "policies", tmp_path / "policies"], None)
    assert not found.faults
    return found


def test_one_authorizer_only(small: Library, wizard: WizardOf) -> None:
    page = wizard(family("430300", WIFE, bindings=[bound("zhou", "in-law", giver="wang")]), rules=small)
    choose(page, "li", "zhou")
    assert_refused(page, "周秀英已有别的授权人，本地最多 1 人", "XX-01")


def test_a_place_where_bindings_begin_with_the_next_month(small: Library, wizard: WizardOf) -> None:
    page = wizard(family("430300"), rules=small)
    choose(page, "li", "zhou")
    page.vm.onward()
    assert page.vm.state.wishes[0].starts == date(2025, 8, 1)
    page.vm.edit(partial(edits.set_terms, handle="zhou", starts=date(2025, 7, 15)))
    assert_refused(page, "本地最早从 2025-08-01 开始", "XX-02")


SOUND = number("43020219850101001")
WRONG_END = SOUND[:17] + ("0" if SOUND[17] != "0" else "1")
FORMS = (
    ("李4强", SOUND, "", "姓名里不能有数字"),
    ("李强", SOUND[:16], "", "证件号码应为 18 位"),
    ("李强", number("43020219850230001"), "", "出生日期不存在"),
    ("李强", WRONG_END, "", "最后一位与前 17 位对不上"),
    ("李强", SOUND, "1234", "电话应为 11 位手机号"),
)


@pytest.mark.parametrize(("name", "whole", "phone", "says"), FORMS, ids=["name", "form", "date", "checksum", "phone"])
def test_the_form_of_somebody_new(name: str, whole: str, phone: str, says: str, wizard: WizardOf) -> None:
    page = wizard()
    keys = Keys(page)
    keys.type(name)
    keys.enter()
    keys.type(whole)
    keys.enter()
    keys.type(phone)
    keys.enter(2)
    assert page.vm.state.step == "authorizer"
    new = page.view.findChild(NewPerson)
    assert new is not None
    said = [(field, field.problem) for field in new.form.fields.values() if field.problem]
    assert len(said) == 1 and says in said[0][1]
    focus = QApplication.focusWidget()
    assert focus is not None and (said[0][0].editor is focus or said[0][0].editor.focusProxy() is focus)


def test_ages_only_warn(wizard: WizardOf) -> None:
    """The parent is only fifteen years older, the spouse of the same sex: said, and let pass."""
    young = resident("young", "周小英", "43020219700203002")
    page = wizard(family(HOME, young))
    choose(page, "li", "young", "fu")
    page.vm.onward()
    page.vm.set_relation("young", "parent")
    page.vm.set_relation("fu", "spouse")
    warned = " ".join(text for text, _ in lines(page, LOOK_AGAIN))
    assert "周小英只比李强大 14 岁" in warned
    assert "李国安与李强性别相同" in warned
    assert not refused(page)
    assert page.vm.state.step == "commitment"


def test_a_number_with_a_wrong_check_digit_is_typed_over(wizard: WizardOf, qtbot: QtBot) -> None:
    right = number("43020219850101001")
    page = wizard()
    keys = Keys(page)
    keys.type("李强")
    keys.enter()
    keys.type(f"{right[:17]}{(int(right[17]) + 1) % 10}")
    keys.enter(3)
    edit = page.view.new.form.fields["id_number"].editor  # type: ignore[attr-defined]
    line = edit.focusProxy()
    assert page.vm.state.step == "authorizer" and line.property("bad") == "true"
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert "•" not in line.text()
    keys.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    keys.type(right)
    giver = page.vm.state.authorizer
    assert giver is not None and giver.draft is not None and giver.draft.id_number == right
    assert line.property("bad") == "false"
