"""Whether a visit is recorded already: one that is equal in everything a counter sees and still stands."""

from collections import Counter
from datetime import datetime
from typing import NamedTuple

from famgui.domain.bill import Item
from famgui.domain.settlement import Visit
from famgui.store.audit import trail
from famgui.store.book import Book
from famgui.usecase.household import LiveHousehold
from famgui.usecase.undo import standing_bill


class Twin(NamedTuple):
    """A recorded visit: its handle, and when it was recorded (None where it came with a case file)."""

    id: str
    at: datetime | None


def twin_of(book: Book, live: LiveHousehold, visit: Visit) -> Twin | None:
    """The latest visit of the same patient, day, kind and facility whose standing bill has the same lines, however they
    are named and ordered; None without one, as after a whole refund."""
    lines = _lines(visit.items)
    for event in reversed(live.household.events):
        if isinstance(event, Visit) and _same(event, visit):
            bill = standing_bill(live.household, event.id)
            if bill and _lines(bill) == lines:
                with book.read() as connection:
                    noted = trail(connection, live.id, (event.id,))
                return Twin(event.id, noted[0].at if noted else None)
    return None


def _same(one: Visit, other: Visit) -> bool:
    return (one.patient, one.date, one.kind, one.facility) == (other.patient, other.date, other.kind, other.facility)


def _lines(items: tuple[Item, ...]) -> Counter[Item]:
    return Counter(item._replace(name="") for item in items)
