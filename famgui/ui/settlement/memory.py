"""What the calculator remembers in a book: how items were typed before, and where the last visit was. QtCore only."""

from collections.abc import Iterable, Mapping
from typing import Any

from famgui.domain.bill import CATEGORIES, CLASSES
from famgui.domain.money import WHOLE
from famgui.ui.settlement.draft import ItemDraft
from famgui.ui.settlement.paste import Known
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.drafts import DraftKeeper

MOST = 200
"""How many names are remembered, the latest ones."""


class _BookKeeper(DraftKeeper):
    """Keeps one body for the whole book."""

    def _key(self) -> str | None:
        return None if self._desk.book is None else self._kind


class Memory:
    """Names of items with what stood beside them, and the last visit's circumstances; saved soon after each change."""

    def __init__(self, desk: Desk) -> None:
        self._keeper = _BookKeeper(desk, "settlement-memory")
        kept = self._keeper.take_back() or {}
        self._known = dict(_remembered(kept.get("items")))
        visit = kept.get("visit")
        self._visit: Mapping[str, Any] = visit if isinstance(visit, dict) else {}

    @property
    def visit(self) -> Mapping[str, Any]:
        """How the last visit began."""
        return self._visit

    @property
    def names(self) -> list[str]:
        """The names remembered, the latest first."""
        return list(reversed(self._known))

    def known(self, name: str) -> Known | None:
        """What was typed beside a name the last time."""
        return self._known.get(name)

    def learn(self, items: Iterable[ItemDraft]) -> None:
        """Remember the lines that have a name and an amount."""
        before = list(self._known.items())
        for item in items:
            if item.name and item.complete:
                found = Known(item.category, item.catalogue_class, item.upfront_ratio)
                if self._known.get(item.name) != found:
                    self._known.pop(item.name, None)
                    self._known[item.name] = found
        for name in list(self._known)[:-MOST]:
            del self._known[name]
        if before != list(self._known.items()):
            self._save()

    def keep_visit(self, visit: Mapping[str, Any]) -> None:
        """Remember how the next visit is to begin."""
        if visit != self._visit:
            self._visit = dict(visit)
            self._save()

    def flush(self) -> None:
        """Save now what waits."""
        self._keeper.flush()

    def _save(self) -> None:
        items = [[name, *known] for name, known in self._known.items()]
        self._keeper.keep({"items": items, "visit": dict(self._visit)})


def _remembered(lines: object) -> Iterable[tuple[str, Known]]:
    """The names in a kept body; what makes no sense is passed over."""
    for line in lines if isinstance(lines, list) else ():
        match line:
            case [str(name), str(category), str(catalogue_class), int(ratio)] if (
                category in CATEGORIES and catalogue_class in CLASSES and 0 <= ratio <= WHOLE
            ):
                yield name, Known(category, catalogue_class, ratio)
