"""The household at a glance, computed from the desk; no window needed."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from famgui.domain.account import Balance
from famgui.domain.benefit import BENEFITS, Benefit, YearToDate
from famgui.domain.binding import Binding
from famgui.domain.identity import id_problems
from famgui.domain.money import grouped
from famgui.domain.person import Person, province
from famgui.domain.problem import Problem
from famgui.domain.rulebook import Rules
from famgui.domain.settlement import Visit
from famgui.files.sentence import problem_sentence
from famgui.ui.overview.events import event_row
from famgui.ui.overview.rows import AccountRow, AttentionRow, BindingRow, ChipKind, EventRow, Meter, Overview, YearRow
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.usecase.binding import row_state, year_at_hand
from famgui.usecase.household_known import elsewhere

if TYPE_CHECKING:
    from famgui.usecase.household import LiveHousehold

LATEST = 5
MOST_ATTENTION = 6
_SCALE = 1000


class OverviewVM(QObject):
    """`shown` is what the page shows, None without a household; `changed` when it has become another."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.shown: Overview | None = None
        desk.changed.connect(self.reload)
        self.reload()

    def reload(self) -> None:
        """Look at the household anew."""
        live = self._desk.live
        found = None if live is None else _Glance(self._desk, live).overview()
        if found != self.shown:
            self.shown = found
            self.changed.emit()


class _Glance:
    """One look at one household on one day."""

    def __init__(self, desk: Desk, live: "LiveHousehold") -> None:
        self._desk, self._live, self._running = desk, live, live.running
        self._today = desk.today
        self._names = desk.names
        self._year = year_at_hand(live.running, live.outcomes, desk.today)

    def overview(self) -> Overview:
        outcomes = self._live.outcomes
        latest = max((outcome.event.date for outcome in outcomes), default=None)
        balances = self._running.balances
        total = Balance(sum(b.current for b in balances.values()), sum(b.prior_years for b in balances.values()))
        return Overview(
            self._year,
            latest.isoformat() if latest else "",
            tuple(_account(self._names.get(account, account), balance) for account, balance in balances.items()),
            _account(tr("Total"), total) if balances else None,
            tuple(self._bindings()),
            tuple(self._years()),
            tuple(self._events()),
            self._cut(tuple(self._attention())),
        )

    def _bindings(self) -> Iterator[BindingRow]:
        rows = [row for row in self._running.register if row.open_on(self._today)]
        rows.sort(key=lambda row: (row.ends or date.max, row.starts))
        for row in rows:
            pair = f"{self._names[row.authorizer]} → {self._names[row.user]}"
            yield BindingRow(pair, self._about(row), *self._state(row))

    def _about(self, row: Binding) -> str:
        relation = self._desk.wording.say("word", row.relation)
        if row.ends is None:
            return f"{relation} · {self._desk.wording.say('word', 'unlimited')}"
        return tr("{relation} · until {day}", relation=relation, day=row.ends.isoformat())

    def _state(self, row: Binding) -> tuple[str, ChipKind]:
        state, days = row_state(row, self._today)
        match state:
            case "expiring":
                return (tr("ends in {days} days", days=days) if days else tr("ends today")), "warning"
            case "upcoming":
                return tr("starts in {days} days", days=days), "warning"
            case _ if row.ends is None:
                return tr("in force"), "accent"
            case _:
                return tr("{days} days left", days=(row.ends - self._today).days), "accent"

    def _years(self) -> Iterator[YearRow]:
        day = self._today if self._today.year == self._year else date(self._year, 12, 31)
        rules = self._running.book.at(day)
        for person in self._live.persons:
            for benefit in BENEFITS:
                used = self._running.used.get((person.id, self._year, benefit), YearToDate())
                made = self._year_row(person, benefit, used, rules)
                if made is not None:
                    yield made

    def _year_row(self, person: Person, benefit: Benefit, used: YearToDate, rules: Rules) -> YearRow | None:
        if benefit != "outpatient" and not used.pool and not used.all_levels:
            return None
        deductible = cap = None
        if person.insurance != "none" and province(person.insured_place) == province(rules.place):
            deductible = _limit("pool.deductible.year", person, benefit, rules)
            cap = _limit("pool.cap.year", person, benefit, rules)
        meters = (
            _meter(tr("Deductible met"), used.all_levels, deductible),
            _meter(tr("Pool paid"), used.pool, cap),
        )
        if meters == (None, None):
            return None
        return YearRow(self._names[person.id], self._desk.wording.say("word", benefit), *meters)

    def _events(self) -> Iterator[EventRow]:
        events = self._live.household.events
        visits = {event.id: event for event in events if isinstance(event, Visit)}
        visits |= {o.event.id: o.event for o in self._live.outcomes if isinstance(o.event, Visit)}
        newest = sorted(self._live.outcomes, key=lambda outcome: outcome.event.date)[: -LATEST - 1 : -1]
        for outcome in newest:
            yield event_row(outcome, visits, self._names, self._desk.wording)

    def _attention(self) -> Iterator[AttentionRow]:
        yield from self._id_problems()
        yield from self._elsewhere()
        yield from self._weak_rules()

    def _elsewhere(self) -> Iterator[AttentionRow]:
        """Members who stand in another household under the same ID number: one card, two accounts."""
        book, labels = self._desk.book, self._desk.labels
        numbers = {person.id_number: self._names[person.id] for person in self._live.persons if person.id_number}
        whom: dict[str, dict[str, None]] = {}
        for one in () if book is None else elsewhere(book, self._live.id, numbers):
            whom.setdefault(labels.get(one.household, one.title), {})[numbers[one.id_number]] = None
        for home, names in whom.items():
            text = tr(
                "{names} stand in {home} too, with the same ID number and an account apart: merge them on the page of"
                " people, or delete the household that is one too many.",
                names=tr(", ").join(names),
                home=home,
            )
            yield AttentionRow("!", text)

    def _id_problems(self) -> Iterator[AttentionRow]:
        regions = self._desk.services.regions
        for person in self._live.persons:
            if person.id_number:
                for code in id_problems(person.id_number, today=self._today, regions=regions):
                    sentence = problem_sentence(Problem(code, "error", person.id), self._names, self._desk.wording)
                    yield AttentionRow("!" if code == "ID_REGION_UNKNOWN" else "✗", sentence)

    def _weak_rules(self) -> Iterator[AttentionRow]:
        events: dict[str, set[str]] = {}
        whom: dict[str, dict[str, None]] = {}
        for outcome in self._live.outcomes:
            for problem in outcome.problems:
                if problem.code == "UNVERIFIED_RULE":
                    events.setdefault(problem.clause, set()).add(outcome.event.id)
                    whom.setdefault(problem.clause, {})[self._names.get(problem.subject, problem.subject)] = None
        for clause, found in sorted(events.items(), key=lambda entry: (-len(entry[1]), entry[0])):
            names = tr(", ").join(whom[clause])
            yield AttentionRow("·", tr("Unconfirmed rule · {names} · × {count}", names=names, count=len(found)), clause)

    def _cut(self, rows: tuple[AttentionRow, ...]) -> tuple[AttentionRow, ...]:
        if len(rows) <= MOST_ATTENTION:
            return rows
        more = len(rows) - MOST_ATTENTION + 1
        return (*rows[: MOST_ATTENTION - 1], AttentionRow("·", tr("and {count} more", count=more)))


def _account(name: str, balance: Balance) -> AccountRow:
    return AccountRow(name, grouped(balance.current), grouped(balance.prior_years), grouped(balance.total))


def _limit(key: str, person: Person, benefit: Benefit, rules: Rules) -> int | None:
    """The year's limit over all levels, or the one of community clinics where a place has only that."""
    facts = {
        "benefit": benefit,
        "insurance": person.insurance,
        "status": "retired" if person.status == "retired" else "active",
    }
    found = rules.find(key, **facts).value
    if found is None:
        found = rules.find(key, level="community", **facts).value
    return None if found is None else int(found)


def _meter(title: str, used: int, limit: int | None) -> Meter | None:
    if limit is None:
        return Meter(grouped(used), None, f"{title} {grouped(used)}") if used else None
    text = f"{grouped(used)} / {grouped(limit)}"
    return Meter(text, min(_SCALE, _SCALE * used // limit) if limit else _SCALE, f"{title} {text}")
