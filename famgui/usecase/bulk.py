"""Bring many households in: computed and written in chunks, each on the disk before the next is begun."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import TypeAlias

from famgui.domain.changes import NO_CHANGES, Changes
from famgui.domain.household import Household
from famgui.store.book import Book
from famgui.store.rows import Batch
from famgui.usecase.household import RulesOf, compute, write_down

CHUNK = 1_000
"""How many events and persons one transaction holds; the household that reaches it is the last."""


@dataclass(frozen=True, slots=True)
class Imported:
    """How much is in the book now; `stopped` is true when the report asked not to go on."""

    households: int = 0
    events: int = 0
    changes: Changes = NO_CHANGES
    stopped: bool = False


Report: TypeAlias = Callable[[int], bool]
"""Told the number of households in the book after each chunk; answers whether to go on."""


def import_many(
    book: Book,
    rules_of: RulesOf,
    households: Iterable[tuple[Household, str]],
    *,
    now: datetime,
    report: Report | None = None,
) -> Imported:
    """Write households with their titles down, as `import_household` does one, asking for them as they are needed.

    What was reported stays, whatever comes after. Raises `BookTrouble` and what `rules_of` raises: then the chunk at
    hand is not in the book."""
    ids: list[int] = []
    events = 0
    waiting = iter(households)
    while (first := next(waiting, None)) is not None:
        with book.write("import household", now) as tx:
            batch = Batch(tx.connection)
            for household, title in _chunk(first, waiting):
                # One at a time, and written at once: what is held costs the garbage collector more than it saves.
                computed = compute(household, rules_of(household.place), now)
                household_id, _, _ = write_down(batch, computed, title, now)
                batch.write()
                tx.several.append((household_id, title))
                events += len(household.events)
        ids.extend(household_id for household_id, _ in tx.several)
        if report is not None and not report(len(ids)):
            return _told(ids, events, stopped=True)
    return _told(ids, events)


def _chunk(first: tuple[Household, str], waiting: Iterator[tuple[Household, str]]) -> Iterator[tuple[Household, str]]:
    """The first and as many more as make up a chunk."""
    weight = 0
    for household, title in chain((first,), waiting):
        yield household, title
        weight += len(household.events) + len(household.persons)
        if weight >= CHUNK:
            return


def _told(ids: list[int], events: int, *, stopped: bool = False) -> Imported:
    """Nobody has seen the persons and events of a new household yet: naming the households is enough."""
    return Imported(len(ids), events, Changes(households=frozenset(ids), postings=bool(ids)), stopped)
