"""A household's first rows: its persons, accounts, register and year to date as they stood before the first event."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select

from famgui.base.pinyin import sound_of
from famgui.domain.account import Balance
from famgui.domain.benefit import YearToDate
from famgui.domain.binding import Binding
from famgui.domain.household import Household, UsedKey
from famgui.domain.person import Person
from famgui.store.eventtext import iso
from famgui.store.household import Keys
from famgui.store.rows import AccountRow, Batch, BindingRow, HouseholdRow, PersonRow, UsedRow
from famgui.store.tables import person


def found_household(
    batch: Batch, household: Household, balances: Mapping[str, Balance], title: str, now: datetime
) -> tuple[int, Keys]:
    """The rows of the state before the first event; no events yet. `balances` are what the accounts hold once the
    household's events are written too."""
    terms = household.terms
    household_id = batch.key(HouseholdRow)
    batch.add(
        HouseholdRow(
            household_id,
            title,
            household.place,
            terms.order,
            terms.own_first,
            terms.cross_province,
            now.isoformat(),
        )
    )
    keys = Keys()
    for position, one in enumerate(household.persons):
        keys.persons[one.id] = person_id = batch.key(PersonRow)
        batch.add(person_row(person_id, household_id, position, one))
    for who, held in household.balances.items():
        batch.add(AccountRow(keys.persons[who], *held, *balances[who]))
    for key, met in household.used.items():
        batch.add(_used_row(keys.persons[key[0]], key, met))
    for row in household.bindings:
        add_binding(batch, household_id, keys, row)
    return household_id, keys


def add_persons(batch: Batch, household_id: int, keys: Keys, persons: Sequence[Person]) -> None:
    """More persons of a household, behind the last, each account empty; `keys` learn their ids."""
    last = select(func.coalesce(func.max(person.c.position), -1)).where(person.c.household_id == household_id)
    for position, one in enumerate(persons, int(batch.connection.scalar(last) or 0) + 1):
        keys.persons[one.id] = person_id = batch.key(PersonRow)
        batch.add(person_row(person_id, household_id, position, one))
        if one.has_account:
            batch.add(AccountRow(person_id, 0, 0, 0, 0))


def person_row(person_id: int, household_id: int, position: int, one: Person) -> PersonRow:
    """A person's row as given."""
    return PersonRow(
        person_id,
        household_id,
        one.id,
        position,
        one.name,
        one.id_number,
        one.insurance,
        one.status,
        one.insured_place,
        one.has_account,
        one.concession,
        iso(one.born),
        one.tier,
        one.phone,
        iso(one.suspended),
        sound_of(one.name),
        None,
    )


def _used_row(person_id: int, key: UsedKey, met: YearToDate) -> UsedRow:
    _, year, benefit = key
    community, primary, secondary, tertiary = met.by_level
    return UsedRow(
        person_id,
        year,
        benefit,
        met.pool,
        community,
        primary,
        secondary,
        tertiary,
        met.all_levels,
        met.cost,
        met.month,
        met.month_met,
    )


def add_binding(batch: Batch, household_id: int, keys: Keys, row: Binding, bound_by: int | None = None) -> int:
    """One more row of the register, the last; its id. `bound_by` is the event that asked for it."""
    binding_id = batch.key(BindingRow)
    batch.add(
        BindingRow(
            binding_id,
            household_id,
            keys.bindings,
            keys.persons[row.authorizer],
            keys.persons[row.user],
            row.relation,
            row.starts.isoformat(),
            iso(row.ends),
            row.bound_at.isoformat(),
            row.priority,
            row.priority,
            iso(row.unbound_on),
            iso(row.unbound_on),
            row.proof,
            bound_by,
            None,
        )
    )
    keys.bindings += 1
    return binding_id
