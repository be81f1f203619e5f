"""A person as the insurance sees them: kind of insurance, status, insured place, account or none."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias, get_args

from famgui.domain.identity import birth_date

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
    where a rule goes by age (else the ID number does); `tier` is the contribution tier where a place has several.
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

    def age_on(self, day: date) -> int | None:
        """Whole years on a day; None when neither the date of birth nor a well-formed ID number is there."""
        born = self.born or (birth_date(self.id_number) if self.id_number else None)
        if born is None:
            return None
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def province(place: str) -> str:
    """The province of a GB/T 2260 code: 430281 is in 430000."""
    return place[:2] + "0000"
