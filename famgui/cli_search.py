"""`famgui search`: where something is said, in a terminal."""

import argparse
import json
from datetime import datetime

from famgui.app import App
from famgui.policy.search import Hit
from famgui.usecase.policy import search_clauses


def search(app: App, asked: argparse.Namespace) -> int:
    """Print the clauses that answer the words best; the exit status."""
    query = " ".join(asked.words)
    day = asked.date or datetime.now().astimezone().date()
    hits = search_clauses(app.library, query, place=asked.place or "", day=day, limit=max(0, asked.limit))
    if asked.json:
        print(json.dumps({"results": [_result(hit) for hit in hits]}, ensure_ascii=False, indent=1))
        return 0
    if not hits:
        print(app.wording.say("cli", "nothing-found", query=query))
    for hit in hits:
        clause = hit.clause
        where = clause.place_name or _name(app, clause.place)
        print(f"{clause.id}  {where}  {app.wording.say('grade', clause.grade)}")
        print(f"  {clause.statement}")
        source = " ".join(part for part in (clause.source_title, clause.doc_no, clause.url) if part)
        if source:
            print(f"  {source}")
    return 0


def _name(app: App, place: str) -> str:
    """What a place is called; packs name what the code table does not, such as the nation."""
    packs = {pack.place: pack.name_zh if app.language == "zh" else pack.name_en for pack in app.library.packs}
    name = app.regions.name(place)
    return packs.get(place, place) if name == place else name


def _result(hit: Hit) -> dict[str, object]:
    return {
        "id": hit.clause.id,
        "score": hit.score,
        "place": hit.clause.place,
        "statement": hit.clause.statement,
        "grade": hit.clause.grade,
        "matched": list(hit.matched),
    }
