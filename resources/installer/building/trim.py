"""What a frozen tree carries and the program never uses; and what belongs to the desktop it runs on."""

import fnmatch
from pathlib import Path

from building.elf import elf_files, orphan_libraries
from building.tools import need, run

UNUSED = (
    "**/libQt6Network.so*",
    "**/libQt6Qml*.so*",
    "**/libQt6Quick*.so*",
    "**/libQt6OpenGLWidgets.so*",
    "**/libQt6Pdf*.so*",
    "**/libQt6VirtualKeyboard*.so*",
    "**/libQt6EglFS*.so*",
    "**/libQt6EglFs*.so*",
    "**/libQt6Sql.so*",
    "**/libQt6Test.so*",
    "**/libQt6Help.so*",
    "**/plugins/egldeviceintegrations",
    "**/plugins/tls",
    "**/plugins/networkinformation",
    "**/plugins/generic",
    "**/plugins/qmltooling",
    "**/plugins/sqldrivers",
    "**/plugins/platforms/libqeglfs.so",
    "**/plugins/platforms/libqlinuxfb.so",
    "**/plugins/platforms/libqminimal*.so",
    "**/plugins/platforms/libqvnc.so",
    "**/plugins/platforms/libqvkkhrdisplay.so",
    "**/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
    "**/plugins/imageformats/libq[!sgji]*.so",
    "**/plugins/imageformats/libqicns.so",
    "**/plugins/platformthemes/libqgtk3.so",
    "**/*.dist-info/RECORD",
    "**/*.dist-info/INSTALLER",
    "**/*.dist-info/REQUESTED",
    "**/*.dist-info/direct_url.json",
    "**/opencc/clib/bin",
    "**/opencc/clib/include",
    "**/opencc/clib/lib*",
)
"""Parts of Qt without which every page still works (the smoke test says so)."""

TRANSLATIONS = "**/translations/*.qm"
KEPT_TRANSLATION = "qtbase_zh_CN.qm"

OF_THE_DESKTOP = (
    "libX11*", "libxcb.so*", "libxcb-*", "libXau*", "libXdmcp*", "libXext*", "libXrender*", "libxkbcommon*",
    "libwayland-*", "libdrm*", "libgbm*", "libEGL*", "libGL*", "libglib-2*", "libgthread-2*", "libgio-2*",
    "libgobject-2*", "libgmodule-2*", "libfontconfig*", "libfreetype*", "libpng16*", "libbrotli*", "libexpat*",
    "libdbus-1*", "libsystemd*", "libgcrypt*", "libgpg-error*", "liblz4*", "libzstd*", "libcap*", "libpcre*",
    "libstdc++*", "libgcc_s*", "libmount*", "libblkid*", "libselinux*", "libgssapi*", "libkrb5*", "libk5crypto*",
    "libcom_err*", "libkeyutils*", "libgnutls*", "libbsd*", "libmd*", "libgtk*", "libgdk*", "libpango*", "libcairo*",
    "libatk*", "libharfbuzz*", "libtinfo*", "libreadline*", "libICE*", "libSM*", "libresolv*", "libnsl*", "libtirpc*",
    "libcups*", "libavahi*",
)  # fmt: skip
"""Libraries that come with every desktop and must be its own: drivers, fonts, themes and input hang on them."""

BUNDLED = ("libxcb-cursor.so.0", "libxcb-util.so.1", "libxcb-icccm.so.4", "libxcb-image.so.0", "libxcb-keysyms.so.1",
           "libxcb-render-util.so.0")  # fmt: skip
"""What Qt's window plugin asks for and small or older desktops lack."""


def trim(tree: Path) -> str:
    """Take out what a frozen tree does not need; how much, for people."""
    gone = 0
    for pattern in UNUSED:
        for path in sorted(tree.glob(pattern)):
            gone += _remove(path)
    for path in sorted(tree.glob(TRANSLATIONS)):
        if path.name != KEPT_TRANSLATION:
            gone += _remove(path)
    inner = tree / "_internal"
    for path in sorted(inner.glob("lib*.so*")):
        if is_of_the_desktop(path.name):
            gone += _remove(path)
    while orphans := orphan_libraries(inner):
        gone += sum(_remove(path) for path in orphans)
    gone += sum(_strip(path) for path in elf_files(inner) if "PySide6" not in path.parts)  # Qt goes on as it came
    return f"{gone / 1_000_000:.0f} MB taken out"


def is_of_the_desktop(name: str) -> bool:
    """Whether a library must be the desktop's own."""
    return name not in BUNDLED and any(fnmatch.fnmatch(name, pattern) for pattern in OF_THE_DESKTOP)


def _strip(library: Path) -> int:
    """Take the names out that only a debugger reads; how many bytes they were."""
    before = library.stat().st_size
    run([need("strip"), "--strip-unneeded", library])
    return before - library.stat().st_size


def _remove(path: Path) -> int:
    """Remove a file, a link or a folder; how many bytes it held."""
    if path.is_symlink() or path.is_file():
        size = 0 if path.is_symlink() else path.stat().st_size
        path.unlink()
        return size
    size = sum(_remove(inner) for inner in path.iterdir())
    path.rmdir()
    return size
