"""The visit while it is typed: frozen drafts, how they become a visit and come back from one, how they are kept."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Literal, TypeAlias, get_args

from famgui.domain.benefit import BENEFITS, LEVELS, Benefit, Level, YearToDate
from famgui.domain.bill import CATEGORIES, CLASSES, MEDICAL, CatalogueClass, Category, Item
from famgui.domain.binding import ORDERS
from famgui.domain.money import WHOLE, Fen, Ratio, format_amount
from famgui.domain.person import province
from famgui.domain.settlement import (
    DISEASES,
    GRADES,
    NO_OVERRIDE,
    NOT_STATED,
    Disease,
    Facility,
    Grade,
    Override,
    Stated,
    Visit,
)

Reach: TypeAlias = Literal["home", "province", "away"]
REACHES: tuple[Reach, ...] = get_args(Reach)
"""本市, 省内其他市, 外省: where the visit was, seen from the insured place."""


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """One line of the bill as typed: amounts in fen (`amount` None: not yet one), up-front share in ten-thousandths."""

    name: str = ""
    category: Category = "drug"
    catalogue_class: CatalogueClass = "A"
    upfront_ratio: Ratio = 0
    amount: Fen | None = None
    over_limit: Fen = 0

    @property
    def empty(self) -> bool:
        """Nothing typed yet."""
        return not self.name and self.amount is None

    @property
    def complete(self) -> bool:
        """Enough for the bill."""
        return self.amount is not None

    @property
    def too_far_over(self) -> bool:
        """More above the price limit than the line costs."""
        return self.category in MEDICAL and self.amount is not None and self.over_limit > self.amount


@dataclass(frozen=True, slots=True)
class VisitDraft:
    """The visit as typed.

    `place` is the facility's where it is not the insured place. `by_terms`: the pool's share is computed from the
    deductible (fen), ratio (ten-thousandths) and what the year's cap leaves (fen), as the receipt or the window states
    them. Switches that are None take the household's default; `used_*` None: the year to date is the ledger's.
    """

    patient: str = ""
    date: date = date.min
    kind: Benefit = "outpatient"
    level: Level = "tertiary"
    designated: bool = True
    items: tuple[ItemDraft, ...] = ()
    disease_limit: Fen | None = None
    pool_paid: Fen | None = None
    reach: Reach = "home"
    place: str = ""
    disease: Disease = "hypertension"
    by_terms: bool = False
    deductible: Fen | None = None
    ratio: Ratio | None = None
    cap_left: Fen | None = None
    own_first: bool | None = None
    order: str | None = None
    cross_province: bool | None = None
    used_deductible: Fen | None = None
    used_pool: Fen | None = None
    grade: Grade | Literal[""] = ""
    contracted: bool = False

    @property
    def used_by_hand(self) -> bool:
        """Whether the year to date was typed for this calculation."""
        return self.used_pool is not None or self.used_deductible is not None


FRESH: Mapping[str, Any] = {
    name: VisitDraft.__dataclass_fields__[name].default
    for name in (
        *("items", "disease_limit", "pool_paid", "by_terms", "deductible", "ratio", "cap_left"),
        *("own_first", "order", "cross_province", "used_deductible", "used_pool"),
    )
}
"""What belongs to one visit only, as it is before anything is typed."""
STAYING = ("kind", "level", "designated", "reach", "place", "disease", "grade", "contracted")
"""What the next visit begins with."""

_WORDS: Mapping[str, tuple[object, ...]] = {
    "kind": BENEFITS,
    "level": LEVELS,
    "reach": REACHES,
    "disease": DISEASES,
    "order": (None, *ORDERS),
    "grade": ("", *GRADES),
    "designated": (True, False),
    "contracted": (True, False),
    "by_terms": (True, False),
    "own_first": (None, True, False),
    "cross_province": (None, True, False),
}
_NUMBERS = ("disease_limit", "pool_paid", "deductible", "ratio", "cap_left", "used_deductible", "used_pool")


def as_body(draft: VisitDraft) -> Mapping[str, Any]:
    """The draft as JSON can hold it."""
    return {**asdict(draft), "date": draft.date.isoformat()}


def from_body(body: Mapping[str, Any]) -> VisitDraft | None:
    """A kept draft; what an older program did not know yet takes its default. None when it makes no sense."""
    try:
        items = items_from(body["items"])
        draft = VisitDraft(**{**body, "date": date.fromisoformat(body["date"]), "items": items or ()})
    except (KeyError, TypeError, ValueError):
        return None
    good = items is not None and all(isinstance(text, str) for text in (draft.patient, draft.place))
    good = good and all(getattr(draft, name) in words for name, words in _WORDS.items())
    return draft if good and all(_is_number(getattr(draft, name)) for name in _NUMBERS) else None


def items_from(bodies: Any) -> tuple[ItemDraft, ...] | None:
    """Lines of a bill as JSON or TOML holds them, None when they make no sense."""
    try:
        items = tuple(ItemDraft(**body) for body in bodies)
    except TypeError:
        return None
    for item in items:
        words = item.category in CATEGORIES and item.catalogue_class in CLASSES and isinstance(item.name, str)
        ratio = _is_number(item.upfront_ratio) and 0 <= item.upfront_ratio <= WHOLE
        if not (words and ratio and _is_number(item.amount) and isinstance(item.over_limit, int)):
            return None
    return items


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool))


def staying(draft: VisitDraft) -> Mapping[str, Any]:
    """What the next visit begins with, as JSON can hold it."""
    return {name: getattr(draft, name) for name in STAYING}


def begun(draft: VisitDraft, kept: Mapping[str, Any], home: str) -> VisitDraft:
    """A draft that begins with what was kept of the last visit; what makes no sense, at this home, is passed over."""
    known = {name: kept[name] for name in STAYING if name in kept}
    made = from_body(as_body(replace(draft, **known))) or draft
    return made if made.reach == _reach(made.place or home, home) else replace(made, reach="home", place="")


def _reach(place: str, home: str) -> Reach:
    """Where a place lies, seen from the insured place."""
    return "home" if place == home else "province" if province(place) == province(home) else "away"


def visit_of(draft: VisitDraft, home: str, handle: str, used: YearToDate, *, stated: bool) -> Visit:
    """The draft as a visit of the domain. `home` is the insured place, `used` the ledger's year to date, over which the
    figures typed by hand are put; `stated` tells whether the pool's terms are the draft's (no rule is known)."""
    pharmacy = draft.kind == "pharmacy"
    facility = Facility(
        "pharmacy" if pharmacy else "hospital",
        draft.place if draft.reach != "home" and draft.place else home,
        "" if pharmacy else draft.level,
        draft.designated,
        "" if pharmacy else draft.grade,
        draft.contracted,
    )
    return Visit(
        handle,
        draft.date,
        draft.patient,
        draft.kind,
        facility,
        tuple(_item(item) for item in draft.items if item.complete),
        draft.disease_limit if draft.kind == "chronic" else None,
        draft.pool_paid if draft.kind == "inpatient" and not draft.by_terms else None,
        draft.disease if draft.kind == "two-disease" else "",
        Stated(draft.deductible, draft.ratio, draft.cap_left) if stated else NOT_STATED,
        _override(draft, used),
    )


def _override(draft: VisitDraft, used: YearToDate) -> Override:
    made = Override(
        draft.order,
        draft.own_first,
        draft.cross_province if draft.reach == "away" else None,
        used_by_hand(draft, used) if draft.used_by_hand else None,
    )
    return NO_OVERRIDE if made == NO_OVERRIDE else made


def used_by_hand(draft: VisitDraft, used: YearToDate) -> YearToDate:
    """The year to date with the figures typed in place of the ledger's: the deductible counts at this visit's level."""
    met = draft.used_deductible or 0
    by_level = tuple(met if level == draft.level and draft.kind != "pharmacy" else 0 for level in LEVELS)
    return used._replace(pool=draft.used_pool or 0, by_level=by_level, all_levels=met)


def draft_of(visit: Visit, home: str) -> VisitDraft:
    """A visit as it would have been typed."""
    place = visit.facility.place
    reach = _reach(place, home)
    override, stated = visit.override, visit.stated
    return VisitDraft(
        visit.patient,
        visit.date,
        visit.kind,
        visit.facility.level or "tertiary",
        visit.facility.designated and visit.facility.type != "other",
        tuple(as_typed(item) for item in visit.items),
        visit.disease_limit,
        visit.pool_paid,
        reach,
        "" if reach == "home" else place,
        visit.disease or "hypertension",
        stated != NOT_STATED,
        *stated,
        override.own_first,
        override.order,
        override.cross_province,
        None if override.used is None else override.used.all_levels,
        None if override.used is None else override.used.pool,
        visit.facility.grade,
        visit.facility.contracted,
    )


def as_typed(item: Item) -> ItemDraft:
    """A line of a bill as it would have been typed."""
    catalogue_class = item.catalogue_class or "C"
    return ItemDraft(item.name, item.category, catalogue_class, item.upfront_ratio, item.amount, item.over_limit)


def _item(item: ItemDraft) -> Item:
    if item.category not in MEDICAL:
        return Item(item.name or "—", item.category, item.amount or 0)
    upfront = min(item.upfront_ratio, WHOLE) if item.catalogue_class == "B" else 0
    over = item.over_limit if item.catalogue_class != "C" else 0
    return Item(item.name or "—", item.category, item.amount or 0, item.catalogue_class, upfront, over)


def one_line(text: str) -> str:
    """A name without line breaks and control characters, which no file takes: single spaces in their place."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def percent_typed(text: str) -> int | None:
    """Ten-thousandths of a typed percentage such as "10", "10 %" or "12.5%"; None when it is none from 0 to 100."""
    match = re.fullmatch(r"([0-9]{1,3})(?:\.([0-9]{1,2})0*)?\s*%?", text.translate(_WIDE).strip())
    if match is None:
        return None
    ratio = int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))
    return ratio if ratio <= WHOLE else None


_WIDE = str.maketrans("０１２３４５６７８９．％", "0123456789.%")


def amount_shown(fen: int | None) -> str:
    """An amount for typing over, "" when there is none."""
    return "" if fen is None else format_amount(fen)
