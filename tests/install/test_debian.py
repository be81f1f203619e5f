"""The .deb in clean Debian systems: installed, asked to test itself, its window looked at, removed, the data left."""

import os
import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from building.chroot import entered, make_chroot, run_inside
from building.plan import ROOT
from building.tools import run
from wine.processes import end_all, unmount

pytestmark = pytest.mark.product

DIST = Path(os.environ.get("FAMGUI_DIST", ROOT / "dist"))
KEPT = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "famgui-build" / "debian"
PICTURES = ROOT / "out" / "install"
SUITES = ("bullseye", "bookworm", "trixie")
"""Debian 11, 12 and 13."""

USER = [
    "chroot",
    "--userspec=1000:1000",
    "/",
    "env",
    "HOME=/home/王 芳",
    "LANG=C.UTF-8",
    "XDG_RUNTIME_DIR=/tmp/run-1000",
]
"""An ordinary user, whose folder has a Chinese name and a blank."""


@pytest.fixture(scope="module")
def deb() -> Path:
    """The package that was built last; the test says so when there is none."""
    found = sorted(DIST.glob("famgui_*_amd64.deb"), key=os.path.getmtime)
    if not found:
        pytest.fail(f"no famgui_*_amd64.deb in {DIST}: make installer builds it")
    return found[-1]


@pytest.fixture(scope="module", params=SUITES)
def system(request: pytest.FixtureRequest, deb: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A fresh copy of a minimal Debian with the package in it, installed with what it depends on and nothing more."""
    if os.geteuid() != 0:
        pytest.fail("a chroot can be entered by root only: sudo make installer-test")
    base = KEPT / request.param
    make_chroot(request.param, base)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # who is asked to stop puts everything away first
    root = tmp_path_factory.mktemp("system") / request.param
    try:
        run(["cp", "-a", base, root])  # with its device nodes, which Python would read instead of copying
        shutil.copy(deb, root / "root" / "famgui.deb")
        with entered(root):
            run_inside(root, ["mkdir", "-p", "-m", "700", "/home/王 芳", "/tmp/run-1000"])
            run_inside(root, ["chown", "1000:1000", "/home/王 芳", "/tmp/run-1000"])
            run_inside(root, ["apt-get", "update", "-qq"])
            install(root, "/root/famgui.deb")
            yield root
    finally:
        end_all(root)
        unmount(root / "proc")
        run(["rm", "-rf", "--one-file-system", root])


def install(root: Path, *packages: str) -> None:
    """Install packages without what they only recommend."""
    words = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    run_inside(root, words, env={"DEBIAN_FRONTEND": "noninteractive"})


def test_nothing_that_its_files_are_linked_with_is_missing(system: Path) -> None:
    script = "find /opt/famgui -type f -name '*.so*' -exec ldd {} + | grep -v '^/' | grep 'not found' | sort -u || true"
    inner = {path.name for path in (system / "opt/famgui").rglob("*.so*")}
    missing = {line.split()[0] for line in run_inside(system, ["sh", "-c", script]).splitlines()}
    assert missing - inner == set()


def test_the_program_holds_its_own_checks(system: Path) -> None:
    said = run_inside(system, [*USER, "QT_QPA_PLATFORM=offscreen", "famgui", "--lang", "en", "selftest"])
    lines = said.splitlines()
    assert sum(line.startswith("ok ") for line in lines) >= 15, said
    assert not any(line.startswith("FAILED") for line in lines), said


def test_the_portable_archive_keeps_its_data_beside_it(system: Path) -> None:
    """What the package depends on is there; its own files are not used."""
    archive = max(DIST.glob("famgui-*-linux-x86_64-portable.tar.xz"), key=os.path.getmtime)
    stick = system / "home/王 芳/U 盘"
    stick.mkdir()
    run(["tar", "-xf", archive, "-C", stick])
    run_inside(system, ["chown", "-R", "1000:1000", "/home/王 芳/U 盘"])
    folder = next(stick.iterdir())
    program = "/" + str(folder.relative_to(system)) + "/famgui"
    said = run_inside(system, [*USER, program, "search", "起付线", "--place", "430200", "--json"])
    assert '"HN-04"' in said
    assert (folder / "data").is_dir()
    assert not (system / "home/王 芳/.local/share/famgui/cache").exists()


def test_the_desktop_knows_it(system: Path) -> None:
    install(system, "shared-mime-info", "desktop-file-utils")
    globs = (system / "usr/share/mime/globs2").read_text("utf-8")
    assert re.search(r"^\d+:application/vnd\.famgui\.case\+toml:\*\.famgui\.toml$", globs, re.MULTILINE)
    listed = (system / "usr/share/applications/mimeinfo.cache").read_text("utf-8")
    assert "application/vnd.famgui.case+toml=famgui.desktop;" in listed
    entry = (system / "usr/share/applications/famgui.desktop").read_text("utf-8")
    assert "Name[zh_CN]=家庭共济助手" in entry and "Exec=famgui %f" in entry
    assert (system / "usr/share/icons/hicolor/scalable/apps/famgui.svg").is_file()


def test_its_window_comes_up_on_a_screen(system: Path) -> None:
    install(system, "xvfb", "xauth", "imagemagick", "xdotool")
    PICTURES.mkdir(parents=True, exist_ok=True)
    script = """
      Xvfb :7 -screen 0 1366x768x24 >/dev/null 2>&1 & screen=$!
      export DISPLAY=:7; sleep 2
      famgui --lang zh >/tmp/window.log 2>&1 & program=$!
      for try in $(seq 60); do xdotool search --onlyvisible --name . >/dev/null 2>&1 && break; sleep 0.5; done
      sleep 12
      kill -0 $program || { cat /tmp/window.log; kill $screen; exit 1; }
      import -window root /tmp/window.png
      kill $program; wait $program; kill $screen; cat /tmp/window.log
    """
    said = run_inside(system, [*USER, "sh", "-c", script], timeout=180)
    picture = PICTURES / f"{system.name}.png"
    shutil.copy(system / "tmp/window.png", picture)
    colours = run_inside(system, ["identify", "-format", "%k", "/tmp/window.png"])
    assert int(colours.strip()) > 200, said
    assert "Traceback" not in said


def test_removal_leaves_the_data_and_nothing_else(system: Path) -> None:
    """Comes last: the package is gone afterwards."""
    data = system / "home/王 芳/.local/share/famgui"
    assert (data / "sample.sqlite").is_file()
    run_inside(system, ["apt-get", "remove", "-y", "-qq", "famgui"])
    assert not (system / "opt/famgui").exists()
    assert not (system / "usr/bin/famgui").is_symlink()
    assert not (system / "usr/share/applications/famgui.desktop").exists()
    assert (data / "sample.sqlite").is_file()
