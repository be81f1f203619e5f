"""What can be done to a wizard's state, one function a deed; all give a new state back."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Literal, TypeAlias

from famgui.domain.account import Balance
from famgui.domain.binding_wish import Circumstances, Party, State, Wish, a_year_from, others_of
from famgui.domain.persondraft import PersonDraft

Term: TypeAlias = Literal["year", "year-end", "open"]


def parties(state: State) -> tuple[Party, ...]:
    """The authorizer, if there is one, and every user."""
    giver = () if state.authorizer is None else (state.authorizer,)
    return (*giver, *(wish.party for wish in state.wishes))


def fresh_handle(state: State, taken: Collection[str]) -> str:
    """A provisional name for somebody new."""
    used = {party.handle for party in parties(state)} | set(taken)
    number = 1
    while f"n{number}" in used:
        number += 1
    return f"n{number}"


def choose(state: State, party: Party | None) -> State:
    """Another authorizer."""
    return replace(state, authorizer=party)


def add(state: State, party: Party) -> State:
    """One more user, at the end; who is there already stays once."""
    if any(wish.party.handle == party.handle for wish in state.wishes):
        return state
    return replace(state, wishes=(*state.wishes, Wish(party)))


def remove(state: State, handle: str) -> State:
    """A user less, and what was waived for them."""
    wishes = tuple(wish for wish in state.wishes if wish.party.handle != handle)
    return replace(state, wishes=wishes, waived=frozenset(pair for pair in state.waived if pair[1] != handle))


def retype(state: State, handle: str, draft: PersonDraft) -> State:
    """What is typed about somebody new; an account's money goes where there is no account."""
    return _with_party(state, handle, lambda party: replace(party, draft=draft))


def hold(state: State, handle: str, balance: Balance) -> State:
    """What a new person's account holds."""
    return _with_party(state, handle, lambda party: replace(party, balance=balance))


def _with_party(state: State, handle: str, change: Callable[[Party], Party]) -> State:
    giver = state.authorizer
    if giver is not None and giver.handle == handle:
        giver = change(giver)
    wishes = tuple(
        replace(wish, party=change(wish.party)) if wish.party.handle == handle else wish for wish in state.wishes
    )
    return replace(state, authorizer=giver, wishes=wishes)


def set_terms(state: State, handle: str, **terms: Any) -> State:
    """Relation, first or last day, place in the order of authorizers, or papers of a user."""
    wishes = tuple(replace(wish, **terms) if wish.party.handle == handle else wish for wish in state.wishes)
    return replace(state, wishes=wishes)


def set_end(state: State, handle: str, term: Term) -> State:
    """The last day of a user's sharing: a year on, the end of the year in which it begins, or none."""
    wish = next(wish for wish in state.wishes if wish.party.handle == handle)
    return set_terms(state, handle, ends=None if wish.starts is None else end_of(wish.starts, term))


def end_of(starts: date, term: Term) -> date | None:
    """The last day of a term that begins on a day; None: open."""
    if term == "open":
        return None
    return a_year_from(starts) if term == "year" else date(starts.year, 12, 31)


def waive(state: State, pairs: Iterable[tuple[str, str]]) -> State:
    """Pass demands over knowingly."""
    return replace(state, waived=state.waived | frozenset(pairs))


def guess(state: State, relations: Mapping[str, Any]) -> State:
    """The relations that were guessed, where none has been said."""
    for handle, relation in relations.items():
        state = set_terms(state, handle, relation=relation)
    return state


def pay_last(state: State, fresh: Collection[str], around: Circumstances) -> State:
    """The users named pay from this authorizer's account after those they have already."""
    giver = "" if state.authorizer is None else state.authorizer.handle
    for handle in fresh:
        others = others_of(handle, around, giver)
        if others:
            state = set_terms(state, handle, priority=len(others) + 1)
    return state


def is_blank(state: State) -> bool:
    """Whether nothing has been entered that would be missed."""
    typed = [party for party in parties(state) if not _empty(party)]
    return not typed


def blank(state: State) -> frozenset[str]:
    """New people of whom nothing has been typed yet."""
    return frozenset(party.handle for party in parties(state) if _empty(party))


def _empty(party: Party) -> bool:
    draft = party.draft
    return draft is not None and not (draft.name or draft.id_number or draft.phone)
