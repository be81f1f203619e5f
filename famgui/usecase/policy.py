"""Ask the policy library where something is said, and why an answer is one."""

from collections.abc import Callable
from datetime import date
from threading import Lock
from weakref import WeakKeyDictionary, WeakSet

from famgui.policy.library import Library
from famgui.policy.pack import Clause
from famgui.policy.prepared import built_searcher, kept_searcher
from famgui.policy.search import Hit, Reason, Searcher, reasons, spans
from famgui.usecase.policy_links import in_force

__all__ = ["explain", "prepare_search", "search_at_hand", "search_clauses", "spans"]

_searchers: WeakKeyDictionary[Library, Searcher] = WeakKeyDictionary()
_unkept: WeakSet[Library] = WeakSet()
_looking, _building = Lock(), Lock()


def search_clauses(
    library: Library,
    query: str,
    *,
    place: str = "",
    day: date | None = None,
    limit: int = 20,
    wanted: Callable[[Clause], bool] | None = None,
    dated: bool = False,
) -> list[Hit]:
    """The clauses that answer a query best, best first.

    `place` brings its own clauses up, then its province's, then the nation's; `day` those in force on it. A place or a
    year in the query goes before. `wanted` leaves out clauses before they are ranked. `dated`: the day was asked for;
    what certainly was not in force on it is left out, and what is undated stands behind what is known to hold.
    """

    def holds(clause: Clause) -> bool:
        return (day is None or not dated or in_force(clause, day)) and (wanted is None or wanted(clause))

    return prepare_search(library).find(query, place=place, day=day, limit=limit, wanted=holds, dated=dated)


def search_at_hand(library: Library) -> Searcher | None:
    """The search if it can be had at once: made ready before, or kept in the cache; else None, and `prepare_search`
    brings it. Never waits for an index that is being built."""
    with _looking:
        if library not in _searchers and library not in _unkept:
            found = kept_searcher(library)
            if found is None:
                _unkept.add(library)
            else:
                _searchers[library] = _warmed(found)
        return _searchers.get(library)


def prepare_search(library: Library, pause: Callable[[], None] = lambda: None) -> Searcher:
    """Have the index at hand, so that the first search need not wait; it takes a few seconds after the packs have
    changed, else nearly nothing. May be called on any thread. `pause` is called every few milliseconds while the index
    is built, and what it raises ends the work."""
    with _building:
        found = search_at_hand(library)
        if found is None:
            found = _warmed(built_searcher(library, pause))
            with _looking:
                _searchers[library] = found
        return found


def _warmed(searcher: Searcher) -> Searcher:
    """The same, the tables brought in that the first search would wait for."""
    searcher.find("医保yb")
    return searcher


def explain(hit: Hit) -> tuple[Reason, ...]:
    """Why a clause was found: for each idea of the query the wording that stands in the clause, how it was reached, and
    in which fields it stands."""
    return reasons(hit)
