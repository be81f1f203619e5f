"""What lies ahead: what is expected, run to a last day under every order of the authorizers."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from famgui.domain.benefit import Benefit
from famgui.domain.binding import ORDERS
from famgui.domain.household import Deposit, Event, Premium
from famgui.domain.money import Fen
from famgui.domain.problem import Problem
from famgui.domain.rulebook import Rules
from famgui.domain.settlement import Visit
from famgui.domain.timeline import Outcome, Running
from famgui.domain.waterfall import shareable
from famgui.usecase.expected import Rhythm, days_of

REPORT_EVERY = 64
"""After so many events the progress is told."""


class Moment(NamedTuple):
    """What one event did, and what every account holds after it (fen)."""

    outcome: Outcome
    balances: Mapping[str, Fen]


class Month(NamedTuple):
    """Sums of a month in fen, and what every account holds at its end; `premium` is what accounts paid for others."""

    first: date
    pool: Fen = 0
    own: Fen = 0
    shared: Fen = 0
    cash: Fen = 0
    premium: Fen = 0
    inflow: Fen = 0
    balances: Mapping[str, Fen] = {}


class RunOut(NamedTuple):
    """The first day after which an account can pay no more; `left` (fen) is what must stay in it."""

    account: str
    day: date
    left: Fen


class PoolUse(NamedTuple):
    """What the pool has paid for a person, benefit and year at the end, its cap, and the day the cap is reached."""

    patient: str
    benefit: Benefit
    year: int
    used: Fen
    cap: Fen | None
    reached: date | None


class Finding(NamedTuple):
    """A problem that visits of a patient name ("": premiums): first and last day, how many of them."""

    problem: Problem
    patient: str
    first: date
    last: date
    times: int


@dataclass(frozen=True, slots=True)
class Course:
    """What all that is expected comes to under one order of the authorizers."""

    order: str
    moments: tuple[Moment, ...]
    months: tuple[Month, ...]
    run_out: tuple[RunOut, ...]
    pools: tuple[PoolUse, ...]
    findings: tuple[Finding, ...]

    @property
    def cash(self) -> Fen:
        """What is left to pay in cash, premiums that no account could pay included."""
        return sum(month.cash for month in self.months)


@dataclass(frozen=True, slots=True)
class Plan:
    """One course for each order. `now` is the household's own order, `best` the one with the least cash (the
    household's own where several are alike); `opening` is what every account holds at the start, in fen."""

    start: date
    end: date
    opening: Mapping[str, Fen]
    courses: tuple[Course, ...]
    now: Course
    best: Course


def plan(
    running: Running,
    events: Sequence[Event],
    start: date,
    end: date,
    progress: Callable[[int, int], object] = lambda done, total: None,
) -> Plan:
    """Run the events (`expected_events`) on forks of the household, once for each order. `start` must not lie before
    the last recorded event; `progress` is told how many events of all runs are done, and of how many."""
    now = running.terms.order or running.book.at(start).sharing.order
    total = len(ORDERS) * len(events)

    def course(number: int, order: str) -> Course:
        state = running.fork()
        if order != now:
            state.terms = state.terms._replace(order=order)
        return _course(order, state, events, (start, end), lambda done: progress(number * len(events) + done, total))

    courses = tuple(course(number, order) for number, order in enumerate(ORDERS))
    own = next(course for course in courses if course.order == now)
    best = min((own, *courses), key=lambda course: course.cash)
    opening = {account: balance.total for account, balance in running.balances.items()}
    return Plan(start, end, opening, courses, own, best)


def _course(
    order: str,
    state: Running,
    events: Sequence[Event],
    horizon: tuple[date, date],
    progress: Callable[[int], object],
) -> Course:
    first, last = horizon
    months = {(day.year, day.month): Month(day) for day in days_of(first.replace(day=1), Rhythm(1), last)}
    opening = {account: balance.total for account, balance in state.balances.items()}
    moments: list[Moment] = []
    dry: dict[str, RunOut] = {}
    pools: dict[tuple[str, Benefit, int], PoolUse] = {}
    findings: dict[tuple[Problem, str], Finding] = {}
    for number, event in enumerate(events):
        if number % REPORT_EVERY == 0:
            progress(number)
        outcome, rules = state.apply(event), state.book.at(event.date)
        balances = {account: balance.total for account, balance in state.balances.items()}
        moments.append(Moment(outcome, balances))
        key = event.date.year, event.date.month
        months[key] = _added(months[key], outcome)._replace(balances=balances)
        for account in _run_dry(outcome, state, rules):
            dry.setdefault(account, RunOut(account, event.date, balances[account]))
        _count_pool(outcome, state, rules, pools)
        patient = event.patient if isinstance(event, Visit) else ""
        for problem in dict.fromkeys(outcome.problems):
            old = findings.get((problem, patient), Finding(problem, patient, event.date, event.date, 0))
            findings[problem, patient] = old._replace(last=event.date, times=old.times + 1)
    ended = tuple(_carried(months.values(), opening))
    return Course(order, tuple(moments), ended, tuple(dry.values()), tuple(pools.values()), tuple(findings.values()))


def _carried(months: Iterable[Month], held: Mapping[str, Fen]) -> Iterator[Month]:
    """A month without events ends as the one before it."""
    for month in months:
        held = month.balances or held
        yield month._replace(balances=held)


def _added(month: Month, outcome: Outcome) -> Month:
    """The month with an event counted."""
    done = outcome.settlement
    if done is not None:
        return month._replace(
            pool=month.pool + done.pool,
            own=month.own + done.own,
            shared=month.shared + done.shared,
            cash=month.cash + done.cash,
        )
    if isinstance(outcome.event, Deposit) and outcome.status == "settled":
        return month._replace(inflow=month.inflow + outcome.event.amount)
    short = {problem.subject for problem in outcome.problems if problem.code == "INSUFFICIENT"}
    return month._replace(
        premium=month.premium + sum(line.paid for line in outcome.premiums),
        cash=month.cash + sum(line.amount for line in outcome.premiums if line.person in short),
    )


def _run_dry(outcome: Outcome, state: Running, rules: Rules) -> Iterator[str]:
    """The accounts that something was due from and that can pay no more."""
    steps = () if outcome.settlement is None else outcome.settlement.steps
    for step in steps:
        if step.name in ("own", "shared") and dict(step.inputs)["due"]:
            balance = state.balances[step.account]
            if not (balance.total if step.name == "own" else shareable(balance, rules.sharing)):
                yield step.account
    if isinstance(outcome.event, Premium) and any(line.paid for line in outcome.premiums):
        payer = outcome.event.payer
        if not shareable(state.balances[payer], rules.sharing):
            yield payer


def _count_pool(outcome: Outcome, state: Running, rules: Rules, pools: dict[tuple[str, Benefit, int], PoolUse]) -> None:
    """What the pool has paid by now for the person, benefit and year of a visit."""
    visit, done = outcome.event, outcome.settlement
    if not isinstance(visit, Visit) or done is None or not done.counted:
        return
    patient = state.persons[visit.patient]
    key = (visit.patient, visit.kind, visit.date.year)
    rule = rules.benefit(visit.kind, patient.insurance, patient.status, visit.facility.level)
    used, cap = state.used[key[0], key[2], key[1]].pool, None if rule is None else rule.cap.value
    full = (cap is not None and used >= cap) or any(found.code == "CAP_REACHED" for found in outcome.problems)
    reached = pools[key].reached if key in pools else None
    pools[key] = PoolUse(*key, used, cap, reached or (visit.date if full else None))
