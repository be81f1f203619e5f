"""The agenda in words: the next dates as lines of a card, and a year of them as appointments."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from famgui.base.wording import Wording
from famgui.files.appointment import Appointment
from famgui.ui.overview.rows import AgendaRow, ChipKind
from famgui.ui.shell.i18n import tr
from famgui.usecase.agenda import Agenda, Dated, Waiting, Window, appointment_id
from famgui.usecase.binding import SOON

MOST = 5
"""Dates to come that the card shows."""
_PAIRS, _NAMES = 4, 4
"""So many pairs and names are told one by one; of more only the first ones."""
_LEADS = (SOON, 7, 1)
"""Days before a date on which a calendar may remind of it; the earliest that still lies ahead is taken."""
_RESIDENT = re.compile(r"resident-(?P<year>[0-9]{4})")


def agenda_rows(agenda: Agenda, several: bool, place_name: Callable[[str], str]) -> tuple[AgendaRow, ...]:
    """The next dates, soonest first, then what has ended; with `several` households each line names its own. Times to
    pay name their places where they are not the same everywhere."""
    comes = [row for row in agenda.endings if row.day >= agenda.day]
    gone = [row for row in agenda.endings if row.day < agenda.day]
    apart = len({window.places for window in agenda.windows}) > 1
    windows = [
        _window_row(window, agenda.day, several, tr(", ").join(map(place_name, window.places)) if apart else "")
        for window in agenda.windows
    ]
    dated = [_ends_row(group, agenda.day, several) for group in _groups(comes)]
    dated += [_begins_row(group, agenda.day, several) for group in _groups(agenda.beginnings)]
    dated.sort(key=lambda row: row.day)
    room = max(1, MOST - len(windows))
    more = [] if len(dated) <= room else [_more(len(dated) - room + 1)]
    shown = sorted(windows + dated[: room - len(more)], key=lambda row: row.day)
    return (*shown, *more, *_gone_rows(gone, several))


def appointments(agenda: Agenda, wording: Wording) -> tuple[Appointment, ...]:
    """Every date of the agenda that is still to come, as calendars keep it, soonest first."""
    made = [_ending(row, agenda, wording) for row in agenda.endings if row.day >= agenda.day]
    made += [_beginning(row, agenda, wording) for row in agenda.beginnings]
    for window in sorted(agenda.windows, key=lambda window: window.rule.weak):
        made += _times(window, agenda.day)
    once: dict[str, Appointment] = {}
    for one in made:
        once.setdefault(one.uid, one)  # the same time to pay may be less certain elsewhere: a calendar has it once
    return tuple(sorted(once.values(), key=lambda one: one.day))


def product_words(product: str) -> str:
    """A premium product as people call it: resident-2026 is the residents' insurance of 2026."""
    found = _RESIDENT.fullmatch(product)
    return tr("residents' insurance {year}", year=found["year"]) if found else product


def _groups(rows: Iterable[Dated]) -> Iterator[list[Dated]]:
    """Rows of the same day and household together."""
    for _, group in groupby(sorted(rows, key=_place), key=_place):
        yield list(group)


def _place(row: Dated) -> tuple[date, int]:
    return row.day, row.household


def _pairs(rows: Sequence[Dated]) -> str:
    """Who shares with whom, the users of an authorizer together."""
    users: dict[str, tuple[str, list[str]]] = {}
    for row in rows[:_PAIRS]:
        _, names = users.setdefault(row.authorizer, (row.authorizer_name or row.authorizer, []))
        names.append(row.user_name or row.user)
    told = [f"{authorizer} → {tr(', ').join(names)}" for authorizer, names in users.values()]
    if len(rows) > _PAIRS:
        told.append(tr("and {count} more", count=len(rows) - _PAIRS))
    return tr("; ").join(told)


def _ahead(days: int) -> str:
    return tr("in {days} days", days=days) if days else tr("today")


def _ends_row(rows: Sequence[Dated], today: date, several: bool) -> AgendaRow:
    chip = _ahead((rows[0].day - today).days)
    return _binding_row(rows, tr("Binding ends"), chip, "warning", tr("Renew it"), several)


def _begins_row(rows: Sequence[Dated], today: date, several: bool) -> AgendaRow:
    chip = _ahead((rows[0].day - today).days)
    return _binding_row(rows, tr("Binding begins"), chip, "plain", tr("Look at it"), several)


def _binding_row(rows: Sequence[Dated], title: str, chip: str, kind: ChipKind, step: str, several: bool) -> AgendaRow:
    first = rows[0]
    detail = _pairs(rows)
    if several and first.title:
        detail = f"{detail} · {first.title}"
    return AgendaRow(first.day.isoformat(), title, detail, chip, kind, step, "binding", first.household)


def _more(count: int) -> AgendaRow:
    return AgendaRow("", tr("and {count} more dates", count=count), "", "", "plain", tr("All bindings"), "binding")


def _gone_rows(rows: Sequence[Dated], several: bool) -> Iterator[AgendaRow]:
    """What ended of late and nobody renewed: as it is, or in one line where it is much."""
    groups, chip, step = list(_groups(rows)), tr("has ended"), tr("Renew it")
    if len(groups) == 1:
        yield _binding_row(groups[0], tr("Ended, not renewed"), chip, "danger", step, several)
    elif groups:
        last, title = groups[-1][0], tr("{count} bindings have ended and were not renewed", count=len(rows))
        detail = tr("the last one on {day}", day=last.day.isoformat())
        yield AgendaRow("", title, detail, chip, "danger", step, "binding", last.household)


def _window_row(window: Window, today: date, several: bool, where: str) -> AgendaRow:
    product, opening = product_words(window.product), window.state == "opening"
    day = window.first if opening else window.last
    said = tr("Paying begins: {product}", product=product), tr("Paying ends: {product}", product=product)
    kind: ChipKind = "warning" if window.state == "closing" else "plain" if opening else "accent"
    home = window.waiting[0].household if window.waiting else 0
    return AgendaRow(
        day.isoformat(),
        said[0] if opening else said[1],
        " · ".join(filter(None, (where, _waiting(window, several)))),
        _ahead((day - today).days),
        kind,
        tr("Pay premiums"),
        "ledger/premiums",
        home,
        window.rule.clause,
        window.rule.weak,
    )


def _waiting(window: Window, several: bool) -> str:
    if not window.waiting:
        return tr("Paid for all {count} who are bound", count=window.paid) if window.paid else ""
    names = tr(", ").join(_named(who, several) for who in window.waiting[:_NAMES])
    if len(window.waiting) > _NAMES:
        names += " …"
    return tr("Not paid yet for {count}: {names}", count=len(window.waiting), names=names)


def _named(who: Waiting, several: bool) -> str:
    return tr("{name} ({household})", name=who.name, household=who.title) if several and who.title else who.name


def _remind(day: date, today: date) -> int:
    return next((lead for lead in _LEADS if lead < (day - today).days), 0)


def _pair_lines(row: Dated, wording: Wording) -> list[str]:
    told = [tr("Relation: {relation}", relation=wording.say("word", row.relation))]
    return [*told, tr("Household: {title}", title=row.title)] if row.title else told


def _uid(kind: str, row: Dated, agenda: Agenda) -> str:
    return appointment_id(kind, agenda.book, row.household, row.authorizer, row.user, row.day)


def _ending(row: Dated, agenda: Agenda, wording: Wording) -> Appointment:
    lines = [*_pair_lines(row, wording), tr("Renew it by this day; afterwards the account cannot be shared.")]
    summary = tr("Binding ends: {pairs}", pairs=_pairs([row]))
    return Appointment(_uid("ends", row, agenda), row.day, summary, "\n".join(lines), _remind(row.day, agenda.day))


def _beginning(row: Dated, agenda: Agenda, wording: Wording) -> Appointment:
    summary = tr("Binding begins: {pairs}", pairs=_pairs([row]))
    return Appointment(_uid("begins", row, agenda), row.day, summary, "\n".join(_pair_lines(row, wording)), 0)


def _times(window: Window, today: date) -> Iterator[Appointment]:
    """The first day to pay, where it is still to come, and the last."""
    product = product_words(window.product)
    days = tr("From {first} to {last}", first=window.first.isoformat(), last=window.last.isoformat())
    rule = tr("Rule: {clause}", clause=window.rule.clause)
    text = "\n".join([days, f"{rule} · {tr('Unconfirmed')}" if window.rule.weak else rule])
    for kind, day, summary in (
        ("first", window.first, tr("Paying begins: {product}", product=product)),
        ("last", window.last, tr("Paying ends: {product}", product=product)),
    ):
        if day >= today:
            uid = appointment_id(kind, window.product, window.rule.clause)
            yield Appointment(uid, day, summary, text, _remind(day, today))
