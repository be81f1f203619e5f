"""What a family map is fed with: persons and bindings as plain values, nothing of windows or of the domain."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from famgui.domain.money import Fen

PersonKind: TypeAlias = Literal["authorizer", "user"]
PersonState: TypeAlias = Literal["current", "expiring", "ended"]
EdgeState: TypeAlias = Literal["in-force", "expiring", "upcoming", "expired", "unbound"]
Pair: TypeAlias = tuple[str, str]
"""Authorizer and user, by their keys."""
Pick: TypeAlias = tuple[str] | Pair
"""What is chosen on a map: a person `(key,)` or a binding `(authorizer, user)`."""

ENDED: frozenset[EdgeState] = frozenset({"expired", "unbound"})
_LIVELIEST: tuple[EdgeState, ...] = ("in-force", "expiring", "upcoming", "expired", "unbound")


@dataclass(frozen=True, slots=True)
class MapPerson:
    """Somebody on the map. `note` is the line below the name: an authorizer's balance, a user's validity.

    `kind` decides the side of who has no edge; with edges, whoever authorizes stands at the left."""

    key: str
    name: str
    note: str = ""
    kind: PersonKind = "user"
    state: PersonState = "current"


@dataclass(frozen=True, slots=True)
class MapEdge:
    """A binding: `relation` is the word for what the user is to the authorizer, `amount` what was shared this year."""

    authorizer: str
    user: str
    relation: str
    amount: Fen
    state: EdgeState

    @property
    def pair(self) -> Pair:
        """Whom it joins."""
        return self.authorizer, self.user


def one_a_pair(edges: Iterable[MapEdge]) -> tuple[MapEdge, ...]:
    """One edge for every pair: the liveliest row of the pair with the amounts of all its rows together."""
    found: dict[Pair, MapEdge] = {}
    for edge in edges:
        kept = found.get(edge.pair)
        if kept is None:
            found[edge.pair] = edge
            continue
        first = min(kept, edge, key=lambda one: _LIVELIEST.index(one.state))
        found[edge.pair] = replace(first, amount=kept.amount + edge.amount)
    return tuple(found.values())


def checked(
    persons: Iterable[MapPerson], edges: Iterable[MapEdge]
) -> tuple[tuple[MapPerson, ...], tuple[MapEdge, ...]]:
    """Persons and edges (one a pair) that fit one another. Raises ValueError for two persons of one key, an edge of
    somebody who is not there, or of somebody with oneself."""
    people, joined = tuple(persons), one_a_pair(edges)
    keys = {person.key for person in people}
    if len(keys) != len(people):
        raise ValueError("two persons with one key")
    for edge in joined:
        if edge.authorizer == edge.user or not keys.issuperset(edge.pair):
            raise ValueError(f"no edge for the map: {edge.authorizer} to {edge.user}")
    return people, joined
