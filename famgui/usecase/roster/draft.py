"""A row of the list on its way into the book: its people, its binding with days filled in, and who belongs together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from famgui.domain.binding import Binding, first_start
from famgui.domain.rulebook import RuleBook
from famgui.files.roster.rows import ListRow, Remark
from famgui.usecase.roster.people import Someone


@dataclass(frozen=True, slots=True)
class Days:
    """When a binding begins, when it was or is asked for, and whether it stands already: what does is entered as it
    stands, anything else is an application of today."""

    starts: date
    bound_at: datetime
    standing: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """A row with its people; `days` None: it speaks of the authorizer only. `place` is whose rules it is first held
    against."""

    row: ListRow
    authorizer: Someone
    user: Someone | None
    place: str
    days: Days | None

    @property
    def people(self) -> tuple[Someone, ...]:
        """Whom it names."""
        return (self.authorizer,) if self.user is None else (self.authorizer, self.user)

    @property
    def number(self) -> int:
        """The row's number."""
        return self.row.number

    def binding(self, handles: Mapping[str, str]) -> Binding:
        """The binding between people of these handles, by ID number."""
        row, days = self.row, self.days
        assert self.user is not None and days is not None and row.relation is not None
        return Binding(
            handles[self.authorizer.number],
            handles[self.user.number],
            row.relation,
            days.starts,
            days.bound_at,
            row.ends,
            row.priority,
            row.unbound_on,
            row.proof,
        )


def days_of(row: ListRow, rules: RuleBook, today: date) -> Days:
    """The days of a row's binding. One that begins before today, or says when it was bound or unbound, has a past: it
    was bound when it says, else on the last day on which the place's rules let it begin when it did."""
    starts = row.starts or first_start(today, rules.at(today)) or today
    if row.bound_at is not None:
        bound = row.bound_at
    elif starts < today or row.unbound_on is not None:
        bound = datetime.combine(min(_asked_for(starts, rules), row.unbound_on or today), time())
    else:
        bound = datetime.combine(today, time())
    return Days(starts, bound, starts < today or bound.date() < today or row.unbound_on is not None)


def _asked_for(starts: date, rules: RuleBook) -> date:
    """The day on which a binding was asked for that began on `starts`: the same where a binding works at once."""
    for day in (starts, starts - timedelta(days=1), starts.replace(day=1) - timedelta(days=1)):
        first = first_start(day, rules.at(day))
        if first is None or first <= starts:
            return day
    return starts


def in_turn(drafts: Iterable[Draft]) -> list[Draft]:
    """The bindings in the order in which they came about: what stands by the day it was bound, then the applications of
    today; else in the order of the list."""
    bindings = [draft for draft in drafts if draft.days is not None]
    return sorted(bindings, key=lambda draft: (_turn(draft), draft.number))


def _turn(draft: Draft) -> date:
    assert draft.days is not None
    return draft.days.bound_at.date() if draft.days.standing else date.max


def connected(drafts: Sequence[Draft]) -> list[list[Draft]]:
    """The drafts in groups of people who belong together: bound to one another, or of one household of the book."""
    parents: dict[object, object] = {}

    def root(node: object) -> object:
        parents.setdefault(node, node)
        while parents[node] != node:
            parents[node] = node = parents[parents[node]]
        return node

    for draft in drafts:
        first = root(draft.authorizer.number)
        for one in draft.people:
            for node in (one.number, *(known.household for known in one.homes)):
                parents[root(node)] = first
                first = root(first)
    groups: dict[object, list[Draft]] = {}
    for draft in drafts:
        groups.setdefault(root(draft.authorizer.number), []).append(draft)
    return list(groups.values())


def each_once(drafts: Iterable[Draft]) -> tuple[list[Draft], list[Remark]]:
    """The drafts without those that say just what an earlier one says, the same two and the same days; which those
    are, each with the earlier row."""
    first: dict[object, Draft] = {}
    kept: list[Draft] = []
    twice: list[Remark] = []
    for draft in drafts:
        row, user = draft.row, draft.user
        said = (*(one.number for one in draft.people), row.starts, row.ends, row.bound_at, row.unbound_on)
        earlier = draft if user is None else first.setdefault(said, draft)
        if user is None or earlier is draft:
            kept.append(draft)
        else:
            values = (("subject", user.name), ("row", earlier.number))
            twice.append(Remark(draft.number, "starts", "row-twice", values))
    return kept, twice
