"""Why Next was refused: the first thing that stands against it, where it is mended, and the sentence for it."""

from collections.abc import Mapping, Sequence

from famgui.domain.binding_check import Check
from famgui.domain.binding_flow import form_problems, step_of
from famgui.domain.binding_wish import Circumstances, State
from famgui.files.checktext import Told, check_sentence
from famgui.ui.shell.i18n import tr
from famgui.ui.wizard.rows import Blame, Where

_WHERE: Mapping[str, Where] = {
    "RELATION_NEEDED": "relation",
    "RELATION_NOT_ALLOWED": "relation",
    "NO_FIRST_DAY": "starts",
    "NO_LAST_DAY": "ends",
    "DATES": "ends",
    "DATES_NEEDED": "ends",
    "DUPLICATE_BINDING": "starts",
    "STARTS_TOO_EARLY": "starts",
    "PHONE_NEEDED": "phone",
    "ID_NEEDED": "id",
    "IN_BOOK": "id",
    "PROOF_NEEDED": "proof",
    "COMMITMENT": "commitment",
}


def blame(state: State, around: Circumstances, found: Sequence[Check], said: Told) -> Blame:
    """The first thing that keeps a state from going on, in the order of the page."""
    if state.authorizer is None:
        return Blame("person", "", tr("Choose the authorizer first."))
    parties = [(state.authorizer, False)]
    if state.step != "authorizer":
        if not state.wishes:
            return Blame("person", "", tr("Choose at least one user first."))
        parties += [(wish.party, True) for wish in state.wishes]
    for party, user in parties:
        for problem in form_problems(party, around, user=user):
            if problem.severity == "error":
                text = said.wording.say("draft", problem.code, **dict(problem.values))
                return Blame("form", party.handle, text, problem.code)
    failed = [check for check in found if check.state == "failed"]
    here = [check for check in failed if step_of(check) == state.step]
    first = (here or failed)[0]
    return Blame(_WHERE.get(first.code, "check"), first.user, check_sentence(first, said), first.code)


def sentences(found: Sequence[Check], said: Told, handle: str) -> dict[Where, tuple[str, bool]]:
    """What stands against a user's terms, by the field that mends it, and whether it is only odd."""
    told: dict[Where, tuple[str, bool]] = {}
    for check in found:
        where = _WHERE.get(check.code)
        if check.user == handle and where is not None and check.state == "failed":
            told.setdefault(where, (check_sentence(check, said), False))
    for check in found:
        if check.user == handle and check.state == "warning" and check.code in _ODD:
            told.setdefault("relation", (check_sentence(check, said), True))
        elif check.user == handle and check.code == "LONG_AGO":
            told.setdefault("starts", (check_sentence(check, said), True))
    return told


_ODD = frozenset({"AGES", "SPOUSE_SEX", "SECOND_SPOUSE", "THIRD_PARENT", "SAME_GRANDPARENT", "SPOUSE_AGE"})


def faulty(state: State, around: Circumstances) -> frozenset[tuple[str, str]]:
    """The fields (handle, name) of the new people that hold an error."""
    giver = [] if state.authorizer is None else [(state.authorizer, False)]
    parties = giver + [(wish.party, True) for wish in state.wishes]
    return frozenset(
        (party.handle, problem.field)
        for party, user in parties
        for problem in form_problems(party, around, user=user)
        if problem.severity == "error"
    )
