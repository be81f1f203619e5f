"""The searcher of a library: with the index from the cache, or one built anew and kept."""

from hashlib import sha256
from pathlib import Path

import famgui
from famgui.base.paths import resources
from famgui.policy.index import Index, Words
from famgui.policy.library import Library
from famgui.policy.places import names_of_places
from famgui.policy.search import Searcher
from famgui.policy.terms import wordbook


def searcher(library: Library) -> Searcher:
    """What searches the clauses of a library: with the index kept in its cache, built anew when the packs, the synonyms
    or the program have changed, or when it is not whole."""
    synonyms, codes = resources() / "search" / "synonyms.toml", resources() / "codes" / "regions.json"
    clauses = tuple(library.clauses.values())
    digest = sha256("\x1f".join((famgui.__version__, library.stamp, *library.clauses)).encode("utf-8", "replace"))
    for file in (synonyms, codes, *sorted(Path(__file__).parent.glob("*.py"))):
        digest.update(file.read_bytes())
    stamp = digest.hexdigest()
    index = Index.load(library.cache, stamp) if library.cache else None
    if index is None:
        names = ((pack.place, name) for pack in library.packs for name in (pack.name_zh, pack.name_en))
        index = Index.build(clauses, Words(wordbook(synonyms), names_of_places(codes, names)), stamp)
        if library.cache:
            index.save(library.cache)
    return Searcher(clauses, index)
