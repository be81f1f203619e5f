"""The rows of the records page: recorded visits in words, and which of them the filters let through."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from famgui.base.wording import Wording
from famgui.domain.money import Fen, format_amount
from famgui.files.statement import Cell, Heading, Listing
from famgui.ui.shell.i18n import tr
from famgui.ui.widgets.visit_words import facility_words, kind_words
from famgui.usecase.recorded import State, VisitRecord


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One recorded visit; amounts in fen, of what stands: nothing after a whole refund. `at_first` is
    the total as it was recorded."""

    handle: str
    day: date
    patient: str
    name: str
    kind: str
    facility: str
    at_first: Fen
    total: Fen
    pool: Fen
    own: Fen
    shared: Fen
    cash: Fen
    state: State
    searched: str


def row_of(record: VisitRecord, names: dict[str, str], wording: Wording) -> RecordRow:
    """The row of a record."""
    visit, stands = record.visit, record.standing
    name = names.get(visit.patient, visit.patient)
    kind, facility = kind_words(visit, wording), facility_words(visit.facility, wording)
    reasons = [getattr(outcome.event, "reason", "") for outcome in record.refunds]
    words = [visit.id, visit.date.isoformat(), name, kind, facility, *reasons]
    words += [format_amount(done.split.total) for done in (record.first, stands) if done is not None]
    words += [item.name for item in visit.items]
    return RecordRow(
        visit.id,
        visit.date,
        visit.patient,
        name,
        kind,
        facility,
        record.first.split.total,
        *((stands.split.total, stands.pool, stands.own, stands.shared, stands.cash) if stands else (0,) * 5),
        record.state,
        "\n".join(words).casefold(),
    )


@dataclass(frozen=True, slots=True)
class Filters:
    """What is looked for; None and "" let everything through."""

    person: str | None = None
    year: int | None = None
    text: str = ""

    def let_through(self, row: RecordRow) -> bool:
        """Whether a row is wanted: every word of the text stands somewhere in it."""
        return (
            (self.person is None or row.patient == self.person)
            and (self.year is None or row.day.year == self.year)
            and all(word in row.searched for word in self.text.casefold().split())
        )


def state_words(state: State) -> str:
    """The word for what became of a visit."""
    return {
        "settled": tr("settled"),
        "partly": tr("partly"),
        "part-back": tr("part refunded"),
        "back": tr("refunded"),
    }[state]


def listing(rows: Sequence[RecordRow], facts: Sequence[tuple[str, str]]) -> Listing:
    """The rows as a table that leaves the program, with their sums; no ID numbers."""
    headings = (
        Heading(tr("Number")),
        Heading(tr("Date"), "day"),
        Heading(tr("User")),
        Heading(tr("Kind")),
        Heading(tr("Facility")),
        Heading(tr("State")),
        Heading(tr("Total at first"), "amount"),
        *(Heading(title, "amount") for title in (tr("Total"), tr("Pool"), tr("Own"), tr("Family"), tr("Cash"))),
    )
    table: list[Sequence[Cell]] = [
        (row.handle, row.day, row.name, row.kind, row.facility, state_words(row.state), row.at_first, *_amounts(row))
        for row in rows
    ]
    sums = tuple(sum(column) for column in zip(*map(_amounts, rows), strict=True)) if rows else (0,) * 5
    last: Sequence[Cell] = (tr("Sum of what stands"), None, "", "", "", "", None, *sums)
    return Listing(tr("Recorded settlements"), headings, table, facts, [last])


def _amounts(row: RecordRow) -> tuple[Fen, ...]:
    return row.total, row.pool, row.own, row.shared, row.cash
