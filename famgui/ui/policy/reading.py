"""One clause in full: what it says and since when, who says so, what contradicts it, what it rules and gives way to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from famgui.policy.pack import Clause
from famgui.ui.policy.gaps import Gap, gaps_about
from famgui.ui.policy.origin import (
    Name,
    OriginChip,
    marked_place,
    origin_chip,
    origin_cited,
    origin_sentence,
    where,
)
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.ui.widgets.policy_keys import key_words
from famgui.ui.widgets.policy_words import (
    GradeKind,
    condition_words,
    grade_kind,
    period,
    place_namer,
    stated,
    topic_words,
    value_words,
)
from famgui.usecase.policy_links import Ruling, Standing, conflicts, history, in_force, standings, succession
from famgui.usecase.policy_origin import Origins

_NAMED = 3
"""So many places are named where a value holds in many."""
_MET = 6
"""So many values that win over one, or lose to it, are shown."""


class Validity(NamedTuple):
    """What the days of a clause come to: whether it is over by the day that is asked about; whether it was in force on
    that day, where it is another than today; and what today has to say about it then."""

    ended: bool
    then: bool = False
    since: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """A clause shown beside another: `statement` "" where no pack has it; `how` says what it has to do with it."""

    id: str
    statement: str
    how: str
    grade: str = ""
    grade_kind: GradeKind = "plain"


@dataclass(frozen=True, slots=True)
class Moment:
    """A clause on the line of time; `state` is past, now, coming or open, `here` the one at hand."""

    id: str
    statement: str
    when: str
    state: str
    here: bool


@dataclass(frozen=True, slots=True)
class Met:
    """A value of another place, or of a special case: where, what, on which clause."""

    where: str
    value: str
    clause: str
    weak: bool


@dataclass(frozen=True, slots=True)
class Heritage:
    """A value that rests on the clause, the values that win over it, and those it wins over; `more` are not shown."""

    title: str
    gives_way_to: tuple[Met, ...]
    wins_over: tuple[Met, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One clause in full. `facts` are titles with their texts; `succession` are the clauses that contradict it but were
    never in force together with it; `uses` are places with the keys that rest on it; `gaps` the open questions about
    it; `origin` marks one of the user's own pack."""

    id: str
    statement: str
    facts: tuple[tuple[str, str], ...]
    url: str
    grade: str
    grade_kind: GradeKind
    validity: Validity
    conflicts: tuple[Beside, ...]
    succession: tuple[Beside, ...]
    note: str
    uses: tuple[tuple[str, str], ...]
    heritage: tuple[Heritage, ...]
    history: tuple[Moment, ...]
    citation: str
    gaps: tuple[Gap, ...] = ()
    origin: OriginChip | None = None


def reading_of(desk: Desk, clause: Clause, own: Origins | None = None, day: date | None = None) -> Reading:
    """Everything there is to say about a clause today. `own`: the packs of the user's own, where they are at hand;
    `day`: the one that is asked about, where it is another."""
    grade, name = desk.wording.say("grade", clause.grade), place_namer(desk)
    own = Origins(desk.library, desk.services.home) if own is None else own
    origin = own.of_clause(clause.id)

    def ruled(place: str) -> str:
        return marked_place(name(place), own.of_values(place), desk.wording)

    facts = (
        (tr("Value"), stated(clause)),
        (tr("Place"), where(clause, name)),
        (tr("In force"), _dates(clause)),
        (tr("Topic"), topic_words(clause.topic)),
        (tr("Source"), clause.source_title),
        (tr("Document no."), clause.doc_no),
        (tr("Pack"), "" if origin is None else origin_sentence(origin, desk.wording)),
    )
    return Reading(
        id=clause.id,
        statement=clause.statement,
        facts=tuple((title, text) for title, text in facts if text),
        url=clause.url,
        grade=grade,
        grade_kind=grade_kind(clause.grade),
        validity=validity(clause, desk.today, day),
        conflicts=tuple(_conflicts(desk, clause, name)),
        succession=tuple(_succession(desk, clause, name)),
        note=clause.note,
        uses=tuple(_uses(desk, clause, ruled)),
        heritage=tuple(_heritages(desk, clause, ruled)),
        history=tuple(_moment(one, clause, desk.today, name) for one in history(desk.library, clause)),
        citation=citation(clause, grade, "" if origin is None else origin_cited(origin, desk.wording)),
        gaps=gaps_about(desk, clause.id, name),
        origin=origin_chip(origin),
    )


def citation(clause: Clause, grade: str, own: str = "") -> str:
    """A clause on one line: statement, number, source, dates, id, grade, the user's own pack that says it, address."""
    number = clause.doc_no if clause.doc_no.startswith("〔") else tr("[{number}]", number=clause.doc_no)
    parts = (
        tr("source: {title}", title=clause.source_title) if clause.source_title else "",
        period(clause.first, clause.last),
        clause.id,
        grade,
        own,
    )
    said = clause.statement.rstrip("。.") + tr(".") + (number if clause.doc_no else "")
    said += tr("({parts})", parts=tr(", ").join(part for part in parts if part))
    return " ".join(f"{said} {clause.url}".split())


def ended(clause: Clause, today: date) -> bool:
    """Whether a clause no longer speaks of today."""
    return clause.last is not None and clause.last < today


def validity(clause: Clause, today: date, day: date | None) -> Validity:
    """How a clause stands on the day that is asked about, None or today for today."""
    if day is None or day == today:
        return Validity(ended(clause, today))
    if not in_force(clause, day):
        return Validity(ended(clause, day))
    since = tr("ended by today") if ended(clause, today) else ""
    if clause.first is not None and clause.first > today:
        since = tr("not in force yet today")
    return Validity(False, True, since)


def _dates(clause: Clause) -> str:
    """The dates, with what is unknown named and taken for open."""
    known = period(clause.first, clause.last)
    if clause.first and clause.last:
        return known
    if clause.first:
        return tr("{known} (end unknown, taken as still in force)", known=known)
    if clause.last:
        return tr("{known} (beginning unknown)", known=known)
    return tr("{known} (taken as in force)", known=known)


def _conflicts(desk: Desk, clause: Clause, name: Name) -> Iterable[Beside]:
    for one in conflicts(desk.library, clause):
        if one.found is not None and succession(clause, one.found):
            continue
        how = tr("each names the other") if one.named and one.names else tr("named by this clause")
        if one.names and not one.named:
            how = tr("names this clause")
        if one.found is None:
            yield Beside(one.id, "", how)
            continue
        yield _beside(desk, one.found, how, name)


def _succession(desk: Desk, clause: Clause, name: Name) -> Iterable[Beside]:
    """The clauses that say otherwise of another time: what came before this one or after it."""
    for one in conflicts(desk.library, clause):
        order = "" if one.found is None else succession(clause, one.found)
        if one.found is not None and order:
            yield _beside(desk, one.found, _order_words(order), name)


def _order_words(order: str) -> str:
    return {
        "replaced": tr("replaced since"),
        "replaces": tr("replaces this clause"),
        "earlier": tr("of an earlier time"),
        "later": tr("of a later time"),
    }[order]


def _beside(desk: Desk, found: Clause, how: str, name: Name) -> Beside:
    told = tr(" · ").join((where(found, name), period(found.first, found.last), how))
    return Beside(found.id, found.statement, told, desk.wording.say("grade", found.grade), grade_kind(found.grade))


def _uses(desk: Desk, clause: Clause, name: Name) -> Iterable[tuple[str, str]]:
    """The keys that rest on a clause; places with the same keys are told together."""
    keys: dict[str, list[str]] = {}
    for place, key in desk.library.used_by(clause.id):
        keys.setdefault(place, []).append(key_words(key))
    together: dict[str, list[str]] = {}
    for place, words in keys.items():
        together.setdefault(tr(", ").join(words), []).append(name(place))
    for said, names in together.items():
        named = tr(", ").join(names[:_NAMED])
        more = tr("{names} and {count} places more", names=named, count=len(names) - _NAMED)
        yield (more if len(names) > _NAMED else named), said


def _heritages(desk: Desk, clause: Clause, name: Name) -> Iterable[Heritage]:
    for standing in standings(desk.library, clause, desk.today):
        if standing.gives_way_to or standing.wins_over:
            yield _heritage(desk, standing, name)


def _heritage(desk: Desk, standing: Standing, name: Name) -> Heritage:
    row = standing.row
    under = condition_words(row.when, row.ages, row.above, desk.wording)
    value = value_words(row.key, row.value, desk.wording, short=True)
    said = tr("{title}: {said}", title=key_words(row.key), said=value)
    title = tr(" · ").join(part for part in (name(standing.place), under, said) if part)
    more = max(0, len(standing.gives_way_to) - _MET) + max(0, len(standing.wins_over) - _MET)
    return Heritage(title, _met(desk, standing.gives_way_to, name), _met(desk, standing.wins_over, name), more)


def _met(desk: Desk, rulings: tuple[Ruling, ...], name: Name) -> tuple[Met, ...]:
    return tuple(
        Met(
            tr(" · ").join(
                part
                for part in (
                    name(one.place),
                    condition_words(one.row.when, one.row.ages, one.row.above, desk.wording),
                )
                if part
            ),
            value_words(one.row.key, one.row.value, desk.wording, short=True),
            one.row.clause,
            one.row.weak,
        )
        for one in rulings[:_MET]
    )


def _moment(one: Clause, clause: Clause, today: date, name: Name) -> Moment:
    """A clause on the line; one of another place says of which."""
    state = "past" if ended(one, today) else "coming" if one.first is not None and one.first > today else "now"
    when = period(one.first, one.last)
    if one.place != clause.place:
        when = tr(" · ").join((where(one, name), when))
    return Moment(one.id, one.statement, when, state, one.id == clause.id)
