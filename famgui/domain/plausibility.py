"""What is unusual about a relation, by ID numbers and the register. Only ever a warning: people are right more often
than tables (domain.md, Who may be bound)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from famgui.domain.binding import Binding
from famgui.domain.identity import Relation
from famgui.domain.person import Person

Odd: TypeAlias = Literal["AGES", "SPOUSE_SEX", "SECOND_SPOUSE", "THIRD_PARENT", "SAME_GRANDPARENT", "SPOUSE_AGE"]

_OLDER_BY: dict[Relation, int] = {
    "parent": 16,
    "child": -16,
    "paternal-grandparent": 32,
    "maternal-grandparent": 32,
    "sons-child": -32,
    "daughters-child": -32,
}
"""Years by which the user is older than the authorizer at the least, in most families."""
_MARRIED_FROM = 20
"""Below this age hardly anybody is a spouse."""
_GRANDPARENTS: tuple[Relation, ...] = ("paternal-grandparent", "maternal-grandparent")
_PARENTS = 2


class Oddity(NamedTuple):
    """One unusual thing, and the years it speaks of (0 where it speaks of none)."""

    code: Odd
    years: int = 0


def oddities(new: Binding, register: Sequence[Binding], persons: Mapping[str, Person], day: date) -> tuple[Oddity, ...]:
    """What is unusual about a new binding on a day; nothing is where dates of birth and sexes are unknown."""
    authorizer, user = persons[new.authorizer], persons[new.user]
    found: list[Oddity] = []
    older = years_older(user, authorizer)
    least = _OLDER_BY.get(new.relation)
    if least is not None and older is not None:
        years = older if least > 0 else -older
        if years < abs(least):
            found.append(Oddity("AGES", years))
    others = {row.user for row in register if _same_relation(row, new) and row.open_on(day)} - {new.user}
    if new.relation == "spouse":
        found.extend(_marriage(authorizer, user, day))
        if others:
            found.append(Oddity("SECOND_SPOUSE"))
    if new.relation == "parent" and len(others) >= _PARENTS:
        found.append(Oddity("THIRD_PARENT"))
    same_sex = user.male is not None and any(persons[other].male == user.male for other in others)
    if new.relation in _GRANDPARENTS and same_sex:
        found.append(Oddity("SAME_GRANDPARENT"))
    return tuple(found)


def _same_relation(row: Binding, new: Binding) -> bool:
    return row.authorizer == new.authorizer and row.relation == new.relation


def _marriage(authorizer: Person, user: Person, day: date) -> list[Oddity]:
    found: list[Oddity] = []
    if authorizer.male is not None and authorizer.male == user.male:
        found.append(Oddity("SPOUSE_SEX"))
    young = [age for person in (authorizer, user) if (age := person.age_on(day)) is not None and age < _MARRIED_FROM]
    if young:
        found.append(Oddity("SPOUSE_AGE", min(young)))
    return found


def years_older(one: Person, other: Person) -> int | None:
    """By how many whole years somebody is older than somebody else; None where a date of birth is unknown."""
    elder, younger = one.birthday, other.birthday
    if elder is None or younger is None:
        return None
    if elder > younger:
        return -_whole_years(younger, elder)
    return _whole_years(elder, younger)


def _whole_years(first: date, last: date) -> int:
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))
