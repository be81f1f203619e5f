"""The words of the comparison: what a variant changes, what it costs more or less, what is to be known of it."""

from collections.abc import Mapping, Sequence
from datetime import date

from famgui.domain.money import Fen, grouped
from famgui.domain.settlement import Visit
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.ui.widgets.orders import order_word
from famgui.usecase.compare import Change, Difference, Why


def visit_line(visit: Visit, desk: Desk) -> str:
    """The visit at hand in a line: who, what, where, when."""
    say, facility = desk.wording.say, visit.facility
    place = " ".join(say("word", word) for word in (facility.level, facility.type) if word)
    parts = [desk.names.get(visit.patient, visit.patient), say("word", visit.kind)]
    parts.append(place.replace(" ", "") if desk.wording.language == "zh" else place)
    if not facility.designated:
        parts.append(say("word", "not-designated"))
    return " · ".join((*parts, visit.date.isoformat()))


def variant_line(changes: Sequence[Change], desk: Desk, why: Mapping[date, Sequence[Why]]) -> str:
    """What a variant changes; nothing for the visit at hand."""
    taken = {change.field for change in changes}
    shown = [change for change in changes if change.field != "cross-province" or "facility-place" not in taken]
    if not changes:
        return tr("As it is")
    return " · ".join(_change_line(change, desk, why, opened="cross-province" in taken) for change in shown)


def _change_line(change: Change, desk: Desk, why: Mapping[date, Sequence[Why]], *, opened: bool) -> str:
    value = change.value
    if isinstance(value, date):
        reasons = [_why_word(reason) for reason in why.get(value, ())]
        return f"{value.isoformat()} · {tr(', ').join(reasons)}" if reasons else value.isoformat()
    if isinstance(value, bool):
        return _SWITCHES[change.field, value]()
    if change.field == "level":
        return desk.wording.say("word", value)
    if change.field == "order":
        return order_word(value)
    if change.field == "insured-place":
        return tr("Insured in {place}", place=desk.place_name(value))
    treated = tr("Treated in {place}", place=desk.place_name(value))
    return f"{treated} · {tr('both provinces open')}" if opened else treated


_SWITCHES = {
    ("designated", True): lambda: tr("Designated facility"),
    ("designated", False): lambda: tr("Facility not designated"),
    ("own-first", True): lambda: tr("Own account first"),
    ("own-first", False): lambda: tr("Own account last"),
    ("cross-province", True): lambda: tr("both provinces open"),
    ("cross-province", False): lambda: tr("provinces not open"),
}


def _why_word(why: Why) -> str:
    return {
        "rules": tr("other rules"),
        "year": tr("a new year"),
        "binding-starts": tr("a binding begins"),
        "binding-ends": tr("a binding has ended"),
    }[why]


def more_or_less(fen: Fen) -> str:
    """What is paid more or less, with sign and words."""
    if fen == 0:
        return tr("the same")
    amount = grouped(abs(fen))
    return tr("− {amount} less", amount=amount) if fen < 0 else tr("+ {amount} more", amount=amount)


def difference_line(difference: Difference) -> str:
    """What every payer pays more or less; payers that pay the same are left out."""
    payers = (
        (tr("Pooled fund"), difference.pool),
        (tr("Own account"), difference.own),
        (tr("Shared"), difference.shared),
        (tr("Cash"), difference.cash),
    )
    told = [f"{name} {'−' if fen < 0 else '+'}{grouped(abs(fen))}" for name, fen in payers if fen]
    return " · ".join(told) or tr("Every payer pays the same.")
