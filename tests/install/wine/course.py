"""What a user and an administrator do with Setup.exe, in order; each line says what was tried and whether it held."""

import contextlib
import shutil
import time
import zipfile

from building.tools import Fault
from wine.chroot import USER
from wine.ground import LINK, UNINSTALL
from wine.pages import PROGRAM, Pages
from wine.processes import at_most

STEP = 900
"""Seconds that a step may take; the longest takes a quarter of that on a busy machine."""

ELSEWHERE = r"C:\工具 箱\家庭 共济"


class Course(Pages):
    """The steps share one Windows: each begins where the one before ended."""

    def run(self, only: str = "") -> None:
        """Every step, or those named; what goes wrong in one, or takes too long, does not stop the next."""
        inside = self.chroot.root / "root/setups"
        inside.mkdir(parents=True, exist_ok=True)
        for setup in (self.setups.older, self.setups.built, self.setups.newer):
            shutil.copyfile(setup, inside / setup.name)
        for step in (
            self.install_older, self.upgrade, self.selftest, self.window_and_running, self.downgrade, self.failures,
            self.own_files, self.kept_by_others, self.taken_folders, self.uninstall, self.elsewhere,
            self.for_everybody, self.portable, self.damaged, self.pages,
        ):  # fmt: skip
            if only and step.__name__ not in only.split(","):
                continue
            try:
                with at_most(STEP):
                    step()
            except Exception as error:
                self.tell(False, f"{step.__name__}: {error if str(error) else repr(error)}")
                with contextlib.suppress(Fault):
                    self.chroot.picture(self.folder / f"failed-{step.__name__}.png")
                self.chroot.end_windows()

    def install_older(self) -> None:
        self.setup(self.setups.older, "/S", expect=0, what="silent install of an older version")
        self.tell((self.place / "older.txt").is_file(), f"it lies in the folder of {USER}")
        self.tell(self.registered("DisplayVersion") == "0.0.9", "Windows lists version 0.0.9")
        self.tell((self.person_desktop / LINK).is_file() and (self.start_menu / LINK).is_file(), "both links are there")
        (self.data / "sentinel").parent.mkdir(parents=True, exist_ok=True)
        (self.data / "sentinel").write_text("data")

    def upgrade(self) -> None:
        (self.person_desktop / LINK).unlink()
        self.setup(self.setups.built, "/S", expect=0, what="silent upgrade")
        self.whole("after the upgrade the tree is the product's, file for file, and nothing else")
        self.tell(self.registered("DisplayVersion") == self.setups.version, f"Windows lists {self.setups.version}")
        self.tell(not (self.person_desktop / LINK).exists(), "a link that the user removed does not come back")
        self.tell((self.data / "sentinel").read_text() == "data", "data are as they were")
        for key, value in (
            (r"Software\Classes\famgui.case\shell\open\command", "famgui.exe"),
            (r"Software\Classes\.toml\OpenWithProgids", "famgui.case"),
            (r"Software\Classes\SystemFileAssociations\.toml\shell\famgui", "*.famgui.toml"),
        ):
            self.tell(value in self.registry(key), f"registered: {key}")

    def selftest(self) -> None:
        program = str(self.place / "famgui-cli.exe")
        code, said = self.program(program, "--version", timeout=60)
        self.tell(code == 0 and self.setups.version in said, f"famgui-cli --version: {said.strip()}")
        sample = self.chroot.person / "案例 一.famgui.toml"
        shutil.copyfile(self.place / "lib/famgui/_resources/samples/family-year.famgui.toml", sample)
        code, said = self.program(program, "settle", self.windows(sample))
        self.tell(code == 0 and "王芳" in said, "famgui-cli settle on a case file with a Chinese name")
        begun = time.monotonic()
        code, said = self.program(program, "selftest", timeout=400)
        (self.folder / "selftest.txt").write_text(said, "utf-8")
        took = time.monotonic() - begun
        self.tell(code == 0, f"famgui-cli selftest: exit code {code}, {said.count('ok  ')} held ({took:.0f} s)")

    def window_and_running(self) -> None:
        self.chroot.start(self.unix(self.place / "famgui.exe"))
        self.appears("the program's window", *PROGRAM)
        time.sleep(8)
        self.shot("window")
        before = self.tree(self.place)
        self.setup(self.setups.built, "/S", expect=3, what="setup over the running program")
        self.tell(self.tree(self.place) == before and not self.leftovers(), "nothing was changed")
        self.setup(self.setups.built, "/S", "/CLOSE", expect=0, what="setup with /CLOSE over the running program")
        self.whole("the tree is whole")

    def downgrade(self) -> None:
        before = self.tree(self.place)
        self.setup(self.setups.older, "/S", expect=4, what="an older version over the new one")
        self.tell(self.tree(self.place) == before, "nothing was changed")

    def failures(self) -> None:
        before = self.tree(self.place)
        self.setup(self.setups.built, "/S", expect=6, what="a disk that takes no large file", limit=3_000_000)
        self.tell(self.tree(self.place) == before and not self.leftovers(), "the version before stands untouched")
        self.setup(self.setups.newer, "/S", r"/D=Z:\proc\famgui", expect=6, what="a folder that cannot be written")

    def own_files(self) -> None:
        own = ("我的笔记.txt", "lib/note.txt", "自己的/深/x.txt", "lib/famgui/自己的/y.txt")
        for name in own:
            (self.place / name).parent.mkdir(parents=True, exist_ok=True)
            (self.place / name).write_text(name, "utf-8")
        for time_ in ("", " once more"):
            self.setup(self.setups.built, "/S", expect=0, what=f"upgrade over files of the user's{time_}")
            left = [name for name in own if (self.place / name).read_text("utf-8") == name]
            self.tell(len(left) == len(own) and not self.leftovers(), f"{len(left)} files are where they were")
        for name in own:
            (self.place / name).unlink()
        for name in ("自己的", "lib/famgui/自己的"):
            shutil.rmtree(self.place / name)
        self.whole("the tree is whole")

    def kept_by_others(self) -> None:
        """Old trees that could not be removed stay, stop nobody, and go with a later setup."""
        for name in ("famgui.famgui-old", "famgui.famgui-old1", "famgui.famgui-new"):
            (self.place.with_name(name) / "lib").mkdir(parents=True)
            (self.place.with_name(name) / "lib/famgui.pth").write_text("own", "utf-8")
        with self.hold(r"%LOCALAPPDATA%\Programs\famgui\python311.zip"):
            self.setup(self.setups.built, "/S", expect=0, what="upgrade while a file of the old tree is open")
            self.tell((self.place / "famgui.exe").is_file(), f"the new tree stands; beside it: {self.leftovers()}")
        self.setup(self.setups.built, "/S", expect=0, what="upgrade after that")
        self.tell((self.place / "lib/famgui.pth").is_file(), "a file from an old tree came back to its place")
        (self.place / "lib/famgui.pth").unlink()
        old = self.place.with_name("famgui.famgui-old1")
        self.tell(self.leftovers() == [old.name], f"what both had stays: {self.leftovers()}")
        shutil.rmtree(old, ignore_errors=True)
        self.whole("the tree is whole")
        with self.hold(r"%LOCALAPPDATA%\Programs\famgui\python311.zip"):
            code, _ = self.remove(self.place, "/S")
            self.tell(code == 6, f"uninstall while a file is open: exit code {code}, expected 6")
            self.tell((self.place / "uninstall.exe").is_file() and bool(self.registered("DisplayVersion")),
                      "the uninstaller and the entry of Windows stay")  # fmt: skip
        self.setup(self.setups.built, "/S", expect=0, what="setup over what was left of it")
        self.whole("the tree is whole")

    def taken_folders(self) -> None:
        """A portable folder is refused; a link that cannot be made is told."""
        portable = self.chroot.drive / "portable"
        portable.mkdir()
        for name in ("product.json", "famgui.exe", "portable.txt"):
            (portable / name).touch()
        self.setup(self.setups.built, "/S", r"/D=C:\portable", expect=6, what="setup into a portable folder")
        self.tell(len(list(portable.iterdir())) == 3 and not self.leftovers(portable), "nothing was changed")
        shutil.rmtree(portable)
        named = r"/D=C:\工具,箱"
        self.setup(self.setups.built, "/S", named, expect=6, what="setup into a folder with a comma in its name")
        self.tell(not (self.chroot.drive / "工具,箱").exists(), "nothing was changed")
        (self.start_menu / LINK).unlink()
        (self.start_menu / LINK).mkdir()
        self.setup(self.setups.built, "/S", expect=8, what="a link of the start menu that cannot be made")
        (self.start_menu / LINK).rmdir()
        self.setup(self.setups.built, "/S", expect=0, what="once more")
        self.whole("the tree is whole")

    def uninstall(self) -> None:
        self.chroot.start(self.unix(self.place / "famgui.exe"))
        self.appears("the program's window", *PROGRAM)
        code, _ = self.remove(self.place, "/S")
        there = (self.place / "famgui.exe").exists()
        self.tell(code == 3 and there, f"uninstall while it runs: exit code {code}, expected 3")
        begun = time.monotonic()
        code, said = self.chroot.wine(self.unix(self.place / "uninstall.exe"), "/S", "/CLOSE", timeout=120)
        self.until(lambda: not self.place.exists())
        took = time.monotonic() - begun
        self.tell(not self.place.exists(), f"uninstall leaves no folder ({took:.1f} s) {said.strip()[:100]}")
        self.gone("after it")
        self.tell((self.data / "sentinel").is_file(), "data are kept")

    def pages(self) -> None:
        """Pictures of the pages, for people to look at."""
        for language in ("en_US.UTF-8", "zh_CN.UTF-8"):
            self.set_up_by_hand(language)
            self.refused_by_hand(language)
            self.remove_by_hand(language)

    def elsewhere(self) -> None:
        place = self.chroot.drive / "工具 箱/家庭 共济"
        self.setup(self.setups.built, "/S", "/NODESKTOP", f"/D={ELSEWHERE}", expect=0, what=f"install into {ELSEWHERE}")
        self.whole("the tree is whole there", place)
        self.tell(not (self.person_desktop / LINK).exists(), "/NODESKTOP makes no link")
        code, said = self.program(str(place / "famgui-cli.exe"), "--version", timeout=60)
        self.tell(code == 0 and self.setups.version in said, f"started from there: {said.strip()}")
        (self.data / "sentinel").parent.mkdir(parents=True, exist_ok=True)
        (self.data / "sentinel").write_text("data")
        code, _ = self.remove(place, "/S", "/DELETEDATA")
        left = [path.name for path in place.iterdir()] if place.exists() else []
        held = code == 0 and left in ([], ["uninstall.exe"])
        self.tell(held, f"uninstall /DELETEDATA _?=: exit code {code}, left {left}")
        self.tell(not self.data.exists(), "/DELETEDATA deletes the data")
        self.gone("after it")
        self.setup(self.setups.built, "/S", "/NODESKTOP", f"/D={ELSEWHERE}", expect=0, what="the same again")
        self.whole("the tree is whole there, in the folder that only had an uninstaller", place)
        self.data.mkdir()
        (self.data / "book").write_text("data")
        with self.hold(r"%LOCALAPPDATA%\famgui\book"):
            code, _ = self.remove(place, "/S", "/DELETEDATA")
        left = (self.data / "book").is_file() and not (place / "famgui.exe").exists()
        self.tell(code == 6 and left, f"/DELETEDATA while data are open: exit code {code}, expected 6")
        self.gone("after it")
        shutil.rmtree(self.data)
        shutil.rmtree(place.parent)

    def for_everybody(self) -> None:
        self.setup(self.setups.built, "/S", "/ALLUSERS", expect=0, what="/ALLUSERS (wine's user is an administrator)")
        place = self.chroot.drive / "Program Files/famgui"
        self.whole("the tree is whole in Program Files", place)
        self.tell("famgui" in self.registry(UNINSTALL, "HKLM"), "it is registered for all users")
        self.chroot.wine(self.unix(place / "uninstall.exe"), "/S", timeout=120)
        self.until(lambda: not place.exists())
        self.tell(not place.exists(), "uninstall leaves no folder in Program Files")
        self.tell("famgui" not in self.registry(UNINSTALL, "HKLM"), "nor an entry")

    def portable(self) -> None:
        """The zip, unpacked where a stick would be, keeps its data beside it and leaves none in the user's folder."""
        place = self.chroot.drive / "U 盘"
        (archive,) = self.setups.tree.parent.glob("*portable.zip")
        with zipfile.ZipFile(archive) as stream:
            stream.extractall(place)
        shutil.rmtree(self.data, ignore_errors=True)
        program = place / f"famgui-{self.setups.version}" / "famgui-cli.exe"
        code, _ = self.program(str(program), "search", "起付线")
        beside = sorted(path.name for path in (program.parent / "data").glob("*"))
        held = code == 0 and bool(beside) and not self.data.exists()
        self.tell(held, f"portable: exit code {code}, data beside it: {beside}")
        place = place.rename(place.with_name("U 盘, 甲"))
        code, said = self.program(str(place / program.parent.name / program.name), "--version")
        self.tell(code == 9 and "逗号" in said, f"a comma in its path is named: {said.strip()[:120]!r}")
        shutil.rmtree(place)

    def damaged(self) -> None:
        self.setup(self.setups.built, "/S", expect=0, what="install once more")
        (self.place / "python311.zip").unlink()
        code, said = self.program(str(self.place / "famgui-cli.exe"), "--version", timeout=60)
        self.tell(code == 9 and "python311.zip" in said, f"a missing file is named: {said.strip()[:120]!r}")
        self.chroot.start(self.unix(self.place / "famgui.exe"))
        self.appears("the message about the missing file")
        self.shot("missing")
        self.chroot.press("Return")
        self.vanishes("the message about the missing file")
