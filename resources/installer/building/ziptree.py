"""Zip files that two builds write alike."""

import time
import zipfile
from pathlib import Path

FIRST = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip can name."""


def write_zip(archive: Path, tree: Path, epoch: int, *, top: str = "") -> None:
    """Pack a tree: names sorted, one date (`epoch`, seconds), modes that say nothing of the builder.

    `top` goes before every name: a folder inside the zip, with its slash."""
    moment = max(FIRST, time.gmtime(epoch)[:6])
    with zipfile.ZipFile(archive, "w") as stream:
        for path in sorted(tree.rglob("*"), key=lambda path: path.relative_to(tree).as_posix()):
            if path.is_file():
                entry = zipfile.ZipInfo(top + path.relative_to(tree).as_posix(), moment)
                entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
                stream.writestr(entry, path.read_bytes(), compresslevel=9)
