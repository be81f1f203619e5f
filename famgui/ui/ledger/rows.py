"""What the ledger page shows, as plain values: accounts, filters, postings, the entry behind one, a year by month."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias, get_args

from famgui.domain.money import Fen
from famgui.usecase.ledger import Bucket, Moved, Wanted

Period: TypeAlias = Literal["all", "year", "days"]
MOVED: tuple[Moved, ...] = get_args(Moved)
BUCKETS: tuple[Bucket, ...] = get_args(Bucket)


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account, or all together (`person_id` None); amounts in fen."""

    person_id: int | None
    handle: str
    name: str
    current: Fen
    prior_years: Fen

    @property
    def total(self) -> Fen:
        """Both buckets together."""
        return self.current + self.prior_years


@dataclass(frozen=True, slots=True)
class Filter:
    """Which postings are shown: of all years, of one, or from the first to the last day; by what moved them, by bucket
    and by words."""

    period: Period
    year: int
    first: date
    last: date
    moved: Moved | None = None
    bucket: Bucket | None = None
    words: str = ""

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The first and the last day asked for, None where all count."""
        if self.period == "all":
            return None, None
        if self.period == "year":
            return date(self.year, 1, 1), date(self.year, 12, 31)
        return self.first, self.last

    @property
    def kept(self) -> str:
        """What is worth keeping for another day: all years or one, kind and bucket; days and words are not."""
        return " ".join(("all" if self.period == "all" else "year", self.moved or "-", self.bucket or "-"))

    def again(self, kept: str) -> "Filter":
        """This filter as it was kept; as it is where nothing sensible was."""
        words = kept.split()
        if len(words) != 3 or words[0] not in ("all", "year"):
            return self
        moved = next((one for one in MOVED if one == words[1]), None)
        bucket = next((one for one in BUCKETS if one == words[2]), None)
        return replace(self, period="all" if words[0] == "all" else "year", moved=moved, bucket=bucket)

    def wanted(self, household: int, person: int | None) -> Wanted:
        """The question to the ledger, for one account or for all."""
        first, last = self.days
        return Wanted(household, person, first, last, self.moved, self.bucket, self.words)


@dataclass(frozen=True, slots=True)
class PostingRow:
    """One movement of money on an account, in words; `about` is the event's handle ("" for what turns the year), `kind`
    what moved it in words, `late` whether it only makes good a late record; `amount` and `balance` (of the whole
    account) in fen."""

    id: int
    event_id: int | None
    person_id: int
    day: date
    account: str
    what: str
    about: str
    moved: Moved
    kind: str
    late: bool
    bucket: str
    amount: Fen
    balance: Fen


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One side of a double entry: the ledger it is on, the amount and, on an account, what the account holds then."""

    ledger: str
    kind: str
    amount: Fen
    balance: Fen | None


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence of why, with the clauses it rests on; `weak` where they are not confirmed."""

    text: str
    clauses: tuple[str, ...] = ()
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Detail:
    """The event behind a posting: what it was, its whole double entry, and why it came out so."""

    title: str
    day: date
    about: str
    entries: tuple[EntryRow, ...]
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class YearOfMonths:
    """A year by month, in fen: parts as a chart takes them (payer's role, name, twelve amounts), and what flowed in."""

    parts: tuple[tuple[str, str, tuple[Fen, ...]], ...]
    came_in: tuple[Fen, ...]


@dataclass(frozen=True, slots=True)
class CostRow:
    """What the visits of a person came to in a year under one benefit, refunds taken off; amounts in fen."""

    name: str
    benefit: str
    total: Fen
    pool: Fen
    own: Fen
    shared: Fen
    cash: Fen
