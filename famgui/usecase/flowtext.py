"""A half-done binding wizard as plain data, so that it survives a crash, and back again."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from famgui.domain.account import Balance
from famgui.domain.binding_flow import Flow
from famgui.domain.binding_wish import STEPS, Party, State, Wish
from famgui.domain.identity import RELATIONS
from famgui.domain.person import CONCESSIONS, INSURANCES, STATUSES, Person
from famgui.domain.persondraft import PersonDraft

FORM = 1
"""The form of the data; another one is not read."""

_DAYS = ("suspended", "born")
_WORDS: Mapping[str, tuple[str, ...]] = {"insurance": INSURANCES, "status": STATUSES, "concession": CONCESSIONS}


def flow_data(flow: Flow) -> dict[str, Any]:
    """The whole flow, Back and Next included, as JSON can hold it."""
    states = [*flow.past, flow.now, *flow.ahead]
    return {"form": FORM, "at": len(flow.past), "states": [_state(state) for state in states]}


def flow_from(data: Mapping[str, Any], persons: Mapping[str, Person]) -> Flow | None:
    """The flow of such data; None where it is of another form, says nothing sensible, or speaks of people whom the
    household does not have (any more)."""
    try:
        if data["form"] != FORM:
            return None
        states = tuple(_state_from(state) for state in data["states"])
        at = int(data["at"])
        flow = Flow(states[at], states[:at], states[at + 1 :])
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        return None
    parties = [party for state in states for party in _parties(state)]
    known = all(party.is_new or party.handle in persons for party in parties)
    return flow if known and at >= 0 and flow.now.step != "done" else None


def _parties(state: State) -> tuple[Party, ...]:
    giver = () if state.authorizer is None else (state.authorizer,)
    return (*giver, *(wish.party for wish in state.wishes))


def _state(state: State) -> dict[str, Any]:
    return {
        "step": state.step,
        "authorizer": None if state.authorizer is None else _party(state.authorizer),
        "wishes": [_wish(wish) for wish in state.wishes],
        "committed": state.committed,
        "waived": sorted(state.waived),
    }


def _party(party: Party) -> dict[str, Any]:
    if party.draft is None:
        return {"handle": party.handle}
    typed = {field.name: getattr(party.draft, field.name) for field in fields(PersonDraft)}
    for name in _DAYS:
        typed[name] = _iso(typed[name])
    return {"handle": party.handle, "draft": typed, "balance": list(party.balance)}


def _wish(wish: Wish) -> dict[str, Any]:
    return {
        "party": _party(wish.party),
        "relation": wish.relation,
        "starts": _iso(wish.starts),
        "ends": _iso(wish.ends),
        "priority": wish.priority,
        "proofs": list(wish.proofs),
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _state_from(data: Mapping[str, Any]) -> State:
    giver = data["authorizer"]
    return State(
        _one_of(data["step"], STEPS),
        None if giver is None else _party_from(giver),
        tuple(_wish_from(wish) for wish in data["wishes"]),
        bool(data["committed"]),
        frozenset((str(code), str(user)) for code, user in data["waived"]),
    )


def _party_from(data: Mapping[str, Any]) -> Party:
    if "draft" not in data:
        return Party(str(data["handle"]))
    typed = dict(data["draft"])
    for name in _DAYS:
        typed[name] = _day(typed[name])
    for name, words in _WORDS.items():
        _one_of(typed[name], words)
    current, prior_years = map(int, data["balance"])
    return Party(str(data["handle"]), replace(PersonDraft(), **typed), Balance(current, prior_years))


def _wish_from(data: Mapping[str, Any]) -> Wish:
    return Wish(
        _party_from(data["party"]),
        _one_of(data["relation"], ("", *RELATIONS)),
        _day(data["starts"]),
        _day(data["ends"]),
        int(data["priority"]),
        tuple(map(str, data["proofs"])),
    )


def _one_of(word: Any, words: tuple[str, ...]) -> Any:
    if word not in words:
        raise ValueError(word)
    return word
