"""The visit while it is typed: frozen drafts, and how they are kept until they are recorded."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from famgui.domain.benefit import BENEFITS, LEVELS, Benefit, Level
from famgui.domain.bill import CATEGORIES, CLASSES, CatalogueClass, Category
from famgui.domain.money import Fen, Ratio, format_amount


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


def percent_typed(text: str) -> int | None:
    """Ten-thousandths of a typed percentage such as "10", "10 %" or "12.5%"; None when it is none from 0 to 100."""
    match = re.fullmatch(r"([0-9]{1,3})(?:\.([0-9]{1,2}))?\s*[%％]?", text.strip())
    if match is None:
        return None
    ratio = int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))
    return ratio if ratio <= 10_000 else None


def amount_shown(fen: int | None) -> str:
    """An amount for typing over, "" when there is none."""
    return "" if fen is None else format_amount(fen)


def percent_shown(ratio: int) -> str:
    """A ratio in ten-thousandths as a percentage: 1000 is "10 %"."""
    whole, part = divmod(ratio, 100)
    return f"{whole}.{part:02d}".rstrip("0") + " %" if part else f"{whole} %"
