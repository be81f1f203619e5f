"""States, days, limits and the past of bindings in words."""

from collections.abc import Mapping, Sequence
from datetime import date

from famgui.base.wording import Wording
from famgui.domain.binding import Binding, Limit
from famgui.domain.binding_check import Check
from famgui.domain.household import Bind, Unbind
from famgui.files.checktext import Told, check_sentence
from famgui.ui.binding.rows import ChipKind, LimitChip, PastLine
from famgui.ui.shell.i18n import tr
from famgui.usecase.register import Happened, RowState

Names = Mapping[str, str]

_KINDS: dict[RowState, ChipKind] = {
    "in-force": "accent",
    "expiring": "warning",
    "upcoming": "warning",
    "expired": "plain",
    "unbound": "plain",
}
_MARKS: dict[RowState, str] = {"in-force": "✓", "expiring": "!", "upcoming": "·", "expired": "–", "unbound": "✗"}


def state_word(state: RowState) -> str:
    """A state in one word, to choose by."""
    return {
        "in-force": tr("in force"),
        "expiring": tr("ends in 30 days"),
        "upcoming": tr("to come"),
        "expired": tr("expired"),
        "unbound": tr("unbound"),
    }[state]


def state_words(state: RowState, days: int | None) -> tuple[str, ChipKind]:
    """A row's state as a chip: a mark, and what it is or when it will be."""
    text = state_word(state)
    if state == "expiring":
        text = tr("ends in {days} days", days=days) if days else tr("ends today")
    elif state == "upcoming":
        text = tr("begins in {days} days", days=days)
    return f"{_MARKS[state]} {text}", _KINDS[state]


def validity(row: Binding, wording: Wording) -> str:
    """First and last day; the day of unbinding stands for the last where it came first. A row unbound before it began
    keeps the days for which it was meant."""
    ends = row.ends
    if row.unbound_on is not None and row.starts <= row.unbound_on and (ends is None or row.unbound_on < ends):
        ends = row.unbound_on
    return days_words(row.starts, ends, wording)


def days_words(starts: date, ends: date | None, wording: Wording) -> str:
    """From a day to another, the year of the second only where it is a different one."""
    if ends is None:
        return f"{starts.isoformat()} – {wording.say('word', 'unlimited')}"
    last = f"{ends:%m-%d}" if ends.year == starts.year else ends.isoformat()
    return f"{starts.isoformat()} – {last}"


def limit_chip(limit: Limit, authorizer: str, user: str) -> LimitChip | None:
    """Places taken and allowed; None where the place limits nothing and nobody asks."""
    allowed = limit.rule.value
    if limit.code == "AUTHORIZER_LIMIT" and allowed is None:
        return None
    values = {"taken": limit.taken, "limit": tr("no limit") if allowed is None else allowed}
    text = {
        "BIND_LIMIT": tr("at once {taken} / {limit}", **values),
        "LIFETIME_LIMIT": tr("ever {taken} / {limit}", **values),
        "AUTHORIZER_LIMIT": tr("authorizers {taken} / {limit}", **values),
    }[limit.code]
    full = allowed is not None and limit.taken >= allowed
    whose = user if limit.code == "AUTHORIZER_LIMIT" else authorizer
    return LimitChip(whose, f"! {text}" if full else text, "warning" if full else "plain", *limit.rule[1:3])


def past_line(one: Happened, wording: Wording) -> PastLine:
    """One thing that happened to a pair."""
    days = "" if one.row is None else days_words(one.row.starts, one.row.ends, wording)
    undone = {"bind": tr("New binding"), "unbind": tr("Unbind"), "reorder": tr("Order of payment")}
    match one.deed:
        case "given":
            text = tr("Stood when the household came: {days}", days=days)
        case "bound":
            text = tr("Bound for {days}", days=days)
        case "renewed":
            text = tr("Renewed for {days}", days=days)
        case "reordered":
            text = tr("Pays as number {place}", place=one.place)
        case "unbound":
            text = tr("Unbound: {reason}", reason=one.reason) if one.reason else tr("Unbound")
        case "undone":
            text = tr("Undone: {what}", what=undone.get(one.reason, one.reason))
    written = tr("recorded {at}", at=f"{one.at.astimezone():%Y-%m-%d %H:%M}") if one.at else ""
    about = " · ".join(part for part in (one.handle, written) if part)
    return PastLine(one.day, text, about, "" if one.rule is None else one.rule.clause)


def demand_words(check: Check, authorizer: str, names: Names, wording: Wording) -> str:
    """What a place asks of a binding and is not met."""
    return check_sentence(check, Told(wording, names, authorizer, ""))


def unbound_words(events: Sequence[Unbind], names: Names) -> str:
    """That pairs have been unbound."""
    if len(events) != 1:
        return tr("Unbound: {count} bindings, from today. To share again, bind anew.", count=len(events))
    values = {"authorizer": names[events[0].authorizer], "user": names[events[0].user]}
    return tr("Unbound: {authorizer} → {user}, from today. To share again, bind anew.", **values)


def renewed_words(events: Sequence[Bind], names: Names) -> str:
    """That rows have been renewed."""
    if len(events) != 1:
        return tr("Renewed: {count} bindings", count=len(events))
    row = events[0].binding
    until = "" if row.ends is None else row.ends.isoformat()
    values = {"authorizer": names[row.authorizer], "user": names[row.user], "day": until}
    return tr("Renewed: {authorizer} → {user} until {day}", **values)
