"""Places on a map: no box over another, columns in order, edges from side to side, amounts clear of one another."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from famgui.ui.widgets.familymap.figures import Pair
from famgui.ui.widgets.familymap.labels import bounds, label_spots
from famgui.ui.widgets.familymap.order import in_groups
from famgui.ui.widgets.familymap.places import Box, Measures, Places, nearest_in_order, place
from tests.ui.widgets.familymap.families import couple, four, many

SIZES = Measures(150, 56, 220, 20, 36, 40, 24)


def laid(persons: list[tuple[str, bool]], pairs: list[Pair]) -> Places:
    return place(in_groups(persons, pairs), SIZES)


def of(family: tuple[list, list]) -> Places:  # type: ignore[type-arg]
    persons, edges = family
    return laid([(one.key, one.kind == "authorizer") for one in persons], [edge.pair for edge in edges])


def check(places: Places) -> None:
    """Boxes keep apart, columns stand in their order, edges begin and end at their boxes."""
    for side in ("left", "right"):
        column = [places.boxes[key] for key in places.column(side)]
        assert len({box.x for box in column}) <= 1
        assert all(upper.bottom + SIZES.between <= lower.y + 0.01 for upper, lower in pairwise(column))
    for (authorizer, user), curve in places.curves.items():
        first, last = places.boxes[authorizer], places.boxes[user]
        assert first.y < curve.start[1] < first.bottom and last.y < curve.end[1] < last.bottom
        if last.x > first.x:
            assert (curve.start[0], curve.end[0]) == (first.right, last.x)
        else:
            assert curve.start[0] == curve.end[0] == first.x
            assert curve.at(0.5)[0] < first.x - SIZES.first_lane + 0.01
    assert all(upper[1] < lower[0] for upper, lower in pairwise(places.spans))


@pytest.mark.parametrize(
    "family", [four, couple, many, lambda: many(30, 200, 5)], ids=["four", "couple", "many", "dense"]
)
def test_nothing_stands_on_another(family) -> None:  # type: ignore[no-untyped-def]
    check(of(family()))


def test_the_authorizer_stands_beside_the_middle_of_the_users() -> None:
    places = of(four())
    users = [places.boxes[key] for key in places.column("right")]
    assert places.boxes["li"].middle == pytest.approx((users[0].middle + users[-1].middle) / 2)
    assert [box.y for box in users] == [n * SIZES.pitch for n in range(4)]


def test_one_person_and_nobody() -> None:
    assert laid([("one", True)], []).boxes == {"one": Box(0, 0, 150, 56)}
    assert laid([], []).boxes == {} and laid([], []).spans == ()


def test_edges_leave_a_box_in_the_order_of_their_ends() -> None:
    places = of(four())
    ends = sorted((curve.end[1], curve.start[1]) for curve in places.curves.values())
    starts = [start for _, start in ends]
    assert starts == sorted(starts) and len(set(starts)) == 4


def test_ways_aside_are_nested() -> None:
    """A couple has a way for each; a way around others keeps farther out."""
    persons = [(key, True) for key in "abc"]
    places = laid(persons, [("a", "b"), ("b", "a"), ("a", "c"), ("b", "c")])
    out = {pair: -curve.at(0.5)[0] for pair, curve in places.curves.items()}
    assert len({round(out[pair]) for pair in (("a", "b"), ("b", "a"), ("a", "c"))}) == 3
    a, b, c = (places.boxes[key].y for key in "abc")
    outer = max(places.curves, key=lambda pair: out[pair])
    assert abs(places.boxes[outer[0]].y - places.boxes[outer[1]].y) == max(a, b, c) - min(a, b, c)


def test_large_families_stand_row_beside_row() -> None:
    """So that a page can be cut between any two rows."""
    places = of(many(60, 90))
    top = places.spans[0][0]
    rows = [(places.boxes[key].y - top) / SIZES.pitch for key in (*places.groups[0].left, *places.groups[0].right)]
    assert all(row == pytest.approx(round(row)) for row in rows)


@given(st.lists(st.integers(-20, 20), min_size=1, max_size=12))
def test_places_in_order_are_the_nearest_there_are(wanted: list[int]) -> None:
    found = nearest_in_order(wanted, 2)
    assert all(lower - upper >= 2 - 1e-9 for upper, lower in pairwise(found))
    least = sum((place_ - want) ** 2 for place_, want in zip(found, wanted, strict=True))
    for cut in range(len(found)):
        for by in (-0.1, 0.1):
            moved = [place_ + by * (n >= cut if by > 0 else n <= cut) for n, place_ in enumerate(found)]
            assert sum((place_ - want) ** 2 for place_, want in zip(moved, wanted, strict=True)) >= least - 1e-6


@pytest.mark.parametrize(("family", "all_clear"), [(four, True), (couple, True), (lambda: many(60, 90), False)])
def test_amounts_stand_on_their_edges_clear_of_one_another(family, all_clear: bool) -> None:  # type: ignore[no-untyped-def]
    places = of(family())
    spots = label_spots(places, dict.fromkeys(places.curves, (64.0, 18.0)))
    assert spots.keys() == places.curves.keys()
    for pair, spot in spots.items():
        middle = spot.x + spot.width / 2, spot.middle
        way = [places.curves[pair].at(part / 200) for part in range(201)]
        assert min((x - middle[0]) ** 2 + (y - middle[1]) ** 2 for x, y in way) < 4
    covered = sum(one.meets(other) for one, other in combinations(spots.values(), 2))
    covered += sum(spot.meets(box) for spot in spots.values() for box in places.boxes.values())
    assert covered == 0 if all_clear else covered <= len(spots) // 20


def test_the_bounds_hold_everything() -> None:
    assert bounds([Box(-5, 0, 10, 10), Box(0, 20, 30, 5)]) == Box(-5, 0, 35, 25)
    assert bounds([]) == Box(0, 0, 0, 0)
