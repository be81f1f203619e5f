"""The order of a map: everybody once, families together, few crossings, the same answer every time."""

import random

from hypothesis import given
from hypothesis import strategies as st

from famgui.ui.widgets.familymap.figures import Pair
from famgui.ui.widgets.familymap.order import Group, crossings, in_groups

HOUSEHOLDS = st.integers(1, 12).flatmap(
    lambda count: st.tuples(
        st.lists(st.booleans(), min_size=count, max_size=count),
        st.sets(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=24),
    )
)


def crossed_slowly(group: Group) -> int:
    """Crossings as one counts them by finger."""
    ends = [(group.left.index(a), group.right.index(b)) for a, b in group.across]
    return sum((a - c) * (b - d) < 0 for n, (a, b) in enumerate(ends) for c, d in ends[:n])


@given(HOUSEHOLDS)
def test_everybody_stands_once_on_their_side_and_every_edge_is_there(
    household: tuple[list[bool], set[tuple[int, int]]],
) -> None:
    sides, numbers = household
    persons = [(f"p{n}", left) for n, left in enumerate(sides)]
    pairs: list[Pair] = sorted((f"p{a}", f"p{b}") for a, b in numbers if a != b)
    groups = in_groups(persons, pairs)
    assert groups == in_groups(persons, pairs), "the same answer every time"
    standing = [key for group in groups for key in (*group.left, *group.right)]
    assert sorted(standing) == sorted(key for key, _ in persons)
    assert sorted(pair for group in groups for pair in (*group.across, *group.aside)) == pairs
    authorizing = {authorizer for authorizer, _ in pairs}
    bound = authorizing | {user for _, user in pairs}
    for group in groups:
        assert all(key in authorizing or (key not in bound and dict(persons)[key]) for key in group.left)
        assert not authorizing & set(group.right)
        assert all(a in group.left and b in group.right for a, b in group.across)
        assert all(a in group.left and b in group.left for a, b in group.aside)
        assert crossings(group.left, group.right, group.across) == crossed_slowly(group)


def test_families_stay_together_and_who_has_no_binding_stands_below() -> None:
    persons = [("alone", True), ("b", True), ("a", True), ("y", False), ("x", False), ("none", False)]
    assert in_groups(persons, [("a", "x"), ("b", "y")]) == (
        Group(("b",), ("y",), (("b", "y"),)),
        Group(("a",), ("x",), (("a", "x"),)),
        Group(("alone",), ("none",)),
    )
    assert in_groups([], []) == ()
    assert in_groups([("one", True)], []) == (Group(("one",), ()),)


def test_what_can_be_drawn_without_crossings_is() -> None:
    chance = random.Random(7)
    for _ in range(30):
        count = chance.randrange(2, 30)
        pairs: list[Pair] = [(f"a{n}", f"u{n + step}") for n in range(count) for step in (0, 1)]
        persons = [(f"a{n}", True) for n in range(count)] + [(f"u{n}", False) for n in range(count + 1)]
        chance.shuffle(persons)
        (group,) = in_groups(persons, pairs)
        assert crossings(group.left, group.right, group.across) == 0


def test_crossings_are_few_where_they_must_be() -> None:
    """A crowd in any order is drawn with far fewer crossings than as it came."""
    chance = random.Random(3)
    pairs = sorted({(f"a{n}", f"u{min(39, max(0, n + chance.randrange(-3, 4)))}") for n in range(40) for _ in range(4)})
    persons = [(f"a{n}", True) for n in range(40)] + [(f"u{n}", False) for n in range(40)]
    plain = crossings([f"a{n}" for n in range(40)], [f"u{n}" for n in range(40)], pairs)
    chance.shuffle(persons)
    groups = in_groups(persons, pairs)
    found = sum(crossings(group.left, group.right, group.across) for group in groups)
    assert found <= 1.1 * plain, "about as few as in the order that the crowd was made in"


def test_a_couple_stands_together() -> None:
    """Who shares aside stands as near as costs no crossing."""
    persons = [("a", True), ("m", True), ("b", True), ("x", False), ("y", False), ("z", False)]
    pairs = [("a", "b"), ("b", "a"), ("a", "m"), ("a", "x"), ("b", "x"), ("m", "y"), ("m", "z")]
    (group,) = in_groups(persons, pairs)
    assert abs(group.left.index("a") - group.left.index("b")) == 1
    assert crossings(group.left, group.right, group.across) == 0
    persons = [("a", True), ("m", True), ("b", True), ("x", False)]
    (group,) = in_groups(persons, [("a", "b"), ("b", "x"), ("m", "x")])
    assert abs(group.left.index("a") - group.left.index("b")) == 1
