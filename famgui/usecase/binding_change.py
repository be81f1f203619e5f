"""Changes of what is bound, tried before they are recorded: the end of a pair, renewals, another order of payment."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple, TypeAlias

from famgui.domain.binding import Binding, Limit, first_start, free_from, limits
from famgui.domain.binding_check import Check, Setting, demands
from famgui.domain.household import Bind, Reorder, Unbind
from famgui.domain.rule import NOTHING, Value
from famgui.usecase.household import LiveHousehold
from famgui.usecase.record import next_handle, try_each, try_events
from famgui.usecase.trial import Recorded

Term: TypeAlias = Literal["year", "year-end", "typed"]
"""For how long a binding is renewed: a year, to the end of the year in which it begins, or to a day that is typed."""


class Ending(NamedTuple):
    """What unbinding a pair on a day would do. `others` may still pay for the user afterwards; `free` is the first day
    on which the place lets it go (HB-04) where that is later, by `rule`; `refused`: why it would not be recorded."""

    event: Unbind
    others: tuple[str, ...]
    free: date | None = None
    rule: Value = NOTHING
    refused: Recorded | None = None


def ending(live: LiveHousehold, authorizer: str, user: str, day: date, reason: str = "") -> Ending:
    """What the end of a pair would do; nothing is recorded."""
    event = Unbind(next_handle(live.household, Unbind), day, authorizer, user, reason)
    rules = live.running.book.at(day)
    tried = try_events(live, (event,))
    line = dict.fromkeys(row.authorizer for row in live.running.standing(user, day).line)
    others = tuple(who for who in line if who != authorizer)
    rows = [row for row in live.running.register if (row.authorizer, row.user) == (authorizer, user)]
    free = max((free_from(row, rules) for row in rows if row.open_on(day)), default=date.min)
    refused = tried if isinstance(tried, Recorded) else None
    return Ending(event, others, free if free > day else None, rules.find("binding.minimum-months"), refused)


class Renewal(NamedTuple):
    """One row that is to go on, and the event that would do it. None would where `why` says so: it has no end
    (`open-end`), the day typed comes before it begins (`dates`), or it was tried in vain: `refused`, or `failed` are
    the demands of the place that are not met. `warned` are those that rest on an unconfirmed clause."""

    old: Binding
    event: Bind
    why: Literal["", "open-end", "dates", "refused", "demands"] = ""
    refused: Recorded | None = None
    failed: tuple[Check, ...] = ()
    warned: tuple[Check, ...] = ()


def renewals(
    live: LiveHousehold, rows: Iterable[Binding], term: Term, typed: date | None, day: date, moment: datetime
) -> tuple[Renewal, ...]:
    """What renewing rows would come to, tried one after the other; of several rows of a pair the one that ends last.

    A new row begins on the day after the old one's end, on `day` where that is over, or when the place lets a binding
    begin. `moment` is when it is bound."""
    found: list[Renewal] = []
    for old in _latest(rows):
        one, live = _renew(live, old, term, typed, day, moment)
        found.append(one)
    return tuple(found)


_OF_THE_PERSON = ("ID_NEEDED", "PHONE_NEEDED")
"""What an application asks about a person, who is bound already here: nothing new is asked."""


def _latest(rows: Iterable[Binding]) -> list[Binding]:
    """Of several rows of one pair only the one that ends last."""
    latest: dict[tuple[str, str], Binding] = {}
    for row in rows:
        kept = latest.get((row.authorizer, row.user))
        if kept is None or (kept.ends or date.max) < (row.ends or date.max):
            latest[row.authorizer, row.user] = row
    return list(latest.values())


def _renew(
    live: LiveHousehold, old: Binding, term: Term, typed: date | None, day: date, moment: datetime
) -> tuple[Renewal, LiveHousehold]:
    """One renewal tried, and the household after it."""
    rules = live.running.book.at(day)
    starts = max(day, first_start(day, rules) or day)
    over = min((end for end in (old.ends, old.unbound_on) if end is not None), default=None)
    if over is not None and old.open_on(day):
        starts = max(starts, over + timedelta(days=1))
    ends = typed if term == "typed" else date(starts.year, 12, 31) if term == "year-end" else a_year_from(starts)
    row = replace(old, starts=starts, ends=ends, bound_at=moment, unbound_on=None)
    event = Bind(next_handle(live.household, Bind), day, row)
    if over is None:
        return Renewal(old, event, "open-end"), live
    if ends is not None and ends < starts:
        return Renewal(old, event, "dates"), live
    asked = demands(row, Setting(live.running.persons, live.running.register, rules, day))
    unmet = [check for check in asked if check.state == "failed" and check.code not in _OF_THE_PERSON]
    failed = tuple(check for check in unmet if not check.weak)
    warned = tuple(check for check in unmet if check.weak)
    tried, after = next(iter(try_each(live, (event,))))
    if isinstance(tried, Recorded):
        return Renewal(old, event, "refused", tried, failed, warned), live
    return (
        (Renewal(old, event, "demands", None, failed, warned), live)
        if failed
        else (
            Renewal(old, event, warned=warned),
            after,
        )
    )


def a_year_from(day: date) -> date:
    """The last day of a year that begins on this day."""
    try:
        return day.replace(year=day.year + 1) - timedelta(days=1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def reordering(live: LiveHousehold, user: str, authorizers: Sequence[str], day: date) -> Reorder:
    """The event that puts a user's authorizers in this order."""
    return Reorder(next_handle(live.household, Reorder), day, user, tuple(authorizers))


def limits_met(live: LiveHousehold, authorizer: str, user: str, day: date) -> tuple[Limit, ...]:
    """The places that the two take of what the place allows: users at once and ever, authorizers of the user; a limit
    that the place has not has no value."""
    register = [row for row in live.running.register if row.authorizer == authorizer or row.user == user]
    asked = Binding(authorizer, user, "other", day, datetime.combine(day, datetime.min.time()))
    return limits(asked, register, live.running.book.at(day), day)
