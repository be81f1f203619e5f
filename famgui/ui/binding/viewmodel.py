"""The register as it stands today, a new binding checked while it is filled in, and the end of one. No window."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from famgui.domain.binding import Binding
from famgui.domain.household import Bind, Unbind
from famgui.domain.identity import RELATIONS
from famgui.ui.binding.rows import CheckRow, Draft, RegisterRow
from famgui.ui.binding.words import check_row, state_words, unasked_row, validity
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.usecase.binding import RULE_CODES, checks, places_taken, row_state, shared_by_row, year_at_hand

if TYPE_CHECKING:
    from famgui.usecase.household import LiveHousehold
    from famgui.usecase.record import Recorded

_RANKS = {"expiring": 0, "in-force": 1, "upcoming": 2, "expired": 3, "unbound": 4}


class BindingVM(QObject):
    """`changed`: the register is another one; `checked`: the form or its checks are; `told(text)`: what was done."""

    changed = Signal()
    checked = Signal()
    told = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._live: LiveHousehold | None = None
        self._busy = False
        self.year = desk.today.year
        self.register: tuple[RegisterRow, ...] = ()
        self.draft = self._blank("")
        self.checks: tuple[CheckRow, ...] = ()
        self.refusals: tuple[str, ...] = ()
        desk.changed.connect(self.reload)
        desk.ops.crashed.connect(self._crashed)
        self.reload()

    def reload(self) -> None:
        """Look at the household anew; the form is cleared when it is another household."""
        live = self._desk.live
        other = (live and live.id) != (self._live and self._live.id)
        self._live = live
        self.year = self._desk.today.year
        if live is not None:
            self.year = year_at_hand(live.running, live.outcomes, self._desk.today)
        self.register = () if live is None else tuple(self._rows(live))
        if other or not self.draft.authorizer:
            self.draft = self._blank(self.authorizers[0][0] if self.authorizers else "")
            self.refusals = ()
        self._check()
        self.changed.emit()
        self.checked.emit()

    @property
    def authorizers(self) -> tuple[tuple[str, str], ...]:
        """Who may share: persons with an account, handle and name."""
        return tuple((person.id, self._desk.names[person.id]) for person in self._desk.persons if person.has_account)

    @property
    def users(self) -> tuple[tuple[str, str], ...]:
        """Who may be shared with, handle and name; the checks say when it is the authorizer."""
        return tuple((person.id, self._desk.names[person.id]) for person in self._desk.persons)

    @property
    def relations(self) -> tuple[tuple[str, str], ...]:
        """Every relation with its word."""
        return tuple((relation, self._desk.wording.say("word", relation)) for relation in RELATIONS)

    @property
    def can_save(self) -> bool:
        """Whether everything is chosen and no check has failed."""
        draft = self.draft
        chosen = bool(draft.authorizer and draft.user and draft.relation)
        return chosen and not self._busy and all(check.mark != "✗" for check in self.checks)

    def places(self, authorizer: str) -> tuple[str, str]:
        """How many users an authorizer has at once and ever, against the limits of today."""
        rules = self._desk.rules(self._desk.today)
        if self._live is None or rules is None or not authorizer:
            return "", ""
        taken = places_taken(authorizer, self._live.running.register, rules, self._desk.today)
        values = (taken.at_once_rule.value, taken.lifetime_rule.value)
        at_once, lifetime = (tr("no limit") if value is None else str(value) for value in values)
        return (
            tr("at once {taken} / {limit}", taken=taken.at_once, limit=at_once),
            tr("ever {taken} / {limit}", taken=taken.lifetime, limit=lifetime),
        )

    def edit(self, **values: Any) -> None:
        """Change fields of the draft. A pair that was bound before brings its relation along."""
        self.draft = replace(self.draft, **values)
        if self._live is not None and {"authorizer", "user"} & values.keys():
            pair = (self.draft.authorizer, self.draft.user)
            known = [row.relation for row in self._live.running.register if (row.authorizer, row.user) == pair]
            if known:
                self.draft = replace(self.draft, relation=known[-1])
        self.refusals = ()
        self._check()
        self.checked.emit()

    def set_term(self, term: str) -> None:
        """Set the last day: `year` (a year from the first day), `year-end`, or `open`."""
        starts = self.draft.starts
        ends = {"open": None, "year-end": date(starts.year, 12, 31), "year": _a_year_from(starts)}[term]
        self.edit(ends=ends)

    def save(self) -> None:
        """Record the binding, dated today."""
        new = self._binding()
        if self._live is None or new is None or not self.can_save:
            return
        names = self._desk.names
        said = tr("Bound: {authorizer} → {user}", authorizer=names[new.authorizer], user=names[new.user])
        handle = self._desk.services.usecases().next_handle(self._live.household, Bind)
        event = Bind(handle, self._desk.today, new)

        def done(result: "Recorded") -> None:
            self._busy = False
            self.refusals = tuple(self._desk.why_not(result).splitlines())
            if result.recorded:
                self.draft = self._blank(new.authorizer)
                self.told.emit(said)
            self._check()
            self.checked.emit()

        self._busy = True
        self.checked.emit()
        self._desk.record(event, done)

    def unbind(self, row: RegisterRow) -> None:
        """End every open binding of a pair today."""
        if self._live is None or not row.open:
            return
        values = {"authorizer": row.authorizer, "user": row.user}
        said = tr("Unbound: {authorizer} → {user}, from today. To share again, bind anew.", **values)
        handle = self._desk.services.usecases().next_handle(self._live.household, Unbind)

        def done(result: "Recorded") -> None:
            why = " ".join(self._desk.why_not(result).splitlines())
            self.told.emit(said if result.recorded else tr("Not unbound: {why}", why=why))

        self._desk.record(Unbind(handle, self._desk.today, row.authorizer_id, row.user_id), done)

    def _blank(self, authorizer: str) -> Draft:
        today = self._desk.today
        return Draft(authorizer, "", "", today, _a_year_from(today))

    def _binding(self) -> Binding | None:
        draft = self.draft
        if not (draft.authorizer and draft.user and draft.relation):
            return None
        clock = datetime.now().astimezone().time().replace(microsecond=0)
        moment = datetime.combine(self._desk.today, clock)
        return Binding(draft.authorizer, draft.user, draft.relation, draft.starts, moment, draft.ends, draft.priority)

    def _check(self) -> None:
        new, day = self._binding(), self._desk.today
        rules = self._desk.rules(day)
        if self._live is None or new is None or rules is None:
            self.checks = tuple(unasked_row(code) for code in (*RULE_CODES, "DATES"))
            return
        found = checks(new, self._live.running, rules, day)
        self.checks = tuple(check_row(check, new, self._desk.names, self._desk.wording) for check in found)

    def _rows(self, live: "LiveHousehold") -> Iterable[RegisterRow]:
        today, names, wording = self._desk.today, self._desk.names, self._desk.wording
        register = live.running.register
        shared = shared_by_row(register, live.outcomes, self.year)
        made = []
        for row, amount in zip(register, shared, strict=True):
            state, days = row_state(row, today)
            text, kind = state_words(state, days)
            made.append(
                RegisterRow(
                    row.authorizer,
                    row.user,
                    names[row.authorizer],
                    names[row.user],
                    wording.say("word", row.relation),
                    row.starts,
                    row.ends,
                    validity(row, wording),
                    text,
                    kind,
                    _RANKS[state],
                    amount,
                    row.open_on(today),
                )
            )
        return sorted(made, key=lambda row: (row.rank, row.ends or date.max))

    def _crashed(self, _: BaseException) -> None:
        self._busy = False
        self.checked.emit()


def _a_year_from(day: date) -> date:
    """The last day of a year that begins on this day."""
    try:
        return day.replace(year=day.year + 1) - timedelta(days=1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
