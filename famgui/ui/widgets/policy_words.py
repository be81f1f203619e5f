"""The library in words: topics, conditions, values, periods and grades of clauses, for every page that shows them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Literal, TypeAlias

from famgui.base.wording import Wording
from famgui.domain.money import grouped
from famgui.domain.rule import KEYS, PlatformStep, Window
from famgui.policy.pack import WEAK_GRADES, Clause
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import language, tr
from famgui.ui.widgets.orders import order_word
from famgui.ui.widgets.visit_words import category_word, percent

GradeKind: TypeAlias = Literal["plain", "accent", "warning"]
_KINDS = frozenset(("文号", "日期", "字段", "交易码", "代码", "区间", "年月"))
"""What stands as a unit but says what kind of value it is."""
_OLDEST = 150
"""An age that nobody has: an upper end beyond it is none."""
_FEW = 3
"""So many relations are named, more are counted."""


def place_namer(desk: Desk) -> Callable[[str], str]:
    """What places are called, for many of them: as their packs say, else as the code table does."""
    chinese = language() == "zh"
    known = {pack.place: pack.name_zh if chinese else pack.name_en for pack in desk.library.packs}
    regions = desk.services.regions

    def name(place: str) -> str:
        if place not in known:
            known[place] = regions.name(place)
        return known[place]

    return name


def grade_kind(grade: str) -> GradeKind:
    """How a grade's chip looks: weak ones warn, official ones stand out."""
    return "warning" if grade in WEAK_GRADES else "accent" if grade in "AB" else "plain"


def period(first: date | None, last: date | None) -> str:
    """From when to when; an unknown end is open, both unknown is said."""
    if first and last:
        return tr("{first} to {last}", first=first, last=last)
    if first:
        return tr("from {first}", first=first)
    return tr("until {last}", last=last) if last else tr("dates unknown")


def stated(clause: Clause) -> str:
    """A clause's values with their units: "100/300;60%" in "元;%" is "100/300 元; 60%"."""
    if clause.unit in _KINDS:
        return clause.value
    values, units = clause.value.split(";"), clause.unit.split(";")
    if len(values) != len(units):
        return " ".join(part for part in (clause.value, clause.unit) if part)
    pairs = zip((value.strip() for value in values), (unit.strip() for unit in units), strict=True)
    return "; ".join(value if not unit or value.endswith(unit) else f"{value} {unit}" for value, unit in pairs)


def value_words(key: str, value: Any, wording: Wording, *, short: bool = False) -> str:
    """A value of the rule book in words; `short` for a cell of a table."""
    match KEYS.get(key):
        case "amount":
            return grouped(value).removesuffix(".00") if short else grouped(value)
        case "ratio":
            return percent(value)
        case "flag":
            return tr("yes") if value else tr("no")
        case "order":
            return order_word(value)
        case "relations":
            return _relations(value, wording, short)
        case "categories":
            return tr(", ").join(category_word(word) for word in value)
        case "insurances":
            return tr(", ").join(wording.say("fact-word", word) for word in value)
        case "window":
            return _window(value)
        case "effect":
            return _effect(value)
        case "steps":
            return _steps(value, short)
        case _:
            return str(value)


def _relations(value: Sequence[str], wording: Wording, short: bool) -> str:
    named = tr(", ").join(wording.say("word", word) for word in value)
    if len(value) <= _FEW:
        return named
    counted = tr("{count} kinds", count=len(value))
    return counted if short else tr("{title}: {said}", title=counted, said=named)


def _window(value: Window) -> str:
    return tr("{first} to {last}", first=value.first, last=value.last)


def _effect(value: str) -> str:
    return {
        "at-once": tr("at once"),
        "next-day": tr("on the next day"),
        "next-month": tr("with the next month"),
        "approval": tr("when approved"),
    }.get(value, value)


def _steps(value: Sequence[PlatformStep], short: bool) -> str:
    if short:
        return tr("{count} steps", count=len(value))
    return " → ".join(step.zh if language() == "zh" else step.en for step in value)


def condition_words(
    condition: Sequence[tuple[str, Sequence[str]]], ages: tuple[int, int] | None, above: int | None, wording: Wording
) -> str:
    """For whom and where a value holds: 普通门诊 · 职工医保 · 在职 · 三级; "" where it always does."""
    parts = [tr(", ").join(_condition_word(name, word, wording) for word in words) for name, words in condition]
    if ages is not None:
        parts.append(
            tr("{low} to {high} years", low=ages[0], high=ages[1] - 1)
            if ages[1] < _OLDEST
            else tr("from {low} years", low=ages[0])
        )
    if above is not None:
        parts.append(tr("above {amount}", amount=grouped(above)))
    return " · ".join(parts)


def _condition_word(name: str, word: str, wording: Wording) -> str:
    if not word:
        return tr("all others")
    if name in ("insurance", "status", "concession"):
        return wording.say("fact-word", word)
    if name in ("benefit", "level", "disease"):
        return wording.say("word", word)
    if name == "facility":
        return {"hospital": tr("in a hospital"), "pharmacy": tr("in a pharmacy"), "other": tr("elsewhere")}[word]
    if name == "contracted":
        return tr("contracted there") if word == "yes" else tr("not contracted there")
    if name == "account":
        return tr("with an account") if word == "yes" else tr("without an account")
    if name == "product":
        return _product_word(word)
    if name == "grade":
        return tr("special grade") if word == "special" else tr("grade {grade}", grade=word)
    return word


def _product_word(product: str) -> str:
    """A premium product as people call it: resident-2026 is the residents' insurance of 2026."""
    name, _, year = product.partition("-")
    if name == "resident" and year.isdecimal():
        return tr("residents' insurance {year}", year=year)
    if name == "supplementary":
        return tr("supplementary insurance {year}", year=year).strip()
    return product


def topic_words(topic: str) -> str:
    """A clause's topic in words; the topic itself where there are none."""
    return _topics(language()).get(topic, topic)


@cache
def _topics(_language: str) -> Mapping[str, str]:
    """The topics in the language spoken."""
    return {
        "relation": tr("Relations"),
        "binding": tr("Binding"),
        "binding_limit": tr("Limits of binding"),
        "binding_path": tr("Where to bind"),
        "unbind": tr("Unbinding"),
        "eligibility": tr("Who may take part"),
        "order": tr("Order of payment"),
        "threshold": tr("What an account must keep"),
        "limit": tr("Limits of sharing"),
        "balance": tr("Account balance"),
        "scope": tr("What may be paid"),
        "prohibited": tr("What must not be paid"),
        "settlement": tr("Settling"),
        "opd_employee": tr("Employees' outpatient care"),
        "opd_resident": tr("Residents' outpatient care"),
        "opd_resident_old": tr("Residents' outpatient care, earlier"),
        "chronic": tr("Chronic diseases"),
        "chronic_employee": tr("Employees' chronic diseases"),
        "chronic_resident": tr("Residents' chronic diseases"),
        "two_disease": tr("Hypertension and diabetes"),
        "employee_inpatient": tr("Employees' hospital stays"),
        "resident_inpatient": tr("Residents' hospital stays"),
        "resident_catastrophic": tr("Residents' catastrophic cover"),
        "resident_incentive": tr("Rewards for residents"),
        "resident_bill": tr("Residents' bills"),
        "resident_premium": tr("Residents' premium"),
        "premium": tr("Paying premiums"),
        "newborn": tr("Newborn children"),
        "huiminbao": tr("City supplementary insurance"),
        "supplement": tr("Supplementary cover"),
        "account_inflow": tr("What flows into an account"),
        "account_withdraw": tr("Drawing money out"),
        "contribution": tr("Contributions"),
        "retiree": tr("Retired people"),
        "pharmacy": tr("Pharmacies"),
        "drug_class": tr("Classes of drugs"),
        "cross_region": tr("Across cities"),
        "cross_province": tr("Across provinces"),
        "refund": tr("Refunds"),
        "penalty": tr("Penalties"),
        "formula": tr("How it is computed"),
        "rounding": tr("Rounding"),
        "field": tr("Fields of a receipt"),
        "code": tr("Codes"),
        "document": tr("Documents"),
        "concept": tr("What words mean"),
        "statistics": tr("Figures"),
        "rollout": tr("Rollout"),
        "coverage": tr("Who is insured"),
        "notice": tr("Notices"),
        "hotline": tr("Hotlines"),
        "system": tr("The official system"),
    }
