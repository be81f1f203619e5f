"""The register given out as a list: a household's or the whole book's, in the columns that an import reads."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from famgui.base.wording import Language
from famgui.domain.account import Balance
from famgui.domain.binding import Binding
from famgui.domain.person import Person
from famgui.files.roster.words import word_for
from famgui.files.workbook.write import yuan
from famgui.store import household as rows
from famgui.store.book import Book

PlaceName = Callable[[str], str]
"""What a place is written as: its name where that is nobody else's, else its code."""


def register_rows(
    book: Book, households: Sequence[int], place_name: PlaceName, language: Language
) -> tuple[list[dict[str, Any]], int]:
    """A row for every binding of these households, by column, and one for everybody of whom those rows do not say all;
    and how many people have no ID number, by which alone an import knows who somebody is."""
    found: list[dict[str, Any]] = []
    unknown = 0
    with book.read() as connection:
        for household_id in households:
            persons = rows.stored_persons(connection, household_id)
            balances = rows.stored_balances(connection, household_id)
            register = rows.stored_register(connection, household_id)
            found.extend(_Household(persons, balances, place_name, language).rows(register))
            unknown += sum(not person.id_number for person in persons.values())
    return found, unknown


class _Household:
    """The rows of one household."""

    def __init__(
        self, persons: Mapping[str, Person], balances: Mapping[str, Balance], place_name: PlaceName, language: Language
    ) -> None:
        self._persons, self._balances = persons, balances
        self._place_name, self._language = place_name, language

    def rows(self, register: Sequence[Binding]) -> Iterator[dict[str, Any]]:
        """The bindings in the register's order, then people alone."""
        authorizers = {row.authorizer for row in register}
        users = {row.user for row in register}
        for row in register:
            yield {**self._whole(row.authorizer), **self._user(row.user), **self._binding(row)}
        for handle, person in self._persons.items():
            if handle not in authorizers and (handle not in users or self._says_more(person)):
                yield self._whole(handle)

    def _says_more(self, person: Person) -> bool:
        """Whether there is more to say of somebody than a user's columns can."""
        plain = Person(
            person.id,
            person.insurance,
            person.insured_place,
            person.name,
            person.id_number,
            has_account=person.insurance == "employee",
            phone=person.phone,
        )
        return person != plain or bool(self._balances.get(person.id, Balance()).total)

    def _whole(self, handle: str) -> dict[str, Any]:
        person = self._persons[handle]
        employee = person.insurance == "employee"
        held = self._balances.get(handle)
        found = self._facts("authorizer", person, (person.insurance, person.status if employee else None))
        found["authorizer.single_pool"] = (
            self._word("authorizer.single_pool", not person.has_account) if employee else None
        )
        found["authorizer.current"] = None if held is None else yuan(held.current)
        found["authorizer.prior_years"] = None if held is None else yuan(held.prior_years)
        found["authorizer.born"] = person.born
        found["authorizer.tier"] = person.tier or None
        stated = person.concession != "none"
        found["authorizer.concession"] = self._word("authorizer.concession", person.concession) if stated else None
        found["authorizer.suspended"] = person.suspended
        return found

    def _user(self, handle: str) -> dict[str, Any]:
        person = self._persons[handle]
        return self._facts("user", person, (person.insurance, None))

    def _facts(self, side: str, person: Person, insurance: tuple[str, str | None]) -> dict[str, Any]:
        return {
            f"{side}.name": person.name or None,
            f"{side}.id_number": person.id_number or None,
            f"{side}.insurance": self._word("user.insurance", insurance),
            f"{side}.insured_place": self._place_name(person.insured_place),
            f"{side}.phone": person.phone or None,
        }

    def _binding(self, row: Binding) -> dict[str, Any]:
        return {
            "relation": self._word("relation", row.relation),
            "starts": row.starts,
            "ends": row.ends,
            "priority": row.priority,
            "proof": row.proof or None,
            "bound_at": row.bound_at.isoformat(sep=" "),
            "unbound_on": row.unbound_on,
        }

    def _word(self, column: str, value: object) -> str:
        return word_for(column, value, self._language)
