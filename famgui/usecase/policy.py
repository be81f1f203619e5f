"""Ask the policy library where something is said."""

from famgui.policy.library import Library
from famgui.policy.search import Hit, search


def search_clauses(library: Library, query: str, *, limit: int = 20) -> list[Hit]:
    """The clauses that answer a query best, best first."""
    return search(library.clauses.values(), query, limit)
