"""What the checks of the self-test stand on: parts of the program on a home of their own, and what it came with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

from famgui.base.paths import Home
from famgui.base.wording import Wording
from famgui.policy.library import Library
from famgui.policy.regions import Regions


class SelftestFailed(Exception):
    """A check does not hold; `args[0]` is the sentence that says so."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A home that lasts as long as the test, the program's parts that write there, the folder of things to try them on
    (`shipped`) and where to keep a picture of the window (None: nowhere)."""

    home: Home
    wording: Wording
    now: datetime
    shipped: Path
    library: Callable[[], Library]
    regions: Callable[[], Regions]
    open_book: Callable[[Path], Any]
    examine: Callable[[Path], list[str]]
    services: Callable[[], Any]
    pages: Callable[[], Any]
    picture: Path | None = None

    def fail(self, key: str, **values: object) -> NoReturn:
        """Raise `SelftestFailed` with a sentence."""
        raise SelftestFailed(self.wording.say("selftest", key, **values))

    def folder(self, name: str) -> Path:
        """A new folder in the home."""
        made = self.home.root / name
        made.mkdir(parents=True)
        return made
