"""A list tried on the book: who is new, what may be taken over and why the rest may not. Nothing is written."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from famgui.base.wording import Wording
from famgui.domain.binding import Binding, never_allowed
from famgui.domain.person import Person
from famgui.domain.rulebook import RuleBook
from famgui.files.roster.form import Mapped
from famgui.files.roster.rows import REPORT_EVERY, ListRow, Remark, Report, read_rows
from famgui.files.roster.source import Grid
from famgui.policy.library import NoRuleBook
from famgui.store.book import Book, Connection
from famgui.store.household import titles
from famgui.store.people import Known, everybody
from famgui.usecase.batch_people import Asked, Places
from famgui.usecase.garbage import out_of_the_collectors_sight
from famgui.usecase.household import LiveHousehold, live_at
from famgui.usecase.roster.check import Checked, Founding, Joining, check_known, check_new, column_of
from famgui.usecase.roster.draft import Draft, connected, days_of, each_once
from famgui.usecase.roster.people import Someone, bound_to_selves, differences, doubt, examined, gathered, sides
from famgui.usecase.roster.plan import Plan, Read, State

MANY = 1_000
"""From so many lines on nobody is to wait for the collector of garbage: a line may bring a whole household with it."""
STAGES = 3
"""Reading the file, meeting the book, holding against the rules: each is as much work as the file has lines."""


def read_list(grid: Grid, mapped: Mapped, asked: Asked, report: Report) -> Read:
    """The rows of a file with its columns so placed. `report` is told how far the work is, of all that `try_list` does
    too, and may raise to stop it."""
    rows, remarks = read_rows(grid, mapped, Places(asked), asked.language, report, STAGES * grid.height)
    return Read(grid, mapped, tuple(rows), tuple(remarks))


def try_list(
    read: Read, asked: Asked, book: Book, connection: Connection, report: Report = lambda done, total: None
) -> Plan:
    """Try a list on the book as a connection sees it. Raises what `report` raises, and `BookTrouble`."""
    return _Trying(read, asked, book, connection, report).plan()


def try_file(book: Book, grid: Grid, mapped: Mapped, asked: Asked, report: Report = lambda done, total: None) -> Plan:
    """Read a file and try it on a book. Raises as `try_list` does."""
    with out_of_the_collectors_sight(grid.height, MANY):
        read = read_list(grid, mapped, asked, report)
        with book.read() as connection:
            return try_list(read, asked, book, connection, report)


class _Trying:
    """One list, tried."""

    def __init__(self, read: Read, asked: Asked, book: Book, connection: Connection, report: Report) -> None:
        self._read, self._asked = read, asked
        self._book, self._connection, self._report = book, connection, report
        self._remarks = list(read.remarks)
        self._states: dict[int, State] = {}
        self._days: dict[int, tuple[date, bool]] = {}
        self._lives: dict[int, LiveHousehold | None] = {}
        self._rule_books: dict[str, RuleBook | None] = {}
        self._foundings: list[Founding] = []
        self._joinings: list[Joining] = []
        self._wording = Wording("en" if asked.language == "en" else "zh")

    def plan(self) -> Plan:
        read = self._read
        told = {(remark.row, remark.column) for remark in read.remarks}
        by_number: dict[str, tuple[Known, ...]] = {}
        for known in everybody(self._connection):
            if known.id_number:
                by_number[known.id_number] = (*by_number.get(known.id_number, ()), known)
        people, remarks = gathered(read.rows, told, by_number)
        asked = self._asked
        self._remarks += remarks
        found = examined(people.values(), asked.home, asked.today, asked.regions)
        self._remarks += [remark for remark in found if (remark.row, remark.column) not in told]
        rules = self._rules(asked.home)
        clause = "" if rules is None else rules.at(asked.today).reason("SELF_BINDING")
        self._remarks = bound_to_selves(read.rows, people, self._remarks, clause)
        held = {remark.row for remark in self._remarks if remark.severity == "error"}
        doubt(people, self._remarks)
        drafts = [draft for row in read.rows if (draft := self._draft(row, people, held)) is not None]
        self._compare(tuple(people.values()))
        self._check(drafts)
        by_row: dict[int, list[Remark]] = {}
        for remark in dict.fromkeys(self._remarks):
            by_row.setdefault(remark.row, []).append(remark)
        for row in read.rows:
            self._states.setdefault(row.number, "held")
        return Plan(read, self._states, by_row, self._days, tuple(self._foundings), tuple(self._joinings))

    def _draft(self, row: ListRow, people: Mapping[str, Someone], held: set[int]) -> Draft | None:
        """The row with its people and days, None where something is wrong with it."""
        before = len(self._remarks)
        named = [people.get(stated.id_number or "") for _, stated in sides(row)]
        if row.user is None and (row.starts or row.ends):
            self._note(row.number, "user.name", "user-needed")
        alone = row.user is not None and row.user.id_number == row.authorizer.id_number is not None
        if row.user is not None and row.relation is None and row.sound and not alone:
            self._note(row.number, "relation", "relation-needed")
        self._dates(row)
        for (side, _), one in zip(sides(row), named, strict=True):
            if one is not None and one.doubt and one.doubt != row.number:
                values = (("who", one.name), ("row", one.doubt))
                self._note(row.number, f"{side}.id_number", "person-doubt", *values)
            if one is not None and len(one.homes) > 1:
                homes = len({known.household for known in one.homes})
                values = (("who", one.name), ("count", homes if homes > 1 else len(one.homes)))
                code = "person-in-several" if homes > 1 else "person-twice"
                self._note(row.number, f"{side}.id_number", code, *values)
        if len(self._remarks) > before or row.number in held or not row.sound or None in named:
            return None
        return self._dated(row, *named)

    def _dates(self, row: ListRow) -> None:
        today = self._asked.today
        if row.starts is not None and row.ends is not None and row.ends < row.starts:
            self._note(row.number, "ends", "ends-early")
        if row.bound_at is not None and row.bound_at.date() > today:
            self._note(row.number, "bound_at", "bound-later")
        if row.unbound_on is not None and row.unbound_on > today:
            self._note(row.number, "unbound_on", "unbound-later")
        elif row.unbound_on is not None and row.unbound_on < (row.starts or today):
            self._note(row.number, "unbound_on", "unbound-early")

    def _dated(self, row: ListRow, authorizer: Someone | None, user: Someone | None = None) -> Draft | None:
        assert authorizer is not None
        place = authorizer.of("insured_place") or self._asked.home
        for one in (user, authorizer):
            if one is not None and one.home is not None:
                place = one.home.place
        rules = self._rules(place)
        if rules is None:
            self._note(row.number, "authorizer.insured_place", "place-unruled", ("place", place))
            return None
        days = None if user is None else days_of(row, rules, self._asked.today)
        if days is not None:
            self._days[row.number] = (days.starts, days.standing)
        return Draft(row, authorizer, user, place, days)

    def _rules(self, place: str) -> RuleBook | None:
        if place not in self._rule_books:
            try:
                self._rule_books[place] = self._asked.rules_of(place)
            except NoRuleBook:
                self._rule_books[place] = None
        return self._rule_books[place]

    def _live(self, household: int) -> LiveHousehold | None:
        """A household of the book, None where its place has no rules any more."""
        if household not in self._lives:
            try:
                found = live_at(self._book, self._connection, self._asked.rules_of, household)
            except NoRuleBook:
                found = None
            self._lives[household] = found
        return self._lives[household]

    def _compare(self, people: Sequence[Someone]) -> None:
        """Meet those who are in the book: their households are read here."""
        for count, one in enumerate(people, 1):
            live = self._live(one.home.household) if one.home is not None else None
            if live is not None:
                self._remarks += differences(one, live)
            if not count % REPORT_EVERY:
                self._tell(1, count, len(people))

    def _tell(self, stage: int, done: int, of: int) -> None:
        """Report how much of a stage is done."""
        height = self._read.grid.height
        self._report(stage * height + height * done // of, STAGES * height)

    def _check(self, drafts: Sequence[Draft]) -> None:
        """Set aside what is there already and what could never be; hold the rest against the rules group by group."""
        drafts, twice = each_once(drafts)
        self._remarks += twice
        drafts = [draft for draft in drafts if not self._is_there(draft) and self._may_be(draft)]
        waiting = deque(connected(drafts))
        done = told = 0
        while waiting:
            found = self._group(waiting.popleft())
            self._remarks += found.remarks
            done += len(found.refused)
            if found.refused:  # the others without them: who is left may belong together no longer
                waiting.extendleft(reversed(connected(found.accepted)))
                continue
            done += len(found.accepted)
            self._keep(found)
            if done - told >= REPORT_EVERY:
                told = done
                self._tell(2, done, len(drafts))

    def _keep(self, found: Checked) -> None:
        for draft in found.accepted:
            self._states[draft.number] = "new"
        if isinstance(found.result, Founding) and found.accepted:
            self._foundings.append(found.result)
        elif isinstance(found.result, Joining) and (found.result.events or found.result.newcomers):
            self._joinings.append(found.result)

    def _group(self, group: Sequence[Draft]) -> Checked:
        homes = {known.household: known for draft in group for one in draft.people for known in one.homes}
        if len(homes) > 1:
            return self._to_join(group)
        if not homes:
            rules = self._rules(group[0].place)
            assert rules is not None
            return check_new(group, self._title_of, rules, self._asked.home, self._asked.today)
        live = self._live(next(iter(homes)))
        assert live is not None
        return check_known(group, live, self._asked.home, self._asked.today)

    def _title_of(self, name: str) -> str:
        return self._wording.say("roster", "household-of", name=name)

    def _to_join(self, group: Sequence[Draft]) -> Checked:
        """Who belongs together by the list is in several households of the book: what stays within one goes on."""
        found = Checked()
        titles = self._titles
        for draft in group:
            homes = [one.home.household if one.home else None for one in draft.people]
            if None not in homes and len(set(homes)) == 1:
                found.accepted.append(draft)
                continue
            found.refused.append(draft)
        called = ", ".join(dict.fromkeys(titles[home] for draft in group for home in _homes(draft)))
        found.remarks = [Remark(draft.number, "", "join-needed", (("households", called),)) for draft in found.refused]
        return found

    @cached_property
    def _titles(self) -> dict[int, str]:
        return titles(self._connection)

    def _is_there(self, draft: Draft) -> bool:
        """Whether the book has it already: somebody alone, or a binding of the same two from the same day."""
        home, other = draft.authorizer.home, None if draft.user is None else draft.user.home
        live = None if home is None else self._live(home.household)
        if home is None or live is None or (draft.user is not None and (other is None or other[0] != home[0])):
            return False
        if draft.days is not None and other is not None:
            pair = (home.handle, other.handle)
            rows = [row for row in live.running.register if (row.authorizer, row.user) == pair]
            same = [row for row in rows if _is_same(row, draft, self._asked.today)]
            if not same:
                return False
            if draft.row.starts is not None and not any(
                (row.relation, row.ends) == (draft.row.relation, draft.row.ends) for row in same
            ):
                self._remarks.append(Remark(draft.number, "", "register-differs", severity="warning"))
        self._states[draft.number] = "there"
        return True

    def _may_be(self, draft: Draft) -> bool:
        """Whether the rules could allow the pair at all; why not is told."""
        rules = self._rules(draft.place)
        if draft.days is None or draft.user is None or rules is None or draft.row.relation is None:
            return True
        today = rules.at(self._asked.today)
        authorizer, user = self._person(draft.authorizer), self._person(draft.user)
        found = never_allowed(authorizer, user, draft.row.relation, today)
        for code, subject in found:
            name = (user if subject == user.id else authorizer).name
            column = column_of(code, "user" if subject == user.id else "authorizer")
            values = (("subject", name),)
            self._remarks.append(Remark(draft.number, column, code, values, clause=today.reason(code)))
        if found and draft.row.relation == "in-law":
            self._remarks.append(Remark(draft.number, "relation", "in-law-hint", severity="info"))
        return not found

    def _person(self, one: Someone) -> Person:
        """Somebody as they stand, called by their ID number."""
        live = None if one.home is None else self._live(one.home.household)
        if live is None or one.home is None:
            return one.person(one.number, self._asked.home)
        return replace(live.running.persons[one.home.handle], id=one.number)

    def _note(self, row: int, column: str, code: str, *values: tuple[str, object]) -> None:
        self._remarks.append(Remark(row, column, code, values))


def _homes(draft: Draft) -> list[int]:
    return [known.household for one in draft.people for known in one.homes]


def _is_same(row: Binding, draft: Draft, today: date) -> bool:
    """Whether a row of the register is what a draft asks for; one that names no first day means what is open."""
    if draft.row.starts is None:
        return row.open_on(today)
    return row.starts == draft.row.starts
