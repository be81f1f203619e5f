"""The Windows that the steps of the course share: what is run in it, and what is found there afterwards."""

import contextlib
import hashlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from building.tools import Fault
from wine.chroot import Chroot
from wine.setups import ONLY_OLDER, Setups

UNINSTALL = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\famgui"
LINK = "家庭共济助手.lnk"


class Ground:
    """One Windows, the setups to try there, and the lines of what held."""

    def __init__(self, chroot: Chroot, setups: Setups, folder: Path) -> None:
        self.chroot, self.setups, self.folder = chroot, setups, folder
        self.lines: list[str] = []
        self.place = chroot.person / "AppData/Local/Programs/famgui"
        self.data = chroot.person / "AppData/Local/famgui"

    def tell(self, held: bool, what: str) -> None:
        """Note one line and show it."""
        self.lines.append(("ok      " if held else "FAILED  ") + what)
        print(self.lines[-1], flush=True)

    def setup(self, which: Path, *words: str, expect: int, what: str, limit: int = 0) -> None:
        """Run a Setup.exe and compare its exit code."""
        begun = time.monotonic()
        code, said = self.chroot.wine(f"/root/setups/{which.name}", *words, timeout=240, limit=limit)
        took = time.monotonic() - begun
        self.tell(code == expect, f"{what}: exit code {code}, expected {expect} ({took:.1f} s) {said.strip()[:200]}")

    @contextlib.contextmanager
    def hold(self, path: str) -> Iterator[None]:
        """Another program has a file open, so that nobody can delete it; `path` as a batch file has it."""
        script = self.chroot.drive / "hold.bat"
        script.write_bytes(f'ping -n 600 127.0.0.1 < "{path}"\r\n'.encode("ascii"))
        self.chroot.start("cmd", "/c", r"C:\hold.bat")
        try:
            if not self.until(lambda: self.chroot.runs("ping -n"), 60):
                raise Fault(f"no program came up to hold {path}")
            yield
        finally:
            self.chroot.wine("taskkill", "/f", "/im", "ping.exe", timeout=30)
            self.until(lambda: not self.chroot.runs("ping -n"), 20)
            script.unlink(missing_ok=True)

    def whole(self, what: str, place: Path | None = None) -> None:
        """The installed tree is the built one, byte for byte, and the uninstaller."""
        there, built = self.tree(place or self.place), self.tree(self.setups.tree)
        wrong = sorted(name for name in there.keys() | built.keys() if there.get(name) != built.get(name))
        held = wrong == ["uninstall.exe"] and not self.leftovers(place) and not set(ONLY_OLDER) & there.keys()
        self.tell(held, f"{what} ({len(there)} files)" + ("" if held else f": {wrong[:5]} {self.leftovers(place)}"))

    def gone(self, when: str) -> None:
        """No link and no entry is left."""
        links = [path for path in (self.person_desktop / LINK, self.start_menu / LINK) if path.exists()]
        keys = [UNINSTALL, r"Software\Classes\famgui.case", r"Software\Classes\Applications\famgui.exe",
                r"Software\Classes\SystemFileAssociations\.toml\shell\famgui"]  # fmt: skip
        left = [key for key in keys if "famgui" in self.registry(key)]
        self.tell(not links and not left, f"no link and no entry is left {when} {links} {left}")

    def leftovers(self, place: Path | None = None) -> list[str]:
        return [path.name for path in (place or self.place).parent.glob("*.famgui-*")]

    def remove(self, place: Path, *words: str) -> tuple[int, str]:
        """Run the uninstaller where it lies, so that its exit code comes back."""
        program = self.windows(place / "uninstall.exe")
        return self.chroot.wine(program, *words, f"_?={self.windows(place)}", timeout=120)

    def program(self, path: str, *words: str, timeout: float = 120) -> tuple[int, str]:
        return self.chroot.wine(self.unix(Path(path)), *words, timeout=timeout)

    def registered(self, name: str) -> str:
        found = [line.split() for line in self.registry(UNINSTALL).splitlines() if name in line]
        return found[0][-1] if found else ""

    def registry(self, key: str, hive: str = "HKCU") -> str:
        code, said = self.chroot.wine("reg", "query", f"{hive}\\{key}", timeout=60)
        return said if code == 0 else ""

    @property
    def person_desktop(self) -> Path:
        return self.chroot.person / "Desktop"

    @property
    def start_menu(self) -> Path:
        return self.chroot.person / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs"

    def unix(self, path: Path) -> str:
        return "/" + path.relative_to(self.chroot.root).as_posix()

    def windows(self, path: Path) -> str:
        return "C:\\" + path.relative_to(self.chroot.drive).as_posix().replace("/", "\\")

    def tree(self, folder: Path) -> dict[str, str]:
        return {
            path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in folder.rglob("*")
            if path.is_file()
        }

    def until(self, held: Callable[[], bool], seconds: float = 60) -> bool:
        """Wait for something, for so long at most; whether it came."""
        end = time.monotonic() + seconds
        while not (came := held()) and time.monotonic() < end:
            time.sleep(0.5)
        return came
