"""What a household's ledger says beside a receipt: the person then, the year to date, the accounts, the record."""

from dataclasses import dataclass
from datetime import date

from famgui.domain.benefit import Benefit, YearToDate
from famgui.domain.household import by_date
from famgui.domain.person import Person
from famgui.domain.receipt.known import figures
from famgui.domain.receipt.stated import NO_FACTS, TOTAL, Facts, Receipt
from famgui.domain.receipt.trial import Wallet
from famgui.domain.settlement import Settlement, Visit
from famgui.domain.timeline import Running
from famgui.files.receipt.raw import masked
from famgui.usecase.household import LiveHousehold
from famgui.usecase.verify import Ledger


@dataclass(frozen=True, slots=True)
class Recorded:
    """A visit of the ledger that a receipt may be of, with what its settlement says of the circumstances."""

    visit: Visit
    done: Settlement

    @property
    def facts(self) -> Facts:
        """The circumstances as they were recorded; who is insured how stands with the person."""
        visit = self.visit
        return Facts(
            facility_place=visit.facility.place,
            kind=visit.kind,
            level=visit.facility.level or None,
            grade=visit.facility.grade or None,
            designated=visit.facility.designated and visit.facility.type != "other",
            contracted=visit.facility.contracted,
            day=visit.date,
            disease_limit=visit.disease_limit,
            disease=visit.disease or None,
        )


def recorded_visits(live: LiveHousehold) -> tuple[Recorded, ...]:
    """Every visit of the ledger with its settlement, the latest first."""
    found = [
        Recorded(outcome.event, outcome.settlement)
        for outcome in live.outcomes
        if isinstance(outcome.event, Visit) and outcome.settlement is not None
    ]
    return tuple(sorted(found, key=lambda one: one.visit.date, reverse=True))


def ledger_at(
    live: LiveHousehold, person: str, day: date | None, kind: Benefit | None, record: Recorded | None = None
) -> Ledger:
    """A person as the ledger had them on a day, after what was recorded up to then, or just before a recorded visit."""
    household = live.household
    running = Running(household, live.running.book)
    patient = running.persons[person]
    if record is not None:
        day, kind = record.visit.date, record.visit.kind
    for index in by_date(household.events):
        event = household.events[index]
        if (record is not None and event == record.visit) or (day is not None and event.date > day):
            break
        running.apply(event)
    balances = running.balances
    if day is not None and running.year and day.year > running.year:
        balances = {account: balance.carried_over() for account, balance in balances.items()}
    when = day or date.max
    rows = tuple(row for row in running.register if row.user == person)
    wallet = Wallet(balances, running.standing(person, when), rows, household.terms)
    used = None if day is None or kind is None else running.used.get((person, day.year, kind), YearToDate())
    if record is None:
        return Ledger(patient, used, wallet)
    override = record.visit.override
    wallet = wallet._replace(terms=override.over(household.terms))
    return Ledger(
        patient, override.used or used, wallet, figures(record.done), record.visit.items, record.visit.facility
    )


def facts_of(person: Person) -> Facts:
    """What the household knows of a person."""
    if person.insurance == "none":
        return NO_FACTS
    status = person.status if person.insurance == "employee" else None
    return Facts(place=person.insured_place, insurance=person.insurance, status=status)


def _same_person(person: Person, receipt: Receipt) -> bool:
    if receipt.id_masked and person.id_number:
        return masked(person.id_number) == receipt.id_masked
    return bool(receipt.patient) and person.name == receipt.patient


def likely(live: LiveHousehold, receipt: Receipt) -> tuple[str, Recorded | None]:
    """Whose receipt it probably is, by name or masked ID number, else by a recorded visit of that day and total; and of
    which visit."""
    named = [person.id for person in live.persons if _same_person(person, receipt)]
    total = abs(receipt.amount(TOTAL))
    for one in recorded_visits(live):
        same = one.visit.date == receipt.facts.day and one.done.split.total == total
        if same and (not named or one.visit.patient in named):
            return one.visit.patient, one
    return (named[0] if len(named) == 1 else ""), None
