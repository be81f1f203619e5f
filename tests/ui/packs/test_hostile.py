"""Hostile packs through the page's import: each refused with one clear sentence, or marked and shown as plain text."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from famgui.ui.packs.page import PacksPage
from famgui.ui.shell.page import Shell
from famgui.ui.widgets.table import Table
from tests.policy.hostile import MARKUP, PACK, REFUSED, STALE, Hostile, made, wrongly_signed
from tests.ui.packs.building import Packs, done


@pytest.fixture
def page(tmp_path: Path, shell: Shell, qtbot: QtBot) -> PacksPage:
    (tmp_path / "packs").mkdir()
    shell.packs = Packs(tmp_path / "packs", shell.desk)  # type: ignore[attr-defined]
    found = PacksPage(shell)
    qtbot.addWidget(found)
    found.resize(1198, 620)
    with qtbot.waitExposed(found):
        found.show()
    return found


def test_each_is_refused_with_one_sentence_and_nothing_is_left(page: PacksPage, qtbot: QtBot, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    before = {path for path in tmp_path.rglob("*") if outside not in path.parents}
    for hostile in REFUSED.values():
        path = made(outside, hostile)
        done(qtbot, page.vm, lambda path=path: page.vm.open(path))  # type: ignore[misc]
        assert page.vm.state == "faulty"
        (said,) = page.vm.faults
        assert said == f"a.toml{hostile.said}" if hostile.said else said.startswith("a?[2J?b?<b>.toml:10: ")
        assert said.isprintable()
        assert said in [label.text() for label in page._faults.findChildren(QLabel)]
        assert {label.textFormat() for label in page._faults.findChildren(QLabel)} == {Qt.TextFormat.PlainText}
    done(qtbot, page.vm, lambda: page.vm.open(wrongly_signed(outside)))
    said = "签名与文件不符：签名之后文件被改过，或签名不是它的。自己改的请重新签名，别人的请重新索取"
    assert page.vm.faults == (f"signed.toml: {said}",)
    assert {path for path in tmp_path.rglob("*") if outside not in path.parents} == before


def test_what_is_only_odd_is_marked_and_shown_as_plain_text(page: PacksPage, qtbot: QtBot, tmp_path: Path) -> None:
    text = STALE.replace("430300", "990099").replace("甲", MARKUP).replace("湘潭市", "<b>地</b>").replace("500", "600")
    done(qtbot, page.vm, lambda: page.vm.open(made(tmp_path, Hostile(text, "", "x.toml"))))
    assert page.vm.seen is not None
    assert [mark.code for mark in page.vm.seen.marks] == ["unsigned", "stale", "unknown-place", "markup", "markup"]
    (table,) = [found for found in page.findChildren(Table) if found.isVisible()]
    assert MARKUP in [table.model().index(row, 3).data() for row in range(2)]
    done(qtbot, page.vm, page.vm.take)
    assert page._rows.rows[-1].name_zh == "<b>地</b>"
    labels = [*page.shell.toasts._host.findChildren(QLabel), *page.findChildren(QLabel)]
    assert {"已导入 <b>地</b>", "<b>地</b>"} <= {label.text() for label in labels}
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    page.shell.toasts.show("").leave()


def test_the_good_one_is_taken(page: PacksPage, qtbot: QtBot, tmp_path: Path) -> None:
    done(qtbot, page.vm, lambda: page.vm.open(made(tmp_path, Hostile(PACK, ""))))
    assert page.vm.state == "preview"
