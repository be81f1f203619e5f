"""What somebody most likely is to the authorizer, by ages and sexes: preselected, shown as a guess, never decided."""

from collections.abc import Container, Iterable

from famgui.domain.binding_wish import Circumstances, State, bindings, setting_of
from famgui.domain.identity import Relation
from famgui.domain.person import Person
from famgui.domain.plausibility import years_older

_PARENT = range(17, 41)
"""By so many years parents are older than their child in nearly all families; more could be grandparents."""
_PEERS = range(-12, 13)
_GROWN_UP = 22


def guesses(state: State, around: Circumstances) -> dict[str, Relation]:
    """By handle the relation of each user for whom none has been said and one is likely; one guess counts for the
    next: there are two parents, of two sexes, and one spouse."""
    if state.authorizer is None:
        return {}
    setting = setting_of(state, around)
    persons = setting.persons
    giver = persons[state.authorizer.handle]
    rows = [row for row in (*setting.register, *bindings(state, around)) if row.authorizer == giver.id]
    earlier = {row.user: row.relation for row in rows}
    known = [(row.relation, persons[row.user]) for row in rows if row.open_on(around.day)]
    allowed = around.rules.find("binding.relations").value or ()
    found: dict[str, Relation] = {}
    for wish in state.wishes:
        user = persons[wish.party.handle]
        if wish.relation or user.id == giver.id:
            continue
        age = user.age_on(around.day) or 0
        relation = earlier.get(user.id) or likely(giver, user, known, allowed, age=age)
        if relation:
            found[user.id] = relation
            known.append((relation, user))
    return found


def likely(
    giver: Person, user: Person, known: Iterable[tuple[Relation, Person]], allowed: Container[Relation], *, age: int
) -> Relation | None:
    """What the user most likely is to the authorizer who has these relatives already; None where it is not clear."""
    older = years_older(user, giver)
    if older is None:
        return None
    same_kind: Relation
    if older in _PARENT:
        same_kind = "parent"
        if any(one == "parent" and other.male == user.male for one, other in known):
            return None  # a second father or mother is more likely the spouse's
    elif -older in _PARENT:
        same_kind = "child"
    elif older in _PEERS and age >= _GROWN_UP and None not in (user.male, giver.male) and user.male != giver.male:
        same_kind = "spouse"
        if any(one == "spouse" for one, _ in known):
            return None
    else:
        return None
    return same_kind if same_kind in allowed else None
