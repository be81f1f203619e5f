"""The searcher of a library: with the index from the cache, or one built anew and kept."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import famgui
from famgui.base.paths import resources
from famgui.policy.index import Index, Words
from famgui.policy.library import Library
from famgui.policy.places import names_of_places
from famgui.policy.search import Searcher
from famgui.policy.topics import rules
from famgui.policy.wordbook import wordbook

_SYNONYMS, _CODES = Path("search", "synonyms.toml"), Path("codes", "regions.json")


def searcher(library: Library) -> Searcher:
    """What searches the clauses of a library: with the index kept in its cache, built anew when the packs, the synonyms
    or the program have changed, or when it is not whole."""
    return kept_searcher(library) or built_searcher(library)


def kept_searcher(library: Library) -> Searcher | None:
    """The searcher with the index kept in the library's cache; None where none fits. Quick."""
    index = Index.load(library.cache, _stamp(library)) if library.cache else None
    return None if index is None else Searcher(tuple(library.clauses.values()), index)


def built_searcher(library: Library, pause: Callable[[], None] = lambda: None) -> Searcher:
    """The searcher with an index built anew and kept in the library's cache. Slow; `pause` is called every few
    milliseconds, and what it raises ends the work."""
    clauses = tuple(library.clauses.values())
    names = ((pack.place, name) for pack in library.packs for name in (pack.name_zh, pack.name_en))
    places = names_of_places(resources() / _CODES, names)
    words = Words(wordbook(resources() / _SYNONYMS), places, rules(library))
    index = Index.build(clauses, words, _stamp(library), pause)
    if library.cache:
        index.save(library.cache)
    return Searcher(clauses, index)


def _stamp(library: Library) -> str:
    digest = sha256("\x1f".join((famgui.__version__, library.stamp, *library.clauses)).encode("utf-8", "replace"))
    for file in (resources() / _SYNONYMS, resources() / _CODES, *sorted(Path(__file__).parent.glob("*.py"))):
        digest.update(file.read_bytes())
    return digest.hexdigest()
