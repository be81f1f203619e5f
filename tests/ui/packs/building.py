"""A desk whose packs can change: few shipped ones, a home of its own, files from outside."""

import shutil
from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from famgui.policy.library import Library
from famgui.ui.packs.viewmodel import PacksVM
from famgui.ui.shell.desk import Desk
from tests.files.program import REPOSITORY
from tests.policy.hostile import PACK as PLAIN

SHIPPED = ("000000-nation", "430000-hunan", "430200-zhuzhou", "990003-article-c")
PACK = PLAIN.replace("甲", "<b>甲</b>")


class Packs:
    """The packs of one test: `library` as it is now, `bring` a file from outside."""

    def __init__(self, folder: Path, desk: Desk) -> None:
        self.shipped, self.outside, self.desk = folder / "shipped", folder / "outside", desk
        self.own = desk.services.home.policies
        for made in (self.shipped, self.outside):
            made.mkdir()
        for name in SHIPPED:
            shutil.copyfile(REPOSITORY / "resources" / "policies" / f"{name}.toml", self.shipped / f"{name}.toml")
        self.library = self.renew()
        desk.services = desk.services._replace(library=lambda: self.library, renew_library=self.renew)

    def renew(self) -> Library:
        self.library = Library([self.shipped, self.own], self.own.parent / "cache")
        return self.library

    def bring(self, text: str = PACK, name: str = "湘潭.toml") -> Path:
        (self.outside / name).write_text(text, "utf-8")
        return self.outside / name

    def keep(self, place: str = "430300") -> int | None:
        """What must stay in an account there, in fen; None where nobody says."""
        found = self.library.book(place).at(self.desk.today).find("account.keep")
        return None if found is None else int(found.value)


def done(qtbot: QtBot, vm: PacksVM, act: Callable[[], object]) -> None:
    """Do something and wait until nothing runs."""
    act()
    qtbot.waitUntil(lambda: vm.state != "running" and vm._desk.ops.pending == 0)
