"""What is typed on the plan: expected visits, inflow, premiums, days; how it is planned with, and how it is kept."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from famgui.domain.benefit import BENEFITS, LEVELS, Benefit, Level
from famgui.domain.bill import Item, split
from famgui.domain.money import Fen
from famgui.domain.settlement import NO_OVERRIDE, Facility, Override, Stated, Visit
from famgui.usecase.expected import ONCE, Expected, Rhythm, usual_visit

RHYTHMS: Mapping[str, Rhythm] = {
    "once": ONCE,
    "month-1": Rhythm(1, "month"),
    "week-1": Rhythm(1, "week"),
    "week-2": Rhythm(2, "week"),
    "week-3": Rhythm(3, "week"),
    "week-4": Rhythm(4, "week"),
    "month-2": Rhythm(2, "month"),
    "month-3": Rhythm(3, "month"),
    "month-4": Rhythm(4, "month"),
    "month-6": Rhythm(6, "month"),
}
"""How often a visit may be expected, by the word it is kept as."""


@dataclass(frozen=True, slots=True)
class Row:
    """One expected visit as typed: in scope and self-paid in fen (None: nothing typed), from a day to a day (None: from
    the plan's start, to its end). `like` is the calculator's visit where the row stands for one."""

    patient: str = ""
    kind: Benefit = "outpatient"
    level: Level = "tertiary"
    in_scope: Fen | None = None
    self_paid: Fen | None = None
    often: str = "month-1"
    first: date | None = None
    last: date | None = None
    like: Visit | None = None

    @property
    def complete(self) -> bool:
        """Whether there is a cost to plan with."""
        return bool(self.in_scope or self.self_paid)

    def expected(self, start: date, place: str) -> Expected:
        """The visit to plan with; at a facility of the insured place unless it is like the calculator's."""
        first = self.first or start
        made = usual_visit(self.patient, self.kind, self.level, self.in_scope or 0, self.self_paid or 0, place, first)
        return Expected(made if self.like is None else replace(self.like, date=first), RHYTHMS[self.often], self.last)


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """The whole plan as typed. `inflow` holds what was typed over (fen by account), `start` None: as early as can be;
    `premiums` are the persons and products to pay for."""

    rows: tuple[Row, ...] = ()
    inflow: tuple[tuple[str, Fen], ...] = ()
    inflow_day: int | None = None
    start: date | None = None
    next_year: bool = False
    premiums: tuple[tuple[str, str], ...] = ()


def row_like(visit: Visit) -> Row:
    """A row for a visit of the calculator, its parts as it has them."""
    parts = split(visit.items)
    level = visit.facility.level or "tertiary"
    rest = parts.total - parts.in_scope
    return Row(visit.patient, visit.kind, level, parts.in_scope, rest, like=visit)


def day_typed(text: str, year: int) -> date | None:
    """A day as people type it: 2025-07-01, 20250701, or 7-1, 7/1, 7月1日, 0701 of `year`; None when it is none."""
    parts = [int(part) for part in re.findall(r"[0-9]+", text)]
    if len(parts) == 1 and re.fullmatch(r"\s*[0-9]{8}\s*", text):
        parts = [parts[0] // 10_000, parts[0] // 100 % 100, parts[0] % 100]
    elif len(parts) == 1 and re.fullmatch(r"\s*[0-9]{4}\s*", text):
        parts = [parts[0] // 100, parts[0] % 100]
    try:
        return date(*([year, *parts] if len(parts) == 2 else parts)) if len(parts) in (2, 3) else None
    except (ValueError, OverflowError):
        return None


def as_body(draft: PlanDraft) -> Mapping[str, Any]:
    """The draft as JSON can hold it."""
    rows = [{**asdict(row), "like": None if row.like is None else _visit_body(row.like)} for row in draft.rows]
    for row in rows:
        row |= {name: row[name] and row[name].isoformat() for name in ("first", "last")}
    start = draft.start and draft.start.isoformat()
    kept = {name: [list(pair) for pair in getattr(draft, name)] for name in ("inflow", "premiums")}
    return {"rows": rows, "inflow_day": draft.inflow_day, "start": start, "next_year": draft.next_year, **kept}


def from_body(body: Mapping[str, Any]) -> PlanDraft | None:
    """A kept draft, None when it makes no sense (an older program wrote it)."""
    try:
        return PlanDraft(
            tuple(_row_from(row) for row in body["rows"]),
            tuple((str(account), int(fen)) for account, fen in body["inflow"]),
            None if body["inflow_day"] is None else int(body["inflow_day"]),
            _day(body["start"]),
            bool(body["next_year"]),
            tuple((str(person), str(product)) for person, product in body["premiums"]),
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def known_to(draft: PlanDraft, persons: Sequence[str]) -> PlanDraft:
    """The draft without those who are no longer in the household."""
    rows = tuple(row for row in draft.rows if row.patient in persons)
    return replace(
        draft,
        rows=rows,
        inflow=tuple(pair for pair in draft.inflow if pair[0] in persons),
        premiums=tuple(pair for pair in draft.premiums if pair[0] in persons),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _row_from(body: Mapping[str, Any]) -> Row:
    like = None if body["like"] is None else _visit_from(body["like"])
    row = Row(**{**body, "first": _day(body["first"]), "last": _day(body["last"]), "like": like})
    amounts = (amount for amount in (row.in_scope, row.self_paid) if amount is not None)
    if row.kind not in BENEFITS or row.level not in LEVELS or row.often not in RHYTHMS or min(amounts, default=0) < 0:
        raise ValueError(body)
    return row


def _visit_body(visit: Visit) -> dict[str, Any]:
    body = asdict(replace(visit, override=visit.override._replace(used=None)))
    return {**body, "date": visit.date.isoformat()}


def _visit_from(body: Mapping[str, Any]) -> Visit:
    override = Override(*body["override"])
    return Visit(
        **{
            **body,
            "date": date.fromisoformat(body["date"]),
            "facility": Facility(**body["facility"]),
            "items": tuple(Item(*item) for item in body["items"]),
            "stated": Stated(*body["stated"]),
            "override": NO_OVERRIDE if override == NO_OVERRIDE else override,
        }
    )
