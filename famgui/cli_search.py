"""`famgui search`: where something is said, in a terminal."""

import argparse
import json
import re
import sys
from collections.abc import Iterator
from datetime import date, datetime

from famgui.app import App
from famgui.policy.pack import Clause
from famgui.policy.search import Hit
from famgui.usecase.policy import search_clauses

_FAULTY = 2
_LIMIT = 10


def search(app: App, asked: argparse.Namespace) -> int:
    """Print the clauses that answer the words best; the exit status: 2 where what is asked cannot be."""
    query = " ".join(asked.words).strip()
    wrong = list(_wrong(app, asked, query))
    for key, value in wrong:
        print(app.wording.say("cli", f"search-{key}", value=value), file=sys.stderr)
    if wrong:
        return _FAULTY
    day = datetime.now().astimezone().date() if asked.date is None else date.fromisoformat(asked.date)
    limit = _LIMIT if asked.limit is None else int(asked.limit)
    hits = search_clauses(app.library, query, place=asked.place or "", day=day, limit=limit, dated=bool(asked.date))
    if asked.json:
        print(json.dumps({"results": [_result(hit) for hit in hits]}, ensure_ascii=False, indent=1))
        return 0
    if not hits:
        print(app.wording.say("cli", "nothing-found", query=query))
    elif all(hit.guessed for hit in hits):
        print(app.wording.say("cli", "only-near"))
    for hit in hits:
        clause = hit.clause
        where = (clause.place_name if app.language == "zh" else "") or _name(app, clause.place)
        print("  ".join((clause.id, where, app.wording.say("grade", clause.grade), _validity(app, clause))))
        print(f"  {clause.statement}")
        source = " ".join(part for part in (clause.source_title, clause.doc_no, clause.url) if part)
        if source:
            print(f"  {source}")
    return 0


def _validity(app: App, clause: Clause) -> str:
    """From when to when a clause holds; an unknown end is open, both unknown is said."""
    ends = (("from", clause.first), ("until", clause.last))
    known = "-".join(name for name, day in ends if day) or "unknown"
    return app.wording.say("cli", f"valid-{known}", first=clause.first or "", last=clause.last or "")


def _wrong(app: App, asked: argparse.Namespace, query: str) -> Iterator[tuple[str, str]]:
    """What of the arguments cannot be: the sentence that says so, and what was typed."""
    if not query:
        yield "words-missing", ""
    if asked.limit is not None and not re.fullmatch("0*[1-9][0-9]{0,5}", asked.limit):
        yield "limit-wrong", asked.limit
    if asked.place is not None and asked.place not in _places(app):
        yield "place-wrong", asked.place
    if asked.date is not None and not _is_day(asked.date):
        yield "date-wrong", asked.date


def _places(app: App) -> set[str]:
    """The codes that may be asked for: the places of today, and those that packs are of."""
    return {*app.regions.current, *(pack.place for pack in app.library.packs)}


def _is_day(text: str) -> bool:
    try:
        return bool(re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text) and date.fromisoformat(text))
    except ValueError:
        return False


def _name(app: App, place: str) -> str:
    """What a place is called; packs have English names too, and the nation."""
    packs = {pack.place: pack.name_zh if app.language == "zh" else pack.name_en for pack in app.library.packs}
    name = app.regions.name(place)
    return packs.get(place, name) if name == place or app.language == "en" else name


def _result(hit: Hit) -> dict[str, object]:
    return {
        "id": hit.clause.id,
        "score": hit.score,
        "place": hit.clause.place,
        "statement": hit.clause.statement,
        "grade": hit.clause.grade,
        "matched": list(hit.matched),
    }
