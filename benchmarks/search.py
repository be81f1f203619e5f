"""How well the search finds what people ask for, and how long a keystroke waits for its answer."""

import json
import statistics
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from benchmarks.measure import Ratio
from famgui.base.paths import resources
from famgui.policy.index import Index, Words, fields
from famgui.policy.library import Library
from famgui.policy.pack import Clause
from famgui.policy.places import chain, names_of_places
from famgui.policy.search import Searcher
from famgui.policy.spelling import folded
from famgui.policy.topics import rules
from famgui.policy.wordbook import Wordbook, wordbook

PLACE, DAY = "430200", date(2026, 11, 22)
SETS = Path(__file__).resolve().parent.parent / "tests" / "policy"
MANY = 10_000
TITLES = {
    "questions": "the questions",
    "questions_more": "further questions",
    "questions_third": "colloquial ones",
    "questions_fourth": "everyday ones",
    "questions_fifth": "a writer's who never saw the search",
    "questions_sixth": "the same writer's, never tuned on",
    "questions_cities": "a city named beside a subject",
}
_AMONG_FIRST = 5
_SHOWN = 50


class Question(NamedTuple):
    """What somebody asks, in several wordings, the clauses that answer it, and where, if that is told."""

    texts: tuple[str, ...]
    facts: frozenset[str]
    place: str = ""


class Quality(NamedTuple):
    """Of all wordings asked: the part with a right clause among the first five, and the mean of 1/rank."""

    asked: int
    recall: float
    reciprocal: float


@cache
def questions(name: str) -> tuple[Question, ...]:
    """A set of questions by its file's name."""
    data = json.loads((SETS / f"{name}.json").read_text("utf-8"))
    return tuple(
        Question((one["question"], *one["variants"]), frozenset(one["facts"]), one.get("place", "")) for one in data
    )


@cache
def library() -> Library:
    """The packs that are shipped."""
    return Library([resources() / "policies"], None)


@cache
def clauses() -> tuple[Clause, ...]:
    """The clauses that are shipped."""
    return tuple(library().clauses.values())


@cache
def index() -> Index:
    """Their index."""
    return build(clauses())


def build(found: Sequence[Clause]) -> Index:
    """An index of clauses with the shipped synonyms."""
    names = names_of_places(resources() / "codes" / "regions.json", ())
    return Index.build(found, Words(wordbook(resources() / "search" / "synonyms.toml"), names, rules(library())))


def own_words(asked: Question, others: Iterable[Question], book: Wordbook) -> frozenset[str]:
    """The thesaurus words that only this question uses: no other question of its set and no clause does."""
    here = [folded(text) for text in asked.texts]
    elsewhere = [folded(text) for other in others if other is not asked for text in other.texts]
    candidates = (word for word in book.words() if any(word in text for text in here))
    said = _all_said()
    return frozenset(w for w in candidates if w not in said and not any(w in text for text in elsewhere))


@cache
def _all_said() -> str:
    return folded(" ".join(text for clause in clauses() for text in fields(clause).values()))


def quality(name: str, *, own_left_out: bool) -> Quality:
    """How well a set of questions is answered for `PLACE`; without a place where all that answers lies elsewhere."""
    asked, book, places = questions(name), index().book, {clause.id: clause.place for clause in clauses()}
    whole, near = Searcher(clauses(), index()), chain(PLACE)
    ranks: list[int] = []
    for question in asked:
        own = own_words(question, asked, book) if own_left_out else frozenset[str]()
        searcher = Searcher(clauses(), index(), book.without(own)) if own else whole
        place = question.place or (PLACE if any(places[fact] in near for fact in question.facts) else "")
        ranks += [_rank(searcher, text, place, question.facts) for text in question.texts]
    return Quality(
        len(ranks),
        sum(0 < rank <= _AMONG_FIRST for rank in ranks) / len(ranks),
        statistics.fmean(1 / rank if rank else 0.0 for rank in ranks),
    )


def _rank(searcher: Searcher, text: str, place: str, facts: frozenset[str]) -> int:
    """The place of the first right clause in the answer, from 1; 0 where it has none."""
    hits = searcher.find(text, place=place, day=DAY)
    return next((rank for rank, hit in enumerate(hits, 1) if hit.clause.id in facts), 0)


def keystrokes() -> Iterator[str]:
    """What stands in the search line while every question is typed, key by key."""
    for name in ("questions", "questions_more"):
        for question in questions(name):
            for text in question.texts:
                yield from (text[:end] for end in range(1, len(text) + 1))


def p95(searcher: Searcher) -> float:
    """Seconds of CPU within which 95 of 100 keystrokes have their answer: other programs' load is not counted."""
    searcher.find("医保")  # the first search loads the tables of characters
    times: list[float] = []
    for typed in keystrokes():
        start = time.thread_time()
        searcher.find(typed, place=PLACE, day=DAY, limit=_SHOWN)
        times.append(time.thread_time() - start)
    return statistics.quantiles(times, n=20)[-1]


def blown_up(count: int) -> tuple[Clause, ...]:
    """So many clauses: the shipped ones over and over, each time as another place's."""
    codes: Mapping[str, str] = json.loads((resources() / "codes" / "regions.json").read_text("utf-8"))["current"]
    cities = [code for code in codes if code.endswith("00")]
    found = list(clauses())
    for turn in range(1, -(-count // len(found)) + 1):
        for number, clause in enumerate(clauses()):
            found.append(replace(clause, id=f"{clause.id}-{turn}", place=cities[(turn * 31 + number) % len(cities)]))
    return tuple(found[:count])


def search() -> Iterator[Ratio]:
    """Quality on all sets, with everything and with each question's own words left out; keystrokes at both sizes."""
    for name, title in TITLES.items():
        for left_out in (False, True):
            told = quality(name, own_left_out=left_out)
            which = f"{title}{', own words left out' if left_out else ''} ({told.asked} wordings)"
            yield _share(f"search, {which}: right clause among five", told.recall, 0.9)
            yield _share(f"search, {which}: mean reciprocal rank", told.reciprocal, 0.75)
    for count, goal in ((len(clauses()), 0.010), (MANY, 0.050)):
        found = clauses() if count == len(clauses()) else blown_up(count)
        took = p95(Searcher(found, index() if found is clauses() else build(found)))
        yield Ratio(f"keystroke to results, p95, {count:,} clauses", took, "goal", goal, took / goal)


def _share(name: str, found: float, goal: float) -> Ratio:
    return Ratio(name, found, "goal, at least", goal, found / goal, "")
