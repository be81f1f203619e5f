"""People who belong together held against the rules: a new household, or newcomers and bindings for one of the book."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

from famgui.domain.account import Balance
from famgui.domain.binding import Binding
from famgui.domain.binding_check import Setting, demands
from famgui.domain.household import Bind, Event, Household, Unbind
from famgui.domain.person import Person
from famgui.domain.plausibility import oddities
from famgui.domain.problem import Problem
from famgui.domain.rulebook import RuleBook
from famgui.domain.timeline import Outcome, Running
from famgui.files.roster.rows import Remark
from famgui.usecase.household import LiveHousehold
from famgui.usecase.newcomer import free_handles
from famgui.usecase.record import Recorded, numbered, try_each
from famgui.usecase.roster.draft import Draft, in_turn

Newcomers: TypeAlias = tuple[tuple[Person, Balance], ...]
_COLUMN_OF: Mapping[str, str] = {
    "RELATION_NOT_ALLOWED": "relation",
    "SELF_BINDING": "user.id_number",
    "STARTS_TOO_EARLY": "starts",
    "DUPLICATE_BINDING": "starts",
    "row-twice": "starts",
    "ID_NEEDED": "user.id_number",
    "PHONE_NEEDED": "user.phone",
    "DATES_NEEDED": "ends",
    "PROOF_NEEDED": "proof",
    "AGES": "relation",
}


@dataclass(frozen=True, slots=True)
class Founding:
    """A household that the book does not have: what stands already is its register, today's applications its events."""

    title: str
    household: Household


@dataclass(frozen=True, slots=True)
class Joining:
    """What comes to a household of the book: newcomers with their balances, and events after those."""

    household: int
    newcomers: Newcomers
    events: tuple[Event, ...]


@dataclass(slots=True)
class Checked:
    """What became of a group: the drafts that may be taken over and how, and what is to be told of the rows."""

    accepted: list[Draft] = field(default_factory=list)
    refused: list[Draft] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    result: Founding | Joining | None = None


def column_of(code: str, side: str = "user") -> str:
    """The column in which people look for what a code is about; "" for the whole row."""
    if code in ("NO_ACCOUNT", "NOT_INSURED", "SUSPENDED"):
        return f"{side}.insurance"
    return f"{side}.insured_place" if code == "OTHER_PROVINCE" else _COLUMN_OF.get(code, "")


def check_new(group: Sequence[Draft], title: Callable[[str], str], rules: RuleBook, home: str, today: date) -> Checked:
    """A group of which nobody is in the book, as a household at the place of `rules`. `home` is where somebody is
    insured of whom nothing is said, `title` what the household of somebody of that name is called."""
    done = Checked()
    people = {one.number: one for draft in group for one in draft.people}
    handles = {number: f"p{place}" for place, number in enumerate(people, 1)}
    persons = tuple(one.person(handles[number], home) for number, one in people.items())
    balances = {person.id: people[person.id_number].balance for person in persons if person.has_account}
    household = Household(rules.place, persons, balances)
    running, trial = Running(household, rules), _Trial(rules, done)
    given: list[Binding] = []
    events: list[Event] = []
    for draft in in_turn(group):
        assert draft.days is not None
        binding = draft.binding(handles)
        day = draft.days.bound_at.date() if draft.days.standing else today
        good = trial.ask(draft, binding, running, day)
        outcome = (running if good else running.fork()).apply(Bind("-", day, binding))
        if not trial.refused(draft, outcome.problems if outcome.status == "refused" else (), running, good=good):
            (given if draft.days.standing else events).append(
                binding if draft.days.standing else Bind(f"b{len(events) + 1}", today, binding)  # type: ignore[arg-type]
            )
    done.accepted += [draft for draft in group if draft.days is None]
    whole = replace(household, bindings=tuple(given), events=tuple(events))
    done.result = Founding(title(group[0].authorizer.name), whole)
    return done


class _Trial:
    """Holds one draft after the other against the rules and notes what is to be told."""

    def __init__(self, rules: RuleBook, done: Checked) -> None:
        self._rules, self._done = rules, done

    def ask(self, draft: Draft, binding: Binding, running: Running, day: date) -> bool:
        """What an application must bring, and what is only odd; whether nothing is left out. What stands already is not
        asked for papers."""
        rows = [row for row in running.register if row.authorizer == binding.authorizer]
        assert draft.days is not None and draft.user is not None
        subject = ("subject", draft.user.name)
        for code, years in oddities(binding, rows, running.persons, day):
            self._note(draft, code, (subject, ("years", years)), "", mild=True)
        if draft.days.standing:
            return True
        good = True
        for check in demands(binding, Setting(running.persons, rows, self._rules.at(day), day)):
            if check.state == "failed":
                good = good and check.weak
                self._note(draft, check.code, (subject, ("limit", check.limit)), check.clause, mild=check.weak)
        return good

    def refused(self, draft: Draft, problems: Sequence[Problem], running: Running, *, good: bool) -> bool:
        """Tell what the rules refuse; whether the draft cannot be taken over."""
        for problem in problems:
            person = running.persons.get(problem.subject)
            name = problem.subject if person is None else person.name or person.id
            twin = self._twin(draft) if problem.code == "DUPLICATE_BINDING" else None
            if twin is None:
                self._note(draft, problem.code, (("subject", name),), problem.clause)
            else:
                self._note(draft, "row-twice", (("subject", name), ("row", twin.number)), problem.clause)
        bad = bool(problems) or not good
        (self._done.refused if bad else self._done.accepted).append(draft)
        return bad

    def _twin(self, draft: Draft) -> Draft | None:
        """The row before this one that binds the same two."""
        pair = [one.number for one in draft.people]
        return next((other for other in self._done.accepted if [one.number for one in other.people] == pair), None)

    def _note(
        self, draft: Draft, code: str, values: tuple[tuple[str, object], ...], clause: str, *, mild: bool = False
    ) -> None:
        """Tell something of a draft. What is only mild although a clause says so rests on a clause not confirmed."""
        self._done.remarks.append(
            Remark(
                draft.number,
                column_of(code),
                code,
                values,
                "warning" if mild else "error",
                clause,
                mild and bool(clause),
            )
        )


def check_known(group: Sequence[Draft], live: LiveHousehold, home: str, today: date) -> Checked:
    """A group with people of a household of the book: its newcomers, and its bindings as events of that household."""
    done = Checked()
    handles: dict[str, str] = {}
    newcomers: list[tuple[Person, Balance]] = []
    free = free_handles(live.household)
    for draft in group:
        for one in draft.people:
            if one.number not in handles:
                handles[one.number] = next(free) if one.home is None else one.home.handle
                if one.home is None:
                    newcomers.append((one.person(handles[one.number], home), one.balance))
    joined = _joined(live, newcomers)
    trial = _Trial(live.running.book, done)
    numbers, ends = numbered(live.household, Bind), numbered(live.household, Unbind)
    events: list[Event] = []
    for draft in in_turn(group):
        binding = draft.binding(handles)
        bind_day, *others = _days_to_record(draft, joined, today)
        good = trial.ask(draft, binding, joined.running, bind_day)
        handle = next(numbers)
        tried: tuple[Outcome | Recorded, LiveHousehold, list[Event]] | None = None
        for day in (bind_day, *others):
            wanted = [Bind(handle, day, replace(binding, unbound_on=None)), *_unbinding(binding, day, ends)]
            tried = _all_of(joined, wanted)
            if not _backdated(tried[0]):
                break
        assert tried is not None
        answer, after, wanted = tried
        problems, refusals = _why(answer)
        refused = trial.refused(draft, problems, joined.running, good=good and not refusals)
        done.remarks += [Remark(draft.number, "", "refused", refusal) for refusal in refusals]
        if not refused:
            joined = after
            events += wanted
    done.accepted += [draft for draft in group if draft.days is None]
    done.result = Joining(live.id, tuple(newcomers), tuple(events))
    return done


def _joined(live: LiveHousehold, newcomers: Sequence[tuple[Person, Balance]]) -> LiveHousehold:
    """The household with people who are not written down yet."""
    running = live.running.fork()
    accounts: dict[str, Balance] = {}
    for person, _ in newcomers:
        running.persons[person.id] = person
        if person.has_account:
            running.balances[person.id] = accounts[person.id] = Balance()
    persons = (*live.household.persons, *(person for person, _ in newcomers))
    household = replace(live.household, persons=persons, balances={**live.household.balances, **accounts})
    keys = replace(live.keys, persons={**live.keys.persons, **{person.id: 0 for person, _ in newcomers}})
    return replace(live, household=household, running=running, keys=keys)


def _days_to_record(draft: Draft, live: LiveHousehold, today: date) -> Sequence[date]:
    """The days under which a binding may be recorded, best first: what stands since a year in which the household has
    events is recorded under the day it was bound, if that changes nothing since; else everything under today."""
    assert draft.days is not None
    bound, first = draft.days.bound_at.date(), min((event.date for event in live.household.events), default=today)
    if draft.days.standing and bound.year >= first.year:
        return (bound,) if bound == today else (bound, today)
    return (today,)


def _unbinding(binding: Binding, day: date, handles: Iterator[str]) -> list[Event]:
    """The end of a binding that has been unbound, not before the day under which it is recorded."""
    if binding.unbound_on is None:
        return []
    return [Unbind(next(handles), max(day, binding.unbound_on), binding.authorizer, binding.user)]


def _all_of(live: LiveHousehold, events: list[Event]) -> tuple[Outcome | Recorded, LiveHousehold, list[Event]]:
    """What the last of some events does, or why the first refused one cannot be recorded; the household after them."""
    found = list(try_each(live, events))
    answer, after = next((one for one in found if isinstance(one[0], Recorded)), found[-1])
    return answer, after, events


def _backdated(answer: Outcome | Recorded) -> bool:
    return isinstance(answer, Recorded) and any(refusal.code == "BACKDATED" for refusal in answer.refusals)


def _why(answer: Outcome | Recorded) -> tuple[Sequence[Problem], list[tuple[tuple[str, object], ...]]]:
    """Why it is not recorded: what the rules refuse, and what cannot be."""
    if not isinstance(answer, Recorded):
        return (), []
    problems = () if answer.outcome is None else answer.outcome.problems
    return problems, [(("code", refusal.code), *refusal.values) for refusal in answer.refusals]
