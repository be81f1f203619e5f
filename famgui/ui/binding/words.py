"""Checks and states of bindings in words."""

from collections.abc import Mapping

from famgui.base.wording import Wording
from famgui.domain.binding import Binding
from famgui.domain.problem import Problem
from famgui.files.sentence import problem_sentence
from famgui.ui.binding.rows import CheckRow, ChipKind
from famgui.ui.shell.i18n import tr
from famgui.usecase.binding import Check, RowState

Names = Mapping[str, str]


def state_words(state: RowState, days: int) -> tuple[str, ChipKind]:
    """A row's state as a chip."""
    match state:
        case "in-force":
            return tr("in force"), "accent"
        case "expiring":
            return (tr("ends in {days} days", days=days) if days else tr("ends today")), "warning"
        case "upcoming":
            return tr("to come"), "warning"
        case "expired":
            return tr("expired"), "plain"
        case "unbound":
            return tr("unbound"), "plain"


def validity(row: Binding, wording: Wording) -> str:
    """First and last day; the day of unbinding stands for the last where it came first."""
    ends = row.ends
    if row.unbound_on is not None and (ends is None or row.unbound_on < ends):
        ends = row.unbound_on
    if ends is None:
        return f"{row.starts.isoformat()} – {wording.say('word', 'unlimited')}"
    last = f"{ends:%m-%d}" if ends.year == row.starts.year else ends.isoformat()
    return f"{row.starts.isoformat()} – {last}"


def check_row(check: Check, new: Binding, names: Names, wording: Wording) -> CheckRow:
    """One check of a binding in words."""
    if check.state == "unasked":
        return unasked_row(check.code)
    if check.state == "failed" and check.code != "DATES" and check.code != "AGES":
        problem = Problem(check.code, "error", check.subject, check.clause)
        return CheckRow("✗", "problem", problem_sentence(problem, names, wording), check.clause)
    text = _text(check, new, names, wording)
    if check.state == "failed":
        return CheckRow("✗", "problem", text, check.clause)
    if check.state == "warning":
        return CheckRow("!", "warning", text, check.clause, check.weak)
    return CheckRow("✓", "good", text, check.clause)


def unasked_row(code: str) -> CheckRow:
    """A rule that waits until its question can be asked."""
    names = {
        "SELF_BINDING": tr("Authorizer and user are two persons"),
        "NO_ACCOUNT": tr("The authorizer has a personal account"),
        "NOT_INSURED": tr("Both are insured"),
        "OTHER_PROVINCE": tr("Both are insured in this province"),
        "RELATION_NOT_ALLOWED": tr("The relation is one that this place allows"),
        "DUPLICATE_BINDING": tr("No other binding of the two overlaps"),
        "BIND_LIMIT": tr("Number of users at once"),
        "LIFETIME_LIMIT": tr("Number of users ever"),
        "DATES": tr("First and last day"),
    }
    return CheckRow("·", "note", names[code])


def _text(check: Check, new: Binding, names: Names, wording: Wording) -> str:
    user, authorizer = names[new.user], names[new.authorizer]
    match check.code:
        case "NO_ACCOUNT":
            return tr("{name} has a personal account", name=authorizer)
        case "RELATION_NOT_ALLOWED":
            relation = wording.say("word", new.relation)
            return tr("{user}: {relation}, a relation that this place allows", user=user, relation=relation)
        case "BIND_LIMIT":
            if check.limit is None:
                return tr("Any number of users at once")
            return tr("At once: {taken} of {limit} places taken", taken=check.taken, limit=check.limit)
        case "LIFETIME_LIMIT":
            if check.limit is None:
                return tr("Any number of users ever")
            return tr("Ever: {taken} of {limit} places taken", taken=check.taken, limit=check.limit)
        case "DATES":
            return _dates(check, new, wording)
        case "AGES":
            return _ages(check, new, names)
        case code:
            return unasked_row(code).text


def _dates(check: Check, new: Binding, wording: Wording) -> str:
    if check.state == "failed":
        return tr("The last day is before the first")
    if check.state == "warning":
        return tr("These days are already over")
    return tr("Valid {days}", days=validity(new, wording))


def _ages(check: Check, new: Binding, names: Names) -> str:
    elder, younger = new.user, new.authorizer
    if new.relation in ("child", "sons-child", "daughters-child"):
        elder, younger = younger, elder
    if check.state == "passed":
        return tr("Ages fit the relation")
    values = {"elder": names[elder], "younger": names[younger]}
    if check.taken < 0:
        return tr("By ID number {elder} is younger than {younger}: look again", **values)
    return tr(
        "By ID number {elder} is only {years} years older than {younger}: look again", years=check.taken, **values
    )
