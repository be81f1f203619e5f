"""What there is to read where no rule is computed: the clauses of a place on the matter of a key on a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from famgui.policy.library import Library
from famgui.policy.pack import Clause
from famgui.usecase.policy_links import chain_of, in_force
from famgui.usecase.policy_matter import POOL, Matter, by_trust, matters_of, pool_matters, said_on


@dataclass(frozen=True, slots=True)
class Reading:
    """Clauses to read on `matter`, the most trusted one first. `later` where the day itself has none and these begin
    after it; empty `clauses` where there is nothing at all."""

    clauses: tuple[Clause, ...] = ()
    matter: Matter | None = None
    later: bool = False

    @property
    def said(self) -> str:
        """What the first clause says on the matter."""
        return said_on(self.clauses[0], self.matter) if self.clauses else ""


NOTHING_SAID = Reading()

_MATTERS: Mapping[str, Matter] = {
    "pool.deductible.visit": "deductible",
    "pool.deductible.level-year": "deductible",
    "pool.deductible.year": "deductible",
    "pool.deductible.month": "deductible",
    "pool.cap.visit": "cap",
    "pool.cap.year": "cap",
    "pool.cap.cost": "cap",
    "account.order": "order",
    "account.own-first": "order",
    "account.keep": "threshold",
    "account.prior-years-only": "threshold",
    "binding.relations": "relations",
    "binding.at-once": "limit",
    "binding.lifetime": "lifetime",
    "binding.authorizers": "authorizers",
    "binding.minimum-months": "months",
    "binding.changes-per-year": "changes",
    "binding.effective": "effective",
    "platform.bind": "channel",
    "platform.unbind": "unbind",
}
"""What clauses must speak of to be read in place of a value of the key."""
_TOPICS: Mapping[tuple[str, str], str] = {
    ("outpatient", "employee"): "opd_employee",
    ("outpatient", "resident"): "opd_resident opd_resident_old",
    ("chronic", "employee"): "chronic chronic_employee",
    ("chronic", "resident"): "chronic chronic_resident",
    ("two-disease", "resident"): "two_disease",
    ("inpatient", "employee"): "employee_inpatient",
    ("inpatient", "resident"): "resident_inpatient",
}
_WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "insurance": {"employee": ("职工",), "resident": ("居民",)},
    "level": {
        "community": ("基层", "社区", "卫生院"),
        "primary": ("一级",),
        "secondary": ("二级",),
        "tertiary": ("三级",),
    },
}
"""By which words a clause shows for whom it holds."""


class Shelf:
    """The clauses that speak for a place on a day."""

    def __init__(self, library: Library, place: str, day: date) -> None:
        self._day = day
        self._chain = chain_of(library, place)
        self._clauses = [clause for clause in library.clauses.values() if clause.place in self._chain]
        rows = [row for place in self._chain for row in library.rows(place)]
        self._used = {id for row in rows for id in (row.clause, *row.beside)}
        self._in_use = {id for row in rows if row.in_force(day) for id in (row.clause, *row.beside)}

    def reading(self, key: str, condition: Mapping[str, Sequence[str]]) -> Reading:
        """What is to be read for a key under a condition: clauses in force on the day that nothing is computed by that
        day, else the nearest later ones by which nothing is computed at all."""
        matter = _matter(key, condition)
        if matter is None:
            return NOTHING_SAID
        about = [clause for clause in self._clauses if _speaks(clause, matter, condition)]
        today = [clause for clause in about if in_force(clause, self._day) and clause.id not in self._in_use]
        if today:
            return Reading(tuple(sorted(today, key=self._rank)), matter)
        later = [
            clause for clause in about if clause.id not in self._used and clause.first and clause.first > self._day
        ]
        begins = min((clause.first for clause in later if clause.first), default=None)
        first = sorted((clause for clause in later if clause.first == begins), key=self._rank)
        return Reading(tuple(first), matter, later=True) if first else NOTHING_SAID

    def _rank(self, clause: Clause) -> tuple[int, int, int, int, str]:
        grade, spoken, newest, id = by_trust(clause)
        return grade, self._chain.index(clause.place), spoken, newest, id


def _matter(key: str, condition: Mapping[str, Sequence[str]]) -> Matter | None:
    if key == "pool.ratio":
        return "retired" if tuple(condition.get("status", ())) == ("retired",) else "working"
    return _MATTERS.get(key)


def _speaks(clause: Clause, matter: Matter, condition: Mapping[str, Sequence[str]]) -> bool:
    if matter not in POOL:
        return matter in matters_of(clause)
    topics = {
        topic
        for (benefit, insurance), topics in _TOPICS.items()
        if benefit in condition.get("benefit", (benefit,)) and insurance in condition.get("insurance", (insurance,))
        for topic in topics.split()
    }
    fits = all(_of(clause, condition.get(name, ()), words) for name, words in _WORDS.items())
    return fits and clause.topic in topics and matter in pool_matters(clause)


def _of(clause: Clause, asked: Sequence[str], words: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a clause speaks of one of those asked for, or of none in particular."""
    named = {name for name, said in words.items() if any(word in clause.statement for word in said)}
    return not named or not asked or bool(named & set(asked))
