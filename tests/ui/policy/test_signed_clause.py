"""A clause of the user's own pack is marked wherever it is read: list, reader, citation, paper, values in use."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QLabel, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from famgui.policy.signature import make_keys, sign
from famgui.ui.packs.page import PacksPage
from famgui.ui.policy.page import PolicyPage
from famgui.ui.policy.results import ClauseList
from famgui.ui.shell.page import Shell
from famgui.ui.shell.toasts import Toast
from tests.ui.packs.building import PACK, Packs, done


class Own:
    """A pack of the user's own at hand, signed or not."""

    def __init__(self, folder: Path, shell: Shell) -> None:
        (folder / "packs").mkdir()
        self.packs, self.shell = Packs(folder / "packs", shell.desk), shell
        self.private, self.public, self.key = make_keys(folder / "mine", "湘潭医保")

    def take(self, text: str = PACK, *, signed: bool = False, known: bool = False) -> Path:
        """Put it where the user's packs are."""
        self.packs.own.mkdir(parents=True, exist_ok=True)
        path = self.packs.own / "430300.toml"
        path.write_text(text, "utf-8")
        if signed:
            sign(path, self.private)
        if known:
            keys = self.shell.desk.services.home.root / "keys"
            keys.mkdir(exist_ok=True)
            shutil.copyfile(self.public, keys / self.public.name)
        self.packs.renew()
        return path


@pytest.fixture
def own(tmp_path: Path, shell: Shell) -> Own:
    return Own(tmp_path, shell)


def opened(own: Own, qtbot: QtBot, clause: str = "XT-01") -> PolicyPage:
    made = PolicyPage(own.shell)
    qtbot.addWidget(made)
    made.resize(1198, 620)
    with qtbot.waitExposed(made):
        made.show()
    made.open_clause(clause)
    return made


def seen(page: PolicyPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]


def spoken(page: PolicyPage) -> str:
    view = page.findChild(ClauseList)
    assert isinstance(view, ClauseList)
    return str(view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))


def cited(page: PolicyPage) -> str:
    page.shell.commands.run("policy.copy")
    for toast in [one for one in page.shell.toasts._host.children() if isinstance(one, Toast)]:
        toast.leave()
    return QGuiApplication.clipboard().text()


def test_an_unsigned_one_is_marked_everywhere(own: Own, qtbot: QtBot) -> None:
    own.take()
    page = opened(own, qtbot)
    assert spoken(page).endswith("自备 · 未签名、官方原文、计算器在用")
    qtbot.waitUntil(lambda: "自备 · 未签名" in seen(page))
    texts = seen(page)
    assert "自备规则包 430300.toml，第 2 版；没有签名：无法确认是谁写的，请自行核对来源" in texts
    assert "湘潭市（自备规则包，未签名）：账户须保留的余额" in texts
    assert cited(page) == "<b>甲</b>。（起止日期不详、XT-01、官方原文、自备规则包 430300.toml 第 2 版、未签名）"


def test_a_signature_of_a_trusted_key_is_seen_as_valid(own: Own, qtbot: QtBot) -> None:
    own.take(signed=True, known=True)
    page = opened(own, qtbot)
    assert "自备 · 已签名" in spoken(page)
    said = f"自备规则包 430300.toml，第 2 版；由“湘潭医保”签名（{own.key}），签名有效"
    assert said in seen(page)
    assert cited(page).endswith("自备规则包 430300.toml 第 2 版、已签名：湘潭医保）")


def test_a_signature_of_an_unknown_key_and_one_that_does_not_fit_warn(own: Own, qtbot: QtBot) -> None:
    path = own.take(signed=True)
    page = opened(own, qtbot)
    assert "自备 · 签名者未知" in spoken(page)
    assert [text for text in seen(page) if own.key in text and "不认识签名者" in text]
    path.write_text(PACK.replace("500.00", "600.00"), "utf-8")
    own.packs.renew()
    page.refresh()
    assert "自备 · 签名不符" in spoken(page)
    assert "自备规则包 430300.toml，第 2 版；文件现在有错，用的是上次可用的版本；签名不符" in seen(page)


def test_the_last_good_version_of_a_faulty_file_is_told(own: Own, qtbot: QtBot) -> None:
    path = own.take()
    path.write_text("broken", "utf-8")
    own.packs.renew()
    page = opened(own, qtbot)
    assert [text for text in seen(page) if "文件现在有错，用的是上次可用的版本" in text]


def test_a_shipped_clause_bears_no_mark(own: Own, qtbot: QtBot) -> None:
    own.take()
    page = opened(own, qtbot, "ZZ-11")
    assert "自备" not in spoken(page) + cited(page) + "".join(seen(page))


def test_a_shipped_clause_that_the_users_own_values_rest_on_says_whose_they_are(own: Own, qtbot: QtBot) -> None:
    own.take(PACK.replace('clause = "XT-01"', 'clause = "HN-34"'))
    page = opened(own, qtbot, "HN-34")
    assert [text for text in seen(page) if text.startswith("湘潭市（自备规则包，未签名）：")]
    assert "自备" not in cited(page)


def test_a_signed_pack_taken_on_its_page_is_read_with_its_signer(own: Own, shell: Shell, qtbot: QtBot) -> None:
    file = own.packs.bring()
    sign(file, own.private)
    keys = shell.desk.services.home.root / "keys"
    keys.mkdir()
    shutil.copyfile(own.public, keys / own.public.name)
    packs = PacksPage(shell)
    qtbot.addWidget(packs)
    done(qtbot, packs.vm, lambda: packs.vm.open(file))
    done(qtbot, packs.vm, packs.vm.take)
    page = opened(own, qtbot)
    assert "自备 · 已签名" in spoken(page)
    assert cited(page).endswith("已签名：湘潭医保）")


def test_the_mark_is_painted_in_a_narrow_list_too(own: Own, qtbot: QtBot) -> None:
    """The place gives way to it: what is the user's own must never look shipped."""
    own.take()
    page = opened(own, qtbot)
    view = page.findChild(ClauseList)
    assert isinstance(view, ClauseList)
    warning = own.shell.theme.colour("warning_soft")
    for width in (330, 240, 180):
        image = QImage(width, 90, QImage.Format.Format_RGB32)
        image.fill(own.shell.theme.colour("surface"))
        painter, option = QPainter(image), QStyleOptionViewItem()
        option.rect, option.font = image.rect(), view.font()
        view.itemDelegate().paint(painter, option, view.currentIndex())
        painter.end()
        colours = {image.pixelColor(x, y).name() for x in range(width) for y in range(90)}
        assert warning.name() in colours, width
