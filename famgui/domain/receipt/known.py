"""What the rules give for a receipt whose facts may be known in part: every visit that it may be of, and its year."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import NamedTuple

from famgui.domain.benefit import BENEFITS, LEVELS, YearToDate
from famgui.domain.bill import Item, split
from famgui.domain.money import Fen
from famgui.domain.person import Insurance, Person, Status
from famgui.domain.receipt.search import LOTS, Stated, met_for
from famgui.domain.receipt.stated import (
    ACCOUNTS,
    CASH,
    DEDUCTIBLE,
    FUND_SUM,
    IN_SCOPE,
    OVER_LIMIT,
    OWN,
    PERSON,
    POOL,
    RATIO,
    SELF_PAID,
    SHARED,
    TOTAL,
    UPFRONT,
    Facts,
    Reading,
    Receipt,
    Unchecked,
)
from famgui.domain.receipt.trial import Pool, Trial, Wallet, by_category, met_before, trial, where
from famgui.domain.rulebook import RuleBook
from famgui.domain.settlement import DISEASES, Facility, Settlement
from famgui.domain.trace import NO_POOL_RULE


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the receipt: the rule book (None: nobody knows the rules of the place); the household's
    person with the year to date and the accounts before the visit, where there is one; and of a recorded settlement
    that the receipt is of, the figures by field, the bill and where it was."""

    book: RuleBook | None
    patient: Person | None = None
    used: YearToDate | None = None
    wallet: Wallet | None = None
    recorded: Mapping[str, int] | None = None
    items: tuple[Item, ...] = ()
    facility: Facility | None = None


class Visit(NamedTuple):
    """One possible visit behind the receipt, with its year to date, and what the pool does."""

    facts: Facts
    trial: Trial
    pool: Pool
    notes: tuple[Unchecked, ...]


def stated_of(receipt: Receipt) -> Stated:
    """What the receipt says of the pool; where it gives the funds in one sum, the sum is the pool's."""
    paid = receipt.amounts.get(POOL)
    if paid is None and receipt.mobile:
        paid = receipt.amounts.get(FUND_SUM)
    return Stated(receipt.amounts.get(DEDUCTIBLE), receipt.ratio, paid)


def silent(facts: Facts) -> tuple[str, ...]:
    """The facts that nobody has told and that may decide what the pool pays."""
    found = [name for name in ("insurance", "kind") if getattr(facts, name) is None]
    if facts.status is None and facts.insurance != "resident":
        found.append("status")
    if facts.level is None and facts.kind != "pharmacy":
        found.append("level")
    if facts.disease is None and facts.kind == "two-disease":
        found.append("disease")
    return tuple(found)


def visits(receipt: Receipt, facts: Facts, known: Known) -> tuple[Visit, ...]:
    """Every visit that the receipt may be of: one where all facts are known."""
    if known.book is None or facts.day is None:
        return ()
    stated = stated_of(receipt)
    found = []
    for one in _possible(facts):
        made = trial(receipt, one, _person(one, known, known.book), known.used or YearToDate(), known.book)
        if made is None:
            return ()
        made = _where_it_was(made, known)
        its_own = bool(known.items) and split(known.items) == split(made.visit.items)
        if its_own:
            made = replace(made, visit=replace(made.visit, items=known.items))
        made = replace(made, wallet=known.wallet or made.wallet)
        settled, notes = _in_its_year(made, one, stated, ledger=known.used is not None)
        pool = settled.pool()
        if not its_own and not stated.met_by(pool) and by_category(made):
            settled, notes = made, (Unchecked("items", (("kind", one.kind), ("clause", pool.clause("pool")))),)
        found.append(Visit(one, settled, pool, notes))
    return tuple(found)


def _possible(facts: Facts) -> Iterator[Facts]:
    """The facts with everything that is silent filled in, in every way."""
    insurances: tuple[Insurance, ...] = (facts.insurance,) if facts.insurance else ("employee", "resident")
    kinds = (facts.kind,) if facts.kind else BENEFITS
    for insurance, kind in product(insurances, kinds):
        statuses: tuple[Status, ...] = ("active", "retired") if insurance == "employee" else ("active",)
        if facts.status:
            statuses = (facts.status,)
        levels = (facts.level,) if facts.level or kind == "pharmacy" else LEVELS
        diseases = (facts.disease,) if facts.disease or kind != "two-disease" else DISEASES
        for status, level, disease in product(statuses, levels, diseases):
            yield replace(facts, insurance=insurance, kind=kind, status=status, level=level, disease=disease)


def _where_it_was(made: Trial, known: Known) -> Trial:
    """The trial at the very type of facility that was recorded, unless another kind of visit was told."""
    facility = made.visit.facility
    if known.facility is None or (facility.type == "pharmacy") != (known.facility.type == "pharmacy"):
        return made
    return replace(made, visit=replace(made.visit, facility=replace(facility, type=known.facility.type)))


def _person(facts: Facts, known: Known, book: RuleBook) -> Person:
    insurance, status = facts.insurance or "employee", facts.status or "active"
    if known.patient is not None:
        account = known.patient.has_account and insurance == "employee"
        recorded = known.facility is not None and facts.place in (None, known.patient.insured_place)
        place = known.patient.insured_place if recorded else book.place
        return replace(known.patient, insurance=insurance, status=status, has_account=account, insured_place=place)
    return Person("patient", insurance, book.place, "", "", status, insurance == "employee", born=facts.born)


def _in_its_year(made: Trial, facts: Facts, stated: Stated, *, ledger: bool) -> tuple[Trial, tuple[Unchecked, ...]]:
    """The trial with the year to date that was told, else the ledger's; without either, with one that the receipt lets
    be inferred."""
    notes: list[Unchecked] = []
    if facts.used_pool is not None:
        made = replace(made, used=made.used._replace(pool=facts.used_pool))
    elif not ledger and made.pool().paid != replace(made, used=made.used._replace(pool=LOTS)).pool().paid:
        notes.append(Unchecked("pool-year"))
    if facts.used_deductible is not None:
        used = _met_at_levels(made, facts.used_deductible, stated)
        notes += [Unchecked("deductible-level")] if used != met_before(made, facts.used_deductible) else []
        return replace(made, used=used), tuple(notes)
    if ledger:
        return made, tuple(notes)
    full = replace(made, used=met_before(made, LOTS)).pool()
    if made.pool().deductible == full.deductible:
        return made, tuple(notes)
    if stated.deductible is not None:
        met = met_for(made, stated.deductible)
        notes.append(Unchecked("deductible-year"))
        return made if met is None else replace(made, used=met_before(made, met)), tuple(notes)
    if stated.paid in (made.pool().paid, full.paid):
        used = made.used if stated.paid == made.pool().paid else met_before(made, LOTS)
        return replace(made, used=used), (*notes, Unchecked("deductible-year"))
    paid = stated.paid
    if paid is not None:
        met = where(lambda amount: paid - replace(made, used=met_before(made, amount)).pool().paid, LOTS)
        if met is not None:
            values = (("met", met),)
            return replace(made, used=met_before(made, met)), (*notes, Unchecked("deductible-open", values))
    return made, tuple(notes)


def _met_at_levels(made: Trial, told: Fen, stated: Stated) -> YearToDate:
    """The deductible told over all levels as met at the visit's own, or as much less of it there as the receipt says:
    nobody told how much of it was met at other levels."""
    used = met_before(made, told)

    def at_own(amount: Fen) -> Pool:
        return replace(made, used=met_before(made, amount)._replace(all_levels=told)).pool()

    if stated.met_by(at_own(told)):
        return used
    deductible, paid, met = stated.deductible, stated.paid, None
    if deductible is not None:
        met = where(lambda amount: at_own(amount).deductible - deductible, told)
    elif paid is not None:
        met = where(lambda amount: paid - at_own(amount).paid, told)
    return used if met is None else met_before(made, met)._replace(all_levels=told)


def agreed(found: tuple[Visit, ...]) -> Visit | None:
    """The visit whose figures hold whichever of the possible ones it was; None where they part."""
    if found and all(untold(visit) for visit in found):
        return found[0]
    figures = {(*visit.pool[:3], no_rule(visit), untold(visit)) for visit in found}
    return found[0] if len(figures) == 1 else None


def no_rule(visit: Visit) -> bool:
    """Whether the library has no rule for such a visit on its day."""
    return any(step.name in NO_POOL_RULE for step in visit.pool.steps)


def untold(visit: Visit) -> bool:
    """Whether the rule counts only part of the bill and nobody knows which of it."""
    return any(note.code == "items" for note in visit.notes)


def recorded_as(known: Known, reading: Reading) -> Mapping[str, int]:
    """The recorded figures in the reading of the receipt; none where it is of no recorded settlement."""
    found = dict(known.recorded or {})
    if {OWN, SHARED, POOL} <= found.keys():
        found[ACCOUNTS] = found[OWN] + (found[SHARED] if reading.contains else 0)
        found[FUND_SUM] = found[POOL] + (found[OWN] + found[SHARED] if reading.includes else 0)
    return found


def figures(done: Settlement) -> dict[str, int]:
    """A settlement of our own by the national interface's fields, in the usual reading."""
    parts = done.split
    return {
        TOTAL: parts.total,
        SELF_PAID: parts.self_paid,
        OVER_LIMIT: parts.over_limit,
        UPFRONT: parts.upfront,
        IN_SCOPE: parts.in_scope,
        DEDUCTIBLE: done.deductible,
        RATIO: done.ratio,
        POOL: done.pool,
        FUND_SUM: done.pool,
        PERSON: done.person_part,
        ACCOUNTS: done.own + done.shared,
        OWN: done.own,
        SHARED: done.shared,
        CASH: done.cash,
    }
