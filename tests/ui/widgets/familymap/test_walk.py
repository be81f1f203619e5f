"""Walking a map by keys: along the money and back, within a side, and to everything there is."""

import pytest

from famgui.ui.widgets.familymap.figures import Pick
from famgui.ui.widgets.familymap.order import in_groups
from famgui.ui.widgets.familymap.places import Measures, place
from famgui.ui.widgets.familymap.walk import Step, Walk
from tests.ui.widgets.familymap.families import couple, four, many

ALL: tuple[Step, ...] = ("left", "right", "up", "down", "first", "last")


def walk_of(family: tuple[list, list]) -> Walk:  # type: ignore[type-arg]
    persons, edges = family
    groups = in_groups([(one.key, one.kind == "authorizer") for one in persons], [edge.pair for edge in edges])
    return Walk(place(groups, Measures(150, 56, 220, 20, 36, 40, 24)))


def gone(walk: Walk, at: Pick | None, *steps: Step) -> Pick | None:
    for step in steps:
        at = walk.step(at, step) or at
    return at


def test_right_follows_the_money_and_left_goes_back() -> None:
    walk = walk_of(four())
    assert gone(walk, None, "down") == ("li",)
    assert gone(walk, ("li",), "right") == ("li", "wang")
    assert gone(walk, ("li", "wang"), "right") == ("wang",)
    assert gone(walk, ("wang",), "right") == ("wang",), "it ends there"
    assert gone(walk, ("wang",), "left", "left") == ("li",)
    assert gone(walk, ("li",), "left") == ("li",)


def test_up_and_down_stay_on_a_side_or_among_the_edges() -> None:
    walk = walk_of(four())
    assert gone(walk, ("wang",), "down") == ("zhou",)
    assert gone(walk, ("wang",), "last") == ("guo",)
    assert gone(walk, ("guo",), "down") == ("guo",)
    assert gone(walk, ("guo",), "first") == ("wang",)
    assert gone(walk, ("li", "wang"), "down", "down") == ("li", "yu")
    assert gone(walk, ("li", "wang"), "last") == ("li", "guo")


def test_one_comes_back_over_the_same_edge() -> None:
    walk = walk_of(couple())
    assert gone(walk, ("wang", "zhou"), "right", "left") == ("wang", "zhou")
    assert gone(walk, ("li", "zhou"), "right", "left") == ("li", "zhou")
    assert gone(walk, ("li", "yu"), "left", "right") == ("li", "yu")


def test_a_couple_is_walked_in_a_circle() -> None:
    walk = walk_of(couple())
    assert gone(walk, ("li", "wang"), "right") == ("wang",)
    assert gone(walk, ("wang", "li"), "right") == ("li",)
    assert gone(walk, ("li",), "left") == ("wang", "li"), "who pays for li"


def test_without_an_edge_one_goes_over_to_the_nearest() -> None:
    persons, _ = four()
    walk = walk_of((persons, []))
    assert gone(walk, None, "right") == ("li",)
    assert gone(walk, ("li",), "right") == ("wang",)
    assert gone(walk, ("guo",), "left") == ("li",)
    assert Walk(place(in_groups([], []), Measures(1, 1, 1, 1, 1, 1, 1))).step(None, "down") is None


@pytest.mark.parametrize("family", [four, couple, lambda: many(40, 60)], ids=["four", "couple", "many"])
def test_everything_can_be_reached(family) -> None:  # type: ignore[no-untyped-def]
    persons, edges = family()
    walk, found, ahead = walk_of((persons, edges)), set(), [gone(walk_of((persons, edges)), None, "down")]
    while ahead:
        at = ahead.pop()
        if at is not None and at not in found:
            found.add(at)
            ahead += [walk.step(at, step) for step in ALL]
    assert found == {(one.key,) for one in persons} | {edge.pair for edge in edges}
