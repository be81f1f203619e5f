"""The same people under the rules of three places: other steps, other fields, another number of places."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from famgui.domain.binding_wish import Party
from famgui.domain.persondraft import PersonDraft
from famgui.ui.wizard import edits
from famgui.ui.wizard.page import WizardPage
from famgui.ui.wizard.terms import TermsOfOne
from tests.ui.wizard.building import choose, family, lines, number
from tests.ui.wizard.conftest import WizardOf

KEPT = "符合"


def at_terms(wizard: WizardOf, place: str) -> WizardPage:
    """The wizard at the terms of both parents."""
    page = wizard(family(place))
    choose(page, "li", "zhou", "fu")
    page.vm.onward()
    assert page.vm.state.step == "terms"
    return page


@pytest.mark.parametrize(
    ("place", "steps"),
    [
        ("430200", ["授权人", "使用人", "关系与期限", "承诺", "核对"]),
        ("990003", ["授权人", "使用人", "关系与期限", "证明材料", "承诺", "核对"]),
        ("350000", ["授权人", "使用人", "关系与期限", "核对"]),
    ],
)
def test_the_steps_are_the_places(place: str, steps: list[str], wizard: WizardOf) -> None:
    page = at_terms(wizard, place)
    assert [stage.title for stage in page.vm.stages] == steps
    assert page._where.text() == f"第 3 步，共 {len(steps)} 步"


@pytest.mark.parametrize(("place", "dated"), [("430200", True), ("990003", False), ("350000", False)])
def test_days_are_asked_for_where_the_place_wants_them(place: str, dated: bool, wizard: WizardOf) -> None:
    page = at_terms(wizard, place)
    for one in page.view.findChildren(TermsOfOne):
        assert one.fields["ends"].isVisible() == dated
    assert all((wish.ends is not None) == dated for wish in page.vm.state.wishes)
    if not dated:
        first = page.view.findChildren(TermsOfOne)[0]
        first._dates()
        assert first.fields["ends"].isVisible() and page.vm.state.wishes[0].ends is not None


@pytest.mark.parametrize(
    ("place", "said"),
    [("430200", "同时绑定 2 / 10 人"), ("990003", "同时绑定 2 / 5 人"), ("350000", "同时绑定的人数不限")],
)
def test_the_limits_are_the_places(place: str, said: str, wizard: WizardOf) -> None:
    page = at_terms(wizard, place)
    assert said in [line.text for line in page.vm.lines]


def test_the_phone_is_asked_for_where_the_place_wants_it(wizard: WizardOf) -> None:
    for place, wanted in (("430200", True), ("350000", False)):
        page = at_terms(wizard, place)
        assert any("联系电话" in text for text, _ in lines(page, KEPT)) == wanted


def test_proof_is_brought_and_kept_with_the_binding(wizard: WizardOf, tmp_path: Path, qtbot: QtBot) -> None:
    page = at_terms(wizard, "990003")
    paper = tmp_path / "户口本.png"
    paper.write_bytes(b"\x89PNG\r\n\x1a\n" + b"picture")
    page.vm.onward()
    for user in ("zhou", "fu"):
        page.vm.take_files(user, [paper])
    page.vm.onward()
    assert page.vm.state.step == "commitment"
    page.view.box.setChecked(True)  # type: ignore[attr-defined]
    page.vm.onward()
    with qtbot.waitSignal(page.vm.recorded):
        page.vm.onward()
    live = page.vm.desk.live
    assert live is not None
    assert [row.proof for row in live.running.register] == ["户口本.png", "户口本.png"]


def test_a_place_that_no_pack_speaks_for_is_said_beside_the_checks(wizard: WizardOf) -> None:
    page = wizard()

    def typed(place: str) -> None:
        draft = PersonDraft("王芳", number("43020219870506002"), insured_place=place)
        page.vm.edit(partial(edits.choose, party=Party("n1", draft)), moved=True)

    def told() -> list[str]:
        labels = page.findChildren(QLabel)
        return [
            label.text()
            for label in labels
            if label.isVisible() and "没有" in label.text() and "规则包" in label.text()
        ]

    for place in ("430200", "440100", "81", ""):
        typed(place)
        assert told() == []
    typed("810000")
    assert told() == ["! 没有 香港特别行政区 810000 的规则包：按株洲市的规则检查和记账。"]
