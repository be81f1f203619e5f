"""A household at a moment and the events that follow: what a case file holds, in the domain's own values."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from famgui.domain.account import Balance
from famgui.domain.benefit import Benefit, YearToDate
from famgui.domain.bill import Item, MoreThanLeft, NotOnBill, nothing_left, take_back
from famgui.domain.binding import Binding
from famgui.domain.money import Fen
from famgui.domain.person import Person
from famgui.domain.settlement import Visit
from famgui.domain.waterfall import Terms

NO_TERMS = Terms()
"""A household without switches of its own."""

UsedKey: TypeAlias = tuple[str, int, Benefit]
"""Person, natural year, benefit."""


@dataclass(frozen=True, slots=True)
class Refund:
    """Takes back a visit: the whole (`items` None) or the items and amounts (fen) named; `reason` in people's words."""

    id: str
    date: date
    of: str
    items: tuple[tuple[str, Fen], ...] | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Deposit:
    """Money (fen) that arrives in an account's current bucket; `inflow` marks the monthly one (月划入, N-05);
    `prior_years` puts it into the other bucket (a balance written down late)."""

    id: str
    date: date
    account: str
    amount: Fen
    inflow: bool = False
    prior_years: bool = False

    @property
    def money(self) -> Balance:
        """What arrives, in its bucket."""
        return Balance(0, self.amount) if self.prior_years else Balance(self.amount)


@dataclass(frozen=True, slots=True)
class Premium:
    """A premium product paid from one account for several persons, in their order. `price` (fen a person) is stated
    where the place allows the product and its price is not a rule (supplementary insurance)."""

    id: str
    date: date
    payer: str
    product: str
    persons: tuple[str, ...]
    price: Fen | None = None


@dataclass(frozen=True, slots=True)
class Bind:
    """A binding asked for on a day."""

    id: str
    date: date
    binding: Binding


@dataclass(frozen=True, slots=True)
class Unbind:
    """The end of every open binding of a pair, on the day itself; `reason` in people's words."""

    id: str
    date: date
    authorizer: str
    user: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Amend:
    """Facts of a person that hold from this day on (`person.FACTS`): field and value."""

    id: str
    date: date
    person: str
    facts: tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class Reorder:
    """The order in which a user's authorizers pay from this day on: their open rows get the priorities 1, 2, 3; those
    not named come after them in their old order."""

    id: str
    date: date
    user: str
    authorizers: tuple[str, ...]


Event: TypeAlias = Visit | Refund | Deposit | Premium | Bind | Unbind | Amend | Reorder


@dataclass(frozen=True, slots=True)
class Household:
    """Persons, accounts, bindings and year to date before the first event; the events in file order.

    `balances` has an entry for everyone with an account.
    """

    place: str
    persons: tuple[Person, ...]
    balances: Mapping[str, Balance] = field(default_factory=dict)
    bindings: tuple[Binding, ...] = ()
    used: Mapping[UsedKey, YearToDate] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    terms: Terms = NO_TERMS


def by_date(events: Sequence[Event]) -> list[int]:
    """The positions of the events in the order in which they are computed: by date, within a date as in the file."""
    return sorted(range(len(events)), key=lambda index: events[index].date)


RefundFault: TypeAlias = Literal["visit-unknown", "visit-later", "already-whole", "item-unknown", "more-than-left"]


def refund_faults(events: Sequence[Event]) -> Iterator[tuple[int, RefundFault, str]]:
    """Refunds that cannot be: the event's position, what is wrong, and the visit or item it is about.

    A second refund acts on what the last one left; after a whole one nothing is left to refund.
    """
    visits = {event.id for event in events if isinstance(event, Visit)}
    left: dict[str, tuple[Item, ...] | None] = {}
    for index in by_date(events):
        event = events[index]
        if isinstance(event, Visit):
            left[event.id] = event.items
        elif isinstance(event, Refund):
            if event.of not in left:
                yield index, "visit-later" if event.of in visits else "visit-unknown", event.of
                continue
            items = left[event.of]
            if items is None:
                yield index, "already-whole", event.of
                continue
            try:
                kept = () if event.items is None else take_back(items, event.items)
            except NotOnBill as fault:
                yield index, "item-unknown", str(fault)
            except MoreThanLeft as fault:
                yield index, "more-than-left", str(fault)
            else:
                left[event.of] = None if nothing_left(kept) else kept
