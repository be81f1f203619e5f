"""Examine a book: is the file sound, do the sums hold, does every household compute to what is written down."""

from collections.abc import Iterator
from datetime import UTC, datetime

from famgui.domain.household import Bind, Household
from famgui.store import check
from famgui.store.book import Book, Connection
from famgui.store.check import Finding as Finding
from famgui.store.household import bound_rows, read_household
from famgui.store.payback import payments
from famgui.store.proof import unlike_ledger
from famgui.store.trouble import DamagedBook
from famgui.usecase.household import Difference, RulesOf, compute, differences

_CHECKS = (
    check.damage,
    check.orphans,
    check.sums,
    check.settlements,
    check.kinds,
    check.years,
    payments,
    check.audited,
    check.papers,
)


_ANY_TIME = datetime.min.replace(tzinfo=UTC)
"""The day of an opening without events, which is not compared."""


def examine(book: Book, rules_of: RulesOf) -> tuple[Finding, ...]:
    """Everything that is wrong with the book, nothing if it is sound; changes nothing."""
    found: list[Finding] = []
    try:
        with book.read() as connection:
            for ask in _CHECKS:
                found.extend(ask(connection))
            for household_id in check.household_ids(connection):
                found.extend(_replay(connection, rules_of, household_id))
    except DamagedBook as damaged:
        found.append(Finding("damaged", damaged.values))
    return tuple(found)


def _replay(connection: Connection, rules_of: RulesOf, household_id: int) -> Iterator[Finding]:
    """Where a household does not compute to what is written down."""
    where = ("household", household_id)
    try:
        _, household = read_household(connection, household_id)
    except (ValueError, KeyError, TypeError) as error:
        yield Finding("unreadable", (where, ("reason", str(error))))
        return
    try:
        rules = rules_of(household.place)
    except LookupError:
        yield Finding("no-rule-book", (where, ("place", household.place)))
        return
    try:
        computed = compute(household, rules, _ANY_TIME)
    except (LookupError, ValueError) as error:
        yield Finding("replay-impossible", (where, ("reason", str(error))))
        return
    try:
        unlike_rows = [
            *differences(connection, household_id, computed.running, computed.outcomes),
            *_unlike_asked(connection, household_id, household),
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        yield Finding("unreadable", (where, ("reason", str(error))))
        return
    for found in dict.fromkeys(unlike_rows):
        yield Finding(found.code, (where, ("subject", found.subject)))
    for unlike in unlike_ledger(connection, household_id, computed.facts):
        yield Finding(unlike.code, (where, ("subject", unlike.subject)))


def _unlike_asked(connection: Connection, household_id: int, household: Household) -> Iterator[Difference]:
    """Rows of the register that came otherwise than their event asked."""
    asked = {event.id: event.binding for event in household.events if isinstance(event, Bind)}
    for handle, row in bound_rows(connection, household_id):
        if asked.get(handle) != row:
            yield Difference("replay-binding", f"{row.authorizer} {row.user}")
