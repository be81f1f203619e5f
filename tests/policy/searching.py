"""A searcher over a few clauses, and over the shipped ones, for tests."""

from collections.abc import Sequence
from functools import cache

from famgui.base.paths import resources
from famgui.policy.index import Index, Words
from famgui.policy.library import Library
from famgui.policy.pack import Clause
from famgui.policy.places import Places, names_of_places
from famgui.policy.search import Searcher
from famgui.policy.terms import Terms
from famgui.policy.topics import rules
from famgui.policy.wordbook import wordbook

SYNONYMS = resources() / "search" / "synonyms.toml"
CODES = resources() / "codes" / "regions.json"


@cache
def words() -> Words:
    """The shipped synonyms, the names of places, and what the rules are called that shipped clauses set."""
    library = Library([resources() / "policies"], None)
    return Words(wordbook(SYNONYMS), names_of_places(CODES, [("110000", "Beijing")]), rules(library))


def searcher_of(clauses: Sequence[Clause]) -> Searcher:
    """A searcher with an index built in memory."""
    return Searcher(clauses, Index.build(clauses, words()))


@cache
def bare() -> tuple[Index, Terms, Places]:
    """An index of no clause, the terms and the places that are kept in it."""
    index = Index.build((), words())
    return index, Terms(index.book), Places(index.kept("places"), index.kept("place_sounds"))
