"""Postings, events and premium products in the words that people use for them."""

import re
from collections.abc import Iterable, Mapping

from famgui.base.wording import Wording
from famgui.domain.household import Deposit, Event, Premium, Refund
from famgui.domain.money import Fen, grouped
from famgui.domain.settlement import Visit
from famgui.ui.shell.i18n import tr
from famgui.usecase.ledger import Moved

_PRODUCT = re.compile(r"(?P<name>.+?)(?:-(?P<year>[0-9]{4}))?")


def signed(fen: Fen) -> str:
    """An amount with its sign."""
    return f"+{grouped(fen)}" if fen > 0 else grouped(fen)


def moved_words() -> dict[Moved, str]:
    """What moves money, in the order in which the filter offers it."""
    return {
        "settlement": tr("Settled"),
        "reversal": tr("Reversed"),
        "premium": tr("Premium"),
        "inflow": tr("Monthly inflow"),
        "deposit": tr("Deposit"),
        "carry-over": tr("Carried over"),
        "opening": tr("Opening"),
    }


def bucket_words() -> dict[str, str]:
    """The two buckets of an account."""
    return {"current": tr("This year"), "prior_years": tr("Prior years")}


def ledger_words() -> dict[str, str]:
    """The ledgers that are no account: where money came from or went to."""
    return {
        "pool": tr("Pooled fund"),
        "cash": tr("Cash"),
        "provider": tr("Hospital or pharmacy"),
        "premium": tr("Premiums paid"),
        "inflow": tr("Paid in"),
        "opening": tr("Before the first event"),
    }


def month_words() -> tuple[str, ...]:
    """The months of a year, short."""
    return (
        tr("Jan"),
        tr("Feb"),
        tr("Mar"),
        tr("Apr"),
        tr("May"),
        tr("Jun"),
        tr("Jul"),
        tr("Aug"),
        tr("Sep"),
        tr("Oct"),
        tr("Nov"),
        tr("Dec"),
    )


def concession_words() -> dict[str, str]:
    """The groups that decide the residents' premium; "" for everybody else."""
    return {
        "none": "",
        "low-income": tr("minimum living allowance"),
        "low-income-margin": tr("near the minimum allowance"),
        "monitored": tr("monitored household"),
        "destitute": tr("destitute"),
        "severe-disability": tr("severe disability"),
        "orphan": tr("orphan"),
        "child-without-support": tr("child without support"),
    }


def product_words(product: str) -> str:
    """A premium product as people call it: resident-2026 is the residents' insurance of 2026."""
    found = _PRODUCT.fullmatch(product)
    name = found["name"] if found else product
    year = (found["year"] if found else None) or ""
    if name == "resident":
        return tr("residents' insurance {year}", year=year).strip()
    if name == "supplementary":
        return tr("supplementary insurance {year}", year=year).strip()
    return product


class EventWords:
    """The events of one household in words; `events` by handle, `names` of persons by handle."""

    def __init__(self, events: Mapping[str, Event], names: Mapping[str, str], wording: Wording) -> None:
        self._events, self._names, self._wording = events, names, wording

    def of_posting(self, kind: str, handle: str | None) -> str:
        """What a posting of this kind and event is about."""
        event = self._events.get(handle or "")
        if kind == "carry-over":
            return tr("Turn of the year")
        if kind == "opening" or event is None:
            return tr("before the first event")
        if kind == "settlement" and isinstance(event, Refund):
            return tr("Settled anew after a refund: {visit}", visit=self._refunded(event))
        return self.of_event(event)

    def of_event(self, event: Event) -> str:
        """What happened, about whom."""
        match event:
            case Visit():
                return self._visit(event)
            case Refund(reason=reason) if reason:
                return tr("Refund ({reason}): {visit}", reason=reason, visit=self._refunded(event))
            case Refund():
                return tr("Refund: {visit}", visit=self._refunded(event))
            case Deposit(inflow=True):
                return tr("Monthly inflow")
            case Deposit():
                return tr("Paid in")
            case Premium(persons=persons):
                return self.of_premium(event, persons)
            case _:
                return event.id

    def of_premium(self, event: Premium, persons: Iterable[str]) -> str:
        """A premium paid for these persons of it."""
        people = tr(", ").join(self._names.get(person, person) for person in persons)
        return tr("{product} for {people}", product=product_words(event.product), people=people)

    def _visit(self, visit: Visit) -> str:
        parts = [f"{self._names.get(visit.patient, visit.patient)} {self._wording.say('word', visit.kind)}"]
        if visit.facility.level:
            parts.append(self._wording.say("word", visit.facility.level))
        return " · ".join(parts)

    def _refunded(self, refund: Refund) -> str:
        visit = self._events.get(refund.of)
        return self._visit(visit) if isinstance(visit, Visit) else refund.of
