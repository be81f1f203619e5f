"""The comparison in words: subjects, columns, cells that hold several values, and what differs by how much."""

from collections.abc import Callable
from typing import Any

from famgui.base.wording import Wording
from famgui.domain.money import grouped
from famgui.domain.rule import KEYS
from famgui.policy.library import NATION
from famgui.ui.shell.i18n import tr
from famgui.ui.widgets.policy_keys import key_words
from famgui.ui.widgets.policy_words import condition_words, stated, value_words
from famgui.ui.widgets.visit_words import percent
from famgui.usecase.policy_compare import Difference
from famgui.usecase.policy_links import Ruling
from famgui.usecase.policy_matrix import LEVELS, Ask, Cell, Found

NOTHING = "—"
Parts = tuple[str, str, bool, tuple[str, ...], bool, int | None]
"""What a cell shows: words, clause, unconfirmed, further clauses, inherited, the figure to sort by."""


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
    "pool.deductible.visit": lambda: tr("a visit {value}"),
    "pool.deductible.level-year": lambda: tr("level's year {value}"),
    "pool.deductible.year": lambda: tr("a year {value}"),
    "pool.deductible.month": lambda: tr("a month {value}"),
    "pool.cap.year": lambda: tr("a year {value}"),
    "pool.cap.visit": lambda: tr("a visit {value}"),
    "pool.cap.cost": lambda: tr("cost {value}"),
    "account.keep": lambda: tr("{value} must stay"),
}
"""What tells a figure apart that shares its cell with others."""


def cell_words(cell: Cell, ask: Ask, wording: Wording) -> str:
    """A cell of the matrix: the values found, key by key, else what a clause states; a dash where nothing is known."""
    if cell.stated is not None:
        return stated(cell.stated) or cell.stated.statement
    by_key: dict[str, list[Found]] = {}
    for found in cell.found:
        by_key.setdefault(found.key, []).append(found)
    told = [_key_in_cell(key, found, ask, wording) for key, found in by_key.items()]
    return tr("; ").join(words for words in told if words) or (tr("none") if told else NOTHING)


def _key_in_cell(key: str, found: list[Found], ask: Ask, wording: Wording) -> str:
    if key == "account.prior-years-only":
        return tr("prior years' money only") if found[0].value.value else ""
    if key == "account.keep" and not found[0].value.value:
        return ""
    values = _by_level(found, ask, wording)
    short = _SHORT.get(key)
    return values if short is None else short().format(value=values)


def _by_level(found: list[Found], ask: Ask, wording: Wording) -> str:
    """One value where all levels have the same; else all of them, level by level."""
    words = [value_words(one.key, one.value.value, wording, short=True) for one in found]
    told_apart = ask.by_level and found[0].level
    if not told_apart or (len(set(words)) == 1 and len(found) == len(LEVELS)):
        return words[0]
    if len(found) == len(LEVELS):
        return "/".join(word.removesuffix(" %") for word in words) + (" %" if words[0].endswith(" %") else "")
    return " ".join(f"{wording.say('word', one.level)} {word}" for one, word in zip(found, words, strict=True))


def inherited_words(words: str, place: str) -> str:
    """A value that a place has from its province or the nation; `place` is whose pack has it."""
    return (
        tr("{words} · as the nation", words=words) if place == NATION else tr("{words} · as the province", words=words)
    )


def difference_line(one: Difference, a: str, b: str, wording: Wording) -> tuple[str, tuple[Parts, ...]]:
    """What a line of the comparison says: what is ruled for whom, both values, and how far they are apart."""
    under = condition_words(one.condition, one.ages, one.above, wording)
    title = tr(" · ").join(part for part in (key_words(one.key), under) if part)
    apart, by = _apart(one)
    cells = (_side(one, one.a, a, wording), _side(one, one.b, b, wording))
    return title, (*cells, (apart, "", False, (), one.same, by))


def _side(one: Difference, side: Ruling | None, place: str, wording: Wording) -> Parts:
    if side is None:
        return NOTHING, "", False, (), True, None
    row = side.row
    words = value_words(one.key, row.value, wording, short=True)
    words = words if side.place == place else inherited_words(words, side.place)
    return words, row.clause, row.weak, row.beside, False, _figure(row.value)


def _figure(value: Any) -> int | None:
    return value if isinstance(value, int) else None


def _apart(one: Difference) -> tuple[str, int | None]:
    """How far the right value is from the left one, with its sign; in words where these are no figures."""
    if one.a is None or one.b is None:
        return (tr("only at the right") if one.a is None else tr("only at the left")), None
    left, right = one.a.row.value, one.b.row.value
    if one.same:
        return tr("equal"), 0
    shape = KEYS[one.key]
    if shape not in ("amount", "ratio", "count"):
        return tr("different"), None
    by = right - left
    words = {"amount": grouped, "ratio": percent, "count": str}[shape](abs(by))  # type: ignore[operator]
    return ("+" if by > 0 else "−") + words, by
