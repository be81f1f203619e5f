"""What flows into a personal account every month (个人账户划入): at work a share of the base, else a fixed sum."""

from famgui.domain.money import Fen, part_of
from famgui.domain.person import Person
from famgui.domain.rule import NOTHING, Value
from famgui.domain.rulebook import Rules


def monthly_inflow(person: Person, base: Fen | None, rules: Rules) -> tuple[Fen | None, Value]:
    """The monthly inflow in fen and the rule behind it (N-05, N-21); None where nothing flows in or nothing is known.

    `base` is the contribution base of a month, in fen; it decides for people at work only.
    """
    if not person.has_account:
        return None, NOTHING
    facts = {"insurance": person.insurance, "status": "retired" if person.status == "retired" else "active"}
    fixed = rules.find("account.inflow.amount", **facts)
    if fixed.value is not None:
        return fixed.value, fixed
    ratio = rules.find("account.inflow.ratio", **facts)
    if ratio.value is None or base is None:
        return None, ratio
    return part_of(base, ratio.value), ratio
