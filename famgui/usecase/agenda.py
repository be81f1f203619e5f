"""The agenda of a day over the whole book: bindings that end, have ended or begin, and the times to pay premiums."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from famgui.base.paths import write_whole
from famgui.domain.binding import ends_when_suspended, never_allowed
from famgui.domain.premium import insurances
from famgui.domain.rule import Value
from famgui.domain.rulebook import Rules
from famgui.policy.library import NoRuleBook
from famgui.store import agenda as rows
from famgui.store.agenda import Dated as Dated
from famgui.store.agenda import PaidPremium, Sharing
from famgui.store.book import Book
from famgui.usecase.binding import RECENT, SOON
from famgui.usecase.household import RulesOf, load
from famgui.usecase.premium import products

if TYPE_CHECKING:
    from famgui.files.appointment import Appointment

YEAR_AHEAD = 366
"""Days for which a calendar file tells what comes."""

WindowState: TypeAlias = Literal["opening", "open", "closing"]


class Waiting(NamedTuple):
    """Somebody for whom nobody has paid yet: the household (id, title), the name (the handle where there is none)."""

    household: int
    title: str
    name: str


@dataclass(frozen=True, slots=True)
class Window:
    """The time to pay a premium, both days in, in the places where the rule behind it holds; `closing`: it ends soon.
    Of those whom an account could pay for today `waiting` have not been paid for, and so many have been `paid` (open
    windows only)."""

    product: str
    first: date
    last: date
    rule: Value
    state: WindowState
    places: tuple[str, ...]
    waiting: tuple[Waiting, ...] = ()
    paid: int = 0


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a day's agenda holds, each earliest first: pairs whose binding ends or has ended and nobody renewed (as
    `usecase.binding.to_renew` means it), bindings about to begin, the times to pay. `book` tells books apart."""

    book: str
    day: date
    endings: tuple[Dated, ...]
    beginnings: tuple[Dated, ...]
    windows: tuple[Window, ...]


def agenda(book: Book, rules_of: RulesOf, day: date, *, ahead: int = SOON) -> Agenda:
    """What is to be seen to on a day and in so many days `ahead`, in every household of the book. Places that no pack
    knows any more have no times to pay."""
    last = day + timedelta(days=ahead)
    with book.read() as connection:
        ends = rows.endings(connection, day, day - timedelta(days=RECENT), last)
        begins = rows.beginnings(connection, day + timedelta(days=1), last)
        rules = dict(_rules(rules_of, rows.places(connection), day))
    windows = _windows(rules, day, last)
    told = tuple(_told(book, rules_of, windows, rules, day))
    return Agenda(book.info.created_at, day, tuple(ends), tuple(begins), told)


def _rules(rules_of: RulesOf, places: Iterable[str], day: date) -> Iterator[tuple[str, Rules]]:
    for place in places:
        try:
            yield place, rules_of(place).at(day)
        except NoRuleBook:
            continue


def _windows(rules: dict[str, Rules], day: date, last: date) -> list[Window]:
    """The times to pay that are not over and begin by the last day; places under the same rule share one."""
    found: dict[tuple[str, date, date, str, bool], Window] = {}
    for place, known in rules.items():
        for product in products(known, day):
            if product.first is None or product.last is None or product.state == "late" or product.first > last:
                continue
            key = (product.name, product.first, product.last, product.rule.clause, product.rule.weak)
            closing = (product.last - day).days <= SOON
            state: WindowState = "opening" if product.state == "early" else "closing" if closing else "open"
            there = found[key].places if key in found else ()
            found[key] = Window(product.name, product.first, product.last, product.rule, state, (*there, place))
    return sorted(found.values(), key=lambda one: (one.first, one.last, one.product, one.places))


def _told(
    book: Book, rules_of: RulesOf, windows: Sequence[Window], rules: dict[str, Rules], day: date
) -> Iterator[Window]:
    """The windows; the open ones with who is waiting."""
    opened = [window for window in windows if window.state != "opening"]
    if not opened:
        yield from windows
        return
    with book.read() as connection:
        pairs = rows.sharing(connection, day, {place for window in opened for place in window.places})
        events = rows.premiums(connection, min(window.first for window in opened))
    paid = set(_paid(book, rules_of, events))
    for window in windows:
        if window.state == "opening":
            yield window
            continue
        bound = dict(_bound((pair for pair in pairs if pair.place in window.places), window.product, rules, day))
        waiting = tuple(who for (home, user), who in bound.items() if (home, user, window.product) not in paid)
        yield replace(window, waiting=waiting, paid=len(bound) - len(waiting))


def _bound(
    pairs: Iterable[Sharing], product: str, rules: dict[str, Rules], day: date
) -> Iterator[tuple[tuple[int, str], Waiting]]:
    """Those whom an account may pay the product for, by household and handle: insured as it asks, bound in force to
    somebody with an account, as the rules allow."""
    for pair in pairs:
        here, user = rules[pair.place], pair.user
        if user.insurance not in insurances(product, here):
            continue
        if never_allowed(pair.authorizer, user, pair.relation, here):
            continue
        if not ends_when_suspended(pair.authorizer, user, day, here):
            yield (pair.household, user.id), Waiting(pair.household, pair.title, user.name or user.id)


def _paid(book: Book, rules_of: RulesOf, events: Iterable[PaidPremium]) -> Iterator[tuple[int, str, str]]:
    """Household, handle and product of every premium that was paid. Only an event that was settled in part is computed
    again, to know whose premium it paid."""
    for home, event, status in events:
        persons: Iterable[str] = event.persons if status == "settled" else ()
        if status == "partly":
            outcomes = load(book, rules_of, home).outcomes
            lines = next(outcome.premiums for outcome in outcomes if outcome.event.id == event.id)
            persons = [line.person for line in lines if line.status == "settled"]
        yield from ((home, person, event.product) for person in persons)


def appointment_id(*parts: object) -> str:
    """What an appointment is known by for ever, so that importing it again changes it instead of doubling it: a hash,
    from which nobody's name or number can be read."""
    text = "\n".join(str(part) for part in parts)
    return f"{hashlib.sha256(text.encode()).hexdigest()[:32]}@famgui"


def save_calendar(
    path: Path, title: str, appointments: Sequence["Appointment"], *, now: datetime, report: Callable[[int, int], None]
) -> int:
    """Write appointments as a calendar file, whole or not at all; how many. `report` is told how many of how many are
    made and may raise to stop. Raises OSError."""
    from famgui.files.ics import calendar_text  # seam: icalendar, wanted only when a calendar is saved

    write_whole(path, calendar_text(title, appointments, now=now, report=report))
    return len(appointments)
