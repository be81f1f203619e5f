"""The binding wizard as data: its steps, what is entered, what is checked at each step, and what it comes to.

A flow is a stack of immutable states: Back gives exactly what was there, Next gives back what had been entered further
on. Which steps there are is the place's doing (rule keys `binding.proof`, `binding.commitment`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from famgui.domain.binding_check import PAIR_CODES, Check, Other, Setting, authorizer_checks, pair_checks
from famgui.domain.binding_wish import (
    STEPS,
    Circumstances,
    Party,
    State,
    Step,
    Wish,
    asked_of,
    bindings,
    known_as,
    setting_of,
    steps,
    with_terms,
)
from famgui.domain.persondraft import DraftProblem, draft_problems
from famgui.domain.rulebook import Rules

_STEP_OF: dict[str, Step] = {
    "SELF_BINDING": "users",
    "TWICE": "users",
    "IN_BOOK": "users",
    "NOT_INSURED": "users",
    "OTHER_PROVINCE": "users",
    "SUSPENDED": "users",
    "BIND_LIMIT": "users",
    "LIFETIME_LIMIT": "users",
    "AUTHORIZER_LIMIT": "users",
    "CHANGE_LIMIT": "users",
    "ID_NEEDED": "users",
    "PHONE_NEEDED": "users",
    "PROOF_NEEDED": "proof",
}
"""Where a check is answered; all others belong to the relation and the dates. The authorizer's own come first."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Where somebody is in the wizard: the states behind, the present one, and those ahead that Back has left."""

    now: State
    past: tuple[State, ...] = ()
    ahead: tuple[State, ...] = ()

    def edit(self, change: Callable[[State], State]) -> "Flow":
        """The flow with the present state changed; a commitment holds only for what stood when it was made."""
        changed = change(self.now)
        if changed.authorizer != self.now.authorizer or changed.wishes != self.now.wishes:
            changed = replace(changed, committed=False)
        return replace(self, now=changed)

    def back(self) -> "Flow":
        """The state before, exactly as it was left; the first step and a finished flow stay."""
        if not self.past or self.now.step == "done":
            return self
        return Flow(self.past[-1], self.past[:-1], (self.now, *self.ahead))

    def onward(self, around: Circumstances) -> "Flow":
        """The next step, or the same flow when something at this step has failed. What had been entered there before is
        there again, as far as it is still about the same people."""
        if self.now.step == "done" or blocking(self.now, around):
            return self
        order = steps(around.rules)
        step = order[order.index(self.now.step) + 1]
        if step == "done":
            return Flow(replace(self.now, step=step))
        known = self.ahead[0] if self.ahead and self.ahead[0].step == step else None
        entered = replace(_carried(self.now, known), step=step)
        if step == "terms":
            entered = replace(entered, wishes=tuple(with_terms(wish, around) for wish in entered.wishes))
        kept = self.ahead[1:] if known is not None else ()
        return Flow(entered, (*self.past, self.now), kept)


BEGIN = Flow(State("authorizer"))
"""A flow in which nothing has been entered."""


def _carried(now: State, known: State | None) -> State:
    """The present state with what `known`, a later one that was left, holds of the steps beyond it."""
    if known is None:
        return now
    at = STEPS.index(now.step)
    before = {wish.party.handle: wish for wish in known.wishes}

    def later(wish: Wish) -> Wish:
        old = before.get(wish.party.handle, wish)
        if at < STEPS.index("terms"):
            wish = replace(wish, relation=old.relation, starts=old.starts, ends=old.ends, priority=old.priority)
        return replace(wish, proofs=old.proofs) if at < STEPS.index("proof") else wish

    wishes = known.wishes if now.step == "authorizer" else tuple(map(later, now.wishes))
    beyond = {(code, user) for code, user in known.waived if STEPS.index(_STEP_OF.get(code, "terms")) > at}
    met = replace(now, wishes=wishes, waived=now.waived | beyond)
    same = (met.authorizer, met.wishes) == (known.authorizer, known.wishes)
    return replace(met, committed=known.committed) if same else met


def form_problems(party: Party, around: Circumstances, *, user: bool) -> tuple[DraftProblem, ...]:
    """What is wrong with the form of somebody new; nothing for a person who is known."""
    if party.draft is None:
        return ()
    asked = asked_of(user, around.rules)
    return tuple(draft_problems(party.draft, today=around.day, regions=around.regions, asked=asked))


def checks(state: State, around: Circumstances) -> tuple[Check, ...]:
    """Everything that is checked so far, the authorizer's first, then user by user; each user meets a register in which
    the users before already stand. What a step further on asks is `unasked` until then."""
    if state.authorizer is None:
        return ()
    setting = setting_of(state, around)
    found = [*_in_book(state.authorizer, around)]
    found += authorizer_checks(setting.persons[state.authorizer.handle], setting)
    for index, wish in enumerate(state.wishes):
        mine = list(_wish_checks(wish, state, setting, around, twice=_twice(index, state, setting)))
        if any(check.state == "failed" and check.code in _REFUSED for check in mine):
            mine = [check._replace(takes=False) for check in mine]
        elif wish.relation:
            setting = setting.with_row(*bindings(replace(state, wishes=(wish,)), around))
        found += mine
    clause = around.rules.find("binding.commitment")
    if clause.value:
        done: Literal["passed", "failed"] = "passed" if state.committed else "failed"
        found.append(Check("COMMITMENT", done, state.authorizer.handle, clause=clause.clause))
    return tuple(_in_time(check, state, around.rules) for check in found)


_REFUSED = frozenset({*PAIR_CODES, "TWICE", "IN_BOOK"})
"""What makes somebody nobody who could be bound: they take no place."""
_OF_DAYS = frozenset({"DATES", "LONG_AGO", "DATES_NEEDED", "STARTS_TOO_EARLY", "DUPLICATE_BINDING"})


def _in_book(party: Party, around: Circumstances, user: str = "") -> Iterator[Check]:
    """Somebody typed as new is in the book already, whichever household it is."""
    known = known_as(party, around)
    if known is not None:
        one = known.person
        about = " · ".join(part for part in (one.name, masked_number(one.id_number), known.title) if part)
        yield Check("IN_BOOK", "failed", party.handle, user, about=about)


def masked_number(number: str) -> str:
    """An ID number as it may be shown: its first 3 and last 4 characters."""
    return f"{number[:3]}{'•' * (len(number) - 7)}{number[-4:]}" if len(number) > 7 else number


def _twice(index: int, state: State, setting: Setting) -> str:
    """With whom a new person shares the ID number: somebody known (a handle), or somebody further up."""
    party = state.wishes[index].party
    number = setting.persons[party.handle].id_number
    earlier = [wish.party.handle for wish in state.wishes[:index]]
    others = earlier if not party.is_new else [one for one in setting.persons if one != party.handle]
    later = {wish.party.handle for wish in state.wishes[index + 1 :]}
    same = [one for one in others if one not in later and number and setting.persons[one].id_number == number]
    return party.handle if party.handle in earlier else next(iter(same), "")


def _wish_checks(wish: Wish, state: State, setting: Setting, around: Circumstances, *, twice: str) -> Iterator[Check]:
    assert state.authorizer is not None
    user = wish.party.handle
    known = list(_in_book(wish.party, around, user))
    yield from known
    if twice and not known:
        yield Check("TWICE", "failed", user, user, about=twice)
    if not wish.relation:
        yield Check("RELATION_NEEDED", "failed", user, user)
    blank = replace(wish, relation=wish.relation or "other")
    row = bindings(replace(state, wishes=(blank,)), around)[0]
    misread: tuple[tuple[Other, str], ...] = (("NO_FIRST_DAY", wish.starts_typed), ("NO_LAST_DAY", wish.ends_typed))
    wrong = [Check(code, "failed", user, user, about=typed) for code, typed in misread if typed]
    yield from wrong
    for check in pair_checks(row, setting):
        if wrong and check.code in _OF_DAYS:
            continue
        if wish.relation or STEPS.index(step_of(check)) < STEPS.index("terms"):
            yield check


def step_of(check: Check) -> Step:
    """The step at which a check is answered."""
    if check.code == "COMMITMENT":
        return "commitment"
    return _STEP_OF.get(check.code, "terms") if check.user else "authorizer"


def _in_time(check: Check, state: State, rules: Rules) -> Check:
    """A check of a step that has not been reached waits; a demand passed over knowingly is a warning."""
    order = steps(rules)
    step = step_of(check)
    if step in order and state.step in order and order.index(step) > order.index(state.step):
        return check if check.state == "passed" else check._replace(state="unasked")
    if check.state == "failed" and (check.code, check.user) in state.waived and may_waive(check):
        return check._replace(state="warning")
    return check


def may_waive(check: Check) -> bool:
    """Whether a failed check may be passed over: a demand on the application that rests on an unconfirmed clause."""
    return check.weak and check.code in ("ID_NEEDED", "PHONE_NEEDED", "DATES_NEEDED", "PROOF_NEEDED", "CHANGE_LIMIT")


def blocking(state: State, around: Circumstances) -> tuple[str, ...]:
    """Why the flow cannot leave this step: the codes of failed checks up to it and of faulty forms, or `NOBODY` where
    nobody has been chosen; empty when it can."""
    if state.authorizer is None or (state.step != "authorizer" and not state.wishes):
        return ("NOBODY",)
    found = [check.code for check in checks(state, around) if check.state == "failed"]
    parties = [(state.authorizer, False)]
    if state.step != "authorizer":
        parties += [(wish.party, True) for wish in state.wishes]
    for party, user in parties:
        found += [p.code for p in form_problems(party, around, user=user) if p.severity == "error"]  # type: ignore[misc]
    return tuple(found)
