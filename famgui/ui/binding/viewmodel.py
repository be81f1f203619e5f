"""The register as it stands today: the household's rows or the whole book's, narrowed and sorted, one row chosen."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from famgui.domain.binding import Binding
from famgui.ui.binding.rows import Filter, RegisterRow, Scope
from famgui.ui.binding.words import state_words, validity
from famgui.ui.shell.desk import Desk
from famgui.usecase.binding import row_state, year_at_hand
from famgui.usecase.register import (
    STATES,
    Entry,
    Found,
    RowState,
    Sorted,
    Wanted,
    as_binding,
    count_rows,
    days_left,
    entries,
    find_rows,
    places,
    wanted_on,
)

if TYPE_CHECKING:
    from famgui.usecase.household import LiveHousehold

PAGE = 50
"""How many rows of the whole book are read at once."""

_KEYS: dict[str, Callable[[RegisterRow], Any]] = {
    "state": lambda row: (row.rank, row.ends),
    "authorizer": lambda row: row.authorizer,
    "user": lambda row: row.user,
    "relation": lambda row: row.relation,
    "starts": lambda row: row.binding.starts,
    "ends": lambda row: (row.ends, row.rank),
    "shared": lambda row: row.shared,
    "household": lambda row: row.title,
}
"""What the household's rows are sorted by."""


class BindingVM(QObject):
    """`changed`: the rows, the scope or the filter are others; `taken_up`: only the household at hand is another one;
    `chosen_changed`: another row is chosen."""

    changed = Signal()
    taken_up = Signal()
    chosen_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._taking = False
        self._place_names: dict[str, str] = {}
        self.scope: Scope = "household"
        self.filter = Filter()
        self.order: tuple[str, bool] = ("state", False)
        self.year = desk.today.year
        self.register: tuple[RegisterRow, ...] = ()
        self.chosen: RegisterRow | None = None
        self.counts: dict[RowState, int] = dict.fromkeys(STATES, 0)
        self.places: dict[str, int] = {}
        desk.changed.connect(self.reload)
        self.reload()

    def reload(self) -> None:
        """Look at the book anew."""
        live = self._desk.live
        self.year = self._desk.today.year
        if live is not None:
            self.year = year_at_hand(live.running, live.outcomes, self._desk.today)
        self._read_household()
        if self._taking:
            self.taken_up.emit()
            return
        self._read_book()
        self.changed.emit()

    def _read_household(self) -> None:
        live, book = self._desk.live, self._desk.book
        found: list[RegisterRow] = []
        if live is not None and book is not None:
            found = [self._of_household(live, one) for one in entries(book, live, self._desk.today, self.year)]
        by, backwards = self.order
        self.register = tuple(sorted(found, key=_KEYS[by], reverse=backwards))

    def _read_book(self) -> None:
        book = self._desk.book
        if self.scope == "book" and book is not None:
            self.places = places(book)
            self._count()

    def _count(self) -> None:
        """Count the rows that the filter leaves, of whatever state."""
        book = self._desk.book
        if book is not None:
            self.counts = count_rows(book, self._wanted())

    def set_scope(self, scope: Scope) -> None:
        """Show the rows of this household, or of the whole book."""
        if scope != self.scope:
            self.scope = scope
            if scope == "book" and self.order[0] == "shared":
                self.order = ("state", False)
            self._read_book()
            self.changed.emit()

    def narrow(self, **values: Any) -> None:
        """Change fields of the filter."""
        wanted = replace(self.filter, **values)
        if wanted != self.filter:
            self.filter = wanted
            if values.keys() != {"state"}:
                self._count()
            self.changed.emit()

    def sort(self, by: str, backwards: bool) -> None:
        """Show the rows in this order."""
        if (by, backwards) != self.order:
            self.order = (by, backwards)
            self._read_household()
            self.changed.emit()

    @property
    def total(self) -> int:
        """How many rows there are to show."""
        if self.scope == "household":
            return len(self.register)
        return sum(self.counts.values()) if self.filter.state is None else self.counts[self.filter.state]

    def choose(self, row: RegisterRow | None) -> None:
        """Look at a row."""
        if row != self.chosen:
            self.chosen = row
            self.chosen_changed.emit()

    def is_here(self, row: RegisterRow) -> bool:
        """Whether a row belongs to the household at hand."""
        return self._desk.live is not None and row.household == self._desk.live.id

    def take_up(self, row: RegisterRow) -> None:
        """Take a row's household up, without reading the list anew."""
        if self.is_here(row):
            return
        self._taking = True
        try:
            self._desk.reload(row.household, titles=False)
        finally:
            self._taking = False
        self.chosen_changed.emit()

    def page(self, after: RegisterRow | None) -> Sequence[RegisterRow]:
        """The rows of the whole book that follow a row; the first ones after None; none at the end."""
        return self._page(self._wanted(), self._sorted(), None if after is None else (after.key, after.id))

    def every(self) -> Iterator[RegisterRow]:
        """All rows shown now, whatever is asked for meanwhile."""
        if self.scope == "household":
            yield from self.register
            return
        wanted, order = self._wanted(), self._sorted()
        page = self._page(wanted, order, None)
        while page:
            yield from page
            page = self._page(wanted, order, (page[-1].key, page[-1].id))

    def _page(self, wanted: Wanted, order: Sorted, after: tuple[str, int] | None) -> Sequence[RegisterRow]:
        book = self._desk.book
        if book is None:
            return ()
        return tuple(map(self._of_book, find_rows(book, wanted, order, after=after, limit=PAGE).rows))

    def _wanted(self) -> Wanted:
        kept = self.filter
        return wanted_on(self._desk.today, state=kept.state, place=kept.place, words=kept.words)

    def _sorted(self) -> Sorted:
        by, backwards = self.order
        return Sorted(by, backwards)  # type: ignore[arg-type]

    def place_name(self, place: str) -> str:
        """What a place is called."""
        if place not in self._place_names:
            self._place_names[place] = self._desk.place_name(place)
        return self._place_names[place]

    def _of_household(self, live: "LiveHousehold", one: Entry) -> RegisterRow:
        names = self._desk.names
        row = self._row((one.id, live.id), one.row, names[one.row.authorizer], names[one.row.user])
        return replace(row, shared=one.shared, title=live.title, place=self.place_name(live.household.place))

    def _of_book(self, row: Found) -> RegisterRow:
        names = (row.authorizer_name or row.authorizer, row.user_name or row.user)
        made = self._row((row.id, row.household), as_binding(row), *names)
        return replace(made, title=row.title, place=self.place_name(row.place), key=row.key)

    def _row(self, ids: tuple[int, int], binding: Binding, authorizer: str, user: str) -> RegisterRow:
        today, wording = self._desk.today, self._desk.wording
        state, days = row_state(binding, today)[0], days_left(binding, today)
        left = (binding.ends - today).days if state == "upcoming" and binding.ends is not None else days
        return RegisterRow(
            *ids,
            binding,
            authorizer,
            user,
            wording.say("word", binding.relation),
            validity(binding, wording),
            state,
            *state_words(state, days),
            STATES.index(state),
            None if state == "upcoming" and binding.ends is None else left,
            binding.open_on(today),
        )
