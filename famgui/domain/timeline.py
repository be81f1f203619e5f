"""A household's events in order: balances, register and year to date as they change, and what each event did."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from famgui.domain.account import Balance
from famgui.domain.benefit import NOTHING_USED, YearToDate
from famgui.domain.bill import Item, nothing_left, take_back
from famgui.domain.binding import (
    NOBODY,
    Binding,
    Standing,
    bind_problems,
    ends_when_suspended,
    free_from,
    never_allowed,
    priorities,
    standing,
)
from famgui.domain.household import (
    Amend,
    Bind,
    Deposit,
    Event,
    Household,
    Premium,
    Refund,
    Reorder,
    Unbind,
    UsedKey,
    by_date,
)
from famgui.domain.person import Person, amended
from famgui.domain.premium import PremiumLine, pay_premium, yearly
from famgui.domain.problem import Code, Problem
from famgui.domain.rulebook import RuleBook, Rules
from famgui.domain.settlement import Settlement, Visit, settle
from famgui.domain.waterfall import shareable

Status: TypeAlias = Literal["settled", "partly", "refused"]


class Outcome(NamedTuple):
    """What one event did. A visit has `settlement`; a refund `reversed` (what was taken back) and, unless nothing was
    left, `settlement` (the new one); a premium has `premiums`."""

    event: Event
    status: Status
    problems: tuple[Problem, ...] = ()
    settlement: Settlement | None = None
    reversed: Settlement | None = None
    premiums: tuple[PremiumLine, ...] = ()


class Timeline(NamedTuple):
    """The outcomes in file order and the state after the last event."""

    outcomes: tuple[Outcome, ...]
    balances: Mapping[str, Balance]
    used: Mapping[UsedKey, YearToDate]


@dataclass(slots=True)
class _Record:
    """A visit as it stands now: its bill, its settlement, and all that a re-settlement must see as it was then;
    `own_account` tells whether the patient had one."""

    visit: Visit
    patient: Person
    own_account: bool
    settlement: Settlement
    standing: Standing
    before: YearToDate
    money_year: int


def run(household: Household, book: RuleBook) -> Timeline:
    """Compute the events in order. Refunds must be possible (`household.refund_faults`); all else is answered with
    problems, never with an exception."""
    state = Running(household, book)
    outcomes: dict[int, Outcome] = {}
    for index in by_date(household.events):
        outcomes[index] = state.apply(household.events[index])
    return Timeline(tuple(outcomes[index] for index in range(len(outcomes))), state.balances, state.used)


class Running:
    """A household while its events are computed: persons, balances, register (rows in order) and year to date as they
    stand now.

    `apply` one event after the other, none earlier than the last; `fork` first to try one."""

    def __init__(self, household: Household, book: RuleBook) -> None:
        self.book = book
        self.terms = household.terms
        self.persons = {person.id: person for person in household.persons}
        self.balances = dict(household.balances)
        self.register = list(household.bindings)
        self.used = dict(household.used)
        self.records: dict[str, _Record] = {}
        self.premiums: set[tuple[str, str, int]] = set()
        self.year = 0

    def fork(self) -> "Running":
        """The same state to try an event on; changing one leaves the other as it is."""
        twin = Running.__new__(Running)
        twin.__dict__.update(self.__dict__)
        for name in ("persons", "balances", "register", "used", "records", "premiums"):
            setattr(twin, name, getattr(self, name).copy())
        return twin

    def standing(self, user: str, day: date) -> Standing:
        """Who may share with a user on a day, as the register stands now."""
        rows = [row for row in self.register if row.user == user]
        return self._standing(rows, day, self.book.at(day))

    def apply(self, event: Event) -> Outcome:
        """What the event does, on its day, under the rules of that day."""
        self._turn_year(event.date)
        rules = self.book.at(event.date)
        match event:
            case Visit():
                return self._visit(event, rules)
            case Refund():
                return self._refund(event)
            case Deposit():
                return self._deposit(event, rules)
            case Premium():
                return self._premium(event, rules)
            case Bind():
                return self._bind(event, rules)
            case Unbind():
                return self._unbind(event, rules)
            case Amend():
                return self._amend(event)
            case Reorder():
                return self._reorder(event, rules)

    def _turn_year(self, day: date) -> None:
        if self.year and day.year > self.year:
            self.balances = {account: balance.carried_over() for account, balance in self.balances.items()}
        self.year = max(self.year, day.year)

    def _standing(self, rows: list[Binding], day: date, rules: Rules) -> Standing:
        if not rows:
            return NOBODY

        def refused(row: Binding) -> tuple[tuple[Code, str], ...]:
            authorizer, user = self.persons[row.authorizer], self.persons[row.user]
            codes = never_allowed(authorizer, user, row.relation, rules)
            return codes if authorizer is user else codes + ends_when_suspended(authorizer, user, day, rules)

        return standing(rows, day, refused)

    def _visit(self, visit: Visit, rules: Rules) -> Outcome:
        key = (visit.patient, visit.date.year, visit.kind)
        before = self.used.get(key, NOTHING_USED)
        stands = self.standing(visit.patient, visit.date)
        patient = self.persons[visit.patient]
        settlement = settle(visit, patient, self.balances, stands, before, rules, self.terms)
        own = patient.id in self.balances
        record = self.records[visit.id] = _Record(visit, patient, own, settlement, stands, before, self.year)
        self._pay(settlement)
        self._count(record, 1)
        return Outcome(visit, "partly" if settlement.partly else "settled", settlement.problems, settlement)

    def _pay(self, settlement: Settlement) -> None:
        for _, account, draw in settlement.payments:
            self.balances[account] = self.balances[account].less(draw)

    def _count(self, record: _Record, sign: int) -> None:
        """Count what a visit used, or take it off again. A year to date stated for one visit holds for that visit only:
        the ledger's goes on with what the visit added."""
        done, visit = record.settlement, record.visit
        if not done.counted:
            return
        key = (visit.patient, visit.date.year, visit.kind)
        before = record.before if visit.override.used is None else visit.override.used
        now = self.used.get(key, NOTHING_USED)
        self.used[key] = done.used if now is before and sign > 0 else now.moved(before, done.used, sign)

    def _refund(self, refund: Refund) -> Outcome:
        """Reverse the whole settlement, each amount back where it came from, then settle what is left in its place."""
        record = self.records[refund.of]
        taken_back = record.settlement
        for _, account, draw in taken_back.payments:
            back = draw if record.money_year == self.year else draw.carried_over()
            self.balances[account] = self.balances[account].plus(back)
        self._count(record, -1)
        left: tuple[Item, ...] = () if refund.items is None else take_back(record.visit.items, refund.items)
        if nothing_left(left):
            del self.records[refund.of]
            return Outcome(refund, "settled", reversed=taken_back)
        old = record.visit
        visit = replace(old, items=left)
        rules = self.book.at(old.date)
        accounts = self.balances.copy()
        if not record.own_account:
            accounts.pop(old.patient, None)
        again = settle(visit, record.patient, accounts, record.standing, record.before, rules, self.terms)
        self._pay(again)
        renewed = replace(record, visit=visit, settlement=again, money_year=self.year)
        self.records[refund.of] = renewed
        self._count(renewed, 1)
        return Outcome(refund, "partly" if again.partly else "settled", again.problems, again, taken_back)

    def _deposit(self, deposit: Deposit, rules: Rules) -> Outcome:
        if deposit.account not in self.balances:
            return Outcome(deposit, "refused", (rules.problem("NO_ACCOUNT", deposit.account, "error"),))
        self.balances[deposit.account] = self.balances[deposit.account].plus(deposit.money)
        return Outcome(deposit, "settled")

    def _premium(self, premium: Premium, rules: Rules) -> Outcome:
        payer = self.persons[premium.payer]
        problems: list[Problem] = []
        lines: list[PremiumLine] = []
        for person_id in premium.persons:
            rows = [row for row in self.register if row.user == person_id and row.authorizer == payer.id]
            balance = self.balances.get(payer.id, Balance())
            mark = (person_id, premium.product, yearly(premium.product, premium.date, rules))
            line, found = pay_premium(
                payer,
                self.persons[person_id],
                premium.product,
                self._standing(rows, premium.date, rules),
                shareable(balance, rules.sharing),
                mark in self.premiums,
                premium.date,
                rules,
                stated=premium.price,
            )
            lines.append(line)
            problems.extend(found)
            if line.status == "settled":
                self.premiums.add(mark)
                if line.paid:
                    self.balances[payer.id] = balance.less(balance.draw(line.paid))
        paid = sum(line.status == "settled" for line in lines)
        status: Status = "settled" if paid == len(lines) else "partly" if paid else "refused"
        return Outcome(premium, status, tuple(problems), premiums=tuple(lines))

    def _bind(self, bind: Bind, rules: Rules) -> Outcome:
        new = bind.binding
        rows = [row for row in self.register if row.authorizer == new.authorizer or row.user == new.user]
        problems = bind_problems(new, rows, self.persons, rules, day=bind.date)
        if problems:
            return Outcome(bind, "refused", tuple(problems))
        self.register.append(new)
        return Outcome(bind, "settled")

    def _unbind(self, unbind: Unbind, rules: Rules) -> Outcome:
        day = unbind.date
        open_rows = [
            index
            for index, row in enumerate(self.register)
            if (row.authorizer, row.user) == (unbind.authorizer, unbind.user) and row.open_on(day)
        ]
        if not open_rows:
            return Outcome(unbind, "refused", (rules.problem("UNBOUND", unbind.user, "error"),))
        if any(day < free_from(self.register[index], rules) for index in open_rows):
            clause = rules.find("binding.minimum-months").clause
            return Outcome(unbind, "refused", (Problem("UNBIND_TOO_EARLY", "error", unbind.user, clause),))
        for index in open_rows:
            self.register[index] = replace(self.register[index], unbound_on=day)
        return Outcome(unbind, "settled")

    def _amend(self, amend: Amend) -> Outcome:
        person = self.persons[amend.person] = amended(self.persons[amend.person], amend.facts)
        if person.has_account:
            self.balances.setdefault(person.id, Balance())
        return Outcome(amend, "settled")

    def _reorder(self, reorder: Reorder, rules: Rules) -> Outcome:
        """Refused when an authorizer named has no open binding with the user (`UNBOUND`)."""
        day = reorder.date
        rows = [row for row in self.register if row.user == reorder.user and row.open_on(day)]
        strangers = [who for who in reorder.authorizers if who not in {row.authorizer for row in rows}]
        if strangers:
            return Outcome(reorder, "refused", tuple(rules.problem("UNBOUND", who, "error") for who in strangers))
        numbers = priorities(reorder.authorizers, [(row.authorizer, row.priority, row.bound_at) for row in rows])
        for index, row in enumerate(self.register):
            if row.user == reorder.user and row.open_on(day):
                self.register[index] = replace(row, priority=numbers[row.authorizer])
        return Outcome(reorder, "settled")
