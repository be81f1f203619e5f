"""The wizard's steps, checks and people in words."""

from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date

from famgui.base.wording import Wording
from famgui.domain.binding_check import Check
from famgui.domain.binding_flow import may_waive
from famgui.domain.binding_wish import Circumstances, State, Step, steps
from famgui.domain.identity import normal_id_number
from famgui.domain.person import Person
from famgui.files.checktext import Told, check_sentence
from famgui.ui.shell.i18n import tr
from famgui.ui.wizard.rows import CheckLine, StageRow

_MARKS = {"passed": ("✓", "good"), "warning": ("!", "warning"), "failed": ("✗", "problem"), "unasked": ("·", "note")}
_UNSAID = frozenset({"SELF_BINDING", "NOT_INSURED"})
"""Rules that say nothing while they are kept: what stands beside them says as much."""
_COUNTED = frozenset({"BIND_LIMIT", "LIFETIME_LIMIT"})
"""Limits that every user of a flow counts against: the last one tells where it will stand."""


def stage_title(step: Step) -> str:
    """What a step is called."""
    return {
        "authorizer": tr("Authorizer"),
        "users": tr("Users"),
        "terms": tr("Relation, days"),
        "proof": tr("Proof"),
        "commitment": tr("Commitment"),
        "review": tr("Review"),
        "done": tr("Done"),
    }[step]


def stages(state: State, around: Circumstances) -> tuple[StageRow, ...]:
    """The steps that the place makes of it; the last, where it is done, is no step of its own."""
    order = [step for step in steps(around.rules) if step != "done"]
    at = order.index(state.step) if state.step in order else len(order)
    return tuple(
        StageRow(step, number + 1, stage_title(step), "done" if number < at else "now" if number == at else "later")
        for number, step in enumerate(order)
    )


def days_in_words(starts: date | None, ends: date | None, wording: Wording) -> str:
    """First and last day of a sharing."""
    if starts is None:
        return ""
    if ends is None:
        return tr("from {day}, no last day", day=starts.isoformat())
    return tr("{first} to {last}", first=starts.isoformat(), last=ends.isoformat())


def told_of(state: State, around: Circumstances, names: Mapping[str, str], wording: Wording, province: str) -> Told:
    """What the sentences of a state's checks need."""
    return Told(
        wording,
        names,
        "" if state.authorizer is None else state.authorizer.handle,
        province,
        {wish.party.handle: wish.relation for wish in state.wishes},
        {wish.party.handle: days_in_words(wish.starts, wish.ends, wording) for wish in state.wishes},
    )


def check_lines(
    checks: Sequence[Check], told: Told, blank: Container[str] = (), faulty: Container[tuple[str, str]] = ()
) -> tuple[CheckLine, ...]:
    """The checks in few lines: what is the same of several people is said once, what stands against the binding
    person by person. Of the `blank`, of whom nothing has been typed yet, nothing is missing so far, nor is anything
    kept; `faulty` are the fields (handle, name) of people with an error: nothing of them is kept either."""
    lines: dict[tuple[object, ...], list[Check]] = {}
    for check in _worth_saying(checks):
        if check.state == "passed" and _hollow(check, blank, faulty):
            continue
        if check.user in blank and check.code in ("ID_NEEDED", "PHONE_NEEDED"):
            check = check._replace(state="unasked")
        key: tuple[object, ...] = (check.code, check.state, check.clause, check_sentence(check, told, ("",)))
        if check.state == "failed" or (check.state == "warning" and not check.weak):
            key = (*key, check.subject, check.user)
        elif check.code in _COUNTED:
            key = (check.code, "" if check.state == "passed" else check.state)
            lines.pop(key, None)
        lines.setdefault(key, []).append(check)
    return tuple(_line(said, told) for said in lines.values())


_FIELD_OF = {
    "ID_NEEDED": "id_number",
    "PHONE_NEEDED": "phone",
    "OTHER_PROVINCE": "insured_place",
    "AGES": "id_number",
    "NO_ACCOUNT": "",
}
_OF_DAYS = ("DATES", "DATES_NEEDED", "STARTS_TOO_EARLY")


def _hollow(check: Check, blank: Container[str], faulty: Container[tuple[str, str]]) -> bool:
    """Whether a rule is kept only because nothing, or nothing sound, has been typed yet."""
    field = _FIELD_OF.get(check.code)
    return field is not None and (check.subject in blank or (check.subject, field) in faulty)


def _worth_saying(checks: Sequence[Check]) -> Iterator[Check]:
    alone = {check.user for check in checks if check.code == "SELF_BINDING" and check.state == "failed"}
    dated = {check.user for check in checks if check.code == "DATES_NEEDED" and check.state == "passed"}
    out = {check.user for check in checks if check.code == "RELATION_NOT_ALLOWED" and check.state == "failed"}
    asked = {check.code for check in checks if check.state == "failed" and check.code in _FIELD_OF}
    undated = {check.user for check in checks if check.code in _OF_DAYS and check.state == "failed"}
    for check in checks:
        if check.state == "passed" and (
            (check.code in asked and check.user) or (check.code in _OF_DAYS and check.user in undated)
        ):
            continue
        if check.code == "AGES" and check.state == "passed" and check.user in out:
            continue
        if check.code in _UNSAID and check.state in ("passed", "unasked"):
            continue
        if check.user in alone and check.state == "unasked":
            continue
        if check.code == "DATES" and check.state == "passed" and check.user in dated:
            continue
        yield check


def _line(said: Sequence[Check], told: Told) -> CheckLine:
    first = said[0]
    mark, kind = _MARKS[first.state]
    text = check_sentence(first, told, tuple(dict.fromkeys(check.subject for check in said)))
    waive = tuple((check.code, check.user) for check in said if check.state == "failed" and may_waive(check))
    return CheckLine(mark, kind, text, first.clause, first.weak and first.state != "passed", waive)


def spoken_mark(mark: str) -> str:
    """What a mark means, for who cannot see it."""
    return {
        "✓": tr("kept"),
        "!": tr("look again"),
        "✗": tr("not kept"),
        "·": tr("asked later"),
    }[mark]


def id_tail(number: str) -> str:
    """The end of an ID number, enough to tell two of the same name apart."""
    whole = normal_id_number(number)
    return f"···{whole[-4:]}" if whole else ""


def facts(person: Person, place: str, wording: Wording, *, number: str = "") -> str:
    """A person in a few words: insurance, status, insured place, the number as it may be shown."""
    said = [wording.say("fact-word", person.insurance) if person.insurance != "none" else tr("Not insured")]
    if person.insurance == "employee":
        said.append(wording.say("fact-word", person.status) if person.has_account else tr("single pool"))
    said += [part for part in (place, number) if part]
    return " · ".join(said)
