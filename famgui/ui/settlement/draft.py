"""The visit while it is typed: frozen drafts, and how they are kept until they are recorded."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from famgui.domain.benefit import BENEFITS, LEVELS, Benefit, Level
from famgui.domain.bill import CATEGORIES, CLASSES, CatalogueClass, Category
from famgui.domain.money import Fen, Ratio


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """One line of the bill as typed: amount in fen (None: not yet an amount), up-front share in ten-thousandths."""

    name: str = ""
    category: Category = "drug"
    catalogue_class: CatalogueClass = "A"
    upfront_ratio: Ratio = 0
    amount: Fen | None = None

    @property
    def empty(self) -> bool:
        """Nothing typed yet."""
        return not self.name and self.amount is None

    @property
    def complete(self) -> bool:
        """Enough for the bill."""
        return self.amount is not None


@dataclass(frozen=True, slots=True)
class VisitDraft:
    """The visit as typed. `reach` is home (this city or province) or away (another province)."""

    patient: str = ""
    date: date = date.min
    kind: Benefit = "outpatient"
    level: Level = "tertiary"
    designated: bool = True
    items: tuple[ItemDraft, ...] = ()
    disease_limit: Fen | None = None
    pool_paid: Fen | None = None


def as_body(draft: VisitDraft) -> Mapping[str, Any]:
    """The draft as JSON can hold it."""
    return {**asdict(draft), "date": draft.date.isoformat()}


def from_body(body: Mapping[str, Any]) -> VisitDraft | None:
    """A kept draft, None when it makes no sense (an older program wrote it)."""
    try:
        items = tuple(ItemDraft(**item) for item in body["items"])
        draft = VisitDraft(**{**body, "date": date.fromisoformat(body["date"]), "items": items})
    except (KeyError, TypeError, ValueError):
        return None
    words: list[tuple[str, tuple[str, ...]]] = [(draft.kind, BENEFITS), (draft.level, LEVELS)]
    words += [(item.category, CATEGORIES) for item in items]
    words += [(item.catalogue_class, CLASSES) for item in items]
    return draft if all(word in known for word, known in words) else None
