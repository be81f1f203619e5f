"""The Debian package: a tree under /opt, what a desktop looks for under /usr/share, and no maintainer scripts."""

import gzip
import os
import shutil
import tarfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from string import Template

from building.elf import outside_libraries
from building.plan import ROOT, TEMPLATES, Plan
from building.publish import settle_times
from building.tools import Fault, need, run

LIBRARIES = {
    "libc6": ("ld-linux-x86-64.so.2 libc.so.6 libdl.so.2 libm.so.6 libpthread.so.0 librt.so.1 libutil.so.1"
              " libresolv.so.2"),
    "libcups2 | libcups2t64": "libcups.so.2",
    "libdbus-1-3": "libdbus-1.so.3",
    "libegl1": "libEGL.so.1",
    "libexpat1": "libexpat.so.1",
    "libfontconfig1": "libfontconfig.so.1",
    "libfreetype6": "libfreetype.so.6",
    "libgcc-s1": "libgcc_s.so.1",
    "libgl1": "libGL.so.1",
    "libglib2.0-0 | libglib2.0-0t64": "libglib-2.0.so.0 libgthread-2.0.so.0",
    "libstdc++6": "libstdc++.so.6",
    "libwayland-client0": "libwayland-client.so.0",
    "libwayland-cursor0": "libwayland-cursor.so.0",
    "libwayland-egl1": "libwayland-egl.so.1",
    "libx11-6": "libX11.so.6",
    "libx11-xcb1": "libX11-xcb.so.1",
    "libxcb-glx0": "libxcb-glx.so.0",
    "libxcb-randr0": "libxcb-randr.so.0",
    "libxcb-render0": "libxcb-render.so.0",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-shm0": "libxcb-shm.so.0",
    "libxcb-sync1": "libxcb-sync.so.1",
    "libxcb-xfixes0": "libxcb-xfixes.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1",
    "libxcb1": "libxcb.so.1",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libzstd1": "libzstd.so.1",
}  # fmt: skip
"""The Debian packages of the libraries that stay the desktop's own, with what each of them has."""

FONTS = "fonts-noto-cjk | fonts-wqy-microhei | fonts-wqy-zenhei"
"""Without one of these every Chinese character is a box."""


def depends(tree: Path, floor: tuple[int, ...]) -> str:
    """The Depends line of a frozen tree, from what its files are linked with. Raises Fault for an unknown library."""
    package_of = {name: package for package, names in LIBRARIES.items() for name in names.split()}
    wanted = {FONTS}
    for name, files in outside_libraries(tree).items():
        if name not in package_of:
            raise Fault(f"{files[0].name} asks for {name}; no package is known for it (building/deb.py, LIBRARIES).")
        wanted.add(package_of[name])
    least = f"libc6 (>= {'.'.join(map(str, floor))})"
    return ", ".join(sorted(least if package == "libc6" else package for package in wanted))


def make_deb(plan: Plan, product: Path, papers: Path, floor: tuple[int, ...], work: Path) -> Path:
    """Pack a frozen folder and its papers (notices) as a .deb; its path. The same input gives the same bytes."""
    tree = work / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(product, tree / "opt" / "famgui", symlinks=True)
    link = tree / "usr" / "bin" / "famgui"
    link.parent.mkdir(parents=True)
    link.symlink_to("/opt/famgui/famgui")
    _desktop(plan, tree / "usr" / "share")
    _documents(plan, papers, tree / "usr" / "share" / "doc" / "famgui")
    installed = sum(path.stat().st_size for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
    control = {"version": plan.version, "depends": depends(product, floor), "size": installed // 1024}
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN" / "control").write_text(_filled("control.in", control), "utf-8")
    settle_times(tree, plan.epoch)
    out = work / f"famgui_{plan.version}_amd64.deb"
    words: list[str | Path] = [need("dpkg-deb"), "--root-owner-group", "-Zxz", "--build", tree, out]
    run(words, env=plan.environment() | {"DPKG_DEB_THREADS_MAX": "1"})
    return out


def _desktop(plan: Plan, share: Path) -> None:
    day = datetime.fromtimestamp(plan.epoch, UTC).date().isoformat()
    facts = {"version": plan.version, "day": day}
    files = {
        "famgui.desktop": "applications/famgui.desktop",
        "famgui.metainfo.xml.in": "metainfo/famgui.metainfo.xml",
        "famgui-mime.xml": "mime/packages/famgui.xml",
    }
    for name, place in files.items():
        (share / place).parent.mkdir(parents=True, exist_ok=True)
        (share / place).write_text(_filled(name, facts), "utf-8")
    icon = share / "icons" / "hicolor" / "scalable" / "apps" / "famgui.svg"
    icon.parent.mkdir(parents=True)
    shutil.copyfile(ROOT / "resources" / "icons" / "famgui.svg", icon)
    for tool, words in (
        ("desktop-file-validate", [share / "applications/famgui.desktop"]),
        ("appstreamcli", ["validate", "--no-net", share / "metainfo/famgui.metainfo.xml"]),
    ):
        if shutil.which(tool):
            run([tool, *words])


def _documents(plan: Plan, papers: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    shutil.copytree(papers, folder, dirs_exist_ok=True)
    shutil.copyfile(ROOT / "LICENSE", folder / "copyright")
    with (folder / "changelog.gz").open("wb") as stream, gzip.GzipFile("", "wb", 9, stream, mtime=plan.epoch) as packed:
        packed.write((ROOT / "CHANGELOG.md").read_bytes())


def _filled(name: str, facts: Mapping[str, object]) -> str:
    return Template((TEMPLATES / "linux" / name).read_text("utf-8")).substitute(facts)


def make_portable(plan: Plan, product: Path, papers: Path, work: Path) -> Path:
    """Pack a frozen folder as a .tar.xz that keeps its data beside it; its path. Same input, same bytes."""
    tree = work / "portable" / f"famgui-{plan.version}"
    shutil.rmtree(tree.parent, ignore_errors=True)
    shutil.copytree(product, tree, symlinks=True)
    shutil.copytree(papers, tree / "licences")
    shutil.copyfile(ROOT / "LICENSE", tree / "licences" / "LICENSE.txt")
    shutil.copyfile(TEMPLATES / "portable.txt", tree / "portable.txt")
    settle_times(tree, plan.epoch)
    out = work / f"famgui-{plan.version}-linux-x86_64-portable.tar.xz"
    with tarfile.open(out, "w:xz", format=tarfile.PAX_FORMAT, preset=6) as archive:
        for path in sorted([tree, *tree.rglob("*")], key=os.fspath):
            entry = archive.gettarinfo(path, arcname=str(path.relative_to(tree.parent)))
            entry.uid = entry.gid = 0
            entry.uname = entry.gname = "root"
            with path.open("rb") if entry.isreg() else Path(os.devnull).open("rb") as stream:
                archive.addfile(entry, stream if entry.isreg() else None)
    return out
