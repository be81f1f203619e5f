"""A Debian 13 system with wine 10 in a folder: made once, entered with an environment of its own."""

import contextlib
import fcntl
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from building.tools import Fault, need, run
from wine.processes import TOOK_TOO_LONG, end_all, run_bounded, running_inside, unmount

PACKAGES = ("wine", "wine64", "xvfb", "xauth", "xdotool", "imagemagick", "fonts-wqy-microhei", "locales")
USER = "张 三"
"""The account has a Chinese name with a space; so has every folder below it."""

FINISHED = ".wine-is-here"
"""A file in the chroot that says it was made to its end."""

PREFIX = "/root/prefix"
DISPLAY = ":97"


class Chroot:
    """The system; as a context it has its mounts, a screen and a fresh Windows, and ends what it started."""

    def __init__(self, root: Path, base: Path | None = None) -> None:
        self.root, self._base = root, base
        self._screen: subprocess.Popen[bytes] | None = None
        self._ends = contextlib.ExitStack()

    def __enter__(self) -> "Chroot":
        with contextlib.ExitStack() as ends:
            ends.enter_context(self._alone())
            self._clear()  # what a run left that was killed
            ends.callback(self._clear)
            if not (self.root / FINISHED).exists():
                self._make()
            self._mount()
            shutil.rmtree(self.root / PREFIX.lstrip("/"), ignore_errors=True)
            self._start_screen()
            ends.callback(self._end_screen)
            ends.callback(self.end_windows)
            self.wine("wineboot", "-i", timeout=300, language="C.UTF-8")
            fonts = self.drive / "windows" / "Fonts"
            fonts.mkdir(exist_ok=True)
            for font in (self.root / "usr/share/fonts/truetype/wqy").glob("*.ttc"):
                shutil.copyfile(font, fonts / font.name)
            self._ends = ends.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ends.close()

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else uses this folder: whoever comes ends what runs in it."""
        self.root.parent.mkdir(parents=True, exist_ok=True)
        with (self.root.parent / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Fault(
                    f"Another run is at work in {self.root.parent}; wait for it or name another folder."
                ) from None
            yield

    def _clear(self) -> None:
        """Nothing runs in the system, nothing is mounted there, no screen is said to be there."""
        end_all(self.root)
        unmount(self.root / "proc")
        for name in (f".X{DISPLAY[1:]}-lock", f".X11-unix/X{DISPLAY[1:]}"):
            (self.root / "tmp" / name).unlink(missing_ok=True)

    def _start_screen(self) -> None:
        words = [need("chroot"), str(self.root), "Xvfb", DISPLAY, "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._screen = subprocess.Popen(words, start_new_session=True, **quiet)
        time.sleep(3)
        if self._screen.poll() is not None:
            raise Fault(f"Xvfb did not start on {DISPLAY}; another one may be there.")

    def _end_screen(self) -> None:
        if self._screen is not None:
            self._screen.terminate()
            self._screen.wait(30)

    def end_windows(self) -> None:
        """End every Windows program; the screen stays."""
        self.enter(["wineserver", "-k"], timeout=30)
        end_all(self.root, spare=[self._screen.pid] if self._screen else [])

    def runs(self, words: str) -> bool:
        """Whether the command line of a program that runs in the system has these words."""
        return any(words in line for line in running_inside(self.root).values())

    @property
    def drive(self) -> Path:
        """Drive C: of Windows, seen from outside."""
        return self.root / PREFIX.lstrip("/") / "drive_c"

    @property
    def person(self) -> Path:
        """The user's own folder, seen from outside."""
        return self.drive / "users" / USER

    def wine(self, *words: str, timeout: float = 120, limit: int = 0, language: str = "zh_CN.UTF-8") -> tuple[int, str]:
        """Run a Windows program (its path as Windows or Unix has it); exit code and what it printed.

        `limit` is the size in bytes that no file may pass, 0 for none."""
        started = ["wine", *words] if not words[0].startswith("wine") else list(words)
        if words[-1].startswith(("/D=", "_?=")):  # NSIS reads these to the end of the line and knows no quotes
            program = words[0] if ":" in words[0] else "Z:" + words[0].replace("/", "\\")
            folder, _, name = program.rpartition("\\")
            started = ["wine", "cmd", "/c", f"cd /d {folder}&& {' '.join((name, *words[1:]))}"]
        if limit:
            started = ["sh", "-c", f"trap '' XFSZ; ulimit -f {limit // 512}; exec \"$@\"", "sh", *started]
        code, said = self.enter(started, timeout=timeout, language=language)
        if code == TOOK_TOO_LONG:
            self.end_windows()  # what it started would stand in the way of everything else
        return code, said

    def start(self, *words: str, language: str = "zh_CN.UTF-8") -> subprocess.Popen[bytes]:
        """Start a Windows program and come back at once."""
        return subprocess.Popen(
            [*self._entry(language), "wine", *words],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip

    def enter(self, words: list[str], *, timeout: float, language: str = "C.UTF-8") -> tuple[int, str]:
        """Run a program of the system; exit code and what it printed. 124 when it took too long."""
        return run_bounded([*self._entry(language), *words], timeout)

    def titles(self) -> dict[str, str]:
        """The windows that are to be seen, by number, the lowest first, with their titles."""
        code, said = self.enter(["xdotool", "search", "--onlyvisible", "--name", "."], timeout=30)
        numbers = said.split() if code == 0 else []
        named = {number: self.enter(["xdotool", "getwindowname", number], timeout=30) for number in numbers}
        return {number: said.strip() for number, (code, said) in named.items() if code == 0}

    def press(self, *keys: str) -> None:
        """Press keys in the topmost window: without a window manager they would go wherever the pointer is."""
        focus = [word for number in [*self.titles()][-1:] for word in ("windowfocus", "--sync", number)]
        self.enter(["xdotool", *focus, "key", "--delay", "200", *keys], timeout=30)

    def seen(self) -> str:
        """Something that is the same as long as the screen is."""
        return self.enter(["sh", "-c", "import -window root rgb:- | md5sum"], timeout=60)[1]

    def picture(self, place: Path) -> None:
        """Save what the screen shows."""
        taken = self.root / "tmp/screen.png"
        taken.unlink(missing_ok=True)
        code, said = self.enter(["import", "-window", "root", "/tmp/screen.png"], timeout=60)
        if code or not taken.is_file():
            raise Fault(f"No picture of the screen could be taken: {said.strip()[:200]}")
        shutil.move(taken, place)

    def _entry(self, language: str) -> list[str]:
        settings = {
            "HOME": "/root",
            "USER": USER,
            "LOGNAME": USER,
            "LANG": language,
            "DISPLAY": DISPLAY,
            "PATH": "/usr/bin:/bin",
            "XDG_RUNTIME_DIR": "/tmp",
            "WINEPREFIX": PREFIX,
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml,winedbg.exe=",
        }
        return [need("chroot"), str(self.root), "env", "-i", *(f"{name}={value}" for name, value in settings.items())]

    def _make(self) -> None:
        if os.geteuid():
            raise Fault("A chroot needs root; run this with sudo.")
        begun = time.monotonic()
        run(["rm", "-rf", "--one-file-system", self.root])  # half of one, from a run that was stopped
        if self._base:
            self.root.parent.mkdir(parents=True, exist_ok=True)
            run(["cp", "-a", self._base, self.root])
        else:
            run([need("debootstrap"), "--variant=minbase", "--include=ca-certificates", "trixie", self.root])
        for name in ("etc/resolv.conf", "etc/hosts", "etc/ssl/certs/ca-certificates.crt"):
            if Path("/", name).exists():
                (self.root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(Path("/", name), self.root / name)
        for path in Path("/etc/apt/apt.conf.d").glob("99*"):
            shutil.copyfile(path, self.root / "etc/apt/apt.conf.d" / path.name)
        self._mount()
        inside = [need("chroot"), self.root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
        run([*inside, "update"])
        run([*inside, "install", "-y", "--no-install-recommends", *PACKAGES])
        for language in ("zh_CN", "en_US"):
            run([need("chroot"), self.root, "localedef", "-i", language, "-f", "UTF-8", f"{language}.UTF-8"])
        (self.root / FINISHED).touch()
        print(f"wine's chroot made in {time.monotonic() - begun:.0f} s", flush=True)

    def _mount(self) -> None:
        """/proc and no more: the system has the device files it was made with, so that a test breaks only those."""
        if not os.path.ismount(self.root / "proc"):
            run(["mount", "-t", "proc", "proc", self.root / "proc"])
