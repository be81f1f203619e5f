"""What holds for a draft unless it says otherwise: the switches, the pool's rule, and what the rules ask for."""

from typing import NamedTuple

from famgui.domain.money import Fen, Ratio
from famgui.domain.person import Person, province
from famgui.domain.rule import BenefitRule, Circumstances
from famgui.domain.rulebook import Rules
from famgui.domain.settlement import GRADES
from famgui.domain.waterfall import Terms
from famgui.ui.settlement.draft import VisitDraft


class Switch(NamedTuple):
    """A switch as it stands: its value, whether this visit changes it, the clause of the place's default and whether
    that is unconfirmed (both empty where the household or the visit decides)."""

    value: object
    changed: bool
    clause: str = ""
    weak: bool = False


class CommunityTerms(NamedTuple):
    """What the place's rules say for a visit at community level: deductible (fen), ratio (ten-thousandths)."""

    deductible: Fen
    ratio: Ratio


class Offers(NamedTuple):
    """What the form offers for a draft. `rule` is the pool's, None where none is known: then `states_pool` tells
    whether its terms may be stated."""

    own_first: Switch
    order: Switch
    cross_province: Switch
    rule: BenefitRule | None = None
    states_pool: bool = False
    grade: bool = False
    contracted: bool = False
    community: CommunityTerms | None = None


NO_OFFERS = Offers(Switch(True, False), Switch("priority", False), Switch(False, False))


TOLD = ("inpatient", "pharmacy")
"""Kinds where the pool's terms are stated only when asked for."""
TYPED = ("chronic", "two-disease")
"""Kinds where they are as soon as they are typed."""


def asked_for(draft: VisitDraft, *, states_pool: bool) -> frozenset[str]:
    """The draft's amounts and shares that count for it; what was typed for another kind of visit does not."""
    stated = states_pool and draft.designated
    by_terms = stated and (draft.by_terms if draft.kind in TOLD else draft.kind in TYPED)
    receipt = stated and draft.kind == "inpatient" and not draft.by_terms
    counting = (
        (("disease_limit",), draft.kind == "chronic"),
        (("pool_paid",), receipt),
        (("deductible", "ratio", "cap_left"), by_terms),
        (("used_deductible", "used_pool"), draft.used_by_hand),
    )
    return frozenset(name for names, counts in counting if counts for name in names)


def offers_of(draft: VisitDraft, person: Person, terms: Terms, rules: Rules) -> Offers:
    """What the form offers for a draft of a person, under the household's switches and the rules of the day."""
    sharing, own, order = rules.sharing, rules.sharing.own_first_rule, rules.sharing.order_rule
    seen = _seen(draft, person, rules)
    covered = person.insurance != "none" and province(person.insured_place) == province(rules.place)
    rule = rules.benefit_in(seen) if covered else None
    return Offers(
        _switch(draft.own_first, terms.own_first, sharing.own_first, own.clause, own.weak),
        _switch(draft.order, terms.order, sharing.order, order.clause, order.weak),
        _switch(draft.cross_province, terms.cross_province, None, "", False),
        rule,
        rule is None and covered,
        covered and any(rules.benefit_in(seen._replace(grade=grade)) != rule for grade in ("", *GRADES)),
        covered and rules.benefit_in(seen._replace(contracted=not seen.contracted)) != rule,
        _community(seen, rules),
    )


def _switch(visit: object, household: object, place: object, clause: str, weak: bool) -> Switch:
    if visit is not None:
        return Switch(visit, True)
    return Switch(place, False, clause, weak) if household is None else Switch(household, False)


def _seen(draft: VisitDraft, person: Person, rules: Rules) -> Circumstances:
    """What decides how the pool pays, as the settlement sees it."""
    pharmacy = draft.kind == "pharmacy"
    return Circumstances(
        draft.kind,
        person.insurance,
        person.status,
        "" if pharmacy else draft.level,
        "pharmacy" if pharmacy else "hospital",
        draft.grade,
        draft.contracted,
        person.has_account,
        person.tier,
        draft.disease if draft.kind == "two-disease" else "",
        person.age_on(draft.date) if rules.by_age else None,
    )


def _community(seen: Circumstances, rules: Rules) -> CommunityTerms | None:
    """The terms of community facilities, which a pharmacy's pool may follow (N-23); None where no rule is known."""
    rule = rules.benefit_in(seen._replace(benefit="outpatient", level="community", facility="hospital", disease=""))
    return None if rule is None else CommunityTerms(rule.per_visit.value or 0, rule.ratio.value)
