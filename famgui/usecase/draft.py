"""Keep what was begun: drafts are saved while one types, offered back, and dropped once recorded."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from famgui.domain.changes import NO_CHANGES, Changes
from famgui.store import draft
from famgui.store.book import Book
from famgui.store.draft import Draft as Draft


def save(
    book: Book, kind: str, body: Mapping[str, Any], *, now: datetime, draft_id: int | None = None
) -> tuple[int, Changes]:
    """Save a draft (anything JSON can hold), over the one named if it is still there; its id."""
    with book.write("save draft", now) as tx:
        saved = draft.put(tx.connection, kind, body, now, draft_id)
        tx.silent = True
    return saved, Changes(drafts=frozenset({saved}))


def load(book: Book, kind: str) -> tuple[Draft, ...]:
    """The drafts of a kind, the one saved last first."""
    with book.read() as connection:
        return draft.take(connection, kind)


def drop(book: Book, draft_id: int, *, now: datetime) -> Changes:
    """Forget a draft."""
    with book.write("drop draft", now) as tx:
        gone = draft.remove(tx.connection, draft_id)
        tx.silent = True
    return Changes(drafts=frozenset({draft_id})) if gone else NO_CHANGES


def drop_kind(book: Book, kind: str, *, now: datetime) -> Changes:
    """Forget every draft of a kind."""
    with book.write("drop draft", now) as tx:
        gone = draft.remove_kind(tx.connection, kind)
        tx.silent = True
    return Changes(drafts=gone)
