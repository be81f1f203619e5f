"""What a check of a new binding found, as a sentence; the same one in the window, in lists and on paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from famgui.base.wording import Wording
from famgui.domain.binding_check import Check
from famgui.domain.identity import Relation

_LIMITS = ("BIND_LIMIT", "LIFETIME_LIMIT")
_DESCENDANTS = ("child", "sons-child", "daughters-child")


@dataclass(frozen=True, slots=True)
class Told:
    """What sentences need beside a check: names by handle, the authorizer's handle, what the users are to them and when
    (ready text) by handle, and the name of the province."""

    wording: Wording
    names: Mapping[str, str]
    authorizer: str
    province: str
    relations: Mapping[str, Relation | str] = field(default_factory=dict)
    days: Mapping[str, str] = field(default_factory=dict)

    def listed(self, handles: Sequence[str]) -> str:
        """Several names in one breath."""
        return self.wording.say("check", "apart").join(self.names.get(one, one) for one in handles)


def check_sentence(check: Check, told: Told, subjects: Sequence[str] = ()) -> str:
    """The sentence of a check; `subjects` are the people of whom it is said where several checks say the same."""
    who = tuple(subjects) or (check.subject,)
    relation = told.relations.get(check.user, "")
    elder, younger = check.user, told.authorizer
    if relation in _DESCENDANTS:
        elder, younger = younger, elder
    return told.wording.say(
        "check",
        _key(check, relation),
        names=told.listed(who),
        authorizer=told.listed((told.authorizer,)),
        other=told.listed((check.about,)),
        elder=told.listed((elder,)),
        younger=told.listed((younger,)),
        relation=told.wording.say("word", relation) if relation else "",
        days=told.days.get(check.user, ""),
        day=check.about,
        place=told.province,
        taken=check.taken + check.takes,
        years=check.taken,
        limit="" if check.limit is None else check.limit,
    )


def _key(check: Check, relation: str) -> str:
    """The key of the sentence in the section `check`."""
    code, state = check.code, check.state
    if code in _LIMITS and state != "failed" and check.limit is None:
        return f"{code}-open"
    if code == "NO_ACCOUNT" and state == "failed":
        return f"{code}-{check.about or 'none'}"
    if code == "RELATION_NOT_ALLOWED" and state == "failed" and relation == "in-law":
        return "IN_LAW-spouse" if check.about else "IN_LAW"
    if code == "RELATION_NEEDED":
        return code
    if code == "AGES" and state == "warning":
        return "AGES-younger" if check.taken < 0 else "AGES-older"
    if state == "unasked" and code not in _ASKED_LATER:
        return f"{code}-passed"
    if state == "warning" and code not in _WARNED:
        return f"{code}-passed"
    return f"{code}-{state}"


_ASKED_LATER = frozenset({"COMMITMENT", "PROOF_NEEDED", "PHONE_NEEDED", "ID_NEEDED", "DATES_NEEDED"})
"""Checks with a sentence of their own while their step has not been reached."""
_WARNED = frozenset(
    {
        "DATES",
        "LONG_AGO",
        "APPROVAL",
        "ID_NEEDED",
        "PHONE_NEEDED",
        "DATES_NEEDED",
        "PROOF_NEEDED",
        "CHANGE_LIMIT",
        "SPOUSE_SEX",
        "SECOND_SPOUSE",
        "THIRD_PARENT",
        "SAME_GRANDPARENT",
        "SPOUSE_AGE",
    }
)
"""Checks whose warning says something else than that all is well; a weak rule that is kept warns by its mark alone."""
