"""A person as the insurance sees them: kind of insurance, status, insured place, account or none."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, TypeAlias, get_args

from famgui.domain.identity import birth_date, normal_id_number

Insurance: TypeAlias = Literal["employee", "resident", "none"]
Status: TypeAlias = Literal["active", "retired", "flexible"]
Concession: TypeAlias = Literal[
    "none",
    "low-income",
    "low-income-margin",
    "monitored",
    "destitute",
    "severe-disability",
    "orphan",
    "child-without-support",
]
INSURANCES: tuple[Insurance, ...] = get_args(Insurance)
STATUSES: tuple[Status, ...] = get_args(Status)
CONCESSIONS: tuple[Concession, ...] = get_args(Concession)


@dataclass(frozen=True, slots=True)
class Person:
    """One member of a household.

    `id` is the local handle; `has_account` is false for residents and for employees of the single pool (单建统筹);
    `insured_place` is a GB/T 2260 code; `concession` is the group that decides the resident premium; `born` decides age
    where a rule goes by age (else the ID number does); `tier` is the contribution tier where a place has several;
    `phone` is where the platform's messages go; `suspended` is the day from which the insurance is suspended (停保).
    """

    id: str
    insurance: Insurance
    insured_place: str
    name: str = ""
    id_number: str = ""
    status: Status = "active"
    has_account: bool = False
    concession: Concession = "none"
    born: date | None = None
    tier: str = ""
    phone: str = ""
    suspended: date | None = None

    def suspended_on(self, day: date) -> bool:
        """Whether the insurance is suspended on a day."""
        return self.suspended is not None and self.suspended <= day

    @property
    def birthday(self) -> date | None:
        """The date of birth, stated or by the ID number; None where neither is there."""
        return self.born or (birth_date(self.id_number) if self.id_number else None)

    @property
    def male(self) -> bool | None:
        """The sex that the ID number's 17th digit tells (odd: male); None without a well-formed number."""
        number = normal_id_number(self.id_number)
        return None if number is None else int(number[16]) % 2 == 1

    def age_on(self, day: date) -> int | None:
        """Whole years on a day; None when neither the date of birth nor a well-formed ID number is there."""
        born = self.birthday
        if born is None:
            return None
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


FACTS: tuple[str, ...] = (
    "insurance",
    "status",
    "insured_place",
    "has_account",
    "concession",
    "tier",
    "suspended",
)
"""What may change about a person from one day on; name, numbers and date of birth are what they are."""


def amended(person: Person, facts: Iterable[tuple[str, object]]) -> Person:
    """The person with some of the `FACTS` changed. Only an employee has an account: unless stated, the account goes
    with the kind of insurance."""
    changed: dict[str, Any] = dict(facts)
    insurance = changed.get("insurance", person.insurance)
    if "insurance" in changed:
        changed.setdefault("has_account", insurance == "employee")
    if changed.get("has_account"):
        changed["has_account"] = insurance == "employee"
    return replace(person, **changed)


def province(place: str) -> str:
    """The province of a GB/T 2260 code: 430281 is in 430000."""
    return place[:2] + "0000"
