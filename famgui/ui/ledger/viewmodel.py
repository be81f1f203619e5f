"""What the ledger page shows: accounts, the postings that are asked for, the entry behind one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, Signal

from famgui.domain.household import Premium
from famgui.domain.timeline import Outcome
from famgui.files.sentence import problem_sentence, step_sentence
from famgui.ui.ledger.rows import AccountRow, Detail, EntryRow, Filter, PostingRow, Reason
from famgui.ui.ledger.words import EventWords, bucket_words, ledger_words, moved_words
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.usecase.ledger import (
    Posting,
    Sums,
    Wanted,
    accounts,
    entry_of,
    find_postings,
    moved_late,
    sums,
)
from famgui.usecase.statement import moved_by

PAGE = 50
"""How many postings are read at once."""
NOTHING = Sums(0, 0, 0, 0)


class LedgerVM(QObject):
    """The account chosen and the filter decide what is shown. `changed` after a change of either, or of the book."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.accounts: tuple[AccountRow, ...] = ()
        self.chosen: int | None = None
        self.newest_first = True
        today = desk.today
        self.filter = Filter("year", 0, date(today.year, 1, 1), today)
        self.words = EventWords({}, {}, desk.wording)
        self._outcomes: dict[str, Outcome] = {}
        self._names: dict[int, str] = {}
        self._late: dict[int, bool] = {}
        self._read()

    def refresh(self) -> None:
        """Read the book anew; account and filter stay where they make sense. Who sees the latest year goes along."""
        self._read()
        self.changed.emit()

    def _read(self) -> None:
        live, book, latest = self._desk.live, self._desk.book, self.years[0]
        lines = () if live is None or book is None else accounts(book, live.id)
        rows = tuple(
            AccountRow(line.person_id, line.handle, line.name or line.handle, line.current, line.prior_years)
            for line in lines
        )
        together = (sum(row.current for row in rows), sum(row.prior_years for row in rows))
        self.accounts = (AccountRow(None, "", tr("All"), *together), *rows) if rows else ()
        self._names = {line.person_id: line.name or line.handle for line in lines}
        self._outcomes = {} if live is None else {outcome.event.id: outcome for outcome in live.outcomes}
        self._late = {}
        events = {handle: outcome.event for handle, outcome in self._outcomes.items()}
        self.words = EventWords(events, self._desk.names, self._desk.wording)
        if self.chosen not in self._names:
            self.chosen = None
        if self.filter.year not in self.years or self.filter.year == latest:
            self.filter = replace(self.filter, year=self.years[0])

    def choose(self, person_id: int | None) -> None:
        """Show one account's postings, or all (None)."""
        if person_id != self.chosen:
            self.chosen = person_id
            self.changed.emit()

    def narrow(self, wanted: Filter) -> None:
        """Show the postings of this filter."""
        if wanted != self.filter:
            self.filter = wanted
            self.changed.emit()

    def turn(self, newest_first: bool) -> None:
        """Show the newest postings first, or the oldest."""
        if newest_first != self.newest_first:
            self.newest_first = newest_first
            self.changed.emit()

    @property
    def has_household(self) -> bool:
        """Whether a household is at hand."""
        return self._desk.live is not None

    @property
    def years(self) -> tuple[int, ...]:
        """The years in which something happened, latest first; without events the year of today."""
        found = {outcome.event.date.year for outcome in self._outcomes.values()}
        return tuple(sorted(found or {self._desk.today.year}, reverse=True))

    @property
    def account(self) -> AccountRow | None:
        """The account chosen; None for all."""
        return next((row for row in self.accounts if row.person_id == self.chosen and row.handle), None)

    @property
    def title(self) -> str:
        """Whose postings are shown."""
        return tr("All accounts") if self.chosen is None else self._names[self.chosen]

    def page(self, after: PostingRow | None) -> Sequence[PostingRow]:
        """The postings that follow a row; the first ones after None; none at the end."""
        wanted = self._wanted()
        return () if wanted is None else self._page(wanted, self.newest_first, None if after is None else after.id)

    def _page(self, wanted: Wanted, newest_first: bool, after: int | None) -> tuple[PostingRow, ...]:
        book = self._desk.book
        if book is None:
            return ()
        found = find_postings(book, wanted, after=after, limit=PAGE, newest_first=newest_first)
        return tuple(map(self._row, found.postings))

    def _wanted(self) -> Wanted | None:
        live = self._desk.live
        return None if live is None or not self.accounts else self.filter.wanted(live.id, self.chosen)

    def every(self) -> Iterator[PostingRow]:
        """All postings asked for now, page after page, whatever is asked for meanwhile."""
        wanted, newest_first = self._wanted(), self.newest_first
        page = () if wanted is None else self._page(wanted, newest_first, None)
        while wanted is not None and page:
            yield from page
            page = self._page(wanted, newest_first, page[-1].id)

    @property
    def sums(self) -> Sums:
        """What the postings asked for come to."""
        wanted, book = self._wanted(), self._desk.book
        return NOTHING if wanted is None or book is None else sums(book, wanted)

    @property
    def ever_moved(self) -> bool:
        """Whether anything has ever moved on the account chosen, or on any."""
        wanted, book = self._wanted(), self._desk.book
        if wanted is None or book is None:
            return False
        return bool(find_postings(book, Wanted(wanted.household, wanted.person), limit=1).postings)

    def detail(self, row: PostingRow) -> Detail | None:
        """The event behind a posting, with its whole double entry and the reasons; None when no household is there."""
        live, book = self._desk.live, self._desk.book
        if live is None or book is None:
            return None
        postings = entry_of(book, live.id, row.event_id)
        if row.moved in ("carry-over", "opening"):
            own = tuple(one for one in postings if one.kind == row.moved and one.person_id == row.person_id)
            why = (Reason(_turned(row.late)),) if row.moved == "carry-over" else ()
            return Detail(row.what, row.day, row.about, tuple(map(self._entry, own)), why)
        outcome = self._outcomes.get(row.about)
        what = row.what if outcome is None else self.words.of_event(outcome.event)
        entries = tuple(self._entry(one) for one in postings if one.kind != "carry-over")
        return Detail(what, row.day, row.about, entries, tuple(self._why(outcome)))

    def _row(self, posting: Posting) -> PostingRow:
        outcome = self._outcomes.get(posting.handle or "")
        moved = moved_by(posting.kind, None if outcome is None else outcome.event)
        late = self._is_late(posting)
        kind = self._kind(posting)
        return PostingRow(
            posting.id,
            posting.event_id,
            posting.person_id or 0,
            posting.date,
            self._names[posting.person_id or 0],
            kind if late else self.words.of_posting(posting.kind, posting.handle),
            "" if moved == "carry-over" and not late else posting.handle or "",
            moved,
            kind,
            late,
            bucket_words()[posting.ledger],
            posting.amount,
            posting.account_after or 0,
        )

    def _entry(self, posting: Posting) -> EntryRow:
        name = ledger_words().get(posting.ledger, "")
        if posting.person_id is not None:
            name = f"{self._names.get(posting.person_id, '')} · {bucket_words()[posting.ledger]}"
        return EntryRow(name, self._kind(posting), posting.amount, posting.account_after)

    def _kind(self, posting: Posting) -> str:
        outcome = self._outcomes.get(posting.handle or "")
        moved = moved_by(posting.kind, None if outcome is None else outcome.event)
        return tr("Adjusted for a late record") if self._is_late(posting) else moved_words()[moved]

    def _is_late(self, posting: Posting) -> bool:
        """Whether a carry-over turns no year: it is of its event's own day, and the book knows the event came late."""
        outcome, book, event_id = self._outcomes.get(posting.handle or ""), self._desk.book, posting.event_id
        if posting.kind != "carry-over" or outcome is None or book is None or event_id is None:
            return False
        if posting.date != outcome.event.date:
            return False
        if event_id not in self._late:
            self._late[event_id] = moved_late(book, event_id)
        return self._late[event_id]

    def _why(self, outcome: Outcome | None) -> Iterator[Reason]:
        """The steps and the problems of what an event did, each with its clauses; a premium's price and time to pay."""
        if outcome is None:
            return
        names, wording = self._desk.names, self._desk.wording
        if outcome.reversed is not None:
            yield Reason(tr("Every amount went back to the account and the money it came from."))
        for step in () if outcome.settlement is None else outcome.settlement.steps:
            clauses = tuple(clause for clause in (step.clause, *step.beside) if clause)
            yield Reason(step_sentence(step, names, wording), clauses, step.weak)
        event = outcome.event
        if isinstance(event, Premium):
            rules = self._desk.rules(event.date)
            for key, text in (("premium.price", tr("Price")), ("premium.window", tr("Time to pay"))):
                found = None if rules is None else rules.find(key, product=event.product)
                if found is not None and found.clause:
                    yield Reason(text, (found.clause,), found.weak)
        for problem in outcome.problems:
            yield Reason(problem_sentence(problem, names, wording), (problem.clause,) if problem.clause else ())


def _turned(late: bool) -> str:
    """Why money went from this year's bucket to the prior years'."""
    if not late:
        return tr("On 1 January what is left of a year's money becomes prior years' money.")
    return tr(
        "Recorded late, in an earlier year: what was this year's money is prior years' money now. The total stays."
    )
