"""The comparison in words: subjects, columns, cells that hold several values, and what differs by how much."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from famgui.base.wording import Wording
from famgui.domain.money import Fen, grouped
from famgui.domain.rule import KEYS
from famgui.policy.library import NATION
from famgui.policy.pack import Clause
from famgui.ui.shell.i18n import language, tr
from famgui.ui.widgets.policy_words import condition_words, stated, value_words
from famgui.usecase.policy_cell import Case, Cell, Found
from famgui.usecase.policy_matter import counts_authorizer, said_on
from famgui.usecase.policy_subjects import LEVELS, Ask

NOTHING = "—"


def subject_words(subject: str) -> str:
    """What the matrix is asked, in words."""
    return {
        "overview": tr("Everything at a glance"),
        "relations": tr("Relations"),
        "limits": tr("Limits of binding"),
        "order": tr("Order of payment"),
        "threshold": tr("What an account must keep"),
        "deductible": tr("Outpatient deductible"),
        "working": tr("Share paid, working"),
        "retired": tr("Share paid, retired"),
        "cap": tr("Limit of the year"),
        "channel": tr("Where to bind"),
    }[subject]


def ask_words(ask: Ask, wording: Wording) -> str:
    """A column of the matrix in words."""
    if ask.name in LEVELS:
        return wording.say("word", ask.name)
    return {
        "relations": tr("Relations"),
        "proof": tr("Proof needed"),
        "at-once": tr("At once"),
        "lifetime": tr("Ever"),
        "rebinding-counts": tr("Again counts"),
        "authorizers": tr("Authorizers of a user"),
        "changes": tr("Changes in a year"),
        "minimum-months": tr("Months at least"),
        "effective": tr("In effect"),
        "threshold": tr("Threshold"),
        "prior-years": tr("Prior years' money only"),
        "keep": tr("Must stay"),
        "payment-ratio": tr("Of one payment"),
        "order": tr("Order"),
        "own-first": tr("Own account before shared"),
        "stops": tr("Stops at zero"),
        "deductible": tr("Deductible"),
        "working": tr("Share, working"),
        "retired": tr("Share, retired"),
        "cap": tr("Limit, working"),
        "cap-retired": tr("Limit, retired"),
        "retired-all": tr("Retired"),
        "said": tr("What is said there"),
        "channel": tr("Channel"),
        "platform-unbind": tr("Unbinding"),
    }[ask.name]


_SHORT: dict[str, Callable[[], str]] = {
    "pool.deductible.visit": lambda: tr("{value} yuan a visit"),
    "pool.deductible.level-year": lambda: tr("level {value} yuan a year"),
    "pool.deductible.year": lambda: tr("{value} yuan a year"),
    "pool.deductible.month": lambda: tr("{value} yuan a month"),
    "pool.cap.year": lambda: tr("{value} yuan a year"),
    "pool.cap.visit": lambda: tr("{value} yuan a visit"),
    "pool.cap.cost": lambda: tr("cost up to {value} yuan"),
    "account.keep": lambda: tr("{value} yuan must stay"),
}
"""A figure with its unit; what tells it apart from others in its cell."""
_COUNTS: dict[str, Callable[[], str]] = {
    "binding.at-once": lambda: tr("{count} people"),
    "binding.lifetime": lambda: tr("{count} people"),
    "binding.authorizers": lambda: tr("{count} people"),
    "binding.changes-per-year": lambda: tr("{count} times a year"),
    "binding.minimum-months": lambda: tr("{count} months"),
}
"""What a number counts."""
_STATED: dict[str, tuple[str, str]] = {
    "limit": ("人", "binding.at-once"),
    "lifetime": ("人", "binding.lifetime"),
    "changes": ("次/年", "binding.changes-per-year"),
}
"""Matters that a clause may state as a mere number with this unit, and the key whose figures it stands beside."""
_TEN_THOUSAND: Fen = 1_000_000
_PHRASES = ("authorizers", "months", "effective", "rebinding", "payment", "unbind")
_EVER = re.compile("累计")
"""A clause that gives numbers at once and ever gives two kinds of them."""
_IN_WORDS = frozenset(("deductible", "working", "retired", "cap", *_STATED, *_PHRASES))
"""Matters of which a clause may say more than one thing: its words on the matter are told, not its bare values."""


def cell_words(cell: Cell, ask: Ask, wording: Wording) -> str:
    """A cell of the matrix: the values found, key by key, else what a clause says on the matter; a dash where nothing
    is known."""
    if cell.stated is not None:
        return _stated_in_cell(cell.stated, cell.disputed, ask)
    by_key: dict[str, list[Found]] = {}
    for found in cell.found:
        by_key.setdefault(found.key, []).append(found)
    free = by_key.get("pool.deductible.visit", [])
    if free and not any(one.value.value for one in free) and "pool.deductible.level-year" not in by_key:
        return tr("none")
    told = [
        tr("; ").join(
            (_key_in_cell(key, found, ask, wording, alone=len(by_key) == 1), *_instead(key, cell, ask, wording))
        )
        for key, found in by_key.items()
    ]
    return tr("; ").join(words for words in told if words) or (tr("none") if told else NOTHING)


def _stated_in_cell(clause: Clause, disputed: Sequence[Clause], ask: Ask) -> str:
    """What a clause states; where others that are worth as much contradict it, all their figures and that they do."""
    if not disputed:
        return _stated_words(clause, ask)
    unit, key = _STATED.get(ask.matter or "", ("", ""))
    counts = [_counted(one, unit) for one in (clause, *disputed)] if key else [None]
    if None in counts:
        return tr("{words}, disputed", words=_stated_words(clause, ask))
    said = tr(", ").join(str(count) for count in sorted({count for count in counts if count is not None}))
    return tr("{words}, disputed", words=_COUNTS[key]().format(count=said))


def _stated_words(clause: Clause, ask: Ask) -> str:
    unit, key = _STATED.get(ask.matter or "", ("", ""))
    if key and clause.unit == unit and clause.value.replace("/", "").isdigit() and not _EVER.search(clause.statement):
        return _COUNTS[key]().format(count=clause.value if "/" in clause.value else _counted(clause, unit))
    if ask.matter in _IN_WORDS:
        return said_on(clause, ask.matter)
    return stated(clause) or clause.statement


def _counted(clause: Clause, unit: str) -> int | None:
    """The number that a clause states in this unit, of people bound: an authorizer who is counted in is taken off."""
    pairs = zip(clause.value.split(";"), clause.unit.split(";"), strict=False)
    found = next((value.strip() for value, said in pairs if said.strip() == unit), "")
    if not found.isdecimal():
        return None
    return int(found) - (unit == "人" and counts_authorizer(clause))


def figure_words(key: str, value: Any, wording: Wording) -> str:
    """A value with its unit, as it stands alone in a cell: 1,500 元, 60 %, 10 人."""
    if KEYS.get(key) == "amount":
        return tr("{amount} yuan", amount=value_words(key, value, wording, short=True))
    return _COUNTS[key]().format(count=value) if key in _COUNTS else value_words(key, value, wording, short=True)


def _key_in_cell(key: str, found: list[Found], ask: Ask, wording: Wording, *, alone: bool) -> str:
    value = found[0].value.value
    if key == "account.prior-years-only":
        return tr("prior years' money only") if value else ""
    if key == "account.keep" and not value:
        return ""
    if KEYS[key] == "steps":
        return tr("{count} steps: {first}", count=len(value), first=value_words(key, value[:1], wording))
    if key in _COUNTS:
        return figure_words(key, value, wording)
    short = _SHORT.get(key)
    if short is None:
        return _by_level(found, ask, wording)
    if key == "pool.deductible.year" and not alone:
        return tr("{value} yuan a year in all", value=_by_level(found, ask, wording))
    if len(found) < len(LEVELS) and not any(one.value.value for one in found):
        return tr("{levels} none", levels=_levels(found, wording)) if found[0].level and ask.by_level else tr("none")
    if key == "pool.deductible.level-year" and ask.by_level and len(found) < len(LEVELS):
        return tr("{value} yuan a year", value=_by_level(found, ask, wording))
    return short().format(value=_by_level(found, ask, wording))


def _instead(key: str, cell: Cell, ask: Ask, wording: Wording) -> list[str]:
    """What holds instead: 45 岁起 4,500 元/年, 2 万元以上 60 %, 特等 三级 600 元/年."""

    def of(found: Sequence[Found]) -> str:
        mine = [one for one in found if one.key == key]
        return _key_in_cell(key, mine, ask, wording, alone=True) if mine else ""

    told = [
        *((said, tr("from {age} years {said}", age=age, said=said)) for age, band in cell.bands for said in [of(band)]),
        *((said, _from_cost(above, said)) for above, tier in cell.tiers for said in [of(tier)]),
        *(
            (said, tr("{case} {said}", case=_case_words(case, wording), said=said))
            for case, found in cell.cases
            for said in [of(found)]
        ),
    ]
    return [words for said, words in told if said]


def _from_cost(above: Fen, said: str) -> str:
    """What holds above a cost; in Chinese whole ten thousands are counted as such."""
    count, rest = divmod(above, _TEN_THOUSAND)
    if language() == "zh" and not rest:
        return tr("above {count} ten thousand yuan {said}", count=count, said=said)
    return tr("above {amount} yuan {said}", amount=grouped(above).removesuffix(".00"), said=said)


def _case_words(case: Case, wording: Wording) -> str:
    """A special case in words; of ways to write the same percentage one."""
    dimension, words = case
    told = tuple(word for word in words if f"{word}%" not in words)
    return condition_words(((dimension, told),), None, None, wording)


def _levels(found: list[Found], wording: Wording) -> str:
    return tr(", ").join(wording.say("word", one.level) for one in found)


def _by_level(found: list[Found], ask: Ask, wording: Wording) -> str:
    """One value where all levels have the same; else all of them, level by level."""
    words = [value_words(one.key, one.value.value, wording, short=True) for one in found]
    told_apart = ask.by_level and found[0].level
    if not told_apart or (len(set(words)) == 1 and len(found) == len(LEVELS)):
        return words[0]
    if len(found) == len(LEVELS):
        return "/".join(word.removesuffix(" %") for word in words) + (" %" if words[0].endswith(" %") else "")
    alike: dict[str, list[Found]] = {}
    for one, word in zip(found, words, strict=True):
        alike.setdefault(word, []).append(one)
    return tr(", ").join(f"{_levels(those, wording)} {word}" for word, those in alike.items())


def inherited_words(words: str, place: str) -> str:
    """A value that a place has from its province or the nation; `place` is whose pack has it."""
    return (
        tr("{words} · as the nation", words=words) if place == NATION else tr("{words} · as the province", words=words)
    )
