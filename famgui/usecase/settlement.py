"""Settle a household's events under the rule book of its place."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from famgui.domain.household import Household
from famgui.domain.identity import id_problems
from famgui.domain.problem import Problem
from famgui.domain.rulebook import RuleBook
from famgui.domain.timeline import Timeline, run


@dataclass(frozen=True, slots=True)
class SettledCase:
    """A household, what its events did, and what is odd about its persons' ID numbers."""

    household: Household
    timeline: Timeline
    persons: tuple[Problem, ...]

    @property
    def any_refused(self) -> bool:
        """Whether at least one event was refused."""
        return any(outcome.status == "refused" for outcome in self.timeline.outcomes)


def settle_case(household: Household, book: RuleBook, *, today: date, regions: Container[str]) -> SettledCase:
    """Compute every event. `regions` are the county codes known for ID numbers; `today` bounds birth dates."""
    return SettledCase(household, run(household, book), tuple(_person_problems(household, today, regions)))


def _person_problems(household: Household, today: date, regions: Container[str]) -> list[Problem]:
    return [
        Problem(code, "warning" if code == "ID_REGION_UNKNOWN" else "error", person.id)
        for person in household.persons
        if person.id_number
        for code in id_problems(person.id_number, today=today, regions=regions)
    ]
