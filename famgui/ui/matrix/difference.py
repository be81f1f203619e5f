"""The two sides of a comparison in words: their values, what is odd about them, and how far they are apart."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

from famgui.base.wording import Wording
from famgui.domain.rule import KEYS
from famgui.policy.pack import WEAK_GRADES
from famgui.ui.matrix.words import NOTHING, figure_words, inherited_words
from famgui.ui.shell.i18n import tr
from famgui.ui.widgets.policy_keys import key_words
from famgui.ui.widgets.policy_words import condition_words
from famgui.usecase.policy_cited import Cited
from famgui.usecase.policy_compare import Difference, Turn
from famgui.usecase.policy_links import Ruling
from famgui.usecase.policy_reading import Reading

Name: TypeAlias = Callable[[str], str]
_FEW = 4
"""So many clauses of a day are named in a sentence."""
_NAMED = 2
"""So many words of a condition are named in a narrow column, of more only the first."""

_SHORT_KEYS: dict[str, Callable[[], str]] = {
    "pool.ratio": lambda: tr("pool share"),
    "pool.deductible.level-year": lambda: tr("level deductible, year"),
    "pool.deductible.visit": lambda: tr("visit deductible"),
    "pool.deductible.year": lambda: tr("year deductible"),
    "pool.cap.visit": lambda: tr("pool limit, visit"),
    "pool.cap.year": lambda: tr("pool limit, year"),
    "premium.window": lambda: tr("time to pay"),
    "premium.price": lambda: tr("premium"),
    "premium.late-price": lambda: tr("late premium"),
    "premium.once-a-year": lambda: tr("one a year"),
}
_SHORT_WORDS: dict[tuple[str, str], Callable[[], str]] = {
    ("benefit", "outpatient"): lambda: tr("outp."),
    ("benefit", "inpatient"): lambda: tr("inp."),
    ("insurance", "employee"): lambda: tr("empl."),
    ("insurance", "resident"): lambda: tr("resid."),
}
"""Words for a narrow column, where the whole ones would be cut."""


class Parts(NamedTuple):
    """What a cell shows: words, clause, unconfirmed, further clauses, inherited, the figure to sort by, when its clause
    holds if that is not on the day, and what is to be said of it in sentences."""

    text: str
    clause: str = ""
    weak: bool = False
    others: tuple[str, ...] = ()
    quiet: bool = False
    figure: int | None = None
    timing: str = ""
    remarks: tuple[str, ...] = ()


def out_words(cited: Cited) -> str:
    """From when on, or until when, a clause holds that is not in force on the day; "" where all are."""
    clause = cited.out
    if clause is None:
        return ""
    return tr("clause until {day}", day=clause.last) if cited.ended else tr("clause from {day}", day=clause.first)


def remarks(cited: Cited) -> tuple[str, ...]:
    """What is odd about a value, in sentences: a clause that is not in force on the day, and what the pack doubts."""
    said = [_out_sentence(cited)] if cited.out is not None else []
    return tuple(part for part in (*said, cited.doubt) if part)


def _out_sentence(cited: Cited) -> str:
    ids = " ".join(clause.id for clause in cited.then[:_FEW])
    parts = [
        tr("The calculator goes by this from {day} on", day=cited.since)
        if cited.since is not None
        else tr("The calculator goes by this on every date"),
        tr("{timing} ({id})", timing=out_words(cited), id=cited.out.id if cited.out is not None else ""),
        tr("in force that day, to read: {ids}", ids=ids) if ids else tr("the packs have no other clause of that day"),
    ]
    return tr("; ").join(parts)


def turn_words(turn: Turn) -> str:
    """A clause that began or ended between two days: 2026-02-01 起 HN-44."""
    return tr("from {first}", first=turn.day) if turn.begins else tr("until {last}", last=turn.day)


def whole_title(one: Difference, wording: Wording) -> str:
    """What is ruled for whom, in whole words."""
    under = condition_words(one.condition, one.ages, one.above, wording)
    return tr(" · ").join(part for part in (key_words(one.key), under) if part)


def short_title(one: Difference, wording: Wording) -> str:
    """The same in words for a narrow column."""
    short = _SHORT_KEYS.get(one.key)
    parts = [short() if short is not None else key_words(one.key)]
    parts += [_short_condition(name, words, wording) for name, words in one.condition]
    return tr(" · ").join((*parts, *filter(None, [condition_words((), one.ages, one.above, wording)])))


def _short_product(product: str, wording: Wording) -> str:
    name, _, year = product.partition("-")
    if name == "resident" and year.isdecimal():
        return tr("{year} residents", year=year)
    return condition_words((("product", (product,)),), None, None, wording)


def _short_condition(name: str, words: tuple[str, ...], wording: Wording) -> str:
    if name == "product":
        return tr(", ").join(_short_product(word, wording) for word in words)
    told = [_SHORT_WORDS[name, word]() if (name, word) in _SHORT_WORDS else "" for word in words]
    said = [
        short or condition_words(((name, (word,)),), None, None, wording)
        for short, word in zip(told, words, strict=True)
    ]
    if len(said) > _NAMED:
        return tr("{first} etc. ({count})", first=said[0], count=len(said))
    return tr(", ").join(said)


def difference_line(one: Difference, a: str, b: str, wording: Wording, name: Name) -> tuple[Parts, ...]:
    """What a line of the comparison says: both values, and how far they are apart; `name` names a place."""
    apart, by = _apart(one, wording)
    left = _side(one.key, one.a, one.read_a, one.cited_a, a, wording, name)
    right = _side(one.key, one.b, one.read_b, one.cited_b, b, wording, name)
    return (left, right, Parts(apart, quiet=one.same, figure=by))


def _side(
    key: str, side: Ruling | None, reading: Reading, cited: Cited, place: str, wording: Wording, name: Name
) -> Parts:
    if side is None:
        return _to_read(reading)
    row = side.row
    words = figure_words(key, row.value, wording)
    if cited.lent_by:
        words = tr(
            "{nothing}  {place} has {words}, for reference", nothing=NOTHING, place=name(cited.lent_by), words=words
        )
    elif side.place != place:
        words = inherited_words(words, side.place)
    others = tuple(dict.fromkeys((*row.beside, *(clause.id for clause in cited.then))))
    quiet = bool(cited.lent_by)
    return Parts(words, row.clause, row.weak, others, quiet, _figure(row.value), out_words(cited), remarks(cited))


def _to_read(reading: Reading) -> Parts:
    """What stands where nothing is computed: the clause to read, or a dash."""
    if not reading.clauses:
        return Parts(NOTHING, quiet=True)
    first, *others = reading.clauses
    said = (
        tr("for reading only, not computed; from {day}: {said}", day=first.first, said=reading.said)
        if reading.later
        else tr("for reading only, not computed: {said}", said=reading.said)
    )
    return Parts(said, first.id, first.grade in WEAK_GRADES, tuple(clause.id for clause in others), True)


def _figure(value: Any) -> int | None:
    return value if isinstance(value, int) else None


def _apart(one: Difference, wording: Wording) -> tuple[str, int | None]:
    """How far the right value is from the left one, with its unit; in words where these are no figures."""
    if one.a is None or one.b is None:
        return _only_one(one), None
    left, right = one.a.row.value, one.b.row.value
    if one.lent:
        return (tr("not found right") if one.cited_b.lent_by else tr("not found left")), None
    if one.alike_but_marked:
        return _alike(one), 0
    if one.same:
        return (tr("found at neither") if one.cited_a.lent_by else tr("equal")), 0
    shape = KEYS[one.key]
    if shape not in ("amount", "ratio", "count"):
        return tr("different"), None
    by = right - left
    words = figure_words(one.key, abs(by), wording)
    if shape == "ratio":
        words = tr("{points} percentage points", points=words.removesuffix(" %"))
    return (tr("right {value} more", value=words) if by > 0 else tr("right {value} less", value=words)), by


def _alike(one: Difference) -> str:
    """That both sides compute the same, though the clause of one side is not in force on its day."""
    if one.a is None or one.b is None or one.a.row.clause != one.b.row.clause:
        return tr("alike, other clause")
    if one.cited_a.out is None:
        return tr("alike; right: the clause had ended") if one.cited_b.ended else tr("alike; right: no clause yet then")
    return tr("alike; left: the clause had ended") if one.cited_a.ended else tr("alike; left: no clause yet then")


def _only_one(one: Difference) -> str:
    if one.a is None:
        return tr("computed at the right only") if one.read_a.clauses else tr("only at the right")
    return tr("computed at the left only") if one.read_b.clauses else tr("only at the left")
