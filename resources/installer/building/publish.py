"""Dates, digests and the last step: products reach `dist/` whole and together, or not at all."""

import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from building.tools import Fault

SUMS = "SHA256SUMS"


def settle_times(tree: Path, epoch: int) -> None:
    """Give every file and folder of a tree the commit's time, and modes that do not depend on the builder's umask."""
    for path in sorted(tree.rglob("*"), reverse=True):
        if not path.is_symlink():
            runs = path.is_dir() or os.access(path, os.X_OK)
            path.chmod(0o755 if runs else 0o644)
        os.utime(path, (epoch, epoch), follow_symlinks=False)
    tree.chmod(0o755)
    os.utime(tree, (epoch, epoch))


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def publish(products: Iterable[Path], dist: Path) -> list[Path]:
    """Move finished products into `dist` and write its SHA256SUMS anew; the paths there. Raises Fault, moving nothing.

    Each file is first brought to the same file system under a hidden name, so that the last step is renames only.
    """
    products = list(products)
    for product in products:
        if not product.is_file() or product.stat().st_size == 0:
            raise Fault(f"The build left no {product.name}; nothing was published.")
    dist.mkdir(parents=True, exist_ok=True)
    hidden = []
    try:
        for product in products:
            half = dist / f".{product.name}.part"
            hidden.append((half, dist / product.name))
            shutil.copyfile(product, half)
        placed = []
        for half, place in hidden:
            half.replace(place)
            placed.append(place)
    finally:
        for half, _ in hidden:
            half.unlink(missing_ok=True)
    write_sums(dist)
    return placed


def write_sums(dist: Path) -> Path:
    """Write `SHA256SUMS` of a folder, in the form that `sha256sum --check` reads; its path."""
    files = sorted(path for path in dist.iterdir() if path.is_file() and path.name != SUMS and path.name[0] != ".")
    sums = dist / SUMS
    half = dist / f".{SUMS}.part"
    half.write_text("".join(f"{digest(path)}  {path.name}\n" for path in files), "utf-8")
    half.replace(sums)
    return sums
