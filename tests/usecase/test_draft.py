"""Drafts are saved over and over, offered back, and dropped."""

from datetime import timedelta

from famgui.usecase.draft import drop, load, save
from tests.store.making import NOW, everything, new_book


def test_a_draft_s_life(tmp_path):
    with new_book(tmp_path) as book:
        before = everything(book.path)["audit"]
        body = {"patient": "王", "items": [{"amount": "1.00"}], "level": None}
        first, changes = save(book, "settlement", body, now=NOW)
        assert changes.drafts == {first}
        again, _ = save(book, "settlement", {**body, "level": "tertiary"}, now=NOW, draft_id=first)
        assert again == first
        second, _ = save(book, "settlement", {}, now=NOW + timedelta(minutes=1))
        save(book, "binding", {"x": 1}, now=NOW)
        assert [(draft.id, draft.body) for draft in load(book, "settlement")] == [
            (second, {}),
            (first, {**body, "level": "tertiary"}),
        ]
        assert drop(book, second, now=NOW).drafts == {second}
        assert not drop(book, second, now=NOW)
        assert [draft.id for draft in load(book, "settlement")] == [first]
        assert everything(book.path)["audit"] == before, "a draft is no record"


def test_a_draft_dropped_meanwhile_is_saved_anew(tmp_path):
    with new_book(tmp_path) as book:
        first, _ = save(book, "settlement", {"a": 1}, now=NOW)
        drop(book, first, now=NOW)
        save(book, "settlement", {"a": 2}, now=NOW, draft_id=first)
        assert [draft.body for draft in load(book, "settlement")] == [{"a": 2}]
