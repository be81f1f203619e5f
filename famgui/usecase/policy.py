"""Ask the policy library where something is said, and why an answer is one."""

from collections.abc import Callable
from datetime import date
from threading import Lock
from weakref import WeakKeyDictionary

from famgui.policy.library import Library
from famgui.policy.pack import Clause
from famgui.policy.prepared import searcher
from famgui.policy.search import Hit, Reason, Searcher, reasons

_searchers: WeakKeyDictionary[Library, Searcher] = WeakKeyDictionary()
_building = Lock()


def search_clauses(
    library: Library,
    query: str,
    *,
    place: str = "",
    day: date | None = None,
    limit: int = 20,
    wanted: Callable[[Clause], bool] | None = None,
) -> list[Hit]:
    """The clauses that answer a query best, best first.

    `place` brings its own clauses up, then its province's, then the nation's; `day` those in force on it. A place or a
    year in the query goes before. `wanted` leaves out clauses before they are ranked.
    """
    return prepare_search(library).find(query, place=place, day=day, limit=limit, wanted=wanted)


def prepare_search(library: Library) -> Searcher:
    """Have the index at hand, so that the first search need not wait; it takes about a second after the packs have
    changed, else nearly nothing. May be called on any thread."""
    with _building:
        if library not in _searchers:
            _searchers[library] = searcher(library)
            _searchers[library].find("医保yb")  # brings in the tables that the first search would wait for
        return _searchers[library]


def explain(hit: Hit) -> tuple[Reason, ...]:
    """Why a clause was found: for each idea of the query the wording that stands in the clause, how it was reached, and
    in which fields it stands."""
    return reasons(hit)
