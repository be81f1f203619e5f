"""What an administrator has laid down for this computer, in `famgui-policy.toml` or `policy.toml`."""

import os
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from famgui.base.paths import program_folder

BESIDE = "famgui-policy.toml"
_LARGEST = 64 * 1024
_KINDS = {"update": bool, "update-source": str}


@dataclass(frozen=True, slots=True)
class Ordered:
    """The orders in force. `update` False: no looking for updates; `source` "" leaves the place to look to the user.

    `file` is where the order about updates stands. `fault` is set when a file cannot be understood: its sentence's key
    in the section `update`, and the values that go into it; updates are off then.
    """

    update: bool = True
    source: str = ""
    file: Path | None = None
    fault: tuple[str, tuple[tuple[str, str], ...]] | None = None


class _NoOrders(Exception):
    pass


def order_files() -> tuple[Path, ...]:
    """Where orders may stand; the computer's own come before those beside the program."""
    found: list[Path] = []
    if sys.platform == "win32":
        found.append(Path(os.environ.get("PROGRAMDATA") or r"C:\ProgramData") / "famgui" / "policy.toml")
    else:
        found.append(Path("/etc/famgui/policy.toml"))
    if (beside := program_folder()) is not None:
        found.append(beside / BESIDE)
    return tuple(found)


def read_orders(files: Sequence[Path]) -> Ordered:
    """The orders in these files: one `update = false` is enough, the first `update-source` counts, and a file that
    cannot be understood turns updates off."""
    in_force = Ordered()
    for file in files:
        try:
            told = _orders(file)
        except _NoOrders as wrong:
            key, *values = wrong.args
            return Ordered(update=False, file=file, fault=(key, (("file", str(file)), *values)))
        if not told:
            continue
        update = in_force.update and told.get("update", True) is True
        source = in_force.source or str(told.get("update-source", ""))
        in_force = Ordered(update, source, file if update != in_force.update else in_force.file)
    return in_force


def _orders(file: Path) -> dict[str, object]:
    try:
        with file.open("rb") as stream:
            text = stream.read(_LARGEST + 1)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise _NoOrders("order-unreadable", ("reason", error.strerror or str(error))) from None
    if len(text) > _LARGEST:
        raise _NoOrders("order-large")
    try:
        told = tomllib.loads(text.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _NoOrders("order-no-toml", ("reason", str(error))) from None
    for key, value in told.items():
        if key not in _KINDS:
            raise _NoOrders("order-unknown", ("key", key))
        if type(value) is not _KINDS[key]:
            raise _NoOrders("order-update" if key == "update" else "order-source")
    return told
