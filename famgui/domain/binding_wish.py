"""What is entered when a binding is asked for: the people, what they are to one another, from when to when; and which
steps a place makes of it."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Literal, NamedTuple, TypeAlias, get_args

from famgui.domain.account import Balance
from famgui.domain.binding import Binding, first_start
from famgui.domain.binding_check import Setting
from famgui.domain.identity import Relation
from famgui.domain.person import Person
from famgui.domain.persondraft import ASKED, DraftField, PersonDraft, person_of
from famgui.domain.rulebook import Rules

Step: TypeAlias = Literal["authorizer", "users", "terms", "proof", "commitment", "review", "done"]
STEPS: tuple[Step, ...] = get_args(Step)

NOTHING_HELD = Balance()
"""The account of somebody of whom no balance is known."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in the flow. `handle` names a person of the household, or is the provisional name of somebody new, whose
    facts are in `draft`; `balance` is what a new account holder's account has."""

    handle: str
    draft: PersonDraft | None = None
    balance: Balance = NOTHING_HELD

    @property
    def is_new(self) -> bool:
        """Whether the person is not in the household yet."""
        return self.draft is not None


@dataclass(frozen=True, slots=True)
class Wish:
    """One user to be bound: what they are to the authorizer ("": not said yet), first and last day (None: open), their
    place in the user's order of authorizers, and the names of the papers brought. `starts_typed` and `ends_typed` are
    what stands in the field of a day and is none."""

    party: Party
    relation: Relation | Literal[""] = ""
    starts: date | None = None
    ends: date | None = None
    priority: int = 1
    proofs: tuple[str, ...] = ()
    starts_typed: str = ""
    ends_typed: str = ""


class Known(NamedTuple):
    """Somebody who is in the book already: the household (its row and title), and who they are there."""

    household: int
    title: str
    person: Person


@dataclass(frozen=True, slots=True)
class State:
    """Everything entered, at one step. `waived` pairs a check's code with a user's handle: a demand that rests on an
    unconfirmed clause and was passed over knowingly."""

    step: Step
    authorizer: Party | None = None
    wishes: tuple[Wish, ...] = ()
    committed: bool = False
    waived: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a flow is checked against: the household's persons and register as they stand, the rules of the day, the
    county codes of ID numbers, and by ID number whom the book knows of those who are typed as new."""

    setting: Setting
    regions: Container[str]
    known: Mapping[str, Known] = field(default_factory=dict)

    @property
    def rules(self) -> Rules:
        """The rules of the day."""
        return self.setting.rules

    @property
    def day(self) -> date:
        """The day on which the binding is asked for."""
        return self.setting.day


def steps(rules: Rules) -> tuple[Step, ...]:
    """The steps that a binding takes under these rules."""
    left_out = {
        step
        for step, key in (("proof", "binding.proof"), ("commitment", "binding.commitment"))
        if not rules.find(key).value
    }
    return tuple(step for step in STEPS if step not in left_out)


def with_terms(wish: Wish, around: Circumstances) -> Wish:
    """The wish with the dates that are usual here where none have been said: from the first day that may be, for a year
    where the place asks for a last day, else open."""
    if wish.starts is not None:
        return wish
    starts = first_start(around.day, around.rules) or around.day
    ends = a_year_from(starts) if around.rules.find("binding.asks.dates").value else None
    return replace(wish, starts=starts, ends=ends)


def a_year_from(day: date) -> date:
    """The last day of a year that begins on this day."""
    try:
        return date.fromordinal(day.replace(year=day.year + 1).toordinal() - 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def person(party: Party, around: Circumstances) -> Person:
    """The person of a party, as known or as typed so far."""
    if party.draft is None:
        return around.setting.persons[party.handle]
    return person_of(party.draft, party.handle)


def known_as(party: Party, around: Circumstances) -> Known | None:
    """Who in the book has the ID number of somebody who is typed as new."""
    return around.known.get(person(party, around).id_number) if party.is_new else None


def asked_of(user: bool, rules: Rules) -> frozenset[DraftField]:
    """The fields of a new person's form that must be filled in here: a name, of a user what an application asks for."""
    wanted: tuple[tuple[DraftField, str], ...] = (
        ("id_number", "binding.asks.id-number"),
        ("phone", "binding.asks.phone"),
    )
    return ASKED | {field for field, key in wanted if user and rules.find(key).value and not rules.find(key).weak}


def setting_of(state: State, around: Circumstances) -> Setting:
    """The setting with the new people of the flow in it."""
    parties = [wish.party for wish in state.wishes] + ([state.authorizer] if state.authorizer else [])
    new = {party.handle: person(party, around) for party in parties if party.is_new}
    return replace(around.setting, persons={**around.setting.persons, **new})


def bindings(state: State, around: Circumstances, moment: datetime | None = None) -> tuple[Binding, ...]:
    """The rows that the wishes ask for, those without a relation left out; `moment` is when (default: the day's
    beginning)."""
    if state.authorizer is None:
        return ()
    at = moment or datetime.combine(around.day, time())
    return tuple(
        Binding(
            state.authorizer.handle,
            wish.party.handle,
            wish.relation,
            wish.starts or first_start(around.day, around.rules) or around.day,
            at,
            wish.ends,
            wish.priority,
            proof=", ".join(wish.proofs),
        )
        for wish in state.wishes
        if wish.relation
    )


def others_of(user: str, around: Circumstances, giver: str = "") -> tuple[str, ...]:
    """The authorizers whom a user has besides `giver`, in the order in which they pay."""
    rows = [row for row in around.setting.register if row.user == user and row.open_on(around.day)]
    rows.sort(key=lambda row: (row.priority, row.bound_at))
    return tuple(dict.fromkeys(row.authorizer for row in rows if row.authorizer != giver))


def orders(state: State, around: Circumstances) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """For every user of whom the authorizer is to pay before others: the user, and all their authorizers in order. Who
    pays last comes after the others without further ado."""
    if state.authorizer is None:
        return ()
    giver = state.authorizer.handle
    found = []
    for wish in state.wishes:
        others = others_of(wish.party.handle, around, giver)
        if wish.priority <= len(others):
            found.append((wish.party.handle, (*others[: wish.priority - 1], giver, *others[wish.priority - 1 :])))
    return tuple(found)
