"""A half-done wizard as plain data: it comes back as it was, or not at all."""

import json
from dataclasses import replace
from datetime import date

import pytest

from famgui.domain.account import Balance
from famgui.domain.binding_flow import BEGIN, Flow
from famgui.domain.binding_wish import Party, State, Wish
from famgui.domain.persondraft import PersonDraft
from famgui.usecase.flowtext import flow_data, flow_from
from tests.domain.building import employee, resident

KNOWN = {"li": employee("li"), "ma": resident("ma")}
DRAFT = PersonDraft(
    "周", "4302", "13", "resident", "retired", True, "43", "orphan", "一档", date(2025, 1, 2), date(1950, 3, 4)
)
FULL = State(
    "terms",
    Party("li"),
    (
        Wish(Party("ma"), "parent", date(2025, 5, 1), None, 2, ("户口本.jpg", "b.pdf")),
        Wish(Party("n1", DRAFT, Balance(1, 2)), "", None, date(2025, 6, 1)),
    ),
    True,
    frozenset({("PHONE_NEEDED", "n1"), ("PROOF_NEEDED", "ma")}),
)
FLOW = Flow(FULL, (BEGIN.now, replace(FULL, step="users")), (replace(FULL, step="review"),))


def through(flow: Flow) -> Flow | None:
    return flow_from(json.loads(json.dumps(flow_data(flow))), KNOWN)


@pytest.mark.parametrize("flow", [BEGIN, FLOW, replace(FLOW, past=()), replace(FLOW, ahead=())])
def test_a_flow_comes_back_as_it_was(flow):
    assert through(flow) == flow


def test_people_who_are_gone_are_not_bound(known=KNOWN):
    data = flow_data(FLOW)
    assert flow_from(data, {"li": known["li"]}) is None
    assert flow_from(data, {"ma": known["ma"]}) is None


def test_a_finished_flow_is_nothing_to_go_on_with():
    assert through(Flow(replace(FULL, step="done"))) is None


def broken():
    whole = json.loads(json.dumps(flow_data(FLOW)))

    def spoiled(change):
        data = json.loads(json.dumps(whole))
        change(data)
        return data

    yield {}
    yield spoiled(lambda data: data.update(form=2))
    yield spoiled(lambda data: data.update(at=9))
    yield spoiled(lambda data: data.update(at=-1))
    yield spoiled(lambda data: data.update(states=[]))
    yield spoiled(lambda data: data.update(states=None))
    yield spoiled(lambda data: data["states"][2].update(step="nowhere"))
    yield spoiled(lambda data: data["states"][2].pop("committed"))
    yield spoiled(lambda data: data["states"][2]["wishes"][0].update(relation="friend"))
    yield spoiled(lambda data: data["states"][2]["wishes"][0].update(starts="someday"))
    yield spoiled(lambda data: data["states"][2]["wishes"][1]["party"]["draft"].update(insurance="gold"))
    yield spoiled(lambda data: data["states"][2]["wishes"][1]["party"]["draft"].update(shoe=43))
    yield spoiled(lambda data: data["states"][2]["wishes"][1]["party"].update(balance=[1]))


@pytest.mark.parametrize("data", list(broken()))
def test_what_says_nothing_sensible_is_left_alone(data):
    assert flow_from(data, KNOWN) is None
