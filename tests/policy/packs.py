"""A small good pack for tests, and folders of packs."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from famgui.policy.library import Library
from tests.files.program import REPOSITORY

FREE = "810000"
"""A place without a shipped pack."""

GOOD = """\
format = 1
place = "810000"
name = { zh = "甲地", en = "Nowhere" }
version = "1.0"
checked_on = 2026-11-01
[[value]]
key = "account.keep"
value = "500.00"
clause = "T-01"
beside = ["T-02"]
[[value]]
key = "pool.ratio"
when = { benefit = "outpatient", insurance = "employee", level = ["community", "primary"] }
value = "0.60"
clause = "T-01"
from = 2024-01-01
until = 2024-12-31
[[value]]
key = "binding.at-once"
value = 5
clause = "T-02"
[[value]]
key = "premium.window"
when = { product = "resident-2030" }
value = { first = 2029-09-01, last = 2030-01-31 }
clause = "T-01"
[[value]]
key = "premium.price"
when = { product = "resident-2030" }
value = "500.00"
clause = "T-01"
[[value]]
key = "premium.late-price"
when = { product = "resident-2030" }
value = "600.00"
clause = "T-01"
[[clause]]
id = "T-01"
topic = "test"
statement = "甲"
grade = "A"
from = 2024-01-01
until = 2030-12-31
source = { title = "乙", url = "https://example.org/" }
[[clause]]
id = "T-02"
topic = "test"
statement = "丙"
grade = "D"
"""


SHIPPED = REPOSITORY / "resources" / "policies"
FEW = ("000000", "310000", "350000", "430000", "430200", "990003")
"""Places whose packs rest on no others'."""

_CACHE = TemporaryDirectory()


def shipped(folder: Path) -> Path:
    """A copy of a few of the shipped packs in a new folder."""
    folder.mkdir()
    for path in SHIPPED.glob("*.toml"):
        if path.name[:6] in FEW:
            shutil.copyfile(path, folder / path.name)
    return folder


def beside_shipped(folder: Path) -> Library:
    """All shipped packs and those of a folder; the shipped ones are read once for all tests."""
    return Library([SHIPPED, folder], Path(_CACHE.name))


def user(folder: Path, text: str | bytes = GOOD, name: str = "810000-nowhere.toml") -> Path:
    """A folder of the user's own with one pack in it; the pack's path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path
