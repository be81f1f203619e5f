"""Which clauses and values come from packs of the user's own, in which version, and who stands behind them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from famgui.base.paths import Home
from famgui.policy.library import Library
from famgui.policy.signature import Signature, key_folders, trusted
from famgui.usecase.packpreview import is_own
from famgui.usecase.packs import signed_by


@dataclass(frozen=True, slots=True)
class Origin:
    """A pack of the user's own: its file's name, version and signature; `kept`: the last good version stands in for
    the file, which is faulty."""

    file: str
    version: str
    signature: Signature
    kept: bool


class Origins:
    """The packs of the user's own as they are now; asked for again when the packs or the keys have changed."""

    def __init__(self, library: Library, home: Home) -> None:
        self._library = library
        self._packs = _own_packs(library, home)

    def of_clause(self, clause: str) -> Origin | None:
        """The user's own pack that says a clause; None for a shipped clause, and for one that no pack has."""
        return self._packs.get(self._library.file_of(clause)) if self._packs else None

    def of_values(self, place: str) -> Origin | None:
        """The user's own pack whose values rule at a place; None where a shipped pack does, or none."""
        pack = self._library.pack(place) if self._packs else None
        return None if pack is None else self._packs.get(pack.file)


def _own_packs(library: Library, home: Home) -> Mapping[str, Origin]:
    mine = str(home.policies)
    own = [head for head in library.heads if str(head["file"]).startswith(mine) and is_own(str(head["file"]), home)]
    keys = trusted(key_folders(home)) if own else {}
    found = {}
    for head in own:
        path = Path(head["file"])
        found[str(head["file"])] = Origin(path.name, head["version"], signed_by(path, keys), head["kept"])
    return found
