"""What the overview shows, as plain values: accounts, bindings, year to date, events, what needs attention."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

ChipKind: TypeAlias = Literal["plain", "accent", "warning", "danger"]
Mark: TypeAlias = Literal["✗", "!", "·"]


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account: whose, this year's money, prior years' money, both."""

    name: str
    current: str
    prior_years: str
    total: str


@dataclass(frozen=True, slots=True)
class BindingRow:
    """One binding in force or to come: who with whom, what they are to each other, until when, its state."""

    pair: str
    about: str
    chip: str
    kind: ChipKind


@dataclass(frozen=True, slots=True)
class Meter:
    """How much of a limit is used: `part` in thousandths, None where there is no limit."""

    text: str
    part: int | None
    spoken: str


@dataclass(frozen=True, slots=True)
class YearRow:
    """One person and benefit in the year: deductible met and pool paid; None where neither limit nor amount is."""

    name: str
    benefit: str
    deductible: Meter | None
    pool: Meter | None


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event: when, what about whom, who paid what in short, and how it ended."""

    day: str
    title: str
    detail: str
    chip: str
    kind: ChipKind


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One date of the book's agenda: when, what, about whom, how far off; where it is dealt with (the button's word,
    page, household, 0 for the one at hand); the clause behind it, `weak` when it is not confirmed."""

    day: str
    title: str
    detail: str
    chip: str
    kind: ChipKind
    step: str
    page: str
    household: int = 0
    clause: str = ""
    weak: bool = False


@dataclass(frozen=True, slots=True)
class AttentionRow:
    """One thing to look at: how grave (✗ ! ·), what, and the clause it rests on."""

    mark: Mark
    text: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """All of the page. `total` has the sums of all accounts; `year` and `recorded` (last event's day) say what for."""

    year: int
    recorded: str = ""
    accounts: tuple[AccountRow, ...] = ()
    total: AccountRow | None = None
    bindings: tuple[BindingRow, ...] = ()
    years: tuple[YearRow, ...] = ()
    events: tuple[EventRow, ...] = ()
    attention: tuple[AttentionRow, ...] = ()
