"""Setup and uninstaller as people meet them: page after page, with pictures to look at."""

import time

from building.tools import Fault
from wine.ground import LINK, Ground

PROGRAM = ("famgui", "家庭共济助手")
"""The title of the program's window."""


class Pages(Ground):
    """Clicks through the pages; what was clicked through must be installed, and removed."""

    def set_up_by_hand(self, language: str) -> None:
        library = self.place / "python311.zip"
        library.unlink(missing_ok=True)  # it comes back when setup has done its work, not before
        self.chroot.start(f"/root/setups/{self.setups.built.name}", language=language)
        name = f"setup-{language[:2]}"
        self.appears("setup's first page")
        self.shot(f"{name}-0")
        self.turn()
        self.shot(f"{name}-1")
        self.chroot.press("Return")
        self.until(lambda: library.is_file() and not self.leftovers(), 120)
        self.whole(f"installed by its pages in {language[:2]}")
        link = (self.person_desktop / LINK).exists()
        self.shot(f"{name}-2")
        self.chroot.press("Return")
        self.appears("the program's window", *PROGRAM)
        self.tell(True, f"the last page opens the program; a link on the desktop: before it {link}, "
                  f"after it {(self.person_desktop / LINK).exists()}")  # fmt: skip
        self.setup(self.setups.built, "/S", "/CLOSE", expect=0, what="setup with /CLOSE over it")

    def refused_by_hand(self, language: str) -> None:
        before = self.tree(self.place)
        self.chroot.start(f"/root/setups/{self.setups.older.name}", language=language)
        self.appears("what an older setup says")
        self.shot(f"downgrade-{language[:2]}")
        self.chroot.press("Return")
        self.vanishes("what an older setup says")
        self.tell(self.tree(self.place) == before, f"an older version is refused in {language[:2]}, nothing changed")

    def remove_by_hand(self, language: str) -> None:
        self.chroot.start(self.unix(self.place / "uninstall.exe"), language=language)
        self.appears("the uninstaller's first page")
        self.shot(f"uninstall-{language[:2]}-0")
        self.turn()
        self.shot(f"uninstall-{language[:2]}-1")
        self.chroot.press("Return")
        self.until(lambda: not self.place.exists())
        self.shot(f"uninstall-{language[:2]}-2")
        self.chroot.press("Return")
        self.vanishes("the uninstaller")
        self.tell(not self.place.exists(), f"removed by its pages in {language[:2]}")
        self.gone("after it")

    def appears(self, what: str, *titles: str) -> None:
        """Wait for a window, of one of these titles if any are given. Raises Fault when none comes."""
        if not self.until(lambda: any(not titles or title in titles for title in self.chroot.titles().values()), 90):
            raise Fault(f"{what} did not appear; there are {[*self.chroot.titles().values()]}")

    def vanishes(self, what: str) -> None:
        """Wait until no window is left. Raises Fault when one stays."""
        if not self.until(lambda: not self.chroot.titles(), 30):
            raise Fault(f"{what} did not go; there are {[*self.chroot.titles().values()]}")

    def turn(self) -> None:
        """Press Return and wait for another page. Raises Fault when none comes."""
        before = self.chroot.seen()
        self.chroot.press("Return")
        if not self.until(lambda: self.chroot.seen() != before, 30):
            raise Fault("no other page came")

    def shot(self, name: str) -> None:
        """A picture of what came up, when it is painted to its end."""
        time.sleep(3)
        self.chroot.picture(self.folder / f"{name}.png")
