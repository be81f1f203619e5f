"""Who stands at which side and in which order: families kept together, few crossings, the same answer every time.

Two columns: whoever authorizes at the left, whoever only uses at the right. A binding between two authorizers (a couple
that share with one another) stays at the left side. Crossings are kept few by barycenters and then by swaps of
neighbours, after Sugiyama's layered drawing."""

from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from famgui.ui.widgets.familymap.figures import Pair

_SWEEPS = 10
_SWAPS = 12
"""Rounds after which the order is taken as it is; ordinary families are done after two."""


class Group(NamedTuple):
    """People joined by bindings, or all who have none: both columns from the top; `across` leads from left to right,
    `aside` from one of the left to another of the left."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    across: tuple[Pair, ...] = ()
    aside: tuple[Pair, ...] = ()

    @property
    def rows(self) -> int:
        """How many people stand in the longer column."""
        return max(len(self.left), len(self.right))


def in_groups(persons: Sequence[tuple[str, bool]], pairs: Sequence[Pair]) -> tuple[Group, ...]:
    """The groups from the top: families in the order of their first person, then all who have no binding.

    `persons` are keys and whether somebody without a binding stands at the left."""
    family = _families([key for key, _ in persons], pairs)
    authorizing = {authorizer for authorizer, _ in pairs}
    members: dict[str, list[str]] = {}
    for key, _ in persons:
        members.setdefault(family[key], []).append(key)
    joined = {key for pair in pairs for key in pair}
    edges: dict[str, list[Pair]] = {}
    for pair in pairs:
        edges.setdefault(family[pair[0]], []).append(pair)
    found = [_ordered(members[root], edges[root], authorizing) for root in members if root in edges]
    alone = [(key, left) for key, left in persons if key not in joined]
    if alone:
        found.append(Group(tuple(key for key, left in alone if left), tuple(key for key, left in alone if not left)))
    return tuple(found)


def crossings(left: Sequence[str], right: Sequence[str], across: Iterable[Pair]) -> int:
    """How often the edges between two columns cross."""
    at_left, at_right = _places(left), _places(right)
    ends: list[int] = []
    count = 0
    for _, end in sorted((at_left[authorizer], at_right[user]) for authorizer, user in across):
        count += len(ends) - bisect_right(ends, end)
        insort(ends, end)
    return count


def _families(keys: Iterable[str], pairs: Iterable[Pair]) -> dict[str, str]:
    """Each person's family, named by one of its members."""
    root = {key: key for key in keys}

    def found(key: str) -> str:
        while root[key] != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    for first, second in pairs:
        root[found(second)] = found(first)
    return {key: found(key) for key in root}


def _ordered(members: Sequence[str], pairs: Sequence[Pair], authorizing: set[str]) -> Group:
    left = [key for key in members if key in authorizing]
    right = [key for key in members if key not in authorizing]
    across = tuple(pair for pair in pairs if pair[1] not in authorizing)
    aside = tuple(pair for pair in pairs if pair[1] in authorizing)
    if len(left) < 2:
        return Group(tuple(left), tuple(right), across, aside)
    found: list[Group] = []
    for begun in (members, _from_an_end(members, pairs)):
        first, second = ([key for key in begun if (key in authorizing) is side] for side in (True, False))
        first, second = _swept(first, second, across, aside)
        _swap_all(first, second, across, aside)
        found.append(Group(tuple(first), tuple(second), across, aside))
        if not crossings(first, second, across):
            break
    return min(found, key=lambda group: _cost(*group))


def _from_an_end(members: Sequence[str], pairs: Sequence[Pair]) -> list[str]:
    """A family outwards from somebody at its edge, the first person in the upper half: a long row of bindings is in
    order so, which barycenters reach slowly."""
    near, order = _both_ways(pairs), [members[0]]
    for _ in range(2):
        order = [order[-1]]
        met = set(order)
        for key in order:
            fresh = [other for other in dict.fromkeys(near[key]) if other not in met]
            met.update(fresh)
            order.extend(fresh)
    return order if 2 * order.index(members[0]) < len(order) else order[::-1]


def _swept(
    left: list[str], right: list[str], across: Sequence[Pair], aside: Sequence[Pair]
) -> tuple[list[str], list[str]]:
    """The best order met while each column in turn follows the middle of its neighbours."""
    forth, back, beside = _neighbours(across), _neighbours((b, a) for a, b in across), _both_ways(aside)
    best, least = (left, right), _cost(left, right, across, aside)
    for _ in range(_SWEEPS):
        before = left, right
        right = _by_middle(right, back, _shares(left), {}, {})
        left = _by_middle(left, forth, _shares(right), beside, _shares(left))
        cost = _cost(left, right, across, aside)
        if cost < least:
            best, least = (left, right), cost
        if (left, right) == before or least == (0, len(aside)):
            break
    return list(best[0]), list(best[1])


def _by_middle(
    column: Sequence[str],
    over: Mapping[str, Sequence[str]],
    shares: Mapping[str, float],
    beside: Mapping[str, Sequence[str]],
    own: Mapping[str, float],
) -> list[str]:
    """A column by the middle of each one's neighbours in the other column and beside; nobody moves without need."""

    def middle(key: str) -> float:
        near = [shares[other] for other in over.get(key, ())] + [own[other] for other in beside.get(key, ())]
        return sum(near) / len(near)

    return sorted(column, key=middle)


def _swap_all(left: list[str], right: list[str], across: Sequence[Pair], aside: Sequence[Pair]) -> None:
    """Swap neighbours as long as fewer edges cross, or as many with shorter ways aside."""
    forth, back, beside = _neighbours(across), _neighbours((b, a) for a, b in across), _both_ways(aside)
    for _ in range(_SWAPS):
        moved = _swap(right, back, _places(left), {})
        moved = _swap(left, forth, _places(right), beside) or moved
        if not moved:
            return


def _swap(
    column: list[str],
    over: Mapping[str, Sequence[str]],
    places: Mapping[str, int],
    beside: Mapping[str, Sequence[str]],
) -> bool:
    ends = {key: sorted(places[other] for other in over.get(key, ())) for key in column}
    own = _places(column)
    moved = False
    for upper in range(len(column) - 1):
        first, second = column[upper], column[upper + 1]
        gain = _crossed(ends[first], ends[second]) - _crossed(ends[second], ends[first])
        if not gain and beside:
            ways = sum(1 if own[other] > upper + 1 else -1 for other in beside.get(first, ()) if other != second)
            gain = ways - sum(1 if own[other] > upper else -1 for other in beside.get(second, ()) if other != first)
        if gain > 0:
            column[upper], column[upper + 1] = second, first
            own[first], own[second] = upper + 1, upper
            moved = True
    return moved


def _crossed(upper: Sequence[int], lower: Sequence[int]) -> int:
    """How often the edges of two neighbours cross, one standing over the other; their ends in order."""
    count = below = 0
    for end in upper:
        while below < len(lower) and lower[below] < end:
            below += 1
        count += below
    return count


def _cost(left: Sequence[str], right: Sequence[str], across: Sequence[Pair], aside: Sequence[Pair]) -> tuple[int, int]:
    at = _places(left)
    return crossings(left, right, across), sum(abs(at[first] - at[second]) for first, second in aside)


def _neighbours(pairs: Iterable[Pair]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for first, second in pairs:
        found.setdefault(first, []).append(second)
    return found


def _both_ways(pairs: Sequence[Pair]) -> dict[str, list[str]]:
    return _neighbours((*pairs, *((second, first) for first, second in pairs)))


def _places(column: Sequence[str]) -> dict[str, int]:
    return {key: place for place, key in enumerate(column)}


def _shares(column: Sequence[str]) -> dict[str, float]:
    """Where each stands, as a part of the column's length."""
    return {key: (2 * place + 1) / (2 * len(column)) for place, key in enumerate(column)}
