"""People, what is known of them and what is about to be done to them, in the words of the window."""

from collections.abc import Iterable, Sequence
from datetime import date

from famgui.base.wording import Wording
from famgui.domain.person import Person
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.ui.widgets.fields import masked
from famgui.usecase.people import Alike, Hit
from famgui.usecase.people_edit import Fact, Moment
from famgui.usecase.people_forget import Forgotten
from famgui.usecase.people_join import Joined
from famgui.usecase.people_merge import Merged
from famgui.usecase.people_proof import MOST_NAMED, Said
from famgui.usecase.record import Refusal


def name_of(hit: Hit) -> str:
    """What a person is called; somebody without a name by the handle."""
    return hit.person.name or tr("(no name) {handle}", handle=hit.person.id)


def insurance_words(person: Person, wording: Wording) -> str:
    """How a person is insured, in short."""
    if person.insurance == "none":
        return tr("Not insured")
    said = wording.say("fact-word", person.insurance)
    if person.insurance == "employee":
        said += tr(" · {word}", word=wording.say("fact-word", person.status))
        if not person.has_account:
            said += tr(" · {word}", word=tr("single pool"))
    return said


def household_of(hit: Hit) -> str:
    """The household's title, its number where it has none."""
    return hit.title or tr("Household {number}", number=hit.household)


def numbers(hit: Hit) -> str:
    """The ID number, shorter than its mask: the first 3 and the last 4."""
    number = hit.person.id_number
    return f"{number[:3]}***{number[-4:]}" if number else "—"


def field_words() -> dict[str, str]:
    """What the facts of a person are called."""
    return {
        "name": tr("Full name"),
        "id_number": tr("ID number"),
        "phone": tr("Phone"),
        "born": tr("Date of birth"),
        "insurance": tr("Insurance"),
        "status": tr("Status"),
        "has_account": tr("Personal account"),
        "insured_place": tr("Insured place"),
        "concession": tr("Concession"),
        "tier": tr("Tier"),
        "suspended": tr("Suspended from"),
    }


def value_words(field: str, value: object, desk: Desk) -> str:
    """A fact's value."""
    if value is None or value == "":
        return "—"
    if field == "id_number":
        return masked(str(value))
    if field == "insured_place":
        return desk.place_name(str(value))
    if field == "insurance" and value == "none":
        return tr("Not insured")
    if field in ("insurance", "status", "concession", "has_account"):
        return desk.wording.say("fact-word", str(value).lower())
    return str(value)


def fact_line(fact: Fact, desk: Desk) -> str:
    """A fact that changed: what it was and what it is."""
    was, now = (value_words(fact.field, value, desk) for value in (fact.was, fact.now))
    return tr("{field}: {was} → {now}", field=field_words().get(fact.field, fact.field), was=was, now=now)


def moment_words(moment: Moment, names: dict[str, str], desk: Desk) -> tuple[str, tuple[str, ...]]:
    """An entry of a person's story: what happened, and its lines."""
    lines = tuple(fact_line(fact, desk) for fact in moment.facts)
    other = names.get(moment.other, moment.other)
    relation = desk.wording.say("word", moment.relation) if moment.relation else ""
    gives = moment.authorizes
    said = {
        "entered": tr("Came into the book"),
        "correct": tr("Corrected"),
        "merge": tr("Merged with another row"),
        "forget": tr("Made anonymous"),
        "amend": tr("Changed from this day on"),
        "bound": tr("Authorizes {name}", name=other) if gives else tr("Uses the account of {name}", name=other),
        "ended": tr("Binding with {name} ended", name=other),
        "unbound": tr("Unbound from {name}", name=other),
    }[moment.kind]
    return (tr("{what} ({relation})", what=said, relation=relation) if relation else said), lines


def why_words() -> dict[str, str]:
    """Why two rows may be one person."""
    return {
        "number": tr("same ID number"),
        "born": tr("same name and date of birth"),
        "phone": tr("same name and phone"),
    }


def pair_words(pair: Alike) -> str:
    """Two rows that may be one person."""
    return tr(
        "{first} ({home}) and {second} ({other}): {why}",
        first=name_of(pair.first),
        home=household_of(pair.first),
        second=name_of(pair.second),
        other=household_of(pair.second),
        why=why_words()[pair.why],
    )


def refusal_words(refusals: Iterable[Refusal], desk: Desk) -> tuple[str, ...]:
    """Why something cannot be done."""
    said = []
    for refusal in refusals:
        values = dict(refusal.values)
        for name in ("home", "other"):
            if name in values:
                values[name] = desk.place_name(str(values[name]))
        for name in ("records", "subjects"):
            if name in values:
                values[name] = said_words(values[name], desk)
        said.append(desk.wording.say("people", refusal.code, **values))
    return tuple(said)


def said_words(records: object, desk: Desk) -> str:
    """Records by what they are, whom they are about and their day."""
    told = [one for one in records if isinstance(one, Said)] if isinstance(records, tuple) else []
    more = " …" if len(told) > MOST_NAMED else ""
    return tr("; ").join(_said_words(one, desk) for one in told[:MOST_NAMED]) + more


def _said_words(one: Said, desk: Desk) -> str:
    kind = (
        tr("Personal account")
        if one.kind == "account"
        else desk.wording.say("report", "event-bind" if one.kind == "binding" else f"event-{one.kind}")
    )
    names = (" → " if one.kind in ("bind", "unbind", "binding") else tr(", ")).join(one.names)
    told = tr("{kind} {names}", kind=kind, names=names)
    return told if one.day is None else tr("{told}, {day}", told=told, day=one.day.isoformat())


def joined_lines(joined: Joined) -> list[str]:
    """What joining two households does."""
    lines = [
        tr(
            "The two households become one: {persons} persons, {events} records and {bindings} bindings move over.",
            persons=joined.persons,
            events=joined.events,
            bindings=joined.bindings,
        )
    ]
    if joined.opened_by:
        lines.append(tr("What an account opened in a later year held is written as a deposit of that day."))
    if joined.posted_again:
        lines.append(tr("The ledger is written anew by date; every amount of a settlement stays as it is."))
    return lines


def merged_lines(merged: Merged, keep: Hit, other: Hit, desk: Desk) -> list[str]:
    """What merging two rows does."""
    stays, goes = (keep, other) if merged.person == keep.id else (other, keep)
    lines = [tr("One row stays: {name}, {number}.", name=name_of(stays), number=numbers(stays))]
    if merged.events or merged.bindings:
        lines.append(
            tr(
                "{events} records and {bindings} bindings of the other row become theirs.",
                events=merged.events,
                bindings=merged.bindings,
            )
        )
    else:
        lines.append(tr("The other row, {name}, has no records and goes.", name=name_of(goes)))
    if merged.filled:
        words = field_words()
        filled = tr(", ").join(words[name] for name in merged.filled)
        lines.append(tr("Taken over from the other row: {facts}.", facts=filled))
    dropped = _dropped(merged, stays.person, goes.person, desk)
    if dropped:
        lines.append(tr("Dropped from the other row: {facts}.", facts=tr(", ").join(dropped)))
    if merged.joined is not None:
        lines += joined_lines(merged.joined)
    return [*lines, tr("This cannot be undone.")]


def _dropped(merged: Merged, stays: Person, goes: Person, desk: Desk) -> Sequence[str]:
    """What the row that goes says otherwise, and what nobody will know any more."""
    told = []
    for name, title in field_words().items():
        value = getattr(goes, name)
        if name == "has_account" or name in merged.filled or value in ("", None, "none", getattr(stays, name)):
            continue
        told.append(tr("{what} {value}", what=title, value=value_words(name, value, desk)))
    return told


def forgotten_lines(found: Forgotten, hit: Hit) -> list[str]:
    """What deleting a person does."""
    backups = tr("This cannot be undone.") + tr("Backups still hold everything, with the copy kept just before.")
    if found.whole:
        lines = [tr("Nothing refers to {name}: the row is deleted whole.", name=name_of(hit))]
        if found.household_gone:
            lines.append(tr("Nobody else is in the household; it goes too."))
        return [*lines, backups]
    counts = found.ties
    lines = [
        tr(
            "{name} has {events} records, {bindings} bindings and {postings} postings. They stay, for accounts must add"
            " up; who it was is removed.",
            name=name_of(hit),
            events=counts.events,
            bindings=counts.bindings,
            postings=counts.postings,
        ),
        tr("Removed everywhere: name, ID number, phone, date of birth, and what they were before."),
    ]
    if found.born is not None:
        lines.append(tr("The year of birth stays, since a rule goes by age."))
    lines += _also(found)
    return [*lines, backups]


def _also(found: Forgotten) -> Sequence[str]:
    """What goes besides the row itself."""
    parts = (
        (found.papers, tr("{count} papers of bindings are emptied.", count=found.papers)),
        (found.drafts, tr("{count} half-done entries that name them are dropped.", count=found.drafts)),
        (found.trail + found.reasons, tr("Their name is struck from reasons and from the audit trail.")),
        (found.title, tr("The household is no longer called after them.")),
    )
    return [words for counts, words in parts if counts]


def age_words(person: Person, today: date) -> str:
    """The date of birth with the age, or the age alone that the ID number tells."""
    age = person.age_on(today)
    if age is None:
        return "—"
    if person.born is not None:
        return tr("{day}, {age} years", day=person.born.isoformat(), age=age)
    return tr("{age} years", age=age)
