"""A bill: its items, how they split by the catalogue, and what is left of it after a refund."""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, TypeAlias, get_args

from famgui.domain.money import WHOLE, Fen, Ratio, half_up

Category: TypeAlias = Literal[
    "drug",
    "service",
    "device",
    "consumable",
    "health-food",
    "daily-goods",
    "wellness",
    "fitness",
    "public-health",
]
CatalogueClass: TypeAlias = Literal["A", "B", "C"]

CATEGORIES: tuple[Category, ...] = get_args(Category)
MEDICAL: frozenset[Category] = frozenset({"drug", "service", "device", "consumable"})
"""The categories that the catalogue classes; everything else is full self-paid."""
CLASSES: tuple[CatalogueClass, ...] = get_args(CatalogueClass)


class Item(NamedTuple):
    """One line of a bill.

    Class A 甲 is wholly in scope, B 乙 after the up-front share, C 丙 and the non-medical categories (class "") are
    full self-paid. `over_limit` (fen) is what lies above the price limit, `upfront_ratio` the share paid first.
    """

    name: str
    category: Category
    amount: Fen
    catalogue_class: CatalogueClass | Literal[""] = ""
    upfront_ratio: Ratio = 0
    over_limit: Fen = 0


class Split(NamedTuple):
    """A bill's parts in fen; total = self_paid + over_limit + upfront + in_scope (SYS-02)."""

    total: Fen
    self_paid: Fen
    over_limit: Fen
    upfront: Fen
    in_scope: Fen


def split(items: Iterable[Item]) -> Split:
    """Each item by the catalogue, half-up to the fen: over-limit first, then the up-front share of what remains."""
    total = self_paid = over_limit = upfront = 0
    for _, _, amount, catalogue_class, upfront_ratio, over in items:
        total += amount
        if catalogue_class == "" or catalogue_class == "C":
            self_paid += amount
            continue
        over_limit += over
        if upfront_ratio:
            upfront += (2 * (amount - over) * upfront_ratio + WHOLE) // (2 * WHOLE)
    return Split(total, self_paid, over_limit, upfront, total - self_paid - over_limit - upfront)


class NotOnBill(ValueError):
    """A refund names an item that the bill does not have."""


class MoreThanLeft(ValueError):
    """A refund takes back more of an item than is left of it."""


def take_back(items: Sequence[Item], refunds: Iterable[tuple[str, Fen]]) -> tuple[Item, ...]:
    """The bill after items were returned: same-named items in bill order, over_limit shrinking in proportion, half-up.

    Items of which nothing is left stay, at 0.00. Raises `NotOnBill` or `MoreThanLeft`, with the item's name.
    """
    amounts = [item.amount for item in items]
    places: dict[str, list[int]] = {}
    for index, item in enumerate(items):
        places.setdefault(item.name, []).append(index)
    for name, amount in refunds:
        if name not in places:
            raise NotOnBill(name)
        for index in places[name]:
            taken = min(amount, amounts[index])
            amounts[index] -= taken
            amount -= taken
        if amount:
            raise MoreThanLeft(name)
    return tuple(
        item
        if left == item.amount
        else item._replace(amount=left, over_limit=half_up(item.over_limit * left, item.amount))
        for item, left in zip(items, amounts, strict=True)
    )


def nothing_left(items: Iterable[Item]) -> bool:
    """Whether a refund has taken everything back."""
    return not any(item.amount for item in items)
