"""What a visit, its bill and its payers are called, for every page and sheet that shows one."""

from famgui.base.wording import Wording
from famgui.domain.bill import Item
from famgui.domain.settlement import Facility, Visit
from famgui.ui.shell.i18n import tr


def category_word(category: str) -> str:
    """The word for an item's category."""
    return {
        "drug": tr("Drug"),
        "service": tr("Service"),
        "device": tr("Device"),
        "consumable": tr("Consumable"),
        "health-food": tr("Health food"),
        "daily-goods": tr("Daily goods"),
        "wellness": tr("Wellness"),
        "fitness": tr("Fitness"),
        "public-health": tr("Public health"),
    }[category]


def class_word(catalogue_class: str) -> str:
    """The word for an item's catalogue class; a dash for what the catalogue does not class."""
    return {"A": tr("Class A"), "B": tr("Class B"), "C": tr("Self-paid"), "": "—"}[catalogue_class]


def percent(ratio: int) -> str:
    """A ratio in ten-thousandths as a percentage: 1000 is "10 %", 1250 is "12.5 %"."""
    whole, part = divmod(ratio, 100)
    return f"{whole}.{part:02d}".rstrip("0") + " %" if part else f"{whole} %"


def class_of(item: Item) -> str:
    """An item's class with the share that is paid up front: 乙 10 %."""
    word = class_word(item.catalogue_class)
    return f"{word} {percent(item.upfront_ratio)}" if item.upfront_ratio else word


def facility_words(facility: Facility, wording: Wording) -> str:
    """Where a visit was: 三级医院, 药店, 二级医院 · 非定点."""
    where = [wording.say("word", facility.level)] if facility.level else []
    where.append(wording.say("word", facility.type) if facility.type != "pharmacy" else tr("Pharmacy"))
    words = ("" if wording.language == "zh" else " ").join(where)
    outside = not facility.designated or facility.type == "other"
    return f"{words} · {wording.say('word', 'not-designated')}" if outside else words


def kind_words(visit: Visit, wording: Wording) -> str:
    """The kind of a visit, and the disease where one decides: 普通门诊, 两病用药 · 高血压."""
    words = wording.say("word", visit.kind)
    return f"{words} · {wording.say('word', visit.disease)}" if visit.disease else words


def payer_word(role: str, name: str) -> str:
    """What a payer is called."""
    return {
        "pool": tr("Pooled fund"),
        "own": tr("Own account · {name}", name=name),
        "shared": tr("Shared account · {name}", name=name),
        "cash": tr("Cash"),
    }[role]


def reminder_word(key: str) -> str:
    """The sentence of a reminder of `usecase.reminder`."""
    return {
        "credential": tr("At the counter show the patient's own credential only; cards cannot be shared."),
        "authorizers-code": tr("To show the authorizer's code, as one source has it, is wrong."),
        "tell-cashier": tr("Tell the cashier that the family account is to pay."),
        "by-itself": tr("The system shares by itself; there is no need to ask for it."),
        "tell-cashier-too": tr("Another source: tell the cashier that the family account is to pay."),
        "cash-out": tr("Account money cannot be cashed out."),
    }[key]
